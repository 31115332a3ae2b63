//! Confidence in an assumption from the evidence that is linked to it. A proposal of this product
//! on top of Gilad's meter (M14).

use super::{Insufficient, check};

/// The sum of weights at which confidence is one half: one piece of user or customer evidence.
pub const HALF_CONFIDENCE: f64 = 3.0;

/// The days after which evidence counts half.
pub const HALF_LIFE_DAYS: f64 = 180.0;

/// What only was said, or happened in a laboratory, counts half.
pub const INDIRECT: f64 = 0.5;

/// Which way a piece of evidence points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It supports the assumption.
    Supports,
    /// It says neither.
    Neutral,
    /// It refutes the assumption.
    Refutes,
}

/// One piece of evidence, rated for this assumption.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Which way it points.
    pub direction: Direction,
    /// Its weight on the confidence meter, 0 to 10.
    pub weight: f64,
    /// Whether people only said it, or it was seen in a laboratory rather than the real world.
    pub is_indirect: bool,
    /// How old it is in days; what lies in the future counts as new.
    pub age_days: f64,
    /// The experiment that it comes from, as any number that tells experiments apart.
    pub experiment: Option<usize>,
}

/// How one piece of evidence counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Its signed weight after halving and decay.
    pub value: f64,
    /// The factor for being indirect, 1 or [`INDIRECT`].
    pub directness: f64,
    /// The factor for its age, 2^(−age ∕ half-life).
    pub recency: f64,
    /// Whether it counts: of several pieces from one experiment only the strongest does, since they
    /// do not bear each other out.
    pub counts: bool,
}

/// How sure a team may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidence {
    /// 1 − 2^(−sum ∕ [`HALF_CONFIDENCE`]) where the sum is positive, else 0: from 0, nothing speaks
    /// for it, towards 1, which no evidence reaches.
    pub value: f64,
    /// The signed sum. Below zero the evidence refutes; at zero nothing is known.
    pub sum: f64,
    /// Every piece of evidence in the order given, for the person who asks why.
    pub rows: Vec<Row>,
}

/// Weighs the evidence; none at all is no confidence, which is an answer.
///
/// # Errors
/// A weight is not from 0 to 10, or an age or the half-life is not a number of days.
pub fn confidence(evidence: &[Evidence], half_life_days: f64) -> Result<Confidence, Insufficient> {
    let half_life = check::positive("half-life", half_life_days)?;
    let mut rows = Vec::with_capacity(evidence.len());
    for piece in evidence {
        let weight = check::within("weight of evidence", piece.weight, 0.0, 10.0)?;
        let age = check::finite("age of evidence", piece.age_days)?.max(0.0);
        let sign = match piece.direction {
            Direction::Supports => 1.0,
            Direction::Neutral => 0.0,
            Direction::Refutes => -1.0,
        };
        let directness = if piece.is_indirect { INDIRECT } else { 1.0 };
        let recency = (-age / half_life).exp2();
        rows.push(Row {
            value: sign * weight * directness * recency + 0.0,
            directness,
            recency,
            counts: true,
        });
    }
    keep_the_strongest(evidence, &mut rows);
    let sum = rows.iter().filter(|row| row.counts).map(|row| row.value);
    let sum = check::result("sum of evidence", sum.sum::<f64>())?;
    Ok(Confidence {
        value: 1.0 - (-sum.max(0.0) / HALF_CONFIDENCE).exp2(),
        sum,
        rows,
    })
}

/// Leaves one row of each experiment. Of equals the one that refutes is kept, which is the cautious
/// choice and does not depend on the order.
fn keep_the_strongest(evidence: &[Evidence], rows: &mut [Row]) {
    let mut order: Vec<(usize, f64, usize)> = Vec::with_capacity(rows.len());
    for (place, (piece, row)) in evidence.iter().zip(rows.iter()).enumerate() {
        if let Some(experiment) = piece.experiment {
            order.push((experiment, row.value, place));
        }
    }
    order.sort_by(|a, b| {
        let strength = b.1.abs().total_cmp(&a.1.abs());
        a.0.cmp(&b.0).then(strength).then(a.1.total_cmp(&b.1))
    });
    let repeats = order.windows(2).filter_map(|pair| match pair {
        [before, after] if before.0 == after.0 => Some(after.2),
        _ => None,
    });
    for place in repeats {
        if let Some(row) = rows.get_mut(place) {
            row.counts = false;
        }
    }
}

#[cfg(test)]
mod tests;
