//! Between what a person types and what a field keeps.

use std::collections::BTreeMap;

use domain::catalogue::{Field, FieldType};
use domain::value::{self, Misfit};
use domain::{FieldValue, Person, PersonId};

/// How a value stands in its box: people by their names, everything else in its notation.
pub(super) fn shown(
    field: &Field,
    value: &FieldValue,
    people: &BTreeMap<PersonId, Person>,
) -> String {
    match value {
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Text(text) if field.takes == FieldType::Person => people
            .get(text.as_str())
            .map_or_else(|| text.clone(), |person| person.name.clone()),
        FieldValue::Text(text) => text.clone(),
    }
}

/// The value that was typed; nothing typed clears the field.
///
/// # Errors
///
/// What is typed does not fit the field.
pub(super) fn read_input(
    field: &Field,
    typed: &str,
    people: &BTreeMap<PersonId, Person>,
) -> Result<Option<FieldValue>, Misfit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let text = match field.takes {
        FieldType::Number(_) | FieldType::Quantity { .. } | FieldType::Money { .. } => {
            decimal_point(typed)
        }
        FieldType::Person => people
            .iter()
            .find(|(_, person)| person.name.trim() == typed)
            .map_or_else(|| typed.to_owned(), |(id, _)| id.to_string()),
        _ => typed.to_owned(),
    };
    let value = value::read(field, &FieldValue::Text(text))?;
    Ok(Some(value.to_field(field)))
}

/// A comma between digits is what German and Spanish write for the point; a text that has both is
/// left as it is, to be refused and not guessed at.
fn decimal_point(typed: &str) -> String {
    if typed.contains(',') && !typed.replace("..", "").contains('.') {
        typed.replace(',', ".")
    } else {
        typed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Hue;

    fn field(kind: &str, id: &str) -> &'static Field {
        let kind = domain::kind(&kind.into()).expect("a kind");
        kind.field(id).expect("a field")
    }

    fn check(field: &Field, typed: &str, expected: Option<FieldValue>) {
        let read = read_input(field, typed, &BTreeMap::new()).ok().flatten();
        assert_eq!(read, expected, "{typed}");
    }

    #[test]
    fn numbers_take_a_point_or_a_comma_and_refuse_both() {
        let reach = field("solution", "reach");
        check(reach, " 1.5 ", Some(FieldValue::Number(1.5)));
        check(reach, "1,5", Some(FieldValue::Number(1.5)));
        check(reach, "1.250,5", None);
        check(reach, "", None);
    }

    #[test]
    fn ranges_keep_their_dots() {
        let amount = field("cost", "amount");
        let expected = FieldValue::Text("1.5..2..3 EUR/year".to_owned());
        check(amount, "1.5..2..3 EUR/year", Some(expected));
    }

    #[test]
    fn people_are_known_by_their_names() {
        let owner = field("goal", "owner");
        let ada = Person {
            name: "Ada".to_owned(),
            colour: Hue::Blue,
        };
        let people = BTreeMap::from([(PersonId::from("p1"), ada)]);
        let stored = FieldValue::Text("p1".to_owned());
        assert_eq!(read_input(owner, "Ada", &people), Ok(Some(stored.clone())));
        assert_eq!(shown(owner, &stored, &people), "Ada");
    }
}
