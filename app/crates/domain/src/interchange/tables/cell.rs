//! Between the scalar of a field and the cell of a table.
//!
//! A cell has no type of its own, so a text that would be read as something else begins with an
//! apostrophe, as in spreadsheets, and a number or a flag where text is usual with an equals sign.

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
        return plain;
    }
    match value {
        FieldValue::Text(_) => format!("'{plain}"),
        _ => format!("={plain}"),
    }
}

/// The cell of an id: an empty one, or one that begins with an apostrophe, is marked by another.
pub(super) fn write_id(id: &str) -> String {
    if id.is_empty() || id.starts_with('\'') {
        format!("'{id}")
    } else {
        id.to_owned()
    }
}

/// The id that a cell holds.
pub(super) fn read_id(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// The scalar of a cell; none for an empty one.
pub(super) fn read(field: Option<&Field>, cell: &str) -> Option<FieldValue> {
    if cell.is_empty() {
        return None;
    }
    if let Some(text) = cell.strip_prefix('\'') {
        return Some(FieldValue::Text(text.to_owned()));
    }
    if let Some(scalar) = cell.strip_prefix('=').and_then(untyped) {
        return Some(scalar);
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
        _ => untyped(cell).or_else(text),
    }
}

/// What a flag or a number is, wherever it stands. A long number that is none to the last digit is
/// text: the id of another program, perhaps; and so is what may be thousands.
fn untyped(cell: &str) -> Option<FieldValue> {
    match cell {
        "true" => Some(FieldValue::Flag(true)),
        "false" => Some(FieldValue::Flag(false)),
        _ => number::plain(cell)
            .and(number::exact(cell))
            .map(FieldValue::Number),
    }
}
