//! The app's data as files of their own: the catalogue, the words of each language, the samples. A
//! browser fetches what it shows and no more.
//!
//! The catalogue's files carry each text in all languages. Here they become one file without texts,
//! a number in the place of each, and two lists of texts for every language: what a canvas shows, which
//! travels with the words of the interface in that language, and what follows on it.

use crate::BundlerError;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The folder of the catalogue that holds whole workspaces, each in one language.
const SAMPLES: &str = "samples";

/// The folder of the kinds, and the members of a kind whose texts are asked for after a canvas has
/// been shown.
const LATER: (&str, [&str; 2]) = ("kinds", ["description", "fields"]);

/// The language that has every text.
const FALLBACK: &str = "en";

/// One file of data, which the app asks for by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// `catalogue`, `words.<language>`, `more.<language>` or `sample.<language>`.
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
        let (path, mut value) = file?;
        match path.split_once('/') {
            Some((SAMPLES, language)) => files.push(file_of(format!("sample.{language}"), &value)),
            Some((folder, _)) => {
                let later: &[&str] = if folder == LATER.0 { &LATER.1 } else { &[] };
                texts.take_out(&mut value, later);
                lists.entry(folder).or_default().push(value);
            }
            None => return Err(problem(path, "it lies in no folder of the catalogue")),
        }
    }
    let first = texts.texts.len();
    for value in lists.values_mut().flatten() {
        texts.take_out(value, &[]);
    }
    files.push(file_of("catalogue".to_owned(), &json!(lists)));
    for (language, interface) in &interface {
        let mut own = texts.of(language);
        let more = own.split_off(first);
        let words = json!({"interface": interface, "catalogue": own});
        files.push(file_of(format!("words.{language}"), &words));
        files.push(file_of(format!("more.{language}"), &json!(more)));
    }
    Ok(files)
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
