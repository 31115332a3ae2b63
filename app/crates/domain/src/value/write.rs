//! From value to scalar: one way of writing for each value.

use super::{Money, Period, Quantity, Value, amount};
use crate::catalogue::{Field, FieldType};
use crate::{FieldValue, number};

impl Value {
    /// The scalar that stands for it in this field: as plain as the field allows, so that equal
    /// values are stored alike. What the field says already, its unit and its usual period, is left
    /// out.
    #[must_use]
    pub fn to_field(&self, field: &Field) -> FieldValue {
        match self {
            Value::Flag(flag) => FieldValue::Flag(*flag),
            Value::Number(number) | Value::Scale(number) => FieldValue::Number(*number),
            Value::Text(text) | Value::Choice(text) | Value::Person(text) => {
                FieldValue::Text(text.clone())
            }
            Value::Reference(id) => FieldValue::Text(id.as_str().to_owned()),
            Value::Date(date) => FieldValue::Text(date.to_string()),
            Value::Colour(hue) => FieldValue::Text(hue.name().to_owned()),
            Value::Quantity(value) => quantity(value, field),
            Value::Money(value) => money(value, field),
        }
    }
}

fn quantity(value: &Quantity, field: &Field) -> FieldValue {
    let usual = match &field.takes {
        FieldType::Quantity { unit } => unit.as_deref(),
        _ => None,
    };
    let own = value.unit.as_deref().filter(|unit| Some(*unit) != usual);
    shortest(match own {
        Some(unit) => format!("{} {unit}", amount::write(&value.range)),
        None => amount::write(&value.range),
    })
}

fn money(value: &Money, field: &Field) -> FieldValue {
    let usual = match field.takes {
        FieldType::Money { period } => period,
        _ => Period::Once,
    };
    let mut text = amount::write(&value.range);
    if let Some(currency) = value.currency {
        text = format!("{text} {currency}");
    }
    if value.period != usual {
        text = format!("{text}/{}", value.period.name());
    }
    shortest(text)
}

/// A text that is a number as the number itself.
fn shortest(text: String) -> FieldValue {
    match number::parse(&text) {
        Some(number) => FieldValue::Number(number),
        None => FieldValue::Text(text),
    }
}
