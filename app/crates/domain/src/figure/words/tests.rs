//! Tests that figures can be said in every language: nothing that a figure shows is English alone.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::*;
use crate::Graph;
use crate::figure::{FigureBook, kinds, remark_kinds};
use crate::index::Edits;
use crate::method::Insufficient;
use crate::unit_words::{SINGULARS, UNITS, unit, unit_of};
use crate::value::Date;

/// Whether a word is one: not a symbol, not an abbreviation, not a name.
fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_lowercase()).count();
    letters >= 4 && !matches!(word, "z_power" | "Beta")
}

#[test]
fn every_formula_with_words_is_written_in_every_language() {
    let known = |kind: &FigureKind| row::<2>(FORMULAS, kind.id).is_some();
    let split = |c: char| !c.is_alphanumeric() && c != '_';
    let missing: Vec<&str> = kinds()
        .into_iter()
        .filter(|kind| kind.formula.split(split).any(is_word) && !known(kind))
        .map(|kind| kind.id)
        .collect();
    assert_eq!(missing, [] as [&str; 0]);

    let ids: BTreeSet<&str> = kinds().into_iter().map(|kind| kind.id).collect();
    let strange: Vec<&str> = first(FORMULAS).filter(|id| !ids.contains(id)).collect();
    assert_eq!(strange, [] as [&str; 0]);
}

/// The names of a table's lines.
fn first(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(|line| line.split('\t').next().unwrap())
}

#[test]
fn tables_have_each_name_once_with_a_text_for_each_language() {
    for (table, columns) in [(NAMES, 4), (UNITS, 4), (SINGULARS, 4), (FORMULAS, 3)] {
        for line in table.lines() {
            let texts: Vec<&str> = line.split('\t').collect();
            assert_eq!(texts.len(), columns, "{line}");
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{line}");
        }
        let names: BTreeSet<&str> = first(table).collect();
        assert_eq!(names.len(), first(table).count());
    }
}

/// Whether somebody translated the name.
fn is_known(kind: &FigureKind, name: &str) -> bool {
    let is_field = || {
        let mut kinds = catalogue::kinds().iter();
        kinds.any(|kind| kind.field(name).is_some())
    };
    let is_figure = || kinds().iter().any(|figure| figure.id == name);
    kind.name(name, "de") != name || row::<3>(NAMES, name).is_some() || is_figure() || is_field()
}

/// The names in a book that are English alone.
fn unknown(book: &FigureBook) -> BTreeSet<String> {
    let mut unknown = BTreeSet::new();
    let live = book.index().live().map(|(handle, _)| handle);
    let canvases = book.index().canvases();
    let figures = live
        .flat_map(|handle| book.of(handle))
        .chain(canvases.flat_map(|canvas| book.of_canvas(canvas.as_str())))
        .chain(book.of_workspace());
    for figure in figures {
        let inputs = figure.inputs.iter().map(|input| &input.name);
        let labels = inputs.chain(figure.rows.iter().map(|row| &row.name));
        // What is not known beforehand is somebody's own word: a segment, an age, a condition.
        let labels = labels.filter_map(|label| match label {
            Cow::Borrowed(name) => Some(*name),
            Cow::Owned(_) => None,
        });
        let words = figure.rows.iter().map(|row| row.word);
        for name in labels.chain(words).chain(figure.kind.words.iter().copied()) {
            if !name.is_empty() && !is_known(figure.kind, name) {
                unknown.insert(format!("{}: {name}", figure.kind.id));
            }
        }
    }
    unknown
}

#[test]
fn every_name_in_a_figure_is_known_in_every_language() {
    let today = Date::parse("2026-11-22").unwrap();
    let english = unknown(&FigureBook::new(&crate::sample("en"), today));
    assert_eq!(english, BTreeSet::new());

    arbtest::arbtest(|bytes| {
        let mut graph = Graph::default();
        for _ in 0..150 {
            crate::figure::tests::random::edit(bytes, &mut graph, &mut Edits::default())?;
        }
        assert_eq!(unknown(&FigureBook::new(&graph, today)), BTreeSet::new());
        Ok(())
    })
    .size_min(4_000)
    .size_max(40_000)
    .budget_ms(1000);
}

/// The literal with which the code goes on, at once or as the first argument of a call.
fn literal(code: &str) -> Option<String> {
    let call = code.trim_start_matches(|c: char| c.is_alphabetic() || c == '_');
    let argument = call.strip_prefix('(').unwrap_or(call).trim_start();
    Some(argument.strip_prefix('"')?.split_once('"')?.0.to_owned())
}

/// Every name that the code of the methods and figures can give as a reason.
fn reasons() -> Vec<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.join("method"), root.join("figure")];
    let mut names = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let gives = ["Insufficient::", "check::", "input: ", "part: ", "whole: "];
            for mark in gives.into_iter().filter(|_| !path.ends_with("tests.rs")) {
                names.extend(code.split(mark).skip(1).filter_map(literal));
            }
        }
    }
    names
}

#[test]
fn every_reason_is_known_in_every_language() {
    let rice = kinds().into_iter().find(|kind| kind.id == "rice").unwrap();
    let reasons = reasons();
    let unknown: BTreeSet<&String> = reasons
        .iter()
        .filter(|name| !is_known(rice, name))
        .collect();
    assert!(reasons.len() > 100, "{}", reasons.len());
    assert_eq!(unknown, BTreeSet::new());
}

#[test]
fn sentences_have_the_same_parts_in_every_language() {
    let parts = |text: &str| -> BTreeSet<String> {
        let openings = text.split('{').skip(1);
        openings
            .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
            .collect()
    };
    for kind in remark_kinds() {
        for language in ["de", "es"] {
            let text = kind.text(language);
            assert_eq!(parts(text), parts(kind.text("en")), "{}", kind.id);
            assert_ne!(text, kind.text("en"), "{}", kind.id);
        }
    }
}

#[test]
fn a_reason_names_its_input_as_the_field_is_called() {
    let rice = kinds().into_iter().find(|kind| kind.id == "rice").unwrap();
    let effort = catalogue::kind(&"solution".into()).unwrap().field("effort");
    let called = effort.unwrap().title.text("de");

    let said = Insufficient::Zero("effort").words("de", &|name| rice.name(name, "de"));

    assert_eq!(said, format!("Zu wenig Daten; null ist: {called}"));
}

#[test]
fn one_of_a_unit_is_no_plural() {
    let cases = [
        (1.0, "days", ["day", "Tag", "día"]),
        (-1.0, "months", ["month", "Monat", "mes"]),
        (1.001, "weeks", ["week", "Woche", "semana"]),
        (1.5, "hours", ["hours", "Stunden", "horas"]),
        (0.0, "people", ["people", "Personen", "personas"]),
        (1.0, "kWh", ["kWh", "kWh", "kWh"]),
    ];
    for (value, unit, said) in cases {
        let words = ["en", "de", "es"].map(|language| unit_of(value, unit, language));
        assert_eq!(words, said, "{value}");
    }
    let plurals = first(UNITS).filter(|unit| unit.ends_with('s') || *unit == "people");
    let without: Vec<&str> = plurals
        .filter(|unit| row::<3>(SINGULARS, unit).is_none())
        .collect();
    assert_eq!(without, [] as [&str; 0]);
}

#[test]
fn units_are_said_in_the_language() {
    let cases = [
        ("EUR/month", "de", "EUR/Monat"),
        ("% a month", "es", "% al mes"),
        ("days", "de", "Tage"),
        ("kWh", "de", "kWh"),
        ("days", "fr", "days"),
    ];
    for (given, language, said) in cases {
        assert_eq!(unit(given, language), said);
    }
}
