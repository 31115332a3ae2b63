//! Between what a person types and what a field keeps.

use std::collections::BTreeMap;

use domain::catalogue::{Field, FieldType};
use domain::value::{self, Misfit};
use domain::{FieldValue, Person, PersonId};

/// How a value stands in its box: people by their names, numbers as the language writes them.
pub(super) fn shown(
    field: &Field,
    value: &FieldValue,
    people: &BTreeMap<PersonId, Person>,
    language: &str,
) -> String {
    match value {
        FieldValue::Text(text) if field.takes == FieldType::Person => people
            .get(text.as_str())
            .map_or_else(|| text.clone(), |person| person.name.clone()),
        _ => value::shown(field, value, language),
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
    language: &str,
) -> Result<Option<FieldValue>, Misfit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let person = people
        .iter()
        .filter(|_| field.takes == FieldType::Person)
        .find(|(_, person)| person.name.trim() == typed);
    let text = person.map_or(typed, |(id, _)| id.as_str());
    value::read_typed(field, text, language).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Hue;

    fn field(kind: &str, id: &str) -> &'static Field {
        let kind = domain::kind(&kind.into()).expect("a kind");
        kind.field(id).expect("a field")
    }

    #[test]
    fn numbers_are_those_of_the_language_and_nothing_clears() {
        let reach = field("solution", "reach");
        let read = |typed, language| read_input(reach, typed, &BTreeMap::new(), language).ok();
        let stored = FieldValue::Number(1500.0);
        assert_eq!(read("1,500", "en"), Some(Some(stored.clone())));
        assert_eq!(read("1.500", "de"), Some(Some(stored)));
        assert_eq!(read("1,50", "en"), None);
        assert_eq!(read(" ", "en"), Some(None));
        let half = FieldValue::Number(0.5);
        assert_eq!(shown(reach, &half, &BTreeMap::new(), "es"), "0,5");
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
        assert_eq!(
            read_input(owner, "Ada", &people, "en"),
            Ok(Some(stored.clone()))
        );
        assert_eq!(shown(owner, &stored, &people, "en"), "Ada");
    }
}
