//! Typed values: what the one scalar that an entity keeps for a field means.
//!
//! An entity stores flags, numbers and texts, so that a merge never mixes two people's values. The
//! kind's field says how to read them: [`read`] makes a [`Value`], [`Value::to_field`] the scalar
//! again. A scalar that does not fit is no error of the document: it is kept and shown, with the
//! [`Misfit`] that says what was expected.
//!
//! Invariant: what [`Value::to_field`] writes for a field, [`read`] reads as the same value.

mod amount;
mod date;
mod misfit;
mod money;
mod of_entity;
mod quantity;
mod read;
mod sense;
mod typed;
mod write;

pub use date::Date;
pub use misfit::Misfit;
pub use money::{Currency, Money, Period};
pub use quantity::{Quantity, Range};
pub use read::read;
pub use typed::{read_typed, shown};

use crate::{EntityId, Hue};

/// A value of a field, understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Yes or no; also one item of a checklist.
    Flag(bool),
    /// Free text.
    Text(String),
    /// A number in the field's unit; 33 % is 33.
    Number(f64),
    /// A range of numbers of one unit.
    Quantity(Quantity),
    /// A range of amounts of money, once or for each period.
    Money(Money),
    /// A day.
    Date(Date),
    /// The id of one of the field's options.
    Choice(String),
    /// A step of the field's scale.
    Scale(f64),
    /// The id of a person of the workspace, or a plain name.
    Person(String),
    /// The id of an entity, whether it exists or not.
    Reference(EntityId),
    /// A colour.
    Colour(Hue),
}

impl Value {
    /// The number of a number, a scale or a flag (1 or 0), or the likely one of a quantity or of
    /// money.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) | Value::Scale(number) => Some(*number),
            Value::Flag(flag) => Some(f64::from(u8::from(*flag))),
            Value::Quantity(quantity) => Some(quantity.range.likely),
            Value::Money(money) => Some(money.range.likely),
            _ => None,
        }
    }

    /// The words or the id of a text, a choice, a person or a reference.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Choice(text) | Value::Person(text) => Some(text),
            Value::Reference(id) => Some(id.as_str()),
            Value::Colour(hue) => Some(hue.name()),
            _ => None,
        }
    }

    /// Whether it is a flag that is set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self == Value::Flag(true)
    }

    /// The day of a date.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        match self {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The money of an amount of money.
    #[must_use]
    pub fn money(&self) -> Option<&Money> {
        match self {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    /// The quantity of a quantity; a plain number is one without spread or unit.
    #[must_use]
    pub fn quantity(&self) -> Option<Quantity> {
        match self {
            Value::Quantity(quantity) => Some(quantity.clone()),
            Value::Number(number) => Some(Quantity {
                range: Range::exactly(*number),
                unit: None,
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
