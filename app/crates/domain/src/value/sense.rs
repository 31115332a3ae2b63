//! What makes no sense although each value by itself fits its field: more successes than
//! participants, a decision before its question, answers that no scale has.
//!
//! Invariant: what is told here is what figures refuse, so that a person learns of it from the
//! import and from the checks, and not only from a figure that is missing.

use super::{Misfit, Value, read};
use crate::catalogue::Kind;
use crate::{Entity, FieldValue, number};

/// Kinds that count, with the field that may not be above the other one.
const PARTS: [(&str, &str, &str); 4] = [
    ("arm", "successes", "n"),
    ("reading", "successes", "n"),
    ("evidence", "successes", "n"),
    ("task-result", "successes", "n"),
];

/// Kinds with the field of a day that may not lie before that of the other one.
const LATER: [(&str, &str, &str); 4] = [
    ("decision", "decided-on", "asked-on"),
    ("experiment", "ends", "starts"),
    ("key-result", "due", "starts"),
    ("objective", "ends", "starts"),
];

/// How many questions the System Usability Scale has.
const QUESTIONS: usize = 10;

/// Each such value, by its field.
pub(super) fn nonsense<'a>(
    entity: &'a Entity,
    kind: &'a Kind,
) -> impl Iterator<Item = (&'a str, Option<Misfit>)> {
    let id = kind.id.as_str();
    let parts = PARTS.iter().filter(move |(of, ..)| *of == id);
    let parts = parts.filter_map(|(_, part, whole)| {
        let read = |field| value(entity, kind, field)?.number();
        let (part_of, most) = (read(part)?, read(whole)?);
        let found = FieldValue::Number(part_of);
        (part_of > most).then(|| misfit(part, "misfit.maximum", ("limit", most.to_string()), found))
    });
    let later = LATER.iter().filter(move |(of, ..)| *of == id);
    let later = later.filter_map(|(_, last, first)| {
        let read = |field| value(entity, kind, field)?.date();
        let (end, start) = (read(last)?, read(first)?);
        let found = FieldValue::Text(end.to_string());
        (end < start).then(|| misfit(last, "misfit.earlier", ("limit", start.to_string()), found))
    });
    let listed = match id {
        "test-session" => answers(entity),
        "cohort" => counts(entity),
        _ => None,
    };
    parts.chain(later).chain(listed)
}

/// The value of a field that fits it.
fn value(entity: &Entity, kind: &Kind, field: &str) -> Option<Value> {
    read(kind.field_at(field)?, entity.fields.get(field)?).ok()
}

fn misfit(
    field: &'static str,
    key: &'static str,
    expected: (&'static str, String),
    found: FieldValue,
) -> (&'static str, Option<Misfit>) {
    let expected = vec![expected];
    let misfit = Misfit {
        key,
        expected,
        found,
    };
    (field, Some(misfit))
}

/// The text of a field and the numbers that it lists; nothing for an empty one.
fn list<'a>(
    entity: &'a Entity,
    field: &str,
    read: fn(&str) -> Vec<Option<f64>>,
) -> Option<(&'a str, Vec<Option<f64>>)> {
    match entity.fields.get(field) {
        Some(FieldValue::Text(text)) if !text.trim().is_empty() => Some((text, read(text))),
        _ => None,
    }
}

fn answers(entity: &Entity) -> Option<(&'static str, Option<Misfit>)> {
    let (text, numbers) = list(entity, "sus", |text| {
        let parts = text.split([',', ';', ' ']).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        parts.map(number::parse).collect()
    })?;
    let is_answer = |number: &Option<f64>| {
        number.is_some_and(|number| (1.0..=5.0).contains(&number) && number.fract() == 0.0)
    };
    let is_fine = numbers.len() == QUESTIONS && numbers.iter().all(is_answer);
    let expected = ("example", "5,1,4,2,5,1,4,2,5,1".to_owned());
    (!is_fine).then(|| misfit("sus", "misfit.answers", expected, found(text)))
}

fn counts(entity: &Entity) -> Option<(&'static str, Option<Misfit>)> {
    let (text, numbers) = list(entity, "active", |text| {
        // One separator may end the list; an empty place within is none.
        let text = text.trim();
        let text = text.strip_suffix([',', ';']).unwrap_or(text);
        let parts = text.split([',', ';']).map(str::trim);
        parts.map(number::parse).collect()
    })?;
    let is_count =
        |number: &Option<f64>| number.is_some_and(|number| number >= 0.0 && number.fract() == 0.0);
    let size = match entity.fields.get("size") {
        Some(FieldValue::Number(size)) => *size,
        _ => f64::INFINITY,
    };
    if !numbers.iter().all(is_count) {
        let expected = ("example", "60, 45, 41".to_owned());
        return Some(misfit("active", "misfit.counts", expected, found(text)));
    }
    let is_more = numbers.iter().flatten().any(|number| *number > size);
    let limit = ("limit", size.to_string());
    is_more.then(|| misfit("active", "misfit.maximum", limit, found(text)))
}

fn found(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::sketch;

    fn check(entity: &str, expected: &[&str]) {
        let graph = sketch::graph(&format!("e {entity}"));
        let entity = graph.entities.get("e").unwrap();
        let kind = crate::kind(&entity.kind).unwrap();
        let said: Vec<String> = entity
            .misfits(kind)
            .map(|(field, misfit)| format!("{field}: {}", misfit.unwrap()))
            .collect();
        assert_eq!(said, expected);
    }

    /// V11
    #[test]
    fn what_figures_refuse_is_told() {
        check(
            "arm | A | n = 10 | successes = 20",
            &["successes: expected at most 10, found 20"],
        );
        check("arm | A | n = 20 | successes = 20", &[]);
        check(
            "decision | D | asked-on = 2026-11-02 | decided-on = 2026-11-01",
            &["decided-on: expected 2026-11-02 or later, found “2026-11-01”"],
        );
        let example = "such as 5,1,4,2,5,1,4,2,5,1";
        let ten = format!("sus: expected ten answers from 1 to 5 {example}, found “3,3,3”");
        check("test-session | T | sus = 3,3,3", &[&ten]);
        check("test-session | T | sus = 5,4,2,1,2,3,2,4,5,2", &[]);
        check(
            "cohort | C | size = 100 | active = 60;45;x",
            &["active: expected whole numbers such as 60, 45, 41, found “60;45;x”"],
        );
        check(
            "cohort | C | size = 50 | active = 60; 45",
            &["active: expected at most 50, found “60; 45”"],
        );
        check("cohort | C | size = 60 | active = 60; 45,", &[]);
        let example = "expected whole numbers such as 60, 45, 41";
        let empty = format!("active: {example}, found “60,,45”");
        check("cohort | C | active = 60,,45", &[&empty]);
        check(
            "economics | E | margin = 150",
            &["margin: expected at most 100, found 150"],
        );
        check(
            "evidence | E | weight = 11",
            &["weight: expected at most 10, found 11"],
        );
    }
}
