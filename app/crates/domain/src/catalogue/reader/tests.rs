//! The reader by hand against the derived ones: on the catalogue, and on what it becomes by accident.

use serde::de::DeserializeOwned;

use super::super::files;
use super::*;

/// Both readers take `value` alike, or neither takes it.
fn check_alike<T: FromJson + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &Value) {
    let derived: Option<T> = serde_json::from_value(value.clone()).ok();
    assert_eq!(T::from_json(value), derived, "{value}");
}

fn values(files: &[(&str, &str)]) -> Vec<Value> {
    let parsed = files.iter().map(|(_, text)| serde_json::from_str(text));
    parsed.collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_whole_catalogue_reads_alike() {
    values(files::CANVASES)
        .iter()
        .for_each(check_alike::<Canvas>);
    values(files::LINK_KINDS)
        .iter()
        .for_each(check_alike::<LinkKind>);
    for value in values(files::KINDS) {
        let mut kind: Kind = serde_json::from_value(value.clone()).unwrap();
        kind.fields = KindFields::default();
        assert_eq!(Kind::from_json(&value), Some(kind));
    }
}

/// Replaces or removes some value within `value`.
fn damage(
    u: &mut arbtest::arbitrary::Unstructured<'_>,
    value: &mut Value,
) -> arbtest::arbitrary::Result<()> {
    match value {
        Value::Object(members) if !members.is_empty() && u.ratio(5, 6)? => {
            let at = u.choose_index(members.len())?;
            let Some(name) = members.keys().nth(at).cloned() else {
                return Ok(());
            };
            if u.ratio(1, 4)? {
                members.remove(&name);
            } else if let Some(member) = members.get_mut(&name) {
                damage(u, member)?;
            }
        }
        Value::Array(items) if !items.is_empty() && u.ratio(5, 6)? => {
            let at = u.choose_index(items.len())?;
            if let Some(item) = items.get_mut(at) {
                damage(u, item)?;
            }
        }
        other => {
            *other = match u.int_in_range(0..=6)? {
                0 => Value::Null,
                1 => true.into(),
                2 => (-1).into(),
                3 => 1.5.into(),
                4 => u64::from(u32::MAX)
                    .saturating_add(u.int_in_range(0..=1)?)
                    .into(),
                5 => "test".into(),
                _ => Value::Object(Map::new()),
            }
        }
    }
    Ok(())
}

#[test]
fn a_damaged_canvas_reads_alike() {
    let canvases = values(files::CANVASES);
    arbtest::arbtest(|u| {
        let mut canvas = u.choose(&canvases)?.clone();
        for _ in 0..u.int_in_range(1..=3)? {
            damage(u, &mut canvas)?;
        }
        check_alike::<Canvas>(&canvas);
        Ok(())
    })
    .budget_ms(1000);
}
