//! The verdict on an experiment as a figure: the word, a row for each condition, guardrail and
//! further metric, and why it is invalid where it is.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{DIFFERENCE, Figure, Row};
use super::super::remark;
use super::super::remark::{Part, RemarkKind};
use super::experiment::OF;
use crate::experiment::{ARM, Answer, EXPERIMENT_OF_ARM, Measure, Reason, Remark, Word, verdict};
use crate::index::Handle;

pub(in super::super) static VERDICT: FigureKind = FigureKind::new(
    "verdict",
    ["Verdict", "Urteil", "Veredicto"],
    "supported if the whole interval meets the locked criterion, refuted if the whole interval fails it, else inconclusive; at the level 1 − α the interval of a share is Wilson's and of a difference of shares Newcombe's in a fixed design, a confidence sequence (Waudby-Smith et al. 2024) in a sequential one, from 30 participants in each group on, the equal-tailed credible interval of the Beta posteriors in a Bayesian one, so that the criterion must hold with a probability of 1 − α∕2; a count of successes and a reading that is the share of a sample are judged by the interval of that share; running below the planned number; over a tenth beyond it the interval is that of a confidence sequence, readings after it do not count; invalid if the plan changed, the lock came after the data, the split is off, it stopped early, or it ended and no number was planned; mixed where one condition is met and another is not, or where a guardrail got worse: the whole interval of its change by arm, else its latest reading, as an interval where it is the share of a sample, lies beyond its line in the sand or its baseline; exploratory with data and no lock",
    "M14",
    FigureSource::book("This product's proposal, with the words of Bland and Osterwalder"),
)
.of(OF)
.words(&[
    "planned",
    "exploratory",
    "running",
    "supported",
    "refuted",
    "inconclusive",
    "mixed",
    "invalid",
]);

pub(super) fn figures(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    let verdict = verdict(context.reader, experiment, context.today);
    let find = |id: &crate::EntityId| context.index().find(id.as_str());
    let mut figure = Figure::new(&VERDICT);
    let criterion = context.text(experiment, "criterion");
    figure.text_input("criterion", criterion, Some(experiment));
    figure.text_input("design", Some(verdict.design.name()), Some(experiment));
    figure.input("planned-n", verdict.planned_n, "", Some(experiment));
    figure.input("confidence", Some(verdict.confidence), "share", None);
    for arm in context.children(experiment, ARM, EXPERIMENT_OF_ARM) {
        for field in ["successes", "n"] {
            figure.input(field, context.number(arm, field), "", Some(arm));
        }
    }
    for condition in &verdict.rows {
        let mut row = Row {
            name: condition.condition.words("en").into(),
            value: condition.value,
            interval: condition.interval,
            n: condition.n.and_then(whole),
            ..Row::default()
        };
        row.about = condition.arm.as_ref().and_then(find);
        row = match condition.condition.measure {
            Measure::Share | Measure::ProbabilityBetter => row.in_unit("share"),
            Measure::Difference => row.in_unit(DIFFERENCE),
            _ => row,
        };
        figure.rows.push(row.word(match condition.answer {
            Answer::Met => "met",
            Answer::Failed => "failed",
            Answer::Open => "open",
            Answer::NotJudged => "not judged",
        }));
        for said in &condition.remarks {
            say(&mut figure, said);
        }
    }
    for guardrail in &verdict.guardrails {
        let mut row = Row {
            name: "guardrail".into(),
            value: guardrail.change.or(guardrail.level),
            interval: guardrail.interval,
            ..Row::default()
        };
        row.about = find(&guardrail.metric);
        if guardrail.change.is_some() {
            row = row.in_unit(DIFFERENCE);
        } else if let Some(unit) = row.about.and_then(|metric| context.text(metric, "unit")) {
            row = row.in_unit(unit.to_owned());
        }
        figure
            .rows
            .push(row.word(match guardrail.change.or(guardrail.level) {
                None => "open",
                Some(_) if guardrail.is_breached => "breached",
                Some(_) => "holds",
            }));
    }
    for further in &verdict.further {
        let mut row = Row::number("further metric, p after Holm", further.adjusted);
        row.about = find(&further.metric);
        figure.rows.push(row.word(if further.is_significant {
            "significant"
        } else {
            "not significant"
        }));
    }
    if let Word::Invalid(reason) = &verdict.word {
        figure.remark(match reason {
            Reason::CriterionChanged { .. } => &remark::INVALID_CHANGED,
            Reason::SampleRatioMismatch { .. } => &remark::INVALID_SPLIT,
            Reason::StoppedEarly => &remark::INVALID_EARLY,
            Reason::Unplanned => &remark::INVALID_UNPLANNED,
            Reason::LockedAfterData => &remark::INVALID_LATE,
        });
    }
    for said in &verdict.remarks {
        say(&mut figure, said);
    }
    figures.push(figure.category(Ok(verdict.word.name())));
}

/// Adds a remark of the verdict, with its numbers.
fn say(figure: &mut Figure, said: &Remark) {
    let kind = sentence(said);
    match *said {
        Remark::AfterPlanned {
            left: one,
            planned: other,
        }
        | Remark::OverPlanned {
            reached: one,
            planned: other,
        }
        | Remark::JudgedAgain {
            reached: one,
            planned: other,
        } => figure.remark_with(kind, [one, other].map(Part::Number)),
        Remark::TooFewToLook { reached, least } => {
            figure.remark_with(kind, [reached, least].map(Part::Number));
        }
        Remark::LockedAfterStart { days } => {
            figure.remark_with(kind, [Part::Number(days as f64)]);
        }
        Remark::CountOfPlanned { planned } => figure.remark_with(kind, [Part::Number(planned)]),
        Remark::PastEnd { ends } => figure.remark_with(kind, [Part::Unit(ends.to_string())]),
        _ => figure.remark(kind),
    }
}

/// A remark of the verdict as one of its figure.
fn sentence(said: &Remark) -> &'static RemarkKind {
    match said {
        Remark::NeverLocked => &remark::NEVER_LOCKED,
        Remark::LockedByHand => &remark::LOCKED_BY_HAND,
        Remark::LockNowhere => &remark::LOCK_NOWHERE,
        Remark::ArmsNotLocked => &remark::ARMS_NOT_LOCKED,
        Remark::LockAhead => &remark::LOCK_AHEAD,
        Remark::BeforeLock => &remark::BEFORE_LOCK,
        Remark::ReadAhead => &remark::READ_AHEAD,
        Remark::AfterPlanned { .. } => &remark::AFTER_PLANNED,
        Remark::OverPlanned { .. } => &remark::OVER_PLANNED,
        Remark::JudgedAgain { .. } => &remark::JUDGED_AGAIN,
        Remark::SaidStopped => &remark::SAID_STOPPED,
        Remark::TooFewToLook { .. } => &remark::TOO_FEW_TO_LOOK,
        Remark::CountOfPlanned { .. } => &remark::COUNT_OF_PLANNED,
        Remark::LockedAfterStart { .. } => &remark::LOCKED_AFTER_START,
        Remark::CohortsLeft => &remark::COHORTS_LEFT,
        Remark::MayBeTotals => &remark::MAY_BE_TOTALS,
        Remark::HoldsOnce => &remark::HOLDS_ONCE,
        Remark::PastEnd { .. } => &remark::PAST_END,
        Remark::NoPlannedN => &remark::NO_PLANNED_N,
        Remark::NoCriterion => &remark::NO_CRITERION,
        Remark::NoData => &remark::NO_DATA,
        Remark::NoControl => &remark::NO_CONTROL_ARM,
        Remark::WhichArm => &remark::WHICH_ARM,
        Remark::ImpossibleCounts => &remark::IMPOSSIBLE_COUNTS,
        Remark::NoDeviation => &remark::NO_DEVIATION,
        Remark::ByValueAlone => &remark::BY_VALUE_ALONE,
        Remark::SplitUnknown => &remark::SPLIT_UNKNOWN,
        Remark::GuardrailBreached => &remark::GUARDRAIL_BREACHED,
        Remark::GuardrailUnmeasured => &remark::GUARDRAIL_UNMEASURED,
        Remark::OtherMetric => &remark::OTHER_METRIC,
    }
}

/// A number of observations without a fraction.
fn whole(n: f64) -> Option<u64> {
    let is_whole = n >= 0.0 && n.fract() == 0.0 && n < 1e15;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked right above"
    )]
    is_whole.then_some(n as u64)
}
