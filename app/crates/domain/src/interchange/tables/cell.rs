//! Between the scalar of a field and the cell of a table.
//!
//! A cell has no type of its own, so a text that would be read as something else begins with an
//! apostrophe, as in spreadsheets.

use crate::catalogue::{Field, FieldType};
use crate::{FieldValue, number};

/// The cell of a scalar.
pub(super) fn write(field: Option<&Field>, value: &FieldValue) -> String {
    let plain = match value {
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Text(text) => text.clone(),
    };
    if read(field, &plain).as_ref() == Some(value) {
        plain
    } else {
        format!("'{plain}")
    }
}

/// The scalar of a cell; none for an empty one.
pub(super) fn read(field: Option<&Field>, cell: &str) -> Option<FieldValue> {
    if cell.is_empty() {
        return None;
    }
    if let Some(text) = cell.strip_prefix('\'') {
        return Some(FieldValue::Text(text.to_owned()));
    }
    let text = || Some(FieldValue::Text(cell.to_owned()));
    match field.map(|field| &field.takes) {
        Some(
            FieldType::Text { .. }
            | FieldType::Date
            | FieldType::Choice { .. }
            | FieldType::Person
            | FieldType::Reference { .. }
            | FieldType::Colour,
        ) => text(),
        _ => match cell {
            "true" => Some(FieldValue::Flag(true)),
            "false" => Some(FieldValue::Flag(false)),
            _ => number::parse(cell).map(FieldValue::Number).or_else(text),
        },
    }
}
