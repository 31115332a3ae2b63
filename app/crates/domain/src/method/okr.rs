//! Objectives and key results: progress, score, status (M22).

use super::{Insufficient, check};

/// How far a key result has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// (current − start) ∕ (target − start), as it is: below 0 it went the wrong way, above 1 past
    /// its target.
    pub unclamped: f64,
    /// The same within 0 to 1, which the score is made of.
    pub score: f64,
}

/// The progress of a key result; a target below the start is fine (re:Work).
///
/// # Errors
/// The target is the start, or a number is not finite.
pub fn progress(start: f64, target: f64, current: f64) -> Result<Progress, Insufficient> {
    let start = check::finite("start", start)?;
    let way = check::result("target", check::finite("target", target)? - start)?;
    if way == 0.0 {
        return Err(Insufficient::Zero("the way from start to target"));
    }
    let gone = check::finite("current value", current)? - start;
    let unclamped = check::result("progress", gone / way)?;
    Ok(Progress {
        unclamped,
        score: unclamped.clamp(0.0, 1.0),
    })
}

/// The colour of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// 0.0 to 0.3.
    Red,
    /// 0.4 to 0.6.
    Yellow,
    /// 0.7 to 1.0.
    Green,
}

/// The band of a score (Doerr, *Measure What Matters*). The published bands leave gaps, so the
/// score is rounded to one decimal first: 0.65 is 0.7, which is green.
///
/// # Errors
/// The score is not from 0 to 1.
pub fn band(score: f64) -> Result<Band, Insufficient> {
    // What arithmetic leaves a hair below one half is meant to be one half.
    let tenths = (check::share("score", score)? * 10.0 + 1e-9).round();
    Ok(match tenths {
        tenths if tenths >= 7.0 => Band::Green,
        tenths if tenths >= 4.0 => Band::Yellow,
        _ => Band::Red,
    })
}

/// The score of an objective: the mean of its key results, pairs of a score and a weight (1 each
/// for the plain average).
///
/// # Errors
/// There is no key result, all weights are zero, a score is not from 0 to 1, or a weight is
/// negative.
pub fn objective(key_results: &[(f64, f64)]) -> Result<f64, Insufficient> {
    check::not_empty("key results", key_results)?;
    let (mut sum, mut weights) = (0.0, 0.0);
    for &(score, weight) in key_results {
        let weight = check::not_negative("weight", weight)?;
        sum += check::share("score", score)? * weight;
        weights += weight;
    }
    let weights = check::result("weights", weights)?;
    let mean = sum / check::positive("the sum of the weights", weights)?;
    Ok(mean.clamp(0.0, 1.0))
}

/// How a key result or an objective stands, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Off track; "at risk" on the confidence and pace scales.
    OffTrack,
    /// Needs attention; "has issues" in confidence, "lagging" in pace.
    NeedsAttention,
    /// On track.
    OnTrack,
}

/// The status by the owner's confidence, a judgement apart from progress: 1 to 3 at risk, 4 to 7
/// has issues, 8 to 10 on track (Koan). Many begin at 5 (Wodtke).
///
/// # Errors
/// The confidence is not from 1 to 10.
pub fn confidence_status(confidence: u8) -> Result<Status, Insufficient> {
    match confidence {
        1..=3 => Ok(Status::OffTrack),
        4..=7 => Ok(Status::NeedsAttention),
        8..=10 => Ok(Status::OnTrack),
        _ => Err(Insufficient::OutOfRange {
            input: "confidence",
            value: f64::from(confidence),
            low: 1.0,
            high: 10.0,
        }),
    }
}

/// Progress against the time that has passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Progress ∕ share of the period that has passed.
    pub ratio: f64,
    /// At least 0.95 is on track, at least 0.75 lagging, less at risk (UpRaise).
    pub status: Status,
}

/// The pace of a key result, its progress unclamped, after `elapsed` of a period of `length`, both
/// in the same unit. After the end of the period all of it counts as passed.
///
/// # Errors
/// No time has passed, the period has no length, or a number is not finite.
pub fn pace(progress: f64, elapsed: f64, length: f64) -> Result<Pace, Insufficient> {
    let progress = check::finite("progress", progress)?;
    let elapsed = check::positive("time passed", elapsed)?;
    let length = check::positive("length of the period", length)?;
    let ideal = check::positive("time passed", (elapsed / length).min(1.0))?;
    let ratio = check::result("pace", progress / ideal)?;
    // The same hair as in `band`.
    let at_least = |bound: f64| ratio + 1e-9 >= bound;
    let status = match ratio {
        _ if at_least(0.95) => Status::OnTrack,
        _ if at_least(0.75) => Status::NeedsAttention,
        _ => Status::OffTrack,
    };
    Ok(Pace { ratio, status })
}

/// The status of an objective: that of its weakest key result (Perdoo).
///
/// # Errors
/// There is no key result.
pub fn weakest(statuses: &[Status]) -> Result<Status, Insufficient> {
    let weakest = statuses.iter().min().copied();
    weakest.ok_or(Insufficient::Missing("key results"))
}

#[cfg(test)]
mod tests;
