//! What an experiment has measured: its arms, or without arms the readings of its primary metric
//! that were taken after the lock.
//!
//! A design that is judged once is judged on its planned sample. Readings have days, so that those
//! after the planned number are left out; of arms only the counts of today are known, and whether
//! they are still those of the planned sample is told by [`Data::surplus`].

use super::Design;
use super::people::People;
use crate::counts;
use crate::experiment::{ARM, EXPERIMENT_OF_ARM, LOCK, Lock, REPORTS};
use crate::experiment::{gap, window};
use crate::index::{Handle, Reader};
use crate::method::Sample;
use crate::value::Date;
use crate::{Entity, EntityId};

/// So much more than the planned number still counts as the planned sample: people arrive in
/// groups, and a look that is this near to the first one adds little to its false alarms.
const TOLERANCE: f64 = 0.1;

/// The data of an experiment and the rules under which they are judged.
pub(super) struct Data<'a> {
    pub(super) design: Design,
    pub(super) alpha: f64,
    pub(super) planned_n: Option<f64>,
    /// Somebody has ended it.
    pub(super) is_stopped: bool,
    /// Somebody says that it was ended early.
    pub(super) is_said_early: bool,
    pub(super) groups: Vec<Group<'a>>,
    /// The latest reading of the primary metric.
    pub(super) latest: Option<Latest>,
    /// Whether the primary metric counts percent, so that `40 %` is its 40.
    pub(super) counts_percent: bool,
    /// The days that count; open ends where none is given.
    pub(super) window: (Option<Date>, Option<Date>),
    /// What is dated after this day has not been read yet.
    today: Date,
    /// Whether there are readings that are dated ahead, which do not count yet.
    pub(super) has_ahead: bool,
    /// Whether readings are reported that were taken before the lock, and therefore do not count.
    pub(super) has_earlier: bool,
    /// Participants in readings after the planned number, in a design that is judged once.
    pub(super) left_after: f64,
    /// Whether a reading that counts has no day, so that nothing says when it was taken.
    has_undated: bool,
    /// Whether readings are reported of another metric than the primary one, which do not count.
    pub(super) has_others: bool,
    /// How many readings of cohorts stand beside those of everyone, who are counted there already.
    pub(super) cohorts_left: usize,
    /// Whether the readings were added up though they may each count everyone so far.
    pub(super) may_be_totals: bool,
}

/// The latest reading of the primary metric.
pub(super) struct Latest {
    pub(super) value: f64,
    /// The sample that it is the share of, and the value if everybody counted.
    pub(super) sample: Option<(Sample, f64)>,
}

/// How the sample compares with the planned one, where it is larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surplus {
    /// It is not, or nothing was planned.
    None,
    /// By no more than a tenth.
    Small,
    /// By more: it may have been looked at before, and whoever goes on looking finds something.
    Large,
}

/// One arm, or the one group without a name that the readings make.
pub(super) struct Group<'a> {
    pub(super) arm: Option<(&'a EntityId, &'a Entity)>,
    pub(super) is_control: bool,
    /// Participants.
    pub(super) n: f64,
    pub(super) successes: Option<f64>,
    pub(super) mean: Option<f64>,
    pub(super) deviation: Option<f64>,
    /// From how many observations the mean was taken.
    pub(super) observations: f64,
    /// The planned share of participants, in any unit.
    pub(super) share: Option<f64>,
}

impl Latest {
    fn of(reader: &Reader<'_>, readings: &[Handle]) -> Option<Self> {
        let latest = readings
            .iter()
            .max_by_key(|reading| reader.date(**reading, "date"))?;
        Some(Self {
            value: counts::value(reader, *latest)?,
            sample: counts::sample(reader, *latest),
        })
    }
}

impl<'a> Data<'a> {
    pub(super) fn read(reader: &Reader<'a>, experiment: Handle, today: Date) -> Self {
        let number = |field| reader.number(experiment, field);
        let design = match reader.text(experiment, "design") {
            Some("sequential") => Design::Sequential,
            Some("bayesian") => Design::Bayesian,
            _ => Design::Fixed,
        };
        let alpha = number("alpha").filter(|alpha| *alpha > 0.0 && *alpha < 1.0);
        let lock: Option<Lock> = reader
            .text(experiment, LOCK)
            .and_then(|lock| lock.parse().ok());
        let locked_on = lock.and_then(|lock| Date::from_milliseconds(lock.at));
        let metric = reader.reference(experiment, "primary-metric");
        let mut data = Self {
            design,
            alpha: alpha.unwrap_or(0.05),
            planned_n: number("planned-n").filter(|planned| *planned >= 1.0),
            is_stopped: reader.flag(experiment, "stopped-early")
                || matches!(reader.text(experiment, "status"), Some("stopped" | "done")),
            is_said_early: reader.flag(experiment, "stopped-early"),
            groups: arms(reader, experiment),
            latest: None,
            counts_percent: metric.is_some_and(|metric| reader.text(metric, "unit") == Some("%")),
            window: window(reader, experiment),
            today,
            has_ahead: false,
            has_earlier: false,
            left_after: 0.0,
            has_undated: false,
            has_others: false,
            cohorts_left: 0,
            may_be_totals: false,
        };
        let mut readings = data.readings(reader, experiment, metric, locked_on);
        data.keep_everyone(reader, &mut readings);
        let day = |reading: &Handle| reader.date(*reading, "date");
        readings.sort_by_key(|reading| (day(reading).is_none(), day(reading)));
        let is_pooled = data.groups.is_empty() && !readings.is_empty();
        let total = is_pooled
            .then(|| data.pool(reader, metric, &mut readings))
            .flatten();
        data.latest = total.or_else(|| Latest::of(reader, &readings));
        data
    }

    /// Takes readings together as the one group where there are no arms; of running totals the last
    /// value.
    fn pool(
        &mut self,
        reader: &Reader<'a>,
        metric: Option<Handle>,
        readings: &mut Vec<Handle>,
    ) -> Option<Latest> {
        let people = People::new(reader, metric, self.window.0);
        let are_totals = people.are_totals();
        self.may_be_totals = people.may_be_totals(reader, readings);
        if self.design != Design::Sequential {
            self.keep_planned(reader, &people, readings);
        }
        self.groups.push(pooled(reader, people, readings));
        are_totals.then(|| self.total(reader, readings)).flatten()
    }

    /// The value of running totals that are shares: of those who have come since the first day.
    fn total(&self, reader: &Reader<'_>, readings: &[Handle]) -> Option<Latest> {
        let group = self.groups.first()?;
        let whole = counts::whole_of(reader, *readings.last()?)?;
        let (successes, n) = (counts::count(group.successes?)?, counts::count(group.n)?);
        let sample = Sample::new(successes, n).ok()?;
        Some(Latest {
            value: sample.rate().ok()? * whole,
            sample: Some((sample, whole)),
        })
    }

    /// Keeps the readings of everyone where there are any: the people of a cohort are among them.
    fn keep_everyone(&mut self, reader: &Reader<'_>, readings: &mut Vec<Handle>) {
        let is_of_all = |reading: &Handle| reader.text(*reading, "cohort").is_none();
        if readings.iter().any(is_of_all) {
            let before = readings.len();
            readings.retain(is_of_all);
            self.cohorts_left = before - readings.len();
        }
    }

    /// The readings of the primary metric that the experiment reports and that were not taken before
    /// its lock; where it reports none, those within its days. What is left out is noted.
    fn readings(
        &mut self,
        reader: &Reader<'_>,
        experiment: Handle,
        metric: Option<Handle>,
        locked_on: Option<Date>,
    ) -> Vec<Handle> {
        let mut reported: Vec<Handle> = reader.from(experiment, REPORTS).collect();
        if reported.is_empty() {
            let Some(metric) = metric else {
                return Vec::new();
            };
            // Before its first day nothing of the metric is the experiment's.
            let starts = reader.date(experiment, "starts");
            let is_earlier = |date: Date| {
                starts.is_some_and(|first| first <= date)
                    && locked_on.is_some_and(|locked| date < locked)
            };
            let mut all = reader.children(metric, "reading", "metric");
            self.has_earlier =
                all.any(|reading| reader.date(reading, "date").is_some_and(is_earlier));
            return self.readings_of(reader, metric);
        }
        reported.retain(|reading| {
            let date = reader.date(*reading, "date");
            let is_earlier = locked_on
                .zip(date)
                .is_some_and(|(locked, date)| date < locked);
            // Without a primary metric nothing says which one was meant.
            let of = reader.reference(*reading, "metric");
            let is_other = metric.is_some() && of.is_some() && of != metric;
            self.has_earlier |= is_earlier && !is_other;
            self.has_others |= is_other;
            let is_ahead = date.is_some_and(|date| date > self.today);
            self.has_ahead |= is_ahead && !is_other;
            !(is_earlier || is_other || is_ahead)
        });
        reported
    }

    /// Keeps the readings with which the planned number was reached, in the order of their days; those
    /// of one day belong together, and what has no day comes last.
    fn keep_planned(
        &mut self,
        reader: &Reader<'a>,
        people: &People<'a>,
        readings: &mut Vec<Handle>,
    ) {
        let Some(planned) = self.planned_n else {
            return;
        };
        let day = |reading: Handle| reader.date(reading, "date");
        let (mut kept, mut all) = (people.clone(), people.clone());
        let mut last = None;
        readings.retain(|reading| {
            all.add(reader, *reading);
            let is_kept = kept.n() < planned || last == Some(day(*reading));
            if is_kept {
                last = Some(day(*reading));
                kept.add(reader, *reading);
                self.has_undated |= day(*reading).is_none();
            }
            is_kept
        });
        self.left_after = all.n() - kept.n();
    }

    /// How the smallest group compares with the planned number.
    pub(super) fn surplus(&self) -> Surplus {
        // Dated readings end with the planned sample.
        let is_known = self.design != Design::Sequential
            && self.groups.iter().all(|group| group.arm.is_none())
            && !self.has_undated;
        match (self.planned_n, self.reached()) {
            (Some(planned), Some(reached)) if reached > planned && !is_known => {
                match reached > planned * (1.0 + TOLERANCE) {
                    true => Surplus::Large,
                    false => Surplus::Small,
                }
            }
            _ => Surplus::None,
        }
    }

    /// The design whose intervals hold for what is looked at now: beyond its planned sample one that
    /// is judged once has the intervals of one that may be judged at any time.
    pub(super) fn judged_as(&self) -> Design {
        match self.surplus() {
            Surplus::Large => Design::Sequential,
            _ => self.design,
        }
    }

    /// The readings of a metric within the days of the experiment.
    pub(super) fn readings_of(&self, reader: &Reader<'_>, metric: Handle) -> Vec<Handle> {
        reader
            .children(metric, "reading", "metric")
            .filter(|reading| {
                reader.date(*reading, "date").is_some_and(|date| {
                    self.window.0.is_none_or(|first| first <= date)
                        && self.window.1.is_none_or(|last| date <= last)
                        && date <= self.today
                })
            })
            .collect()
    }

    pub(super) fn has_any(&self) -> bool {
        self.groups.iter().any(|group| group.n > 0.0)
    }

    /// The participants of the smallest group, once any has some.
    pub(super) fn reached(&self) -> Option<f64> {
        let smallest = self.groups.iter().map(|group| group.n).reduce(f64::min);
        smallest.filter(|_| self.has_any())
    }

    /// Whether every group has its planned number.
    pub(super) fn is_complete(&self) -> bool {
        self.planned_n.is_some_and(|planned| {
            !self.groups.is_empty() && self.groups.iter().all(|group| group.n >= planned)
        })
    }

    /// The group that a condition means: the one of that name, else the only variant, else the
    /// only group.
    pub(super) fn group(&self, name: Option<&str>) -> Option<&Group<'a>> {
        let arms: Vec<(&EntityId, &Entity)> =
            self.groups.iter().filter_map(|group| group.arm).collect();
        match (arms.is_empty(), name) {
            // Readings make a group without a name.
            (true, Some(_)) => None,
            (true, None) => self.groups.first(),
            _ => {
                let controls: Vec<bool> =
                    self.groups.iter().map(|group| group.is_control).collect();
                self.groups.get(gap::meant(name, &arms, &controls)?)
            }
        }
    }

    pub(super) fn control(&self) -> Option<&Group<'a>> {
        let mut controls = self.groups.iter().filter(|group| group.is_control);
        let control = controls.next();
        control.filter(|_| controls.next().is_none())
    }
}

fn arms<'a>(reader: &Reader<'a>, experiment: Handle) -> Vec<Group<'a>> {
    let arms: Vec<(Handle, &EntityId, &Entity)> = reader
        .children(experiment, ARM, EXPERIMENT_OF_ARM)
        .filter_map(|arm| Some((arm, reader.id(arm)?, reader.entity(arm)?)))
        .collect();
    let named: Vec<(&EntityId, &Entity)> = arms.iter().map(|(_, id, arm)| (*id, *arm)).collect();
    let controls = gap::controls(&named);
    let groups = arms.into_iter().zip(controls);
    let group = |((handle, id, arm), is_control)| {
        let number = |field| reader.number(handle, field);
        let n = number("n").unwrap_or(0.0);
        Group {
            arm: Some((id, arm)),
            is_control,
            n,
            successes: number("successes"),
            mean: number("mean"),
            deviation: number("deviation"),
            observations: n,
            share: number("share"),
        }
    };
    groups.map(group).collect()
}

/// Readings taken together as one group. The mean of running totals is the last of them, of which
/// nobody knows how far the single ones lie apart.
fn pooled<'a>(reader: &Reader<'a>, mut people: People<'a>, readings: &[Handle]) -> Group<'a> {
    for reading in readings {
        people.add(reader, *reading);
    }
    let values: Vec<f64> = readings
        .iter()
        .filter_map(|reading| counts::value(reader, *reading))
        .collect();
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let is_spread = count > 1.0 && !people.are_totals();
    Group {
        arm: None,
        is_control: false,
        n: people.n(),
        successes: people.successes(),
        mean: match people.are_totals() {
            true => values.last().copied(),
            false => (count > 0.0).then_some(mean),
        },
        deviation: is_spread.then(|| (squares / (count - 1.0)).sqrt()),
        observations: count,
        share: None,
    }
}
