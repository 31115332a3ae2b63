//! The verdict on an experiment: what its criterion says about its data, and whether it may.
//!
//! Invariant: what makes an experiment invalid comes before what its data say, and without a lock
//! there is no verdict. Words and rules are those of M14; the design was chosen before the data and
//! is named in the verdict.

mod data;
mod measure;
mod others;
mod people;

use std::fmt;

pub use others::{Further, Guardrail};

use super::guard::is_lock_broken;
use super::plan::Plan;
use super::{
    Broken, Comparator, Condition, Criterion, LOCK, LOCK_BROKEN, LOCKED_PLAN, Lock, TESTED_BY,
    days_unlocked,
};
use crate::counts::count;
use crate::index::{Handle, Reader};
use crate::method::{Interval, Sample, chi_square};
use crate::value::Date;
use crate::{Entity, EntityId};
use data::{Data, Surplus};

/// What is to be said about an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The one word.
    pub word: Word,
    /// How it was reached.
    pub design: Design,
    /// The level at which intervals are drawn: 1 − α.
    pub confidence: f64,
    /// Participants planned in each arm.
    pub planned_n: Option<f64>,
    /// Participants in the smallest arm so far; `None` before the first one came.
    pub reached: Option<f64>,
    /// Each condition of the criterion with what was measured; not judged before the planned number
    /// and where the data must not be.
    pub rows: Vec<Row>,
    /// What must not get worse.
    pub guardrails: Vec<Guardrail>,
    /// Further metrics, corrected for their number.
    pub further: Vec<Further>,
    /// What else a reader of the verdict must know.
    pub remarks: Vec<Remark>,
}

/// The one word of a verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// Not locked yet, and without data.
    Planned,
    /// There are data, and no lock that came before them: they may suggest, and prove nothing.
    Exploratory,
    /// Locked, and below the planned number of participants.
    Running,
    /// Every condition is met.
    Supported,
    /// Every condition fails.
    Refuted,
    /// The data leave it open.
    Inconclusive,
    /// Conditions disagree, or a guardrail is breached.
    Mixed,
    /// The data must not be judged.
    Invalid(Reason),
}

/// Why the data must not be judged.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The locked plan was changed; `field` says which part, where that is known.
    CriterionChanged {
        /// The part of the plan.
        field: Option<String>,
    },
    /// The arms are not as large as planned; the p-value of the χ² test.
    SampleRatioMismatch {
        /// Below 0.001.
        p_value: f64,
    },
    /// It ended before the planned number, or somebody says so, in a design that does not allow
    /// looking early.
    StoppedEarly,
    /// It ended, in a design that does not allow looking early, and no number was planned at which it
    /// was to end: nobody can tell whether it ended where it looked best.
    Unplanned,
    /// The lock came after the end or the first data, or is dated ahead: the criterion was set when
    /// they were known.
    LockedAfterData,
}

/// How a verdict is reached, chosen before the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Judged once, at the planned number: Wilson, unpooled and Student intervals. With clearly more
    /// than that it is judged as if it were sequential, since nobody knows how often it was looked
    /// at.
    Fixed,
    /// May be judged at any time: asymptotic confidence sequences (Waudby-Smith et al. 2024),
    /// tightest at the planned number.
    Sequential,
    /// Judged once, at the planned number: credible intervals from the prior Beta(1, 1). It does
    /// not cure looking early.
    Bayesian,
}

/// A condition and what was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The condition.
    pub condition: Condition,
    /// The arm that was judged; `None` where readings of the metric were.
    pub arm: Option<EntityId>,
    /// The measured value, if there is one.
    pub value: Option<f64>,
    /// Its interval at [`Verdict::confidence`], where it has one.
    pub interval: Option<(f64, f64)>,
    /// From how many participants or readings.
    pub n: Option<f64>,
    /// What that says.
    pub answer: Answer,
    /// What to know about this row.
    pub remarks: Vec<Remark>,
}

/// What one condition says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The whole interval meets it.
    Met,
    /// The whole interval fails it.
    Failed,
    /// The interval does both, or there is nothing to measure.
    Open,
    /// Nothing: the data must not be judged, or not yet.
    NotJudged,
}

/// What a reader must know beside the numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// Data are there, and nothing was promised before them.
    NeverLocked,
    /// The lock was written by hand: it says when, and nothing proves it.
    LockedByHand,
    /// The lock has a digest and names no point of a document's history: nothing proves when it was
    /// taken.
    LockNowhere,
    /// The lock was taken before there were arms, so the arms are no part of the promise.
    ArmsNotLocked,
    /// The lock is dated ahead of today: nothing is promised yet.
    LockAhead,
    /// The lock was taken when the experiment had begun already.
    LockedAfterStart {
        /// Days after its first.
        days: i64,
    },
    /// Readings are reported that were taken before the lock: they do not count.
    BeforeLock,
    /// Readings are reported that are dated ahead of today: they do not count yet.
    ReadAhead,
    /// Readings go on after the planned number was reached: they do not count.
    AfterPlanned {
        /// Participants in them.
        left: f64,
        /// Participants planned.
        planned: f64,
    },
    /// Slightly more than was planned came: that counts as the planned sample.
    OverPlanned {
        /// Participants in the smallest arm.
        reached: f64,
        /// Participants planned.
        planned: f64,
    },
    /// Clearly more than was planned came: judged again, with intervals that hold at every look.
    JudgedAgain {
        /// Participants in the smallest arm.
        reached: f64,
        /// Participants planned.
        planned: f64,
    },
    /// Too few for the interval of a confidence sequence: nothing is said of them yet.
    TooFewToLook {
        /// Observations in the smallest group.
        reached: f64,
        /// The least that are looked at.
        least: f64,
    },
    /// The interval is that of the count at the planned number.
    CountOfPlanned {
        /// Participants planned.
        planned: f64,
    },
    /// Readings of cohorts stand beside those of everyone, who are counted there already.
    CohortsLeft,
    /// The readings are added up, and look as if each counted everyone so far.
    MayBeTotals,
    /// It holds at one look alone, and clearly more than was planned came.
    HoldsOnce,
    /// It is said to have been stopped early, and has its planned number.
    SaidStopped,
    /// Readings are reported of another metric than the primary one: they do not count.
    OtherMetric,
    /// No planned number, so that the experiment never ends.
    NoPlannedN,
    /// Its last day is over, and the planned number is not reached: what is read later does not count.
    PastEnd {
        /// The last day.
        ends: Date,
    },
    /// No criterion that can be read.
    NoCriterion,
    /// There are no data for the condition yet.
    NoData,
    /// No control to compare with.
    NoControl,
    /// No arm of that name, or several arms and none named.
    WhichArm,
    /// Counts that cannot be: more successes than participants, or below zero.
    ImpossibleCounts,
    /// A mean without its standard deviation has no interval.
    NoDeviation,
    /// Judged by the value, since it is no share of a sample and has no interval.
    ByValueAlone,
    /// The planned split could not be compared.
    SplitUnknown,
    /// A guardrail is breached.
    GuardrailBreached,
    /// A guardrail was not measured since the lock.
    GuardrailUnmeasured,
}

impl Word {
    /// A stable name: one of the words of the method.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Exploratory => "exploratory",
            Self::Running => "running",
            Self::Supported => "supported",
            Self::Refuted => "refuted",
            Self::Inconclusive => "inconclusive",
            Self::Mixed => "mixed",
            Self::Invalid(_) => "invalid",
        }
    }
}

impl fmt::Display for Word {
    /// The word; an invalid experiment with the reason.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(reason) => write!(formatter, "invalid: {reason}"),
            Self::Exploratory => formatter.write_str("exploratory: the plan was never locked"),
            word => formatter.write_str(word.name()),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CriterionChanged { .. } => "criterion changed after data",
            Self::SampleRatioMismatch { .. } => "sample-ratio mismatch",
            Self::StoppedEarly => "stopped early",
            Self::Unplanned => "no planned number",
            Self::LockedAfterData => "locked after data",
        })
    }
}

impl Design {
    /// The id of the option in the experiment's field `design`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Sequential => "sequential",
            Self::Bayesian => "bayesian",
        }
    }
}

/// The verdict on an experiment as it stands today. Everything that it depends on is noted by the
/// reader.
#[must_use]
pub fn verdict(reader: &Reader<'_>, experiment: Handle, today: Date) -> Verdict {
    let data = Data::read(reader, experiment, today);
    let lock: Option<Lock> = reader
        .text(experiment, LOCK)
        .and_then(|text| text.parse().ok());
    let criterion: Option<Criterion> = reader
        .text(experiment, "criterion")
        .and_then(|text| text.parse().ok());
    let mut remarks = Vec::new();
    if criterion.is_none() {
        remarks.push(Remark::NoCriterion);
    }
    if data.has_earlier {
        remarks.push(Remark::BeforeLock);
    }
    if data.has_others {
        remarks.push(Remark::OtherMetric);
    }
    if data.has_ahead {
        remarks.push(Remark::ReadAhead);
    }
    if data.cohorts_left > 0 {
        remarks.push(Remark::CohortsLeft);
    }
    if data.may_be_totals {
        remarks.push(Remark::MayBeTotals);
    }
    remarks.extend(beyond_plan(&data));
    let conditions = criterion.map(|criterion| criterion.conditions);
    let mut rows: Vec<Row> = conditions
        .into_iter()
        .flatten()
        .map(|condition| measure::row(&data, condition))
        .collect();
    let guardrails = others::guardrails(reader, experiment, &data);
    let is_unmeasured =
        |guardrail: &Guardrail| guardrail.change.is_none() && guardrail.level.is_none();
    if data.has_any() && guardrails.iter().any(is_unmeasured) {
        remarks.push(Remark::GuardrailUnmeasured);
    }
    let further = others::further(reader, experiment, &data);
    let word = match &lock {
        None if data.has_any() => {
            remarks.push(Remark::NeverLocked);
            // Arms that were filled unlike the plan compare nothing, promised or not.
            match mismatch(&data, &mut remarks) {
                Some(p_value) => Word::Invalid(Reason::SampleRatioMismatch { p_value }),
                None => Word::Exploratory,
            }
        }
        None => Word::Planned,
        Some(lock) if lock.is_ahead(today) && !data.has_any() && !data.has_earlier => {
            remarks.push(Remark::LockAhead);
            Word::Planned
        }
        Some(lock) => match invalid(reader, experiment, lock, &data, today, &mut remarks) {
            Some(reason) => Word::Invalid(reason),
            None => judge(&data, &rows, &guardrails, &mut remarks),
        },
    };
    let last = data.window.1.filter(|last| *last < today);
    if let (Word::Running, Some(ends)) = (&word, last) {
        remarks.push(Remark::PastEnd { ends });
    }
    // Looking at a fixed sample before it is there is what the planned number forbids.
    let is_forbidden = match word {
        Word::Invalid(_) => true,
        Word::Running => data.design != Design::Sequential,
        _ => false,
    };
    if is_forbidden {
        let judged = rows.iter_mut().filter(|row| row.value.is_some());
        judged.for_each(|row| row.answer = Answer::NotJudged);
    }
    Verdict {
        word,
        design: data.design,
        confidence: 1.0 - data.alpha,
        planned_n: data.planned_n,
        reached: data.reached(),
        rows,
        guardrails,
        further,
        remarks,
    }
}

/// What came after the planned number.
fn beyond_plan(data: &Data<'_>) -> Option<Remark> {
    if data.design == Design::Sequential {
        return None;
    }
    let planned = data.planned_n?;
    if data.left_after > 0.0 {
        let left = data.left_after;
        return Some(Remark::AfterPlanned { left, planned });
    }
    let reached = data.reached()?;
    match data.surplus() {
        Surplus::None => None,
        Surplus::Small => Some(Remark::OverPlanned { reached, planned }),
        Surplus::Large => Some(Remark::JudgedAgain { reached, planned }),
    }
}

/// Whether the lock came when the data were known: after the experiment had ended; or, where only
/// its writer says when it was taken, after the first reading or ahead of today.
fn is_after_data(
    reader: &Reader<'_>,
    experiment: Handle,
    lock: &Lock,
    data: &Data<'_>,
    today: Date,
) -> bool {
    let locked_on = Date::from_milliseconds(lock.at);
    let ended = locked_on
        .zip(reader.date(experiment, "ends"))
        .is_some_and(|(locked, ends)| ends < locked);
    let by_hand = lock.digest.is_none() && (data.has_earlier || lock.is_ahead(today));
    (ended || by_hand) && (data.has_any() || data.has_earlier)
}

/// What forbids judging the data, the gravest first.
fn invalid(
    reader: &Reader<'_>,
    experiment: Handle,
    lock: &Lock,
    data: &Data<'_>,
    today: Date,
    remarks: &mut Vec<Remark>,
) -> Option<Reason> {
    if is_lock_broken(reader, experiment) {
        let mark = reader.text(experiment, LOCK_BROKEN);
        let broken = mark.and_then(|mark| mark.parse().ok());
        let field = broken.map(|broken: Broken| broken.field);
        return Some(Reason::CriterionChanged { field });
    }
    let plan = plan(reader, experiment)?;
    let promise = reader.text(experiment, LOCKED_PLAN);
    let changed = || promise.and_then(|promise| plan.breaks(promise));
    if lock.digest.is_none() {
        remarks.push(Remark::LockedByHand);
        if let Some(field) = changed() {
            let field = Some(field.to_owned());
            return Some(Reason::CriterionChanged { field });
        }
    }
    if let Some(digest) = &lock.digest {
        if lock.heads.is_empty() {
            remarks.push(Remark::LockNowhere);
        }
        if !plan.is_as_locked(digest) {
            let field = changed().map(str::to_owned);
            return Some(Reason::CriterionChanged { field });
        }
        if !digest.has_arms() && data.groups.iter().any(|group| group.arm.is_some()) {
            remarks.push(Remark::ArmsNotLocked);
        }
    }
    if is_after_data(reader, experiment, lock, data, today) {
        return Some(Reason::LockedAfterData);
    }
    if let Some(days) = days_unlocked(reader, experiment) {
        remarks.push(Remark::LockedAfterStart { days });
    }
    if let Some(p_value) = mismatch(data, remarks) {
        return Some(Reason::SampleRatioMismatch { p_value });
    }
    let may_stop = data.design == Design::Sequential;
    if may_stop {
        return None;
    }
    if data.is_said_early && data.is_complete() {
        remarks.push(Remark::SaidStopped);
    }
    match data.planned_n {
        _ if data.is_said_early => Some(Reason::StoppedEarly),
        None if data.is_stopped => Some(Reason::Unplanned),
        Some(_) if data.is_stopped && !data.is_complete() => Some(Reason::StoppedEarly),
        _ => None,
    }
}

/// The plan as the graph has it.
pub(crate) fn plan(reader: &Reader<'_>, experiment: Handle) -> Option<Plan> {
    let named = |handle: Handle| Some((reader.id(handle)?, reader.entity(handle)?));
    let mut hypotheses: Vec<(&EntityId, &Entity)> =
        reader.to(experiment, TESTED_BY).filter_map(named).collect();
    // Two links may join the same two.
    hypotheses.dedup_by(|one, other| one.0 == other.0);
    let arms: Vec<(&EntityId, &Entity)> = reader
        .children(experiment, super::ARM, super::EXPERIMENT_OF_ARM)
        .filter_map(named)
        .collect();
    Some(Plan::new(reader.entity(experiment)?, &hypotheses, &arms))
}

/// Shares that were rounded still make a whole, in percent.
const WHOLE: f64 = 1.0;

/// The difference of two shares of an experiment with the interval by which its verdict decides, at
/// its level: Newcombe's of a fixed design, the confidence sequence of a sequential one and of one
/// that went on well beyond its planned number, the credible one of a Bayesian.
pub(crate) fn deciding(
    reader: &Reader<'_>,
    experiment: Handle,
    today: Date,
    control: Sample,
    variant: Sample,
) -> Option<(f64, Interval)> {
    let data = Data::read(reader, experiment, today);
    let (value, low, high) = measure::change(&data, control, variant)?;
    Some((value, Interval { low, high }))
}

/// The planned weight of every arm: what it says, and of arms of which one says nothing the rest of
/// the hundred; equal parts where none does. `None` where the shares are no split: two arms say
/// nothing beside others that do, or those that do make more or less than a hundred.
pub(crate) fn planned_split(shares: &[Option<f64>]) -> Option<Vec<f64>> {
    let said: f64 = shares.iter().flatten().sum();
    let rest = 100.0 - said;
    let unsaid = shares.iter().filter(|share| share.is_none()).count();
    match unsaid {
        all if all == shares.len() => Some(vec![1.0; all]),
        0 if rest.abs() <= WHOLE => shares.iter().copied().collect(),
        1 if rest > WHOLE => Some(shares.iter().map(|share| share.unwrap_or(rest)).collect()),
        _ => None,
    }
}

/// The p-value of a sample-ratio mismatch, if there is one.
fn mismatch(data: &Data, remarks: &mut Vec<Remark>) -> Option<f64> {
    let arms = || data.groups.iter().filter(|group| group.arm.is_some());
    if arms().count() < 2 || !data.has_any() {
        return None;
    }
    let observed: Option<Vec<u64>> = arms().map(|arm| count(arm.n)).collect();
    let shares: Vec<Option<f64>> = arms().map(|arm| arm.share).collect();
    let tested = observed
        .zip(planned_split(&shares))
        .and_then(|(observed, planned)| chi_square::sample_ratio(&observed, &planned).ok());
    match tested {
        Some(ratio) => ratio.is_mismatch.then_some(ratio.test.p_value),
        None => {
            remarks.push(Remark::SplitUnknown);
            None
        }
    }
}

fn judge(data: &Data, rows: &[Row], guardrails: &[Guardrail], remarks: &mut Vec<Remark>) -> Word {
    if data.planned_n.is_none() {
        remarks.push(Remark::NoPlannedN);
    }
    let any = |answer| rows.iter().any(|row| row.answer == answer);
    let is_decided = !rows.is_empty() && !any(Answer::Open);
    let is_sequential = data.design == Design::Sequential;
    let is_over = data.is_complete() || (is_sequential && (data.is_stopped || is_decided));
    if !is_over {
        return Word::Running;
    }
    match (any(Answer::Met), any(Answer::Failed), any(Answer::Open)) {
        (true, true, _) => Word::Mixed,
        (true, false, false) => {
            if guardrails.iter().any(|guardrail| guardrail.is_breached) {
                remarks.push(Remark::GuardrailBreached);
                return Word::Mixed;
            }
            Word::Supported
        }
        (false, true, false) => Word::Refuted,
        _ => Word::Inconclusive,
    }
}

/// What an interval, or a value alone, says about a condition.
fn answer(comparator: Comparator, value: f64, interval: Option<(f64, f64)>, number: f64) -> Answer {
    let (low, high) = interval.unwrap_or((value, value));
    match (
        comparator.holds(low, number),
        comparator.holds(high, number),
    ) {
        (true, true) => Answer::Met,
        (false, false) => Answer::Failed,
        _ => Answer::Open,
    }
}

#[cfg(test)]
mod tests;
