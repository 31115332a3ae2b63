//! The other metrics of an experiment: guardrails, which must not get worse, and further ones,
//! whose p-values Holm's method corrects (M14: one primary metric, guardrails, Holm for the rest).
//!
//! Their data are readings whose cohort names an arm; where there are none, a guardrail's latest
//! reading is held against its line in the sand, else against its baseline.

use super::data::{Data, Group};
use super::measure;
use super::people::People;
use crate::EntityId;
use crate::counts::{self, count as whole};
use crate::direction::is_downward;
use crate::experiment::plan::is_called;
use crate::index::{Handle, Reader};
use crate::method::{Sample, holm, two_proportions};

/// A metric that must not get worse.
#[derive(Clone, Debug, PartialEq)]
pub struct Guardrail {
    /// The metric.
    pub metric: EntityId,
    /// The variant's share less that of the control; `None` without data by arm.
    pub change: Option<f64>,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// Without data by arm its latest reading since the lock, where there is a line to hold it
    /// against; in the metric's unit.
    pub level: Option<f64>,
    /// The whole interval, or the reading where it is no share of a sample, lies on the worse side.
    pub is_breached: bool,
}

/// A further metric, of which the criterion says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Further {
    /// The metric.
    pub metric: EntityId,
    /// The variant's share less that of the control.
    pub change: f64,
    /// The two-sided p-value of the pooled z test.
    pub p_value: f64,
    /// The same after Holm's correction.
    pub adjusted: f64,
    /// Whether the corrected one is below α.
    pub is_significant: bool,
}

/// The metrics that guard the experiment or its primary metric, by id.
pub(super) fn guardrails(
    reader: &Reader<'_>,
    experiment: Handle,
    data: &Data<'_>,
) -> Vec<Guardrail> {
    let mut guards = guarding(reader, experiment);
    guards.sort_by_key(|metric| reader.id(*metric));
    guards.dedup();
    guards
        .into_iter()
        .filter_map(|metric| {
            let measured = samples(reader, data, metric)
                .and_then(|(control, variant)| measure::change(data, control, variant));
            let is_downward = is_downward(reader, metric);
            let is_worse = |low: f64, high: f64| if is_downward { low > 0.0 } else { high < 0.0 };
            let level = measured
                .is_none()
                .then(|| level(reader, data, metric))
                .flatten();
            let is_breached = match (measured, level) {
                (Some((_, low, high)), _) => is_worse(low, high),
                (None, Some(level)) => is_worse(level.low - level.line, level.high - level.line),
                (None, None) => false,
            };
            Some(Guardrail {
                metric: reader.id(metric)?.clone(),
                change: measured.map(|(change, _, _)| change),
                interval: measured.map(|(_, low, high)| (low, high)),
                level: level.map(|level| level.value),
                is_breached,
            })
        })
        .collect()
}

/// The metrics that measure the experiment besides its primary one and its guardrails.
pub(super) fn further(reader: &Reader<'_>, experiment: Handle, data: &Data<'_>) -> Vec<Further> {
    let primary = reader.reference(experiment, "primary-metric");
    let guards = guarding(reader, experiment);
    let mut metrics: Vec<Handle> = reader
        .to(experiment, "measures")
        .filter(|metric| Some(*metric) != primary && !guards.contains(metric))
        .collect();
    metrics.sort_by_key(|metric| reader.id(*metric));
    metrics.dedup();
    let mut tested = Vec::new();
    for metric in metrics {
        let samples = samples(reader, data, metric);
        let test = samples
            .and_then(|(control, variant)| two_proportions::two_proportions(control, variant).ok());
        if let (Some(test), Some(id)) = (test, reader.id(metric)) {
            tested.push((id.clone(), test));
        }
    }
    let p_values: Vec<f64> = tested.iter().map(|(_, test)| test.p_value).collect();
    let adjusted = holm::adjusted(&p_values).unwrap_or_default();
    tested
        .into_iter()
        .zip(adjusted)
        .map(|((metric, test), adjusted)| Further {
            metric,
            change: test.change,
            p_value: test.p_value,
            adjusted,
            is_significant: adjusted < data.alpha,
        })
        .collect()
}

/// A reading, the ends of its interval where it is the share of a sample, and the line that it must
/// not cross.
#[derive(Clone, Copy)]
struct Level {
    value: f64,
    low: f64,
    high: f64,
    line: f64,
}

/// The latest reading of a metric within the days of the experiment.
fn level(reader: &Reader<'_>, data: &Data<'_>, metric: Handle) -> Option<Level> {
    let line = reader.number(metric, "line-in-the-sand");
    let line = line.or_else(|| reader.number(metric, "baseline"))?;
    let readings = data.readings_of(reader, metric).into_iter();
    // A cohort says nothing about everyone where everyone was read.
    let latest = readings.max_by_key(|reading| {
        let is_of_all = reader.text(*reading, "cohort").is_none();
        (is_of_all, reader.date(*reading, "date"))
    })?;
    let value = counts::value(reader, latest)?;
    let share = counts::sample(reader, latest)
        .and_then(|(sample, whole)| Some((sample.share().ok()?.interval, whole)));
    let (low, high) = share.map_or((value, value), |(interval, whole)| {
        (interval.low * whole, interval.high * whole)
    });
    Some(Level {
        value,
        low,
        high,
        line,
    })
}

fn guarding(reader: &Reader<'_>, experiment: Handle) -> Vec<Handle> {
    let mut guards: Vec<Handle> = reader.to(experiment, "guards").collect();
    if let Some(primary) = reader.reference(experiment, "primary-metric") {
        guards.extend(reader.to(primary, "guards"));
    }
    guards
}

/// The counts of control and variant in the readings of a metric.
fn samples(reader: &Reader<'_>, data: &Data<'_>, metric: Handle) -> Option<(Sample, Sample)> {
    let (control, variant) = (data.control()?, data.group(None)?);
    let mut readings = data.readings_of(reader, metric);
    readings.sort_by_key(|reading| reader.date(*reading, "date"));
    let all = People::new(reader, Some(metric), data.window.0);
    let count = |group: &Group<'_>| {
        let (id, arm) = group.arm?;
        let is_of_arm = |cohort: Option<&str>| is_called(cohort.unwrap_or_default(), id, arm);
        let mut people = all.clone().only(is_of_arm);
        for reading in &readings {
            if is_of_arm(reader.text(*reading, "cohort")) {
                reader.number(*reading, "n")?;
                people.add(reader, *reading);
            }
        }
        Sample::new(whole(people.successes()?)?, whole(people.n())?).ok()
    };
    let (control, variant) = (count(control)?, count(variant)?);
    (control.n() > 0 && variant.n() > 0).then_some((control, variant))
}
