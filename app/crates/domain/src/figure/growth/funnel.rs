//! The AARRR funnel: how many of each stage go on to the next, over all and for each cohort
//! (McClure).

use std::cmp::Reverse;

use super::super::context::Context;
use super::super::entered::count;
use super::super::kind::{FigureKind, FigureSource};
use super::super::money::is_currency;
use super::super::record::{Figure, Label, Outcome, Row};
use super::super::remark::{self, Part};
use crate::counts;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::funnel::{self, Step};
use crate::value::{Date, Period};

pub(super) static FUNNEL: FigureKind = FigureKind::new(
    "funnel",
    ["AARRR funnel", "AARRR-Trichter", "Embudo AARRR"],
    "latest count of each stage ÷ that of the stage before, and ÷ that of the first stage, over all and for each cohort; referral and revenue are both steps from retention, for who pays need not recommend; only counts of one period",
    "M17",
    FigureSource::at(
        "Dave McClure, Startup Metrics for Pirates",
        "https://www.slideshare.net/dmc500hats/startup-metrics-for-pirates-long-version",
    ),
)
.unit("share");

/// McClure's five stages, as metrics name them.
const STAGES: [&str; 5] = [
    "acquisition",
    "activation",
    "retention",
    "referral",
    "revenue",
];

/// How many of them lead on to the next. From the last of these some recommend and some pay, and
/// neither are part of the other.
const TRUNK: usize = 3;

/// The place of a stage among all.
fn place_of(stage: &str) -> Option<usize> {
    STAGES.iter().position(|one| *one == stage)
}

/// A reading of a metric of a stage.
struct Reading<'a> {
    stage: &'static str,
    metric: Handle,
    unit: &'a str,
    /// Whom it covers, if not everyone.
    cohort: Option<&'a str>,
    entity: Handle,
    date: Date,
    value: f64,
}

/// Readings of everyone that lie further apart than this, in days, are of different periods.
const APART: i64 = 31;

pub(super) fn funnel(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&FUNNEL);
    let mut readings = readings(context, &mut figure);
    keep_one_period(&mut readings, &mut figure);
    if readings.is_empty() && figure.remarks.is_empty() {
        return;
    }
    let whole = stages(&readings, None, &mut figure);
    if !whole.is_empty() {
        for stage in STAGES {
            let is_of = |reading: &Reading<'_>| reading.stage == stage;
            if readings.iter().any(is_of) && !whole.iter().any(|one| is_of(one)) {
                let reason = Part::Name("only readings of cohorts");
                figure.remark_with(&remark::LEFT_OUT, [Part::Name(stage), reason]);
            }
        }
        let mut units: Vec<&str> = whole.iter().map(|reading| reading.unit).collect();
        units.retain(|unit| !unit.is_empty());
        units.sort_unstable();
        units.dedup();
        if units.len() > 1 {
            figure.remark_with(&remark::STEPS_DIFFER, [Part::Unit(units.join(", "))]);
        }
        steps(context, &mut figure, &whole);
    }
    let mut cohorts: Vec<&str> = readings.iter().filter_map(|one| one.cohort).collect();
    cohorts.sort_unstable();
    cohorts.dedup();
    for cohort in cohorts {
        let own = stages(&readings, Some(cohort), &mut figure);
        steps(context, &mut figure, &own);
    }
    figure.outcome = match figure.rows.is_empty() {
        true => Outcome::Missing(Insufficient::Missing("two stages that can be compared")),
        false => Outcome::Parts,
    };
    figures.push(figure);
}

/// The latest reading of each metric of a stage, for everyone and for each cohort; a metric that
/// counts neither people nor what they do is named and left out.
fn readings<'a>(context: &Context<'a>, figure: &mut Figure) -> Vec<Reading<'a>> {
    let mut readings: Vec<Reading<'a>> = Vec::new();
    for metric in context.all("metric") {
        let stage = context.text(metric, "stage");
        let Some(stage) = STAGES.into_iter().find(|one| Some(*one) == stage) else {
            continue;
        };
        let unit = context.text(metric, "unit").unwrap_or_default();
        let mut latest: Vec<(Option<&str>, crate::value::Date, Handle)> = Vec::new();
        for reading in context.children(metric, "reading", "metric") {
            let date = context.date(reading, "date");
            let Some(date) = date.filter(|date| *date <= context.today) else {
                continue;
            };
            if counts::value(context, reading).is_none() {
                continue;
            }
            let cohort = context.text(reading, "cohort");
            match latest.iter_mut().find(|(other, ..)| *other == cohort) {
                Some(known) if known.1 <= date => *known = (cohort, date, reading),
                Some(_) => {}
                None => latest.push((cohort, date, reading)),
            }
        }
        if !latest.is_empty() && !is_count(unit) {
            let parts = [Part::Name(stage), Part::Unit(unit.to_owned())];
            figure.remark_with(&remark::NO_COUNT, parts);
            continue;
        }
        for (cohort, date, entity) in latest {
            readings.push(Reading {
                stage,
                metric,
                unit,
                cohort,
                entity,
                date,
                value: counts::value(context, entity).unwrap_or_default(),
            });
        }
    }
    readings
}

/// Keeps of the readings of everyone those of one period: by their units, the most frequent period
/// or the first by name, and by their days, a month up to the latest. A cohort is the same people at
/// whatever time.
fn keep_one_period(readings: &mut Vec<Reading<'_>>, figure: &mut Figure) {
    let everyone = |reading: &&Reading<'_>| reading.cohort.is_none();
    fn of_unit<'a>(reading: &Reading<'a>) -> Option<&'a str> {
        period_of(reading.unit)
    }
    let mut periods: Vec<(&str, usize)> = Vec::new();
    for period in readings.iter().filter(everyone).filter_map(of_unit) {
        match periods.iter_mut().find(|(known, _)| *known == period) {
            Some((_, often)) => *often += 1,
            None => periods.push((period, 1)),
        }
    }
    let common = periods
        .into_iter()
        .min_by_key(|(period, often)| (Reverse(*often), *period));
    let common = common.map(|(period, _)| period);
    let latest = readings.iter().filter(everyone).map(|reading| reading.date);
    let latest = latest.max();
    readings.retain(|reading| {
        if reading.cohort.is_some() {
            return true;
        }
        let stage = Part::Name(reading.stage);
        if of_unit(reading).is_some_and(|period| Some(period) != common) {
            let parts = [stage, Part::Unit(reading.unit.to_owned())];
            figure.remark_with(&remark::OTHER_COUNTS, parts);
            return false;
        }
        if latest.is_some_and(|latest| latest.days_since(reading.date) > APART) {
            let parts = [stage, Part::Unit(reading.date.to_string())];
            figure.remark_with(&remark::OTHER_TIME, parts);
            return false;
        }
        true
    });
}

/// The period that a count is of: `visits a month` are of a month.
fn period_of(unit: &str) -> Option<&str> {
    let (_, period) = unit.rsplit_once(" a ")?;
    Period::from_name(period).map(|_| period)
}

/// Whether a unit names what can be counted: not money, not time, no rate and no share.
fn is_count(unit: &str) -> bool {
    let word = unit.trim_end_matches('s');
    let is_time =
        Period::from_name(word).is_some() || matches!(word, "hour" | "minute" | "second" | "h");
    let is_rate = unit.contains(['/', '%']) || unit == "share" || unit.contains(" per ");
    !(is_time || is_rate || unit.split(' ').any(is_currency))
}

/// The readings of a cohort, or of everyone, by stage; of several metrics of a stage the first.
fn stages<'r, 'a>(
    readings: &'r [Reading<'a>],
    cohort: Option<&str>,
    figure: &mut Figure,
) -> Vec<&'r Reading<'a>> {
    let mut stages = Vec::new();
    for stage in STAGES {
        let mut of_stage = readings
            .iter()
            .filter(|reading| reading.stage == stage && reading.cohort == cohort);
        stages.extend(of_stage.next());
        if of_stage.next().is_some() && cohort.is_none() {
            let reason = Part::Name("only its first metric is used");
            figure.remark_with(&remark::LEFT_OUT, [Part::Name(stage), reason]);
        }
    }
    stages
}

/// The steps of one cohort or of everyone, as rows; what cannot be is named.
fn steps(context: &Context<'_>, figure: &mut Figure, stages: &[&Reading<'_>]) {
    let named = |reading: &Reading<'_>, part: &str| -> String {
        let cohort = reading.cohort.map(|cohort| format!("{cohort}: "));
        format!("{}{}{part}", cohort.unwrap_or_default(), reading.stage)
    };
    let mut counted: Vec<(&Reading<'_>, u64)> = Vec::new();
    for reading in stages {
        let name = match reading.cohort {
            None => Label::Borrowed(reading.stage),
            Some(_) => named(reading, "").into(),
        };
        let unit = reading.unit.to_owned();
        figure.input(name, Some(reading.value), unit, Some(reading.entity));
        match count(reading.stage, reading.value) {
            Ok(count) => counted.push((reading, count)),
            Err(_) => {
                let reason = Part::Name("no whole number");
                let parts = [whom(context, reading), reason];
                figure.remark_with(&remark::LEFT_OUT, parts);
            }
        }
    }
    let counts: Vec<u64> = counted.iter().map(|(_, count)| *count).collect();
    let stage = |at: usize| counted.get(at).map(|(reading, _)| reading.stage);
    let is_branch = |at: usize| stage(at).and_then(place_of).is_some_and(|at| at >= TRUNK);
    let steps = funnel::funnel(&counts, is_branch);
    let weakest = funnel::weakest_step(&steps, |place, before| {
        skipped(stage(before), stage(place)).is_empty()
    });
    for (place, ((reading, _), step)) in counted.iter().zip(steps).enumerate() {
        let step = match step {
            Ok(step) => step,
            Err(Insufficient::MoreThanAll { has, limit, .. }) => {
                let numbers = [has, limit].map(|number| Part::Number(number as f64));
                let [has, limit] = numbers;
                let parts = [whom(context, reading), has, limit];
                figure.remark_with(&remark::MORE_THAN_BEFORE, parts);
                continue;
            }
            Err(reason) => {
                let reason = match reason {
                    Insufficient::Missing(_) if is_branch(place) => "no stage before it",
                    _ => "nobody entered",
                };
                let parts = [whom(context, reading), Part::Name(reason)];
                figure.remark_with(&remark::LEFT_OUT, parts);
                continue;
            }
        };
        let Step {
            conversion,
            cumulative,
            from,
            ..
        } = step;
        let last = from.and_then(stage);
        for missing in skipped(last, Some(reading.stage)) {
            let [missing, last] = [Some(*missing), last].map(|name| Part::Name(name.unwrap_or("")));
            match last {
                Part::Name("") => {
                    let parts = [whom(context, reading), missing];
                    figure.remark_with(&remark::STARTS_LATER, parts);
                }
                last => {
                    let parts = [whom(context, reading), last, missing];
                    figure.remark_with(&remark::ACROSS_A_GAP, parts);
                }
            }
        }
        // That all of the first stage are at the first stage is no finding.
        if last.is_none() {
            continue;
        }
        if let Some(conversion) = conversion {
            let word = if weakest == Some(place) {
                "weakest"
            } else {
                ""
            };
            let row = Row::share(named(reading, ": step"), conversion);
            figure.rows.push(row.about(reading.metric).word(word));
        }
        let row = Row::share(named(reading, ": cumulative"), cumulative);
        figure.rows.push(row.about(reading.metric));
    }
}

/// The stages that lie between two others, or before the first: those that lead on.
fn skipped(before: Option<&str>, after: Option<&str>) -> &'static [&'static str] {
    let from = before.and_then(place_of).map_or(0, |place| place + 1);
    let to = after.and_then(place_of).unwrap_or_default().min(TRUNK);
    STAGES.get(from..to).unwrap_or_default()
}

/// What a remark is about: a stage, or the reading of a cohort.
fn whom(context: &Context<'_>, reading: &Reading<'_>) -> Part {
    match reading.cohort {
        None => Part::Name(reading.stage),
        Some(_) => context.part(reading.entity),
    }
}
