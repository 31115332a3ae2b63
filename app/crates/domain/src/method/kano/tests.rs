//! Tests of Kano's table and figures.

use super::Answer::{Dislike, Like, LiveWith, MustBe, Neutral};
use super::{Category, Counts, category, kano};
use crate::method::{Insufficient, Interval, testing::near};

/// The whole table of Berger et al. 1993, functional answers down, dysfunctional ones across.
#[test]
fn the_evaluation_table_is_bergers() {
    let answers = [Like, MustBe, Neutral, LiveWith, Dislike];
    let rows = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"];
    for (functional, row) in answers.into_iter().zip(rows) {
        for (dysfunctional, letter) in answers.into_iter().zip(row.chars()) {
            let found = category(functional, dysfunctional).letter();
            assert_eq!(found, letter, "{functional:?} {dysfunctional:?}");
        }
    }
}

#[test]
fn the_coefficients_follow_the_counts() {
    // M 20, O 30, A 40, I 5, R 3, Q 2.
    let feature = kano(Counts::new([20, 30, 40, 5, 3, 2])).unwrap();
    assert_eq!(feature.category, Category::Attractive);
    let (better, worse) = (feature.better.unwrap(), feature.worse.unwrap());
    near(better.value, 70.0 / 95.0, 1e-12);
    near(worse.value, 50.0 / 95.0, 1e-12);
    // Five answers were contradictory or reverse.
    assert_eq!((better.sample.n(), worse.sample.n()), (95, 95));
    near(feature.total_strength.value, 0.9, 1e-12);
    assert_eq!(feature.total_strength.sample.n(), 100);
    near(feature.category_strength, 0.1, 1e-12);
    assert!(feature.strength_interval.contains(0.1) && feature.strength_interval.low < 0.0);
    // 10 is less than 1.65 √(70 × 130 ∕ 200) = 11.1.
    assert!(!feature.is_significant && feature.is_enough);
}

#[test]
fn the_two_largest_differ_significantly_from_the_bound_on() {
    let is_significant = |counts| kano(Counts::new(counts)).unwrap().is_significant;
    // 1.65 √(600 × 1400 ∕ 2000) = 33.8, and with 601 in the two largest also 33.8.
    assert!(is_significant([317, 283, 200, 200, 0, 0]));
    assert!(!is_significant([317, 284, 200, 199, 0, 0]));
}

#[test]
fn within_five_points_the_stronger_wish_wins() {
    let of = |counts| kano(Counts::new(counts)).unwrap().category;
    assert_eq!(of([35, 0, 40, 25, 0, 0]), Category::MustBe);
    assert_eq!(of([34, 0, 40, 26, 0, 0]), Category::Attractive);
    assert_eq!(of([0, 10, 10, 10, 0, 0]), Category::OneDimensional);
    assert_eq!(of([0, 0, 0, 40, 45, 15]), Category::Indifferent);
    assert_eq!(of([0, 0, 0, 30, 60, 10]), Category::Reverse);
}

#[test]
fn without_wishes_there_is_no_coefficient_and_without_answers_no_class() {
    let feature = kano(Counts::new([0, 0, 0, 0, 3, 1])).unwrap();
    assert_eq!((feature.better, feature.worse), (None, None));
    assert!(!feature.is_enough);
    let nobody = kano(Counts::of(&[]));
    assert_eq!(nobody, Err(Insufficient::Missing("answers")));
    assert!(kano(Counts::new([u64::MAX; 6])).is_err());
}

#[test]
fn answers_are_counted() {
    let counts = Counts::of(&[(Like, Dislike), (MustBe, Dislike), (Like, Dislike)]);
    assert_eq!(counts, Counts::new([1, 2, 0, 0, 0, 0]));
}

#[test]
fn every_figure_keeps_to_its_range() {
    arbtest::arbtest(|bytes| {
        let counts: [u16; 6] = bytes.arbitrary()?;
        let Ok(feature) = kano(Counts::new(counts.map(u64::from))) else {
            assert_eq!(counts, [0; 6]);
            return Ok(());
        };
        for share in feature.better.into_iter().chain(feature.worse) {
            assert!((0.0..=1.0).contains(&share.value));
        }
        assert!((0.0..=1.0).contains(&feature.total_strength.value));
        assert!((0.0..=1.0).contains(&feature.category_strength));
        let Interval { low, high } = feature.strength_interval;
        assert!(-1.0 <= low && low <= high && high <= 1.0);
        Ok(())
    })
    .budget_ms(1000);
}
