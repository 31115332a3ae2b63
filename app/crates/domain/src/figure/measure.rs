//! Metrics and their readings (M17): the latest one, the change since the baseline, the way to the
//! target.

use super::context::Context;
use super::kind::{FigureKind, FigureSource};
use super::producer::{Producer, producer};
use super::record::{DIFFERENCE, Figure};
use super::remark::{self, Part};
use crate::counts::{self, contradiction};
use crate::direction::is_worse;
use crate::index::{Handle, Reader};
use crate::method::{Insufficient, Sample, okr};
use crate::value::Date;

pub(super) const PRODUCERS: &[Producer] = &[
    producer!(entity & ["metric"], 0, metric, LATEST, CHANGE, TARGET),
    producer!(entity & ["reading"], 0, share, SHARE),
];

const SOURCE: FigureSource = FigureSource::book("Croll and Yoskovitz, Lean Analytics");

pub(super) static LATEST: FigureKind = FigureKind::new(
    "latest",
    ["Latest reading", "Letzter Messwert", "Última medición"],
    "the value of the reading with the latest date, of a share that has none its successes ÷ n; one of everyone before one of a cohort",
    "M17",
    SOURCE,
)
.of(&["metric"]);

static CHANGE: FigureKind = FigureKind::new(
    "change-since-baseline",
    [
        "Change since the baseline",
        "Änderung seit dem Ausgangswert",
        "Cambio desde el valor inicial",
    ],
    "latest reading − baseline",
    "M17",
    SOURCE,
)
.of(&["metric"]);

pub(super) static TARGET: FigureKind = FigureKind::new(
    "way-to-target",
    ["Way to the target", "Weg zum Ziel", "Camino al objetivo"],
    "(latest reading − baseline) ÷ (target − baseline)",
    "M17",
    SOURCE,
)
.of(&["metric"])
.unit("share");

static SHARE: FigureKind = FigureKind::new(
    "reading-share",
    ["Share", "Anteil", "Proporción"],
    "successes ÷ n, with Wilson's 95 % interval",
    "M17",
    FigureSource::book(
        "Wilson, Probable inference, the law of succession, and statistical inference (1927)",
    ),
)
.of(&["reading"])
.unit("share");

/// The reading of a metric with the latest date that is not in the future; of one day the last by
/// id. A reading of a cohort says nothing about everyone, so that it counts only where there is no
/// other.
pub(crate) fn latest(reader: &Reader<'_>, metric: Handle, today: Date) -> Option<Handle> {
    reader
        .children(metric, "reading", "metric")
        .filter(|reading| counts::value(reader, *reading).is_some())
        .filter_map(|reading| Some((reader.date(reading, "date")?, reading)))
        .filter(|(date, _)| *date <= today)
        .max_by_key(|(date, reading)| (reader.text(*reading, "cohort").is_none(), *date))
        .map(|(_, reading)| reading)
}

/// A metric that was not read for longer than this, in days, is not watched any more: a quarter.
pub(crate) const WATCHED_DAYS: i64 = 92;

/// Whether somebody still reads a metric.
pub(crate) fn is_watched(reader: &Reader<'_>, metric: Handle, today: Date) -> bool {
    let last = latest(reader, metric, today).and_then(|reading| reader.date(reading, "date"));
    last.is_some_and(|last| today.days_since(last) <= WATCHED_DAYS)
}

/// How many readings of a metric are of the day of one of them, and of the same people.
fn same_day(context: &Context<'_>, metric: Handle, reading: Handle) -> usize {
    let of = |one: Handle| (context.date(one, "date"), context.text(one, "cohort"));
    context
        .children(metric, "reading", "metric")
        .filter(|one| counts::value(context, *one).is_some() && of(*one) == of(reading))
        .count()
}

/// The value of the latest reading.
fn latest_value(context: &Context<'_>, metric: Handle) -> Option<(f64, Handle)> {
    let reading = latest(context, metric, context.today)?;
    Some((counts::value(context, reading)?, reading))
}

impl Figure {
    /// Tells that a reading says one share and counts another.
    fn contradicted(&mut self, context: &Context<'_>, reading: Handle) {
        if let Some(shares) = contradiction(context, reading) {
            let [value, counted] =
                <[f64; 2]>::from(shares).map(|share| Part::Number((share * 1e4).round() / 100.0));
            self.remark_with(&remark::CONTRADICTED, [value, counted]);
        }
    }

    /// Where something stands: by the latest reading of the first of its metrics that has one, else
    /// by its own field `current`.
    pub(super) fn current(
        &mut self,
        context: &Context<'_>,
        of: Handle,
        mut metrics: impl Iterator<Item = Handle>,
    ) -> Result<f64, Insufficient> {
        match metrics.find_map(|metric| latest_value(context, metric)) {
            Some((value, reading)) => {
                self.input("current", Some(value), "", Some(reading));
                Ok(value)
            }
            None => self.field(context, of, "current"),
        }
    }
}

fn metric(context: &Context<'_>, metric: Handle, figures: &mut Vec<Figure>) {
    let reading = latest(context, metric, context.today);
    let value = reading.and_then(|reading| counts::value(context, reading));
    let unit = context.text(metric, "unit").unwrap_or_default().to_owned();
    let measured = |kind| {
        let mut figure = Figure::new(kind);
        figure.input("latest reading", value, unit.clone(), reading);
        figure
    };
    let value = value.ok_or(Insufficient::Missing("reading"));
    let mut latest = measured(&LATEST);
    latest.unit = unit.clone().into();
    if let Some(reading) = reading {
        latest.text_input("date", context.text(reading, "date"), Some(reading));
        if context.number(reading, "value").is_none() {
            latest.input(
                "successes",
                context.number(reading, "successes"),
                "",
                Some(reading),
            );
        }
        latest.n = context.number(reading, "n").map(|n| n.max(0.0) as u64);
        if let Some(cohort) = context.text(reading, "cohort") {
            latest.text_input("cohort", Some(cohort), Some(reading));
        }
        let twins = same_day(context, metric, reading);
        if let (true, Some(date)) = (twins > 1, context.date(reading, "date")) {
            let parts = [Part::Unit(date.to_string()), Part::Number(twins as f64)];
            latest.remark_with(&remark::SAME_DAY, parts);
        }
        latest.interval = interval(context, reading);
        latest.contradicted(context, reading);
    }
    let line = context.number(metric, "line-in-the-sand");
    if let (Ok(value), Some(line)) = (&value, line) {
        latest.input("line-in-the-sand", Some(line), unit.clone(), Some(metric));
        let kind = if is_worse(context, metric, *value, line) {
            &remark::LINE_MISSED
        } else {
            &remark::LINE_REACHED
        };
        latest.remark(kind);
    }
    figures.push(latest.number(value.clone()));
    if context.field(metric, "baseline").is_none() {
        return;
    }
    let mut change = measured(&CHANGE);
    change.unit = match unit.as_str() {
        // From 10 % to 15 % it is five points, and not five percent.
        "%" => "points".into(),
        "share" => DIFFERENCE.into(),
        _ => unit.clone().into(),
    };
    let baseline = change.field(context, metric, "baseline");
    let changed = || Ok(value.clone()? - baseline.clone()?);
    figures.push(change.number(changed()));
    if context.field(metric, "target").is_none() {
        return;
    }
    let mut way = measured(&TARGET);
    let baseline = way.field(context, metric, "baseline");
    let target = way.field(context, metric, "target");
    let progress = || Ok(okr::progress(baseline?, target?, value?)?.unclamped);
    figures.push(way.number(progress()));
}

/// Wilson's interval of a reading in percent or as a share of so many; nothing is known of a value
/// that is not the share which its counts make, such as its complement.
fn interval(context: &Context<'_>, reading: Handle) -> Option<(f64, f64)> {
    counts::whole_of(context, reading)?;
    let (sample, whole) = counts::sample(context, reading)?;
    let interval = sample.share().ok()?.interval;
    Some((interval.low * whole, interval.high * whole))
}

fn share(context: &Context<'_>, reading: Handle, figures: &mut Vec<Figure>) {
    if context.field(reading, "successes").is_none() {
        return;
    }
    let mut figure = Figure::new(&SHARE);
    figure.contradicted(context, reading);
    let sample = figure.sample(context, reading, "successes", "n");
    figures.push(figure.share(sample.and_then(Sample::share)));
}
