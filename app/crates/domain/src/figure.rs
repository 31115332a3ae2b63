//! Figures: the numbers of the methods, computed over the graph.
//!
//! A figure knows its formula, its inputs, its unit and its source, so that any view can show them.
//! It never stands for a division by zero: it says what is missing instead. A share of a sample
//! carries its n and its interval. Nothing here asks a clock: today is an input.
//!
//! [`FigureBook`] keeps all figures of a graph; [`kinds`] lists what there is.

mod book;
mod canvas;
mod context;
mod json;
mod kind;
mod like;
mod registry;
mod remark;
mod words;

mod economics;
mod evidence;
mod fit;
mod growth;
mod measure;
mod needs;
mod okr;
mod prioritisation;
mod roadmap;
mod statistics;
mod team;
mod users;

use std::borrow::Cow;

pub use book::{Changed, FigureBook, Subject};
pub use kind::{FigureKind, FigureSource, Scope};
pub use registry::kinds;
pub use remark::{Part, Remark, RemarkKind, remark_kinds};
pub use roadmap::open_findings;
pub use words::{unit as unit_in, unit_of};

use context::Context;

use crate::FieldValue;
use crate::index::Handle;
use crate::method::{Insufficient, Interval, Share};

/// A name or a unit; most are known beforehand.
pub type Label = Cow<'static, str>;

/// A computed value and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is: title, formula, source.
    pub kind: &'static FigureKind,
    /// The value, or why there is none.
    pub outcome: Outcome,
    /// What the value counts; empty for plain numbers and words, `share` for 0 to 1.
    pub unit: Label,
    /// The interval in which the true value lies with 95 % confidence unless a remark says
    /// otherwise, in the figure's unit.
    pub interval: Option<(f64, f64)>,
    /// How many observations it rests on.
    pub n: Option<u64>,
    /// What it was computed from, missing inputs included.
    pub inputs: Vec<Input>,
    /// Its parts, where it has any: steps, groups, segments, rows of evidence.
    pub rows: Vec<Row>,
    /// What is to be said about it.
    pub remarks: Vec<Remark>,
}

/// The value of a figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A number in the figure's unit.
    Number(f64),
    /// A number with what is low and high, in the figure's unit.
    Range {
        /// The least.
        low: f64,
        /// The likeliest.
        likely: f64,
        /// The most.
        high: f64,
    },
    /// A category: the id of a word that the figure's kind explains.
    Word(&'static str),
    /// Entities in order, the first one first.
    Order(Vec<Handle>),
    /// Several values that make no single one: see the rows.
    Parts,
    /// Not enough data, and why.
    Missing(Insufficient),
}

/// Something that a figure was computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The field or quantity.
    pub name: Label,
    /// Its value, if it is known.
    pub value: InputValue,
    /// Its unit; empty when it has none.
    pub unit: Label,
    /// The entity that it was read from, if it is one entity's.
    pub from: Option<Handle>,
}

/// The value of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum InputValue {
    /// Nobody has entered it: what is to be done first.
    Missing,
    /// A number.
    Number(f64),
    /// A choice, a date or another text.
    Text(String),
}

/// A part of a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What the part is.
    pub name: Label,
    /// The entity that it is about.
    pub about: Option<Handle>,
    /// Its value, in the figure's unit unless the row has its own.
    pub value: Option<f64>,
    /// Its unit where it differs from the figure's.
    pub unit: Label,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// How many observations it rests on.
    pub n: Option<u64>,
    /// Its category.
    pub word: &'static str,
}

impl Row {
    /// A row of a number.
    fn number(name: impl Into<Label>, value: f64) -> Self {
        Self {
            name: name.into(),
            value: Some(value).filter(|value| value.is_finite()),
            ..Self::default()
        }
    }

    /// A row of a share with its sample.
    fn share(name: impl Into<Label>, share: Share) -> Self {
        Self {
            interval: Some((share.interval.low, share.interval.high)),
            n: Some(share.sample.n()),
            ..Self::number(name, share.value)
        }
    }

    /// Says which entity it is about.
    fn about(mut self, entity: Handle) -> Self {
        self.about = Some(entity);
        self
    }

    /// Gives it a unit of its own.
    fn in_unit(mut self, unit: impl Into<Label>) -> Self {
        self.unit = unit.into();
        self
    }

    /// Gives it a category.
    fn word(mut self, word: &'static str) -> Self {
        self.word = word;
        self
    }
}

impl Figure {
    fn new(kind: &'static FigureKind) -> Self {
        Self {
            kind,
            outcome: Outcome::Missing(Insufficient::Missing("data")),
            unit: Label::Borrowed(kind.unit),
            interval: None,
            n: None,
            inputs: Vec::new(),
            rows: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// The number of the figure, if it is one.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self.outcome {
            Outcome::Number(value) | Outcome::Range { likely: value, .. } => Some(value),
            _ => None,
        }
    }

    /// The word of the figure, if it is one.
    #[must_use]
    pub fn word(&self) -> Option<&'static str> {
        match self.outcome {
            Outcome::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The names of the inputs that have to be entered first.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        let missing = |input: &&Input| input.value == InputValue::Missing;
        self.inputs.iter().filter(missing).map(|input| &*input.name)
    }

    /// Whether none of its inputs is known.
    fn is_blank(&self) -> bool {
        self.needed().count() == self.inputs.len()
    }

    /// Adds an input that is not a field of its own.
    fn input(
        &mut self,
        name: impl Into<Label>,
        value: Option<f64>,
        unit: impl Into<Label>,
        from: Option<Handle>,
    ) {
        let value = value.filter(|value| value.is_finite());
        let value = value.map_or(InputValue::Missing, InputValue::Number);
        self.inputs.push(Input {
            name: name.into(),
            value,
            unit: unit.into(),
            from,
        });
    }

    /// Adds an input of words.
    fn text_input(&mut self, name: impl Into<Label>, value: Option<&str>, from: Option<Handle>) {
        let value = value.map_or(InputValue::Missing, |text| {
            InputValue::Text(text.to_owned())
        });
        self.inputs.push(Input {
            name: name.into(),
            value,
            unit: Label::default(),
            from,
        });
    }

    /// Reads a number field and lists it among the inputs.
    fn field(
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
    fn percent(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        field: &'static str,
    ) -> Result<f64, Insufficient> {
        let percent = self.field(context, entity, field);
        percent.and_then(|percent| as_share(field, percent))
    }

    /// Reads a criterion, ratings before the entity's own field, and lists it among the inputs.
    fn rated(
        &mut self,
        context: &Context<'_>,
        entity: Handle,
        criterion: &'static str,
    ) -> Result<f64, Insufficient> {
        let rated = context.input(entity, criterion);
        let value = rated.as_ref().map(|rated| rated.value);
        self.input(
            criterion,
            value,
            context.unit_of(entity, criterion),
            Some(entity),
        );
        if let Some(rated) = rated.filter(|rated| !rated.ratings.is_empty()) {
            let (low, high) = rated.spread.unwrap_or_default();
            let parts = [
                Part::Name(criterion),
                Part::Number(rated.ratings.len() as f64),
                Part::Number(low),
                Part::Number(high),
            ];
            self.remark_with(&remark::MEAN_OF_RATINGS, parts);
        }
        value.ok_or(Insufficient::Missing(criterion))
    }

    /// The figure with a number for its outcome.
    fn number(mut self, value: Result<f64, Insufficient>) -> Self {
        self.outcome = match value {
            Ok(value) if value.is_finite() => Outcome::Number(value),
            Ok(_) => Outcome::Missing(Insufficient::TooLarge(self.kind.id)),
            Err(reason) => Outcome::Missing(reason),
        };
        self
    }

    /// The figure with a range of (low, likely, high) for its outcome; one number where all three
    /// are the same.
    fn range(mut self, range: Result<(f64, f64, f64), Insufficient>) -> Self {
        self.outcome = match range {
            Ok((low, _, high)) if !(low.is_finite() && high.is_finite()) => {
                Outcome::Missing(Insufficient::TooLarge(self.kind.id))
            }
            Ok((low, likely, high)) if low == high => Outcome::Number(likely),
            Ok((low, likely, high)) => Outcome::Range { low, likely, high },
            Err(reason) => Outcome::Missing(reason),
        };
        self
    }

    /// The figure with a share of a sample for its outcome.
    fn share(mut self, share: Result<Share, Insufficient>) -> Self {
        match share {
            Ok(share) => {
                self.n = Some(share.sample.n());
                self.between(share.interval);
                self.number(Ok(share.value))
            }
            Err(reason) => self.number(Err(reason)),
        }
    }

    /// The figure with a category for its outcome.
    fn category(mut self, word: Result<&'static str, Insufficient>) -> Self {
        self.outcome = word.map_or_else(Outcome::Missing, Outcome::Word);
        self
    }

    fn between(&mut self, interval: Interval) {
        self.interval = Some((interval.low, interval.high));
    }

    /// Tells what was entered and cannot be read from what nobody has entered.
    fn admit_unreadable(&mut self, context: &Context<'_>) {
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

    fn remark(&mut self, kind: &'static RemarkKind) {
        self.remark_with(kind, []);
    }

    fn remark_if(&mut self, applies: bool, kind: &'static RemarkKind) {
        if applies {
            self.remark(kind);
        }
    }

    fn remark_with<const N: usize>(&mut self, kind: &'static RemarkKind, parts: [Part; N]) {
        let parts = parts.into();
        self.remarks.push(Remark { kind, parts });
    }
}

/// A part of a whole that counts percent, as a share.
fn as_share(input: &'static str, percent: f64) -> Result<f64, Insufficient> {
    within(input, percent, 0.0, 100.0).map(|percent| percent / 100.0)
}

/// A value as it was entered, in the bounds of its field.
fn within(input: &'static str, value: f64, low: f64, high: f64) -> Result<f64, Insufficient> {
    if (low..=high).contains(&value) {
        return Ok(value);
    }
    Err(Insufficient::OutOfRange {
        input,
        value,
        low,
        high,
    })
}

#[cfg(test)]
mod tests;
