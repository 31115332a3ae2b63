//! The verdict on an experiment in words, and why something counts nothing, for every feature that
//! tells it.

use domain::experiment::{Reason, Remark, Verdict, Word};
use domain::trace::LeftOut;

use crate::i18n::{decimal, t, tf};

/// The verdict's word: how far one has come that still runs, and why one is invalid.
pub(crate) fn verdict_words(verdict: &Verdict) -> String {
    match &verdict.word {
        Word::Invalid(reason) => {
            let reason = match reason {
                Reason::CriterionChanged { .. } => t("verdict.reason.changed"),
                Reason::SampleRatioMismatch { p_value } => {
                    tf("verdict.reason.ratio", &[("p", &decimal(*p_value))])
                }
                Reason::StoppedEarly => t("verdict.reason.early"),
                Reason::Unplanned => t("verdict.reason.unplanned"),
                Reason::LockedAfterData => t("verdict.reason.late"),
            };
            format!("{}: {reason}", t("verdict.invalid"))
        }
        Word::Running => match (verdict.reached, verdict.planned_n) {
            (None, _) => t("verdict.running_without"),
            (Some(n), Some(planned)) => tf(
                "verdict.running_of",
                &[("n", &decimal(n)), ("of", &decimal(planned))],
            ),
            (Some(_), None) => t("verdict.running"),
        },
        Word::Inconclusive if verdict.remarks.contains(&Remark::NoCriterion) => {
            format!(
                "{}: {}",
                t("verdict.inconclusive"),
                t("verdict.no_criterion")
            )
        }
        word => t(&format!("verdict.{}", word.name())),
    }
}

/// Why something counts nothing.
pub(crate) fn left_out_words(reason: LeftOut) -> String {
    t(match reason {
        LeftOut::Gone => "details.why_gone",
        LeftOut::Retracted => "details.why_retracted",
        LeftOut::Invalid => "details.why_invalid",
        LeftOut::Running => "details.why_running",
        LeftOut::Ahead => "details.why_ahead",
    })
}
