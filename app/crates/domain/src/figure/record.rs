//! A figure as it was computed: its value, how it came about, and what is to be said about it.

use std::borrow::Cow;

use super::kind::FigureKind;
use super::remark::{Part, Remark, RemarkKind};
use crate::index::Handle;
use crate::method::{Insufficient, Interval, Share};

/// A name or a unit; most are known beforehand.
pub type Label = Cow<'static, str>;

/// The unit of differences of shares, −1 to 1 in files: what people call percentage points.
pub const DIFFERENCE: &str = "difference of shares";

/// A computed value and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is: title, formula, source.
    pub kind: &'static FigureKind,
    /// The value, or why there is none.
    pub outcome: Outcome,
    /// What the value counts; empty for plain numbers and words, `share` for 0 to 1,
    /// [`DIFFERENCE`] for −1 to 1.
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
    pub(super) fn number(name: impl Into<Label>, value: f64) -> Self {
        Self {
            name: name.into(),
            value: Some(value).filter(|value| value.is_finite()),
            ..Self::default()
        }
    }

    /// A row of a share with its sample.
    pub(super) fn share(name: impl Into<Label>, share: Share) -> Self {
        Self {
            interval: Some((share.interval.low, share.interval.high)),
            n: Some(share.sample.n()),
            ..Self::number(name, share.value)
        }
    }

    /// Says which entity it is about.
    pub(super) fn about(mut self, entity: Handle) -> Self {
        self.about = Some(entity);
        self
    }

    /// Gives it a unit of its own.
    pub(super) fn in_unit(mut self, unit: impl Into<Label>) -> Self {
        self.unit = unit.into();
        self
    }

    /// Gives it a category.
    pub(super) fn word(mut self, word: &'static str) -> Self {
        self.word = word;
        self
    }
}

impl Figure {
    pub(super) fn new(kind: &'static FigureKind) -> Self {
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

    /// The least and the most that its number may be, if it is one.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        match self.outcome {
            Outcome::Number(value) => Some((value, value)),
            Outcome::Range { low, high, .. } => Some((low, high)),
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
    pub(super) fn is_blank(&self) -> bool {
        self.needed().count() == self.inputs.len()
    }

    /// Adds an input that is not a field of its own.
    pub(super) fn input(
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
    pub(super) fn text_input(
        &mut self,
        name: impl Into<Label>,
        value: Option<&str>,
        from: Option<Handle>,
    ) {
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

    /// The figure with a number for its outcome.
    pub(super) fn number(mut self, value: Result<f64, Insufficient>) -> Self {
        self.outcome = match value {
            Ok(value) if value.is_finite() => Outcome::Number(value),
            Ok(_) => Outcome::Missing(Insufficient::TooLarge(self.kind.id)),
            Err(reason) => Outcome::Missing(reason),
        };
        self
    }

    /// The figure with a range of (low, likely, high) for its outcome; one number where all three
    /// are the same.
    pub(super) fn range(mut self, range: Result<(f64, f64, f64), Insufficient>) -> Self {
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
    pub(super) fn share(mut self, share: Result<Share, Insufficient>) -> Self {
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
    pub(super) fn category(mut self, word: Result<&'static str, Insufficient>) -> Self {
        self.outcome = word.map_or_else(Outcome::Missing, Outcome::Word);
        self
    }

    pub(super) fn between(&mut self, interval: Interval) {
        self.interval = Some((interval.low, interval.high));
    }

    pub(super) fn remark(&mut self, kind: &'static RemarkKind) {
        self.remark_with(kind, []);
    }

    pub(super) fn remark_if(&mut self, applies: bool, kind: &'static RemarkKind) {
        if applies {
            self.remark(kind);
        }
    }

    pub(super) fn remark_with<const N: usize>(
        &mut self,
        kind: &'static RemarkKind,
        parts: [Part; N],
    ) {
        let parts = parts.into();
        self.remarks.push(Remark { kind, parts });
    }
}
