//! Honest experiments: what is planned is locked before the data come in, and the verdict is read
//! from the lock, the plan and the data.
//!
//! A lock pins the plan by its digest and names the point in the document's history at which it was
//! taken. A plan that differs from its lock, or that ever did after the lock, is invalid for good.

pub mod criterion;
mod gap;
mod guard;
mod lock;
mod plan;
mod verdict;

pub use criterion::{Comparator, Condition, Criterion, CriterionError, CriterionProblem, Measure};
pub use gap::Gap;
pub(crate) use gap::flaw;
pub use guard::{TEXT, locked_by};
pub use lock::{Broken, Lock, NotALock};
pub use plan::{Digest, Plan, has_data, is_read};
pub use verdict::{
    Answer, Design, Further, Guardrail, Reason, Remark, Row, Verdict, Word, verdict,
};

pub(crate) use verdict::{deciding, plan, planned_split};

use crate::index::{Handle, Key, Reader};
use crate::value::Date;

/// The kind of an experiment.
pub const EXPERIMENT: &str = "experiment";
/// The kind of a group of participants; its field `experiment` says of which experiment.
pub const ARM: &str = "arm";
/// The kind of what an experiment is judged by.
pub const METRIC: &str = "metric";
/// The kind of link from an assumption or a hypothesis to the experiment that tests it.
pub const TESTED_BY: &str = "tested-by";

/// The kind of link from an assumption to the hypothesis that words it.
const STATED_AS: &str = "stated-as";

/// The kind of link from an experiment to a reading that it is judged by.
pub const REPORTS: &str = "reports";

/// The field that holds the [`Lock`]; the command that locks is alone in writing it.
pub const LOCK: &str = "lock";
/// The field that holds what was promised when the plan was locked ([`Plan::promise`]); it names what
/// was changed, and is what a lock without a digest is compared with.
pub const LOCKED_PLAN: &str = "locked-plan";
/// The field that holds the [`Broken`] mark, which nothing takes off.
pub const LOCK_BROKEN: &str = "lock-broken";
/// The field that names the experiment of an arm.
pub const EXPERIMENT_OF_ARM: &str = "experiment";

/// From so many observations in each group on, the interval of a confidence sequence is looked at: it
/// is asymptotic, and of a few it holds nothing back. Thirty is where the normal distribution is
/// usually taken for that of a mean (Hogg and Tanis, Probability and Statistical Inference).
pub const FIRST_LOOK: f64 = 30.0;

/// A claim and its other wordings: the hypotheses that it is stated as, and what it states.
pub(crate) fn wordings(reader: &Reader<'_>, claim: Handle) -> Vec<Handle> {
    let mut wordings = vec![claim];
    for other in reader
        .from(claim, STATED_AS)
        .chain(reader.to(claim, STATED_AS))
    {
        if !wordings.contains(&other) {
            wordings.push(other);
        }
    }
    wordings
}

/// The word of the verdict on an experiment: most ask for nothing else of it, and many ask.
pub(crate) fn word_of(reader: &Reader<'_>, experiment: Handle, today: Date) -> Word {
    reader.once(Key::verdict(experiment), today, || {
        verdict(reader, experiment, today).word
    })
}

/// What the experiments that test a claim, in any of its wordings, say of it today, where those that
/// came to a verdict agree: supported or refuted.
pub(crate) fn said_of(reader: &Reader<'_>, claim: Handle, today: Date) -> Option<Word> {
    let wordings = wordings(reader, claim);
    let tests = wordings
        .into_iter()
        .flat_map(|one| reader.from(one, TESTED_BY));
    // Without a lock there is no verdict, and most experiments of a large graph have none.
    let is_locked = |test: &Handle| reader.text(*test, LOCK).is_some();
    let mut words = tests
        .filter(|test| reader.is(*test, EXPERIMENT) && is_locked(test))
        .map(|test| word_of(reader, test, today))
        .filter(|word| matches!(word, Word::Supported | Word::Refuted));
    let first = words.next()?;
    words.all(|word| word == first).then_some(first)
}

/// What an experiment tests, and the assumptions that those are wordings of; by id.
pub(crate) fn claims(reader: &Reader<'_>, experiment: Handle) -> Vec<Handle> {
    let tested = reader.to(experiment, TESTED_BY);
    let mut claims: Vec<Handle> = tested
        .flat_map(|claim| std::iter::once(claim).chain(reader.to(claim, STATED_AS)))
        .collect();
    claims.sort_unstable_by_key(|claim| reader.id(*claim));
    claims
}

/// The first and the last day that count: those of the experiment, and none before the lock.
fn window(reader: &Reader<'_>, experiment: Handle) -> (Option<Date>, Option<Date>) {
    let lock: Option<Lock> = reader
        .text(experiment, LOCK)
        .and_then(|lock| lock.parse().ok());
    let locked_on = lock.and_then(|lock| Date::from_milliseconds(lock.at));
    let starts = reader.date(experiment, "starts");
    (locked_on.max(starts), reader.date(experiment, "ends"))
}

/// The readings that an experiment without arms, and without reported ones, is judged by: those of
/// its primary metric within its days.
pub(crate) fn judged_readings(reader: &Reader<'_>, experiment: Handle) -> Vec<Handle> {
    let metric = reader
        .reference(experiment, "primary-metric")
        .filter(|_| reader.is(experiment, EXPERIMENT));
    let has_own = |_: &Handle| {
        let mut arms = reader.children(experiment, ARM, EXPERIMENT_OF_ARM);
        arms.next().is_some() || reader.from(experiment, REPORTS).next().is_some()
    };
    let Some(metric) = metric.filter(|metric| !has_own(metric)) else {
        return Vec::new();
    };
    let (first, last) = window(reader, experiment);
    let readings = reader.children(metric, "reading", "metric");
    let is_within = |reading: &Handle| {
        reader.date(*reading, "date").is_some_and(|date| {
            first.is_none_or(|first| first <= date) && last.is_none_or(|last| date <= last)
        })
    };
    readings.filter(is_within).collect()
}

/// How many days an experiment had run when its plan was locked, if it had. A day more or less is the
/// clock's.
pub(crate) fn days_unlocked(reader: &Reader<'_>, experiment: Handle) -> Option<i64> {
    let lock: Lock = reader.text(experiment, LOCK)?.parse().ok()?;
    let starts = reader.date(experiment, "starts")?;
    let days = Date::from_milliseconds(lock.at)?.days_since(starts);
    (days > 1).then_some(days)
}
