//! The app's data as files of their own: the catalogue, the words of each language, the samples. A
//! browser fetches what it shows and no more.
//!
//! The catalogue's files carry each text in all languages. Here they become one file without texts,
//! a number in the place of each, and two lists of texts for every language: what the first canvas
//! shows, and what follows on it. The words of the interface travel with either, by what they are for.
//! The fields of the kinds, which no canvas shows, are a file beside the catalogue; and so are the
//! canvases as a whole, of which the catalogue itself has the first, and of the others what names them
//! and what moves notes between them.

use crate::BundlerError;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The folder of the catalogue that holds whole workspaces, each in one language.
const SAMPLES: &str = "samples";

/// The folder of the canvases, and the file of them as a whole.
const CANVASES: &str = "canvases";

/// What is asked for of a canvas, and of each of its slots, once that canvas is on show.
const OF_SHOWN: [&str; 6] = [
    "aliases",
    "author",
    "description",
    "licence",
    "orders",
    "source",
];
const OF_SHOWN_SLOT: [&str; 4] = ["advice", "aliases", "question", "suggestions"];

/// The folder of the kinds, and the members of a kind whose texts are asked for after a canvas has
/// been shown.
const LATER: (&str, [&str; 2]) = ("kinds", [FIELDS, "description"]);

/// The member of a kind that travels apart from it.
const FIELDS: &str = "fields";

/// The members of a kind that no part of the app shows: where it is from is told by the pages that are
/// generated from the catalogue.
const UNSHOWN: [&str; 2] = ["method", "source"];

/// What the keys of words begin with that no page shows before a part of the app has come that fetches
/// them: dialogs, reviews, figures.
const LATER_WORDS: [&str; 17] = [
    "about.",
    "bundle.",
    "decide.",
    "details.",
    "figures.",
    "findings.",
    "import.",
    "intrusion.",
    "link.",
    "misfit.",
    "move_to.",
    "own_canvas.",
    "person.",
    "questions.",
    "share.",
    "trash.",
    "verdict.",
];

/// The language that has every text.
const FALLBACK: &str = "en";

/// One file of data, which the app asks for by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// `catalogue`, `fields`, `canvases`, `words.<language>`, `more.<language>` or `sample.<language>`.
    pub name: String,
    /// Its JSON.
    pub text: String,
}

/// Makes the files out of those of the catalogue (`<folder>/<name>.json`) and of the locales
/// (`<language>.json`), all as (path, bytes).
pub fn files(
    catalogue: &[(String, Vec<u8>)],
    locales: &[(String, Vec<u8>)],
) -> Result<Vec<DataFile>, BundlerError> {
    let interface: BTreeMap<&str, Value> = json_files(locales).collect::<Result<_, _>>()?;
    let languages: Vec<&str> = interface.keys().copied().collect();
    let mut texts = Texts::new(&languages);
    let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut files = Vec::new();
    for file in json_files(catalogue) {
        let (path, value) = file?;
        match path.split_once('/') {
            Some((SAMPLES, language)) => files.push(file_of(format!("sample.{language}"), &value)),
            Some((folder, _)) => {
                lists.entry(folder).or_default().push(value);
            }
            None => return Err(problem(path, "it lies in no folder of the catalogue")),
        }
    }
    let canvases = lists.get_mut(CANVASES).map(|canvases| {
        let whole = canvases.clone();
        shorten(canvases);
        whole
    });
    for (folder, values) in &mut lists {
        let later: &[&str] = if *folder == LATER.0 { &LATER.1 } else { &[] };
        for value in values {
            texts.take_out(value, later);
        }
    }
    let first = texts.texts.len();
    let mut canvases = canvases.unwrap_or_default();
    for canvas in &mut canvases {
        texts.take_out(canvas, &[]);
    }
    for value in lists.values_mut().flatten() {
        texts.take_out(value, &[]);
    }
    let fields = take_fields(
        lists
            .get_mut(LATER.0)
            .map_or(&mut [][..], Vec::as_mut_slice),
    );
    files.push(file_of("catalogue".to_owned(), &json!(lists)));
    files.push(file_of(FIELDS.to_owned(), &Value::Object(fields)));
    files.push(file_of(CANVASES.to_owned(), &json!(canvases)));
    for (language, interface) in &interface {
        let mut own = texts.of(language);
        let more = own.split_off(first);
        let (later, at_once) = by_time(interface);
        let words = json!({"interface": at_once, "catalogue": own});
        let more = json!({"interface": later, "catalogue": more});
        files.push(file_of(format!("words.{language}"), &words));
        files.push(file_of(format!("more.{language}"), &more));
    }
    Ok(files)
}

/// Leaves of every canvas but the first what does not wait until that canvas is on show.
fn shorten(canvases: &mut [Value]) {
    let position = |canvas: &Value| canvas.get("position").and_then(Value::as_u64);
    let first = canvases.iter().filter_map(position).min();
    for canvas in canvases
        .iter_mut()
        .filter(|canvas| position(canvas) != first)
    {
        leave_out(canvas, &OF_SHOWN);
        let slots = canvas.get_mut("slots").and_then(Value::as_array_mut);
        for slot in slots.into_iter().flatten() {
            leave_out(slot, &OF_SHOWN_SLOT);
        }
    }
}

fn leave_out(value: &mut Value, members: &[&str]) {
    if let Some(object) = value.as_object_mut() {
        object.retain(|name, _| !members.contains(&name.as_str()));
    }
}

/// Takes the fields out of the kinds, a list for each kind's id, and what nothing shows.
fn take_fields(kinds: &mut [Value]) -> Map<String, Value> {
    let taken = kinds.iter_mut().filter_map(|kind| {
        let kind = kind.as_object_mut()?;
        for unshown in UNSHOWN {
            kind.remove(unshown);
        }
        let fields = kind.remove(FIELDS)?;
        Some((kind.get("id")?.as_str()?.to_owned(), fields))
    });
    taken.collect()
}

/// The words that come later, and those that come at once.
fn by_time(interface: &Value) -> (Map<String, Value>, Map<String, Value>) {
    let words = interface.as_object().into_iter().flatten();
    let words = words.map(|(key, text)| (key.clone(), text.clone()));
    words.partition(|(key, _)| LATER_WORDS.iter().any(|prefix| key.starts_with(prefix)))
}

fn file_of(name: String, value: &Value) -> DataFile {
    DataFile {
        name,
        text: value.to_string(),
    }
}

/// The JSON files as (path without ending, content), in the order of their paths.
fn json_files(
    files: &[(String, Vec<u8>)],
) -> impl Iterator<Item = Result<(&str, Value), BundlerError>> {
    files.iter().filter_map(|(path, bytes)| {
        let name = path.strip_suffix(".json")?;
        let value = serde_json::from_slice(bytes).map_err(|error| problem(path, error));
        Some(value.map(|value| (name, value)))
    })
}

fn problem(path: &str, problem: impl ToString) -> BundlerError {
    BundlerError::Data {
        path: path.to_owned(),
        problem: problem.to_string(),
    }
}

/// The texts that were taken out, each once, with their numbers.
struct Texts<'a> {
    languages: &'a [&'a str],
    numbers: HashMap<Vec<String>, usize>,
    /// By number, then in the order of the languages.
    texts: Vec<Vec<String>>,
}

impl<'a> Texts<'a> {
    fn new(languages: &'a [&'a str]) -> Self {
        Self {
            languages,
            numbers: HashMap::new(),
            texts: Vec::new(),
        }
    }

    /// Puts a number in the place of every text within `value`, but for what its members of the names
    /// `but` hold.
    fn take_out(&mut self, value: &mut Value, but: &[&str]) {
        match value {
            Value::Object(members) => match self.text(members) {
                Some(text) => {
                    let next = self.texts.len();
                    let number = *self.numbers.entry(text.clone()).or_insert(next);
                    if number == next {
                        self.texts.push(text);
                    }
                    *value = json!(number);
                }
                None => members
                    .iter_mut()
                    .filter(|(name, _)| !but.contains(&name.as_str()))
                    .for_each(|(_, member)| self.take_out(member, &[])),
            },
            Value::Array(items) => items.iter_mut().for_each(|item| self.take_out(item, &[])),
            _ => {}
        }
    }

    /// The object as a text in each language, if it is one: it has English, and nothing but
    /// languages. Where a language is missing, English stands in.
    fn text(&self, members: &Map<String, Value>) -> Option<Vec<String>> {
        let fallback = members.get(FALLBACK)?.as_str()?;
        let is_language = |key: &String| self.languages.contains(&key.as_str());
        members.keys().all(is_language).then(|| {
            let own = |language: &&str| members.get(*language).and_then(Value::as_str);
            let texts = self.languages.iter();
            texts
                .map(|language| own(language).unwrap_or(fallback).to_owned())
                .collect()
        })
    }

    fn of(&self, language: &str) -> Vec<&str> {
        let at = self.languages.iter().position(|known| *known == language);
        self.texts
            .iter()
            .filter_map(|text| Some(text.get(at?)?.as_str()))
            .collect()
    }
}

#[cfg(test)]
mod tests;
