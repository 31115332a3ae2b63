//! Weighted scoring, and how firmly its winner stands (M20).

use super::{Insufficient, check};

/// By how much the weights may miss 100 %, for people who round to whole per cents.
pub const WEIGHT_TOLERANCE: f64 = 0.001;

/// One criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criterion {
    /// Its weight as a share; those of all criteria add up to 1.
    pub weight: f64,
    /// Whether more of it is worse: its scores count negative.
    pub is_cost: bool,
}

/// A score turned round on its scale, so that the best cost has the highest: `low + high − score`.
///
/// # Errors
/// The score is outside its scale.
pub fn inverted(score: f64, low: f64, high: f64) -> Result<f64, Insufficient> {
    Ok(low + high - check::within("score", score, low, high)?)
}

/// One criterion's weight at which another option takes the lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flip {
    /// The place of the criterion.
    pub criterion: usize,
    /// The weight at which it happens, the other weights keeping their proportions.
    pub weight: f64,
    /// The place of the option that leads from there on.
    pub option: usize,
}

/// All options scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Σ weight × score of each option, in the order given.
    pub scores: Vec<f64>,
    /// The places of the options, the best first, equal ones as they stand.
    pub ranking: Vec<usize>,
    /// For each criterion the nearest weight that changes the winner, where there is one; the
    /// smallest change first.
    pub flips: Vec<Flip>,
}

/// Scores options: `options[i][j]` is the score of option i on criterion j.
///
/// # Errors
/// There is no criterion or no option, an option has not one score for each criterion, a score is
/// not a number, or the weights do not add up to 100 %.
pub fn weighted(criteria: &[Criterion], options: &[Vec<f64>]) -> Result<Scored, Insufficient> {
    let count = check::not_empty("criteria", criteria)?;
    check::not_empty("options", options)?;
    let mut total = 0.0;
    for criterion in criteria {
        total += check::share("weight", criterion.weight)?;
    }
    if (total - 1.0).abs() > WEIGHT_TOLERANCE * count.max(1.0) {
        return Err(Insufficient::WrongTotal {
            input: "weights",
            // What the arithmetic leaves behind the sixth decimal is not what people typed.
            total: (total * 1e6).round() / 1e6,
            expected: 1.0,
        });
    }
    let mut signed = Vec::with_capacity(options.len());
    for option in options {
        check::same_length("Scores of an option", option, criteria)?;
        let mut row = Vec::with_capacity(option.len());
        for (&score, criterion) in option.iter().zip(criteria) {
            let score = check::finite("score", score)?;
            row.push(if criterion.is_cost { -score } else { score });
        }
        signed.push(row);
    }
    let sum = |row: &Vec<f64>| {
        let terms = row.iter().zip(criteria).map(|(s, c)| s * c.weight);
        check::result("score", terms.sum())
    };
    let scores: Vec<f64> = signed.iter().map(sum).collect::<Result<_, _>>()?;
    let mut ranking: Vec<usize> = (0..scores.len()).collect();
    let score = |place: usize| scores.get(place).copied().unwrap_or(f64::NEG_INFINITY);
    ranking.sort_by(|&a, &b| score(b).total_cmp(&score(a)));
    let winner = ranking.first().copied().unwrap_or_default();
    let mut flips: Vec<Flip> = (0..criteria.len())
        .filter_map(|place| nearest_flip(criteria, &signed, place, winner))
        .collect();
    let change = |flip: &Flip| {
        let weight = criteria.get(flip.criterion).map(|c| c.weight);
        (flip.weight - weight.unwrap_or_default()).abs()
    };
    flips.sort_by(|a, b| change(a).total_cmp(&change(b)));
    Ok(Scored {
        scores,
        ranking,
        flips,
    })
}

/// The nearest weight of one criterion at which some option overtakes the winner; `None` when the
/// winner leads at every weight, or the criterion has all the weight and nothing is known of the
/// proportions of the others.
///
/// While that weight moves, the others share the rest in proportion, so that every lead is a
/// straight line over the weight, and not negative at the weight that holds now.
fn nearest_flip(
    criteria: &[Criterion],
    signed: &[Vec<f64>],
    place: usize,
    winner: usize,
) -> Option<Flip> {
    let weight = criteria.get(place)?.weight;
    let best = signed.get(winner)?;
    let total: f64 = criteria.iter().map(|c| c.weight).sum();
    let distance = |flip: &Flip| (flip.weight - weight).abs();
    let mut nearest: Option<Flip> = None;
    for (option, row) in signed.iter().enumerate().filter(|(i, _)| *i != winner) {
        // The winner's lead if this criterion decided alone, and if it had no say.
        let (mut alone, mut without) = (0.0, 0.0);
        for (i, ((own, its), criterion)) in best.iter().zip(row).zip(criteria).enumerate() {
            if i == place {
                alone = own - its;
            } else if total > weight {
                without += (own - its) * criterion.weight / (total - weight);
            }
        }
        let crossing = total * without / (without - alone);
        // A lead that is negative at neither end is negative nowhere; one that overflows is beyond
        // telling.
        if alone >= 0.0 && without >= 0.0 || !crossing.is_finite() {
            continue;
        }
        let flip = Flip {
            criterion: place,
            weight: crossing.clamp(0.0, 1.0),
            option,
        };
        if nearest
            .as_ref()
            .is_none_or(|known| distance(&flip) < distance(known))
        {
            nearest = Some(flip);
        }
    }
    nearest
}

#[cfg(test)]
mod tests;
