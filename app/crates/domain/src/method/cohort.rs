//! Cohorts: who stays, who leaves, and whether the curve flattens (M15, M17).

use super::{Insufficient, Sample, Share, check};

/// A curve counts as flat when its last two steps each lose at most this share of those who were
/// still there; a convention of this product.
pub const FLAT_LOSS: f64 = 0.05;

/// The ages that a curve needs before its end can be judged, the first one included.
pub const LEAST_AGES: usize = 4;

/// People who started in the same period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// How many started.
    pub size: u64,
    /// How many of them were active at each age, in periods from the start; so far as known.
    pub active: Vec<u64>,
}

/// The retention matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Retention {
    /// Rows are cohorts as given, columns ages: active ÷ size, with n and interval.
    pub cells: Vec<Vec<Share>>,
    /// Each age over all cohorts that have reached it: Σ active ÷ Σ size.
    pub curve: Vec<Share>,
    /// Each step from one age to the next, over the cohorts that have reached both: Σ active then ÷
    /// Σ active before; `None` where nobody was left. The curve's own steps would compare different
    /// people: where young cohorts are worse than old ones, it rises as they drop out of it.
    pub steps: Vec<Option<f64>>,
}

impl Retention {
    /// The share that has left by each age: 1 − retention.
    #[must_use]
    pub fn churn(&self) -> Vec<f64> {
        self.curve.iter().map(|age| 1.0 - age.value).collect()
    }

    /// Whether the curve flattens above zero, the evidence of product–market fit that a curve can
    /// give; see [`FLAT_LOSS`].
    ///
    /// # Errors
    /// The curve has fewer than [`LEAST_AGES`] ages.
    pub fn flattens_above_zero(&self) -> Result<bool, Insufficient> {
        let short = || Insufficient::WrongCount {
            input: "Ages on the retention curve",
            got: self.curve.len(),
            expected: LEAST_AGES,
        };
        if self.curve.len() < LEAST_AGES {
            return Err(short());
        }
        let (Some(last), [.., before, end]) = (self.curve.last(), self.steps.as_slice()) else {
            return Err(short());
        };
        let holds = |step: &Option<f64>| step.is_some_and(|kept| kept >= 1.0 - FLAT_LOSS - 1e-12);
        Ok(last.value > 0.0 && holds(before) && holds(end))
    }
}

/// Computes the matrix.
///
/// # Errors
/// There is no cohort, one is empty, or more are active than started.
pub fn retention(cohorts: &[Cohort]) -> Result<Retention, Insufficient> {
    check::not_empty("cohorts", cohorts)?;
    let mut cells = Vec::with_capacity(cohorts.len());
    let mut sums: Vec<(u64, u64)> = Vec::new();
    let mut kept: Vec<(u64, u64)> = Vec::new();
    for cohort in cohorts {
        check::some("people in a cohort", cohort.size)?;
        let mut row = Vec::with_capacity(cohort.active.len());
        for (age, &active) in cohort.active.iter().enumerate() {
            row.push(Sample::new(active, cohort.size)?.share()?);
            match sums.get_mut(age) {
                Some((all, size)) => {
                    *all = all.saturating_add(active);
                    *size = size.saturating_add(cohort.size);
                }
                None => sums.push((active, cohort.size)),
            }
        }
        for (age, two) in cohort.active.windows(2).enumerate() {
            let &[before, then] = two else { continue };
            match kept.get_mut(age) {
                Some((all, of)) => {
                    *all = all.saturating_add(then);
                    *of = of.saturating_add(before);
                }
                None => kept.push((then, before)),
            }
        }
        cells.push(row);
    }
    let mut curve = Vec::with_capacity(sums.len());
    for (active, size) in sums {
        curve.push(Sample::new(active, size)?.share()?);
    }
    let step = |(then, before): (u64, u64)| (before > 0).then(|| then as f64 / before as f64);
    Ok(Retention {
        cells,
        curve,
        steps: kept.into_iter().map(step).collect(),
    })
}

/// The churn of one period: lost ÷ those there at its start.
///
/// # Errors
/// Nobody was there, or more were lost than were there.
pub fn churn(at_start: u64, lost: u64) -> Result<Share, Insufficient> {
    check::some("customers at the start", at_start)?;
    Sample::new(lost, at_start)?.share()
}

#[cfg(test)]
mod tests {
    use super::{Cohort, Retention, churn, retention};
    use crate::method::{Insufficient, testing::near};

    fn matrix(rows: &[(u64, &[u64])]) -> Result<Retention, Insufficient> {
        let cohort = |&(size, active): &(u64, &[u64])| Cohort {
            size,
            active: active.to_vec(),
        };
        retention(&rows.iter().map(cohort).collect::<Vec<_>>())
    }

    /// A third of the old cohort leaves at the last age; that it is alone there, without the worse
    /// young one, lifts the curve.
    #[test]
    fn a_curve_that_rises_for_want_of_young_cohorts_does_not_flatten() {
        let mixed = matrix(&[(100, &[80, 60, 58, 40]), (1_000, &[300, 100, 98])]).unwrap();
        assert!(mixed.curve[3].value > mixed.curve[2].value);
        near(mixed.steps[2].unwrap(), 40.0 / 58.0, 1e-12);
        assert_eq!(mixed.flattens_above_zero(), Ok(false));
        let flat = matrix(&[(100, &[80, 60, 58, 57]), (1_000, &[300, 100, 98])]).unwrap();
        assert_eq!(flat.flattens_above_zero(), Ok(true));
    }

    #[test]
    fn an_age_counts_the_cohorts_that_have_reached_it() {
        let found = matrix(&[(100, &[100, 50, 40]), (300, &[300, 90])]).unwrap();
        near(found.cells[1][1].value, 0.3, 1e-12);
        near(found.curve[1].value, 140.0 / 400.0, 1e-12);
        near(found.curve[2].value, 0.4, 1e-12);
        assert_eq!(found.curve[2].sample.n(), 100);
        near(found.churn()[2], 0.6, 1e-12);
    }

    #[test]
    fn a_curve_flattens_or_goes_to_zero() {
        let flat = |active: &[u64]| matrix(&[(1_000, active)])?.flattens_above_zero();
        assert_eq!(flat(&[1_000, 400, 300, 290, 280]), Ok(true));
        assert_eq!(flat(&[1_000, 400, 300, 200, 100]), Ok(false));
        assert_eq!(flat(&[1_000, 10, 0, 0, 0]), Ok(false));
        assert!(flat(&[1_000, 400, 300]).is_err());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(matrix(&[]).is_err() && matrix(&[(0, &[])]).is_err());
        assert!(matrix(&[(5, &[6])]).is_err());
        assert!(matrix(&[(5, &[])]).unwrap().flattens_above_zero().is_err());
        assert!(churn(0, 0).is_err() && churn(5, 6).is_err());
        near(churn(1_000, 33).unwrap().value, 0.033, 1e-12);
    }
}
