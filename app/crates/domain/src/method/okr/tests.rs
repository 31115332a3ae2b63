//! Tests of progress, bands, pace and roll-up.

use super::{Band, Status, band, confidence_status, objective, pace, progress, weakest};
use crate::method::{Insufficient, testing::near};

/// re:Work: "launch six features", three launched.
#[test]
fn half_of_the_way_is_one_half() {
    assert_eq!(progress(0.0, 6.0, 3.0).unwrap().score, 0.5);
}

/// Doerr's bands, and 0.65, which lies in a gap between them.
#[test]
fn scores_have_colours() {
    for (score, expected) in [
        (0.7, Band::Green),
        (0.6, Band::Yellow),
        (0.4, Band::Yellow),
        (0.3, Band::Red),
        (0.65, Band::Green),
        (13.0 / 20.0, Band::Green),
        (0.35, Band::Yellow),
        (0.349, Band::Red),
        (0.0, Band::Red),
        (1.0, Band::Green),
    ] {
        assert_eq!(band(score), Ok(expected), "{score}");
    }
    assert!(band(1.01).is_err() && band(f64::NAN).is_err());
}

#[test]
fn progress_may_go_down_backwards_and_too_far() {
    near(progress(10.0, 2.0, 4.0).unwrap().score, 0.75, 1e-12);
    let back = progress(10.0, 20.0, 5.0).unwrap();
    assert_eq!((back.unclamped, back.score), (-0.5, 0.0));
    let past = progress(10.0, 20.0, 25.0).unwrap();
    assert_eq!((past.unclamped, past.score), (1.5, 1.0));
    let nowhere = Err(Insufficient::Zero("the way from start to target"));
    assert_eq!(progress(3.0, 3.0, 3.0), nowhere);
    assert!(progress(f64::MIN, f64::MAX, 0.0).is_err());
    assert!(progress(0.0, f64::NAN, 0.0).is_err());
}

#[test]
fn an_objective_is_the_weighted_mean() {
    near(objective(&[(0.5, 1.0), (1.0, 1.0)]).unwrap(), 0.75, 1e-12);
    near(objective(&[(0.5, 3.0), (1.0, 1.0)]).unwrap(), 0.625, 1e-12);
    assert!(objective(&[]).is_err() && objective(&[(0.5, 0.0)]).is_err());
    assert!(objective(&[(1.5, 1.0)]).is_err() && objective(&[(0.5, -1.0)]).is_err());
}

/// Koan's scale.
#[test]
fn confidence_is_a_judgement_of_its_own() {
    let expected = |confidence| match confidence {
        1..=3 => Status::OffTrack,
        4..=7 => Status::NeedsAttention,
        _ => Status::OnTrack,
    };
    for confidence in 1..=10 {
        assert_eq!(confidence_status(confidence), Ok(expected(confidence)));
    }
    assert!(confidence_status(0).is_err() && confidence_status(11).is_err());
}

/// UpRaise's bounds, halfway through a quarter of thirteen weeks and at other times.
#[test]
fn pace_is_measured_against_the_time_passed() {
    for (done, elapsed, expected) in [
        (0.475, 6.5, Status::OnTrack),
        (0.474, 6.5, Status::NeedsAttention),
        (0.375, 6.5, Status::NeedsAttention),
        (0.374, 6.5, Status::OffTrack),
        (0.96, 40.0, Status::OnTrack),
    ] {
        assert_eq!(
            pace(done, elapsed, 13.0).unwrap().status,
            expected,
            "{done}"
        );
    }
    assert!(pace(0.5, 0.0, 13.0).is_err() && pace(0.5, 1.0, 0.0).is_err());
    assert!(pace(0.5, 5e-324, 13.0).is_err());
}

/// Perdoo: on track, needs attention, off track.
#[test]
fn the_weakest_key_result_speaks_for_the_objective() {
    let all = [Status::OnTrack, Status::NeedsAttention, Status::OffTrack];
    assert_eq!(weakest(&all), Ok(Status::OffTrack));
    assert_eq!(weakest(&all[..2]), Ok(Status::NeedsAttention));
    assert!(weakest(&[]).is_err());
}
