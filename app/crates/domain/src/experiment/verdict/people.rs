//! How many people readings are about, each counted once.
//!
//! Invariant: a metric whose readings count everyone so far is never added up; what it had counted
//! before the experiment began is none of the experiment's.

use crate::counts;
use crate::index::{Handle, Reader};
use crate::value::Date;

/// The field of a metric that says whom its readings count, and what it says of running totals.
const COUNTS: (&str, &str) = ("readings-count", "everyone-so-far");

/// From so many readings on, a number that only rises is no chance.
const RISING: usize = 3;

/// The people of some readings.
#[derive(Clone)]
pub(super) struct People<'a> {
    are_totals: bool,
    is_said: bool,
    parts: Vec<Part<'a>>,
}

/// The people of a cohort, or everyone.
#[derive(Clone)]
struct Part<'a> {
    cohort: Option<&'a str>,
    counted: Counted,
    /// What a running total had counted before.
    before: Counted,
}

#[derive(Clone, Copy)]
struct Counted {
    n: f64,
    successes: Option<f64>,
}

impl Counted {
    const NOBODY: Self = Self {
        n: 0.0,
        successes: Some(0.0),
    };

    /// What a reading says; it is about one, where it does not say.
    fn of(reader: &Reader<'_>, reading: Handle) -> Self {
        Self {
            n: reader.number(reading, "n").unwrap_or(1.0),
            // Of a share of so many the successes follow.
            successes: reader.number(reading, "successes").or_else(|| {
                let (sample, _) = counts::sample(reader, reading)?;
                Some(sample.successes() as f64)
            }),
        }
    }

    fn and(self, other: Self, sign: f64) -> Self {
        let successes = self.successes.zip(other.successes);
        Self {
            n: self.n + sign * other.n,
            successes: successes.map(|(one, other)| one + sign * other),
        }
    }
}

impl<'a> People<'a> {
    /// Nobody yet. Of running totals what they had reached before the first day is known to be
    /// others.
    pub(super) fn new(reader: &Reader<'a>, metric: Option<Handle>, first: Option<Date>) -> Self {
        let said = metric.and_then(|metric| reader.text(metric, COUNTS.0));
        let mut people = Self {
            are_totals: said == Some(COUNTS.1),
            is_said: said.is_some(),
            parts: Vec::new(),
        };
        if let (true, Some(metric), Some(first)) = (people.are_totals, metric, first) {
            let mut earlier: Vec<(Date, Handle)> = reader
                .children(metric, "reading", "metric")
                .filter_map(|reading| Some((reader.date(reading, "date")?, reading)))
                .filter(|(date, _)| *date < first)
                .collect();
            earlier.sort_by_key(|(date, _)| *date);
            for (_, reading) in earlier {
                let counted = Counted::of(reader, reading);
                people.change(reader.text(reading, "cohort"), |part| {
                    (part.before, part.counted) = (counted, counted);
                });
            }
        }
        people
    }

    fn change(&mut self, cohort: Option<&'a str>, change: impl FnOnce(&mut Part<'a>)) {
        if let Some(part) = self.parts.iter_mut().find(|part| part.cohort == cohort) {
            return change(part);
        }
        let mut part = Part {
            cohort,
            counted: Counted::NOBODY,
            before: Counted::NOBODY,
        };
        change(&mut part);
        self.parts.push(part);
    }

    /// These people without those of other cohorts.
    pub(super) fn only(mut self, is_meant: impl Fn(Option<&str>) -> bool) -> Self {
        self.parts.retain(|part| is_meant(part.cohort));
        self
    }

    /// Counts the people of one more reading, the later after the earlier.
    pub(super) fn add(&mut self, reader: &Reader<'a>, reading: Handle) {
        let counted = Counted::of(reader, reading);
        let are_totals = self.are_totals;
        self.change(reader.text(reading, "cohort"), |part| {
            part.counted = match are_totals {
                true => counted,
                false => part.counted.and(counted, 1.0),
            };
        });
    }

    /// Participants.
    pub(super) fn n(&self) -> f64 {
        self.sum().n
    }

    /// Of how many it was so; `None` where a reading does not say.
    pub(super) fn successes(&self) -> Option<f64> {
        self.sum().successes
    }

    fn sum(&self) -> Counted {
        let parts = self.parts.iter();
        parts.fold(Counted::NOBODY, |sum, part| {
            sum.and(part.counted, 1.0).and(part.before, -1.0)
        })
    }

    /// Whether each reading counts everyone so far.
    pub(super) fn are_totals(&self) -> bool {
        self.are_totals
    }

    /// Whether readings look like running totals and the metric does not say: of each day there are
    /// more than of the day before. In the order of their days.
    pub(super) fn may_be_totals(&self, reader: &Reader<'_>, readings: &[Handle]) -> bool {
        let number = |reading: Handle, field| reader.number(reading, field);
        let rises = readings.windows(2).all(|pair| match pair {
            [one, next] => {
                let is_more = number(*one, "n") < number(*next, "n");
                let counted = number(*one, "successes").zip(number(*next, "successes"));
                is_more && counted.is_none_or(|(one, next)| one <= next)
            }
            _ => false,
        });
        let is_counted = readings.iter().all(|reading| {
            let of_all = reader.text(*reading, "cohort").is_none();
            of_all && number(*reading, "n").is_some()
        });
        !self.is_said && readings.len() >= RISING && is_counted && rises
    }
}
