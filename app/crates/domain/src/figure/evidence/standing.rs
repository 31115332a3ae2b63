//! What evidence counts nothing or less, told by the figure that weighs it.

use super::super::context::Context;
use super::super::record::Figure;
use super::super::remark::{self, Part};
use crate::evidence::{EXPLORATORY, Standing, standing, weight};
use crate::index::Handle;

impl Figure {
    /// What a piece of evidence weighs for something, in itself; `None` where it counts nothing,
    /// with a remark that says why.
    pub(in super::super) fn weighed(
        &mut self,
        context: &Context<'_>,
        evidence: Handle,
        target: Handle,
    ) -> Option<f64> {
        let stands = standing(context, evidence, context.today);
        match stands {
            Standing::Counts => weight(context, evidence, Some(target)),
            Standing::Exploratory => {
                let entered = weight(context, evidence, Some(target))?;
                self.hold_exploratory(context, evidence, entered);
                Some(entered.min(EXPLORATORY))
            }
            fallen => {
                self.leave_out(context, evidence, fallen);
                None
            }
        }
    }

    /// Tells that evidence of an exploratory experiment counts less than it says.
    pub(super) fn hold_exploratory(
        &mut self,
        context: &Context<'_>,
        evidence: Handle,
        entered: f64,
    ) {
        if entered > EXPLORATORY {
            let [entered, most] = [entered, EXPLORATORY].map(Part::Number);
            let parts = [context.part(evidence), most, entered];
            self.remark_with(&remark::EXPLORATORY_EVIDENCE, parts);
        }
    }

    /// Names what does not stand, with the reason, which is given back.
    pub(super) fn leave_out(
        &mut self,
        context: &Context<'_>,
        evidence: Handle,
        fallen: Standing,
    ) -> &'static str {
        match fallen {
            Standing::Ahead(date) => {
                let parts = [context.part(evidence), Part::Unit(date.to_string())];
                self.remark_with(&remark::FROM_ITS_DATE, parts);
                "dated in the future"
            }
            Standing::LeftOut(reason) => {
                let reason = reason.name();
                let parts = [context.part(evidence), Part::Name(reason)];
                self.remark_with(&remark::LEFT_OUT, parts);
                reason
            }
            Standing::Counts | Standing::Exploratory => "",
        }
    }
}
