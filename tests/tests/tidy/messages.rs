//! Words on the screen: every key that the code asks for has a text in every language, and every
//! text is asked for.

use crate::{
    rust::{Literal, Source},
    tree::{demand_none, files, root},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

type Texts = BTreeMap<String, String>;

/// What asks for the text of a key, as the code in front of the key's literal ends.
const ASKS: [&str; 2] = ["t(", "tf("];
const ASKS_FOR_A_NUMBER: [&str; 2] = ["tn(", "tnf("];

fn locale(language: &str) -> Texts {
    let path = root().join(format!("app/locales/{language}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn literals() -> Vec<(String, Literal)> {
    ["app/src", "app/crates/workspace/src"]
        .into_iter()
        .flat_map(|folder| files(folder, ".rs"))
        .filter(|file| !file.is_test())
        .flat_map(|file| {
            let strings = Source::parse(&file.text).strings;
            strings
                .into_iter()
                .map(move |literal| (file.path.clone(), literal))
        })
        .collect()
}

fn follows(literal: &Literal, calls: &[&str]) -> bool {
    calls.iter().any(|call| {
        literal.before.strip_suffix(call).is_some_and(|before| {
            !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.')
        })
    })
}

/// The keys that a literal in front of a call asks for; none when it is no such literal.
fn asked(literal: &Literal) -> Vec<String> {
    let key = &literal.text;
    if follows(literal, &ASKS_FOR_A_NUMBER) {
        ["one", "other"]
            .map(|form| format!("{key}.{form}"))
            .to_vec()
    } else if follows(literal, &ASKS) {
        vec![key.clone()]
    } else {
        Vec::new()
    }
}

/// Keys end in a form when they are about a number: `toast.deleted.one`.
fn without_form(key: &str) -> &str {
    key.strip_suffix(".one")
        .or(key.strip_suffix(".other"))
        .unwrap_or(key)
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    let openings = text.split('{').skip(1);
    openings
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

#[test]
fn every_key_that_is_asked_for_has_a_text() {
    let texts = locale("en");
    let mut missing: Vec<String> = literals()
        .iter()
        .flat_map(|(path, literal)| asked(literal).into_iter().map(move |key| (path, key)))
        .filter(|(_, key)| !texts.contains_key(key))
        .map(|(path, key)| format!("{path} asks for {key}"))
        .collect();
    for command in workspace::commands() {
        let keys = [command.title, command.group.title()];
        let unknown = keys.into_iter().filter(|key| !texts.contains_key(*key));
        missing.extend(unknown.map(|key| format!("the command {} asks for {key}", command.id)));
    }
    demand_none(
        missing,
        "add the key to app/locales/en.json, and its texts to the other languages",
    );
}

#[test]
fn every_text_is_asked_for() {
    let literals = literals();
    // The keys of what is wrong with a value or a file come from the domain.
    let misfits = domain::value::Misfit::messages().iter();
    let warnings = domain::interchange::Warning::messages().iter();
    let complaints = domain::interchange::Complaint::messages().iter();
    let told = misfits.chain(warnings).chain(complaints);
    let told = told.map(|(key, _)| *key);
    let whole: BTreeSet<&str> = literals
        .iter()
        .map(|(_, literal)| literal.text.as_str())
        .chain(told)
        .collect();
    // `format!("status.{name}")` and `concat!("command.", …)` ask for all keys that begin so.
    let beginnings: BTreeSet<&str> = whole
        .iter()
        .filter_map(|text| {
            text.split_once('{')
                .map(|(beginning, _)| beginning)
                .or(Some(*text))
        })
        .filter(|text| text.len() > 1 && text.ends_with('.') && !text.contains(' '))
        .collect();
    let unused = locale("en")
        .into_keys()
        .filter(|key| {
            let known = whole.contains(key.as_str()) || whole.contains(without_form(key));
            !known
                && !beginnings
                    .iter()
                    .any(|beginning| key.starts_with(beginning))
        })
        .collect();
    demand_none(unused, "remove the key from every file of app/locales");
}

#[test]
fn every_language_has_every_text_with_the_same_placeholders() {
    let english = locale("en");
    let mut breaches = Vec::new();
    for language in ["de", "es"] {
        let texts = locale(language);
        for (key, text) in &english {
            match texts.get(key) {
                None => breaches.push(format!("{language} lacks {key}")),
                Some(translated) if placeholders(translated) != placeholders(text) => {
                    breaches.push(format!("{language}: {key} has other placeholders"));
                }
                Some(_) => {}
            }
        }
        let strange = texts.keys().filter(|key| !english.contains_key(*key));
        breaches.extend(strange.map(|key| format!("{language} has {key}, which English lacks")));
    }
    demand_none(breaches, "bring the files of app/locales into step");
}

#[test]
fn no_text_is_empty() {
    let empty = ["en", "de", "es"]
        .into_iter()
        .flat_map(|language| {
            locale(language)
                .into_iter()
                .map(move |entry| (language, entry))
        })
        .filter(|(_, (_, text))| text.trim().is_empty())
        .map(|(language, (key, _))| format!("{language}: {key}"))
        .collect();
    demand_none(empty, "write the text");
}

#[test]
fn calls_are_recognised() {
    let check = |code: &str, expected: &[&str]| {
        let keys: Vec<String> = Source::parse(code).strings.iter().flat_map(asked).collect();
        assert_eq!(keys, expected, "{code}");
    };
    check("i18n::t(\"a.b\")", &["a.b"]);
    check("move || tf( \"a.b\", &[(\"n\", x)])", &["a.b"]);
    check("tn(\"a\", 2)", &["a.one", "a.other"]);
    check("format(\"a\"); list.t(\"b\"); assert(\"c\")", &[]);
    assert_eq!(placeholders("{n} of {all}"), BTreeSet::from(["n", "all"]));
}
