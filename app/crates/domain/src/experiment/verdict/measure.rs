//! The value of a condition and its interval, in each of the three designs.

use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::beta::checked_beta_reg;

use super::data::{Data, Group, Surplus};
use super::{Answer, Design, Remark, Row, answer};
use crate::counts::count as whole;
use crate::experiment::{Comparator, Condition, FIRST_LOOK, Measure};
use crate::method::{Sample, bayes, distribution, proportion, two_proportions};

/// Counts from which on the normal distribution is as good.
const LARGE: f64 = 100_000.0;
/// Enough for ten digits.
const HALVINGS: usize = 36;

/// What was measured for a condition.
struct Measured {
    value: f64,
    interval: Option<(f64, f64)>,
    n: f64,
    /// Too few for anything to be said yet.
    is_too_few: bool,
}

impl Measured {
    /// A value that has no interval.
    fn alone(value: f64, n: f64) -> Self {
        Self {
            value,
            interval: None,
            n,
            is_too_few: false,
        }
    }
}

/// An estimate with its variance, from which every design draws its interval.
struct Estimate {
    value: f64,
    variance: f64,
    /// Observations in all.
    n: f64,
    /// Those of the smallest group.
    smallest: f64,
    /// Degrees of freedom of a mean's interval; shares have none.
    freedom: Option<f64>,
}

pub(super) fn row(data: &Data<'_>, condition: Condition) -> Row {
    let group = data.group(condition.arm.as_deref());
    let mut remarks = Vec::new();
    let measured = measured(data, &condition, group, &mut remarks);
    let number = threshold(data, &condition);
    let (value, interval, n) = match &measured {
        Ok(measured) => (Some(measured.value), measured.interval, Some(measured.n)),
        Err(_) => (None, None, None),
    };
    let answer = match measured {
        Err(remark) => {
            remarks.push(remark);
            Answer::Open
        }
        Ok(Measured {
            is_too_few: true, ..
        }) => Answer::Open,
        Ok(Measured {
            value, interval, ..
        }) if is_early(data, &condition, interval) => early(&condition, value, number),
        Ok(Measured {
            value, n, interval, ..
        }) if is_late(data, &condition, interval) => {
            let answer = late(data, &condition, value, n, number);
            if answer == Answer::Open {
                remarks.push(Remark::HoldsOnce);
            }
            answer
        }
        Ok(Measured { value, .. }) if condition.measure == Measure::ProbabilityBetter => {
            by_probability(&condition, value)
        }
        Ok(Measured {
            value, interval, ..
        }) => answer(condition.comparator, value, interval, number),
    };
    Row {
        arm: group.and_then(|group| group.arm).map(|(id, _)| id.clone()),
        condition,
        value,
        interval,
        n,
        answer,
        remarks,
    }
}

/// Whether a condition holds at one look alone: nothing widens it for looking again.
fn holds_once(condition: &Condition, interval: Option<(f64, f64)>) -> bool {
    match condition.measure {
        Measure::Value | Measure::ProbabilityBetter => true,
        Measure::Count => interval.is_none(),
        _ => false,
    }
}

/// Whether a sequential experiment is looked at before its planned number by something that holds
/// at one look alone.
fn is_early(data: &Data<'_>, condition: &Condition, interval: Option<(f64, f64)>) -> bool {
    data.design == Design::Sequential && holds_once(condition, interval) && !data.is_complete()
}

/// Whether an experiment is looked at well beyond its planned number by something that holds at one
/// look alone.
fn is_late(data: &Data<'_>, condition: &Condition, interval: Option<(f64, f64)>) -> bool {
    holds_once(condition, interval) && data.surplus() == Surplus::Large
}

/// What the planned sample must have said: of those who came after it all may have counted, or
/// none. Only a count can be told from that.
fn late(data: &Data<'_>, condition: &Condition, value: f64, n: f64, number: f64) -> Answer {
    let (Measure::Count, Some(planned)) = (condition.measure, data.planned_n) else {
        return Answer::Open;
    };
    let bounds = ((value - (n - planned)).max(0.0), value.min(planned));
    answer(condition.comparator, value, Some(bounds), number)
}

/// A count only grows: what it has reached stays reached. Everything else may change yet.
fn early(condition: &Condition, value: f64, number: f64) -> Answer {
    let holds = condition.comparator.holds(value, number);
    let grows_towards = matches!(
        condition.comparator,
        Comparator::AtLeast | Comparator::Above
    );
    match condition.measure {
        Measure::Count if grows_towards && holds => Answer::Met,
        Measure::Count if !grows_towards && !holds => Answer::Failed,
        _ => Answer::Open,
    }
}

/// The number to compare with; `40 %` of a metric that counts percent is its 40.
fn threshold(data: &Data<'_>, condition: &Condition) -> f64 {
    let in_unit = matches!(
        condition.measure,
        Measure::Value | Measure::Mean | Measure::MeanDifference
    );
    if in_unit && data.counts_percent {
        condition.number
    } else {
        condition.threshold()
    }
}

/// A probability has no interval: near its threshold it is met, near the opposite it fails, and
/// between the two the data leave it open.
fn by_probability(condition: &Condition, probability: f64) -> Answer {
    let number = condition.threshold();
    let holds = |value| condition.comparator.holds(value, number);
    match (holds(probability), holds(1.0 - probability)) {
        (true, false) => Answer::Met,
        (false, true) => Answer::Failed,
        (true, true) => Answer::Met,
        (false, false) => Answer::Open,
    }
}

fn measured(
    data: &Data<'_>,
    condition: &Condition,
    group: Option<&Group<'_>>,
    remarks: &mut Vec<Remark>,
) -> Result<Measured, Remark> {
    if condition.measure == Measure::Value {
        return latest(data, remarks);
    }
    if data.groups.is_empty() {
        return Err(Remark::NoData);
    }
    let group = group.ok_or(Remark::WhichArm)?;
    let control = || {
        let control = data.control().ok_or(Remark::NoControl)?;
        let is_other = control.arm.map(|arm| arm.0) != group.arm.map(|arm| arm.0);
        is_other.then_some(control).ok_or(Remark::NoControl)
    };
    let mut shares = Shares::None;
    let estimate = match condition.measure {
        Measure::Share => {
            let one = share(group)?;
            shares = Shares::One(one);
            one.estimate(data.design)
        }
        Measure::Difference => {
            let (one, other) = (share(control()?)?, share(group)?);
            shares = Shares::Two(one, other);
            difference(&one.estimate(data.design), &other.estimate(data.design))
        }
        Measure::Mean => mean(group)?,
        Measure::MeanDifference => difference(&mean(control()?)?, &mean(group)?),
        Measure::Count => return counted(data, group, remarks),
        Measure::ProbabilityBetter => {
            let (one, other) = (share(control()?)?.0, share(group)?.0);
            let compared = bayes::compare(one, other).map_err(|_| Remark::NoData)?;
            remarks.push(Remark::ByValueAlone);
            let n = (one.n() + other.n()) as f64;
            return Ok(Measured::alone(compared.b_beats_a, n));
        }
        Measure::Value => return Err(Remark::NoData),
    };
    let value = match shares {
        Shares::One(share) => share.rate(),
        _ => estimate.value,
    };
    within(data, &estimate, shares, value, remarks)
}

/// A value with the interval of its estimate. Too few to look at have a value, and no interval yet.
fn within(
    data: &Data<'_>,
    estimate: &Estimate,
    shares: Shares,
    value: f64,
    remarks: &mut Vec<Remark>,
) -> Result<Measured, Remark> {
    let is_too_few = is_too_few(data, estimate);
    if is_too_few {
        remarks.push(Remark::TooFewToLook {
            reached: estimate.smallest,
            least: FIRST_LOOK,
        });
    }
    let interval = interval(data, estimate, shares);
    if interval.is_none() && !is_too_few {
        return Err(Remark::NoDeviation);
    }
    Ok(Measured {
        value,
        interval,
        n: estimate.n,
        is_too_few,
    })
}

/// The share of one sample with its interval, as so many of `all`.
fn of_all(
    data: &Data<'_>,
    share: Shared,
    all: f64,
    remarks: &mut Vec<Remark>,
) -> Result<Measured, Remark> {
    let estimate = share.estimate(data.design);
    let measured = within(data, &estimate, Shares::One(share), share.rate(), remarks)?;
    Ok(Measured {
        value: measured.value * all,
        interval: measured.interval.map(|(low, high)| (low * all, high * all)),
        ..measured
    })
}

/// The latest reading of the primary metric, with its interval where it is the share of a sample.
fn latest(data: &Data<'_>, remarks: &mut Vec<Remark>) -> Result<Measured, Remark> {
    let latest = data.latest.as_ref().ok_or(Remark::NoData)?;
    if let Some((sample, all)) = latest.sample {
        let measured = of_all(data, Shared(sample), all, remarks)?;
        return Ok(Measured {
            value: latest.value,
            ..measured
        });
    }
    remarks.push(Remark::ByValueAlone);
    let n = data.groups.iter().map(|group| group.n).sum();
    Ok(Measured::alone(latest.value, n))
}

/// The successes of a group, with the interval of their share in it; before and beyond the planned
/// number that of what the planned sample makes likely. Participants are counted as they are.
fn counted(
    data: &Data<'_>,
    group: &Group<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<Measured, Remark> {
    let Some(successes) = group.successes else {
        remarks.push(Remark::ByValueAlone);
        return Ok(Measured::alone(group.n, group.n));
    };
    let one = share(group)?;
    let planned = data
        .planned_n
        .filter(|_| data.judged_as() == Design::Sequential);
    if let Some(planned) = planned.filter(|planned| *planned != group.n) {
        remarks.push(Remark::CountOfPlanned { planned });
    }
    let measured = of_all(data, one, planned.unwrap_or(group.n), remarks)?;
    Ok(Measured {
        value: successes,
        ..measured
    })
}

/// A share of a group that has participants.
#[derive(Clone, Copy)]
struct Shared(Sample);

/// The shares that an estimate is made of, if it is of shares.
#[derive(Clone, Copy)]
enum Shares {
    None,
    One(Shared),
    /// The control's and the variant's.
    Two(Shared, Shared),
}

fn share(group: &Group<'_>) -> Result<Shared, Remark> {
    if group.n <= 0.0 {
        return Err(Remark::NoData);
    }
    let successes = group.successes.ok_or(Remark::NoData)?;
    let counts = whole(successes).zip(whole(group.n));
    let (successes, n) = counts.ok_or(Remark::ImpossibleCounts)?;
    Sample::new(successes, n)
        .map(Shared)
        .map_err(|_| Remark::ImpossibleCounts)
}

impl Shared {
    fn rate(self) -> f64 {
        self.0.rate().unwrap_or_default()
    }

    /// As a posterior in a Bayesian design, else as a sample.
    fn estimate(self, design: Design) -> Estimate {
        let (s, n) = (self.0.successes() as f64, self.0.n() as f64);
        if design == Design::Bayesian {
            let (a, b) = (1.0 + s, 1.0 + n - s);
            return Estimate {
                value: a / (a + b),
                variance: a * b / ((a + b) * (a + b) * (a + b + 1.0)),
                n,
                smallest: n,
                freedom: None,
            };
        }
        // Nobody or everybody in a small sample is no certainty: Laplace's rule of succession keeps
        // the variance above zero. The value stays what was counted.
        let p = (s + 1.0) / (n + 2.0);
        Estimate {
            value: s / n,
            variance: p * (1.0 - p) / n,
            n,
            smallest: n,
            freedom: None,
        }
    }
}

fn mean(group: &Group<'_>) -> Result<Estimate, Remark> {
    let value = group.mean.ok_or(Remark::NoData)?;
    let deviation = group.deviation.ok_or(Remark::NoDeviation)?;
    if group.observations < 2.0 || deviation < 0.0 {
        return Err(Remark::NoDeviation);
    }
    Ok(Estimate {
        value,
        variance: deviation * deviation / group.observations,
        n: group.observations,
        smallest: group.observations,
        freedom: Some(group.observations - 1.0),
    })
}

/// The second less the first; degrees of freedom after Welch (1947).
fn difference(one: &Estimate, other: &Estimate) -> Estimate {
    let variance = one.variance + other.variance;
    let part = |estimate: &Estimate, freedom: f64| estimate.variance.powi(2) / freedom;
    let freedom = one.freedom.zip(other.freedom).map(|(first, second)| {
        let spread = part(one, first) + part(other, second);
        if spread > 0.0 {
            variance.powi(2) / spread
        } else {
            first + second
        }
    });
    Estimate {
        value: other.value - one.value,
        variance,
        n: one.n + other.n,
        smallest: one.smallest.min(other.smallest),
        freedom,
    }
}

fn interval(data: &Data<'_>, estimate: &Estimate, shares: Shares) -> Option<(f64, f64)> {
    let confidence = 1.0 - data.alpha;
    let (low, high) = match (data.judged_as(), shares) {
        (Design::Fixed, Shares::One(share)) => {
            let wilson = proportion::wilson(share.0, confidence).ok()?;
            (wilson.low, wilson.high)
        }
        (Design::Fixed, Shares::Two(one, other)) => {
            let change = two_proportions::newcombe(one.0, other.0, confidence).ok()?;
            (change.low, change.high)
        }
        (Design::Bayesian, Shares::One(share)) => {
            let (s, f) = (share.0.successes() as f64, share.0.failures() as f64);
            let end = |tail| beta_quantile(1.0 + s, 1.0 + f, tail);
            (end(data.alpha / 2.0)?, end(1.0 - data.alpha / 2.0)?)
        }
        (Design::Bayesian, Shares::Two(one, other)) => {
            let posterior = bayes::Difference::between(one.0, other.0).ok()?;
            let credible = posterior.interval(confidence);
            (credible.low, credible.high)
        }
        _ if is_too_few(data, estimate) => return None,
        // Observations that are all alike say nothing about how far others lie apart.
        (_, Shares::None) if estimate.variance <= 0.0 => return None,
        _ => {
            let reach = reach(data, estimate)? * estimate.variance.sqrt();
            (estimate.value - reach, estimate.value + reach)
        }
    };
    Some(match shares {
        Shares::One(_) => (low.max(0.0), high.min(1.0)),
        Shares::Two(..) => (low.max(-1.0), high.min(1.0)),
        Shares::None => (low, high),
    })
}

/// Whether it is too early for the interval of a confidence sequence.
fn is_too_few(data: &Data<'_>, estimate: &Estimate) -> bool {
    data.judged_as() == Design::Sequential && estimate.smallest < FIRST_LOOK
}

/// The share below which Beta(a, b) has `tail` of its mass, by halving; for large counts that of
/// the normal distribution of the same mean and variance.
fn beta_quantile(a: f64, b: f64, tail: f64) -> Option<f64> {
    if a + b > LARGE {
        let (mean, total) = (a / (a + b), a + b);
        let deviation = (mean * (1.0 - mean) / (total + 1.0)).sqrt();
        return Some(mean + deviation * distribution::normal_quantile(tail).ok()?);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if checked_beta_reg(a, b, middle).ok()? < tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low, high))
}

/// How many standard errors an interval reaches to either side.
fn reach(data: &Data<'_>, estimate: &Estimate) -> Option<f64> {
    if data.judged_as() == Design::Sequential {
        let arms = data.groups.len().clamp(1, 2) as f64;
        return Some(sequential(
            estimate.n,
            data.planned_n.unwrap_or(USUAL) * arms,
            data.alpha,
        ));
    }
    match estimate.freedom {
        // Beyond, Student's distribution is the normal one to six digits.
        Some(freedom) if freedom < LARGE => {
            let student = StudentsT::new(0.0, 1.0, freedom).ok()?;
            Some(student.inverse_cdf(1.0 - data.alpha / 2.0))
        }
        _ => distribution::two_sided_quantile(1.0 - data.alpha).ok(),
    }
}

/// For how many in each group a sequence is tightest where no number was planned. Chosen once and for
/// all: one that followed the data would hold at no look but its own.
const USUAL: f64 = 1_000.0;

/// The radius of an asymptotic confidence sequence in standard errors after `n` observations:
/// `√(2(nρ² + 1)∕(nρ²) · ln(√(nρ² + 1)∕α))`, with ρ chosen so that it is tightest at `planned`:
/// `ρ² = (−2 ln α + ln(1 − 2 ln α)) ∕ planned` (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas:
/// Time-uniform central limit theory and asymptotic confidence sequences, 2024). It holds at every
/// look at once.
fn sequential(n: f64, planned: f64, alpha: f64) -> f64 {
    let weight = -2.0 * alpha.ln();
    let mixed = n * (weight + weight.ln_1p()) / planned;
    (2.0 * (mixed + 1.0) / mixed * ((mixed + 1.0).sqrt() / alpha).ln()).sqrt()
}

/// The interval of the difference of two shares at the experiment's level, for other metrics.
pub(super) fn change(data: &Data<'_>, control: Sample, variant: Sample) -> Option<(f64, f64, f64)> {
    let (one, other) = (Shared(control), Shared(variant));
    if control.n() == 0 || variant.n() == 0 {
        return None;
    }
    let estimate = difference(&one.estimate(data.design), &other.estimate(data.design));
    let (low, high) = interval(data, &estimate, Shares::Two(one, other))?;
    Some((estimate.value, low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beta(2, 1) has the distribution function x²; large symmetric ones are nearly normal.
    #[test]
    fn quantiles_of_beta_are_those_of_the_distribution() {
        let quantile = |a, b, tail| beta_quantile(a, b, tail).unwrap();

        assert!((quantile(2.0, 1.0, 0.025) - 0.025_f64.sqrt()).abs() < 1e-9);
        assert!((quantile(1.0, 1.0, 0.3) - 0.3).abs() < 1e-9);
        let (below, above) = (quantile(500.0, 500.0, 0.025), quantile(500.0, 500.0, 0.975));
        assert!((below + above - 1.0).abs() < 1e-9 && (above - 0.530_959).abs() < 1e-4);
        let large = quantile(1e9, 1e9, 0.975);
        assert!((0.5..0.500_1).contains(&large));
    }

    /// Where nothing was planned it is tuned to the same number at every look: to the n of each look,
    /// it would be as wide at every one of them, and hold at none but the first.
    #[test]
    fn a_sequence_without_a_planned_number_does_not_follow_the_data() {
        let radius = |n: f64| sequential(n, USUAL, 0.05);
        assert!(radius(100.0) > radius(1_000.0) + 0.3);
        assert!(radius(100_000.0) > radius(1_000.0) + 0.3);
    }

    /// At one look of the planned size the sequence is about 1.4 times as wide as the fixed 95 %
    /// interval: the price of looking whenever one likes. It is never narrower elsewhere.
    #[test]
    fn a_confidence_sequence_is_tightest_near_the_planned_number() {
        let at = |n: f64| sequential(n, 1_000.0, 0.05) / n.sqrt();

        let there = sequential(1_000.0, 1_000.0, 0.05);

        assert!((2.7..3.1).contains(&there), "{there}");
        // In standard errors, not in width: width shrinks with every observation.
        for n in [10.0, 100.0, 500.0, 2_000.0, 10_000.0] {
            assert!(sequential(n, 1_000.0, 0.05) >= there - 0.02, "{n}");
        }
        assert!(at(2_000.0) < at(1_000.0));
    }
}
