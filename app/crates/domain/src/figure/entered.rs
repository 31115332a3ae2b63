//! What was entered, read for a figure: each field is listed among its inputs, and what cannot be is
//! refused in the form in which it was entered.

use super::context::Context;
use super::record::{Figure, Input, InputValue, Outcome};
use super::remark::{self, Part};
use crate::FieldValue;
use crate::index::Handle;
use crate::method::check::within;
use crate::method::{Insufficient, Sample};

impl Figure {
    /// Reads a number field and lists it among the inputs.
    pub(super) fn field(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        field: &'static str,
    ) -> Result<f64, Insufficient> {
        let value = context.number(entity, field);
        self.input(field, value, context.unit_of(entity, field), Some(entity));
        value.ok_or(Insufficient::Missing(field))
    }

    /// Reads a number field that counts percent, as a share.
    pub(super) fn percent(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        field: &'static str,
    ) -> Result<f64, Insufficient> {
        let percent = self.field(context, entity, field);
        percent.and_then(|percent| as_share(field, percent))
    }

    /// Reads a criterion, ratings before the entity's own field, and lists it among the inputs.
    pub(super) fn rated(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        criterion: &'static str,
    ) -> Result<f64, Insufficient> {
        let rated = context.input(entity, criterion);
        let value = rated.as_ref().map(|rated| rated.value);
        // A mean of several is no one entity's.
        let from = match rated.as_ref().map(|rated| rated.ratings.as_slice()) {
            None | Some([]) => Some(entity),
            Some([only]) => Some(*only),
            Some(_) => None,
        };
        self.input(criterion, value, context.unit_of(entity, criterion), from);
        for refused in context.off_scale(entity, criterion) {
            self.off_scale(context, refused);
        }
        match rated.as_ref().map(|rated| rated.ratings.len()) {
            None | Some(0) => {}
            Some(1) => self.remark_with(&remark::ONE_RATING, [Part::Name(criterion)]),
            Some(count) => {
                let (low, high) = rated.and_then(|rated| rated.spread).unwrap_or_default();
                let numbers = [count as f64, low, high].map(Part::Number);
                let [count, low, high] = numbers;
                let parts = [Part::Name(criterion), count, low, high];
                self.remark_with(&remark::MEAN_OF_RATINGS, parts);
            }
        }
        value.ok_or(Insufficient::Missing(criterion))
    }

    /// Says how many records are left out, if any are, and why.
    pub(super) fn left_out(&mut self, count: usize, reason: &'static str) {
        if count > 0 {
            let parts = [Part::Number(count as f64), Part::Name(reason)];
            self.remark_with(&remark::LEFT_OUT, parts);
        }
    }

    /// Names a record whose value is off its scale, and is left out.
    pub(super) fn off_scale(&mut self, context: &Context<'_>, entity: Handle) {
        let parts = [context.part(entity), Part::Name("off its scale")];
        self.remark_with(&remark::LEFT_OUT, parts);
    }

    /// Whether the input of that name is the mean of several ratings, which lies between the steps
    /// of a scale without anybody having left it.
    pub(super) fn is_mean(&self, criterion: &'static str) -> bool {
        let is_of = |part: &Part| *part == Part::Name(criterion);
        let mut means = self
            .remarks
            .iter()
            .filter(|one| one.kind == &remark::MEAN_OF_RATINGS);
        means.any(|mean| mean.parts.first().is_some_and(is_of))
    }

    /// Reads a field that counts something and lists it among the inputs.
    pub(super) fn count(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        field: &'static str,
    ) -> Result<u64, Insufficient> {
        count(field, self.field(context, entity, field)?)
    }

    /// Reads two count fields as a sample and lists them among the inputs.
    pub(super) fn sample(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        successes: &'static str,
        n: &'static str,
    ) -> Result<Sample, Insufficient> {
        let successes = self.count(context, entity, successes);
        let n = self.count(context, entity, n);
        Sample::new(successes?, n?)
    }

    /// Tells what was entered and cannot be read from what nobody has entered.
    pub(super) fn admit_unreadable(&mut self, context: &Context<'_>) {
        for input in &mut self.inputs {
            let (InputValue::Missing, Some(entity)) = (&input.value, input.from) else {
                continue;
            };
            let entered = match context.field(entity, &input.name) {
                Some(FieldValue::Text(text)) if !text.trim().is_empty() => text.clone(),
                Some(FieldValue::Flag(flag)) => flag.to_string(),
                _ => continue,
            };
            input.value = InputValue::Text(entered);
        }
        if let Outcome::Missing(Insufficient::Missing(name)) = self.outcome {
            let named = || self.inputs.iter().filter(|input| input.name == name);
            let is_text = |input: &Input| matches!(input.value, InputValue::Text(_));
            if named().next().is_some() && named().all(is_text) {
                self.outcome = Outcome::Missing(Insufficient::Unreadable(name));
            }
        }
    }
}

/// A part of a whole that counts percent, as a share.
pub(super) fn as_share(input: &'static str, percent: f64) -> Result<f64, Insufficient> {
    within(input, percent, 0.0, 100.0).map(|percent| percent / 100.0)
}

/// A number that counts something.
pub(super) fn count(input: &'static str, value: f64) -> Result<u64, Insufficient> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    match value {
        _ if value > MOST => Err(Insufficient::TooLarge(input)),
        _ if value.fract() == 0.0 && value >= 0.0 => Ok(value as u64),
        _ => Err(Insufficient::NotACount { input, value }),
    }
}
