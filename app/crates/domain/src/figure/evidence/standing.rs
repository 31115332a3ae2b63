//! Whether a piece of evidence counts (M14): not when it says nothing or was retracted, not when the experiment that
//! it comes from is invalid, and not before its date.
//!
//! Invariant: whatever weighs evidence asks here, so that no figure counts what another leaves out.

use super::super::context::Context;
use super::super::record::Figure;
use super::super::remark::{self, Part};
use super::super::statistics::VERDICT;
use crate::index::Handle;
use crate::value::Date;

/// Whether a piece of evidence counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Standing {
    /// It does.
    Counts,
    /// It counts nothing, for this reason.
    LeftOut(&'static str),
    /// It is dated in the future and counts from that day on.
    Ahead(Date),
}

/// Why an experiment's evidence is left out, by the remark of its verdict.
const INVALID: [(&str, &str); 3] = [
    (
        "invalid-changed",
        "its experiment is invalid, criterion changed after data",
    ),
    (
        "invalid-split",
        "its experiment is invalid, sample-ratio mismatch",
    ),
    ("invalid-early", "its experiment is invalid, stopped early"),
];

/// Whether a piece of evidence counts today.
pub(in super::super) fn standing(context: &Context<'_>, evidence: Handle) -> Standing {
    if context.flag(evidence, "retracted") {
        return Standing::LeftOut("retracted");
    }
    if context.is_blank(evidence) {
        return Standing::LeftOut("it says nothing");
    }
    // Of what several experiments produced together, one that is invalid spoils the whole.
    for source in context.to(evidence, "produces") {
        let Some(verdict) = context.figure(source, &VERDICT) else {
            continue;
        };
        // What comes before the planned number is no result yet: looking early bends it.
        if verdict.word() == Some("running") {
            return Standing::LeftOut("its experiment is still running");
        }
        let mut said = verdict.remarks.iter().map(|remark| remark.kind.id);
        let reason = said.find_map(|id| INVALID.iter().find(|(remark, _)| *remark == id));
        if let Some((_, reason)) = reason {
            return Standing::LeftOut(reason);
        }
    }
    match context.date(evidence, "date") {
        Some(date) if date > context.today => Standing::Ahead(date),
        _ => Standing::Counts,
    }
}

impl Figure {
    /// Whether a piece of evidence counts; what does not is named with the reason, which is given
    /// back.
    pub(in super::super) fn admit(
        &mut self,
        context: &Context<'_>,
        evidence: Handle,
    ) -> Result<(), &'static str> {
        match standing(context, evidence) {
            Standing::Counts => Ok(()),
            Standing::LeftOut(reason) => {
                let parts = [context.part(evidence), Part::Name(reason)];
                self.remark_with(&remark::LEFT_OUT, parts);
                Err(reason)
            }
            Standing::Ahead(date) => {
                let parts = [context.part(evidence), Part::Unit(date.to_string())];
                self.remark_with(&remark::FROM_ITS_DATE, parts);
                Err("dated in the future")
            }
        }
    }
}
