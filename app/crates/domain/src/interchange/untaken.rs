//! What another tool's file says that has no place here: counted by its name there, and told in one
//! warning, so that nothing is left out in silence.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Warning;
use super::warnings::Warnings;
use crate::Quoted;

/// So many names are told; a file has seldom more.
const MOST: usize = 40;

/// How much of a text is told, in characters.
const SHOWN: usize = 40;

/// What was not taken, by name.
#[derive(Debug, Default)]
pub(super) struct Untaken(BTreeMap<String, usize>);

impl Untaken {
    /// Counts something of that name.
    pub(super) fn add(&mut self, name: &str) {
        self.add_count(name, 1);
    }

    /// Counts so many of that name.
    pub(super) fn add_count(&mut self, name: &str, count: usize) {
        if count > 0 {
            *self.0.entry(name.to_owned()).or_default() += count;
        }
    }

    /// What was read of a text, if anything was; else the text is counted with its name, unless it is
    /// empty.
    pub(super) fn unless<T>(&mut self, name: &str, text: &str, read: Option<T>) -> Option<T> {
        if read.is_none() && !text.trim().is_empty() {
            let shown: String = text.trim().chars().take(SHOWN).collect();
            self.add(&format!("{name} {}", Quoted(&shown)));
        }
        read
    }

    /// The names, each with how often it was counted; nothing when none was.
    pub(super) fn names(&self) -> Option<String> {
        let counted = self.0.iter().take(MOST);
        let mut names: Vec<String> = counted
            .map(|(name, count)| format!("{name} ({count})"))
            .collect();
        if self.0.len() > MOST {
            names.push("…".to_owned());
        }
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// Tells all of it.
    pub(super) fn tell(self, warnings: &mut Warnings) {
        if let Some(names) = self.names() {
            let warning = Warning::new("import.warning.untaken");
            warnings.add(warning.with("names", names));
        }
    }
}

/// How much a value of JSON says: nothing, one thing, or as many things as a list has.
pub(super) fn amount(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::String(text) => usize::from(!text.trim().is_empty()),
        Value::Array(items) => items.len(),
        Value::Object(members) => {
            // A page of comments or of work that was logged.
            let is_empty_page = members.get("total").and_then(Value::as_u64) == Some(0);
            usize::from(!members.is_empty() && !is_empty_page)
        }
        Value::Bool(flag) => usize::from(*flag),
        Value::Number(_) => 1,
    }
}
