//! What an import had to change or leave out, each thing said once.

use std::collections::BTreeSet;

/// So many are shown; a file with more has one common cause.
const MOST: usize = 50;

/// Collects sentences for the person.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    sentences: Vec<String>,
    seen: BTreeSet<String>,
}

impl Warnings {
    pub(super) fn add(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if self.seen.insert(sentence.clone()) {
            self.sentences.push(sentence);
        }
    }

    /// Says how many times something happened, if it did: `{count} {one or many} {rest}`.
    pub(super) fn add_count(&mut self, count: usize, one: &str, many: &str, rest: &str) {
        if count > 0 {
            let what = if count == 1 { one } else { many };
            self.add(format!("{count} {what} {rest}"));
        }
    }

    pub(super) fn into_sentences(mut self) -> Vec<String> {
        let more = self.sentences.len().saturating_sub(MOST);
        self.sentences.truncate(MOST);
        if more > 0 {
            self.sentences.push(format!("And {more} more."));
        }
        self.sentences
    }
}
