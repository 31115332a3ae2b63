//! Calibration: do things happen as often as somebody says they will (Brier 1950; M24)?

use super::{Insufficient, Sample, Share, check};

/// A stated probability and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// What was stated, 0 to 1.
    pub probability: f64,
    /// Whether it happened.
    pub happened: bool,
}

/// Predictions that stated about the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The mean of what was stated.
    pub stated: f64,
    /// The share that happened.
    pub happened: Share,
}

/// How good somebody's predictions are.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The Brier score, the mean of (probability − outcome)²: 0 is perfect, 0.25 is what always
    /// saying one half earns, 1 is always certain and always wrong.
    pub brier: f64,
    /// How many predictions.
    pub n: usize,
    /// 1 − Brier ÷ that of always stating the share that happened; above 0 is better than that.
    /// `None` where everything or nothing happened.
    pub skill: Option<f64>,
    /// Stated against happened in tenths, the empty tenths left out.
    pub bins: Vec<Bin>,
}

/// Scores predictions whose outcomes are known.
///
/// # Errors
/// There is none, or a probability is not from 0 to 1.
pub fn calibration(predictions: &[Prediction]) -> Result<Calibration, Insufficient> {
    let n = check::not_empty("predictions with an outcome", predictions)?;
    let (mut squares, mut happened) = (0.0, 0.0);
    let mut tenths = [(0.0, 0, 0); 10];
    for prediction in predictions {
        let p = check::share("probability", prediction.probability)?;
        let outcome = f64::from(u8::from(prediction.happened));
        squares += (p - outcome).powi(2);
        happened += outcome;
        // What is 0.3 but for rounding belongs to the tenth that begins there.
        let tenth = ((p * 10.0 + 1e-9) as usize).min(9);
        if let Some((stated, successes, count)) = tenths.get_mut(tenth) {
            *stated += p;
            *successes += u64::from(prediction.happened);
            *count += 1;
        }
    }
    let mut bins = Vec::new();
    for (stated, successes, count) in tenths.into_iter().filter(|(_, _, count)| *count > 0) {
        bins.push(Bin {
            stated: stated / count as f64,
            happened: Sample::new(successes, count)?.share()?,
        });
    }
    let (brier, rate) = (squares / n, happened / n);
    let reference = rate * (1.0 - rate);
    Ok(Calibration {
        brier,
        n: predictions.len(),
        skill: (reference > 0.0).then(|| 1.0 - brier / reference),
        bins,
    })
}

#[cfg(test)]
mod tests {
    use super::{Calibration, Prediction, calibration};
    use crate::method::{Insufficient, testing::near};

    fn check(predictions: &[(f64, bool)]) -> Result<Calibration, Insufficient> {
        let prediction = |&(probability, happened): &(f64, bool)| Prediction {
            probability,
            happened,
        };
        calibration(&predictions.iter().map(prediction).collect::<Vec<_>>())
    }

    /// Brier's own examples of one forecast: 70 % for rain, 30 % and 100 %.
    #[test]
    fn a_forecast_is_scored_by_its_square() {
        near(check(&[(1.0, true)]).unwrap().brier, 0.0, 1e-15);
        near(check(&[(1.0, false)]).unwrap().brier, 1.0, 1e-15);
        near(check(&[(0.7, true)]).unwrap().brier, 0.09, 1e-15);
        near(check(&[(0.3, true)]).unwrap().brier, 0.49, 1e-15);
        near(
            check(&[(0.5, true), (0.5, false)]).unwrap().brier,
            0.25,
            1e-15,
        );
    }

    #[test]
    fn stating_the_share_that_happens_has_no_skill_and_better_has_some() {
        near(
            check(&[(0.5, true), (0.5, false)]).unwrap().skill.unwrap(),
            0.0,
            1e-12,
        );
        near(
            check(&[(0.9, true), (0.1, false)]).unwrap().skill.unwrap(),
            0.96,
            1e-12,
        );
        assert_eq!(check(&[(0.9, true)]).unwrap().skill, None);
    }

    #[test]
    fn tenths_compare_what_was_stated_with_what_happened() {
        let found = check(&[(0.7, true), (0.72, false), (0.3, false), (1.0, true)]).unwrap();
        assert_eq!(found.bins.len(), 3);
        near(found.bins[1].stated, 0.71, 1e-12);
        assert_eq!(found.bins[1].happened.value, 0.5);
        assert_eq!(found.bins[2].happened.sample.n(), 1);
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        assert!(check(&[]).is_err() && check(&[(1.1, true)]).is_err());
        assert!(check(&[(f64::NAN, true)]).is_err() && check(&[(-0.1, true)]).is_err());
    }
}
