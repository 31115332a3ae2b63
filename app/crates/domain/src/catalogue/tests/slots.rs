//! What slots give the notes that are placed in them: values that their fields take.

use super::*;
use crate::value;

#[test]
fn what_a_slot_gives_its_first_kind_is_a_value_as_it_is_stored() {
    let mut given = 0;
    for canvas in canvases() {
        for slot in &canvas.slots {
            let first = slot.takes.first().and_then(kind).unwrap();
            for (key, scalar) in &slot.fields {
                let whose = format!("{}/{}: {}.{key}", canvas.id, slot.id, first.id);
                let field = first.field_at(key).unwrap_or_else(|| panic!("{whose}"));
                let value =
                    value::read(field, scalar).unwrap_or_else(|misfit| panic!("{whose}: {misfit}"));
                assert_eq!(value.to_field(field), *scalar, "{whose}");
                given += 1;
            }
        }
    }
    assert!(
        given > 50,
        "the slots of many canvases are the values of a field"
    );
}

#[test]
fn suggestions_come_with_values_that_fit() {
    for canvas in canvases() {
        for slot in &canvas.slots {
            let first = slot.takes.first().and_then(kind).unwrap();
            for suggestion in &slot.suggestions {
                check_localised(&suggestion.text, &format!("{}/{}", canvas.id, slot.id));
                for (key, scalar) in &suggestion.fields {
                    let whose = format!("{}/{}: {}.{key}", canvas.id, slot.id, first.id);
                    let field = first.field_at(key).unwrap_or_else(|| panic!("{whose}"));
                    let read = value::read(field, scalar);
                    assert!(read.is_ok(), "{whose}: {read:?}");
                }
            }
        }
    }
}

#[test]
fn what_a_slot_gives_fits_every_kind_that_has_the_field() {
    for canvas in canvases() {
        for slot in &canvas.slots {
            for taken in slot.takes.iter().filter_map(kind) {
                for (key, scalar) in &slot.fields {
                    let Some(field) = taken.field_at(key) else {
                        continue;
                    };
                    let read = value::read(field, scalar);
                    assert!(read.is_ok(), "{}/{}: {read:?}", canvas.id, slot.id);
                }
            }
        }
    }
}
