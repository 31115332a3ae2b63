//! Changes to a text as plain data, and how two of them combine.
//!
//! All lengths are UTF-16 units. A delta reads from the start of the text; what is left after its
//! last step is kept. For two deltas of the same text, each can be carried over the other, and
//! both orders give the same text.

mod patches;

use std::collections::VecDeque;

pub(crate) use patches::{between_texts, from_patches};

/// One step through a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Keep(usize),
    Delete(usize),
    Insert(String),
}

/// A change to a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delta(Vec<Part>);

pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

impl Delta {
    pub(crate) fn splice(at: usize, delete: usize, insert: &str) -> Self {
        let mut delta = Delta::default();
        delta.keep(at);
        delta.insert(insert);
        delta.delete(delete);
        delta
    }

    /// Whether it changes nothing.
    pub(crate) fn is_identity(&self) -> bool {
        self.0.is_empty()
    }

    fn keep(&mut self, length: usize) {
        match self.0.last_mut() {
            _ if length == 0 => {}
            Some(Part::Keep(last)) => *last += length,
            _ => self.0.push(Part::Keep(length)),
        }
    }

    fn delete(&mut self, length: usize) {
        match self.0.last_mut() {
            _ if length == 0 => {}
            Some(Part::Delete(last)) => *last += length,
            _ => self.0.push(Part::Delete(length)),
        }
    }

    fn insert(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        // An insertion stands before a deletion at the same place, so that equal changes are equal
        // values.
        let deleted = match self.0.last() {
            Some(Part::Delete(length)) => *length,
            _ => 0,
        };
        if deleted > 0 {
            self.0.pop();
        }
        match self.0.last_mut() {
            Some(Part::Insert(last)) => last.push_str(text),
            _ => self.0.push(Part::Insert(text.to_owned())),
        }
        self.delete(deleted);
    }

    fn push(&mut self, part: Part) {
        match part {
            Part::Keep(length) => self.keep(length),
            Part::Delete(length) => self.delete(length),
            Part::Insert(text) => self.insert(&text),
        }
    }

    /// Keeping the rest is said by saying nothing.
    fn trimmed(mut self) -> Self {
        if let Some(Part::Keep(_)) = self.0.last() {
            self.0.pop();
        }
        self
    }

    /// The text after the change; what reaches beyond its end is left out.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut rest = text;
        let mut result = String::with_capacity(text.len());
        for part in &self.0 {
            match part {
                Part::Keep(length) => {
                    let (kept, after) = split(rest, *length);
                    result.push_str(kept);
                    rest = after;
                }
                Part::Delete(length) => rest = split(rest, *length).1,
                Part::Insert(inserted) => result.push_str(inserted),
            }
        }
        result.push_str(rest);
        result
    }

    /// What undoes the change, given the text before it.
    pub(crate) fn inverse(&self, before: &str) -> Delta {
        let mut rest = before;
        let mut inverse = Delta::default();
        for part in &self.0 {
            match part {
                Part::Keep(length) => {
                    inverse.keep(*length);
                    rest = split(rest, *length).1;
                }
                Part::Delete(length) => {
                    let (deleted, after) = split(rest, *length);
                    inverse.insert(deleted);
                    rest = after;
                }
                Part::Insert(inserted) => inverse.delete(width(inserted)),
            }
        }
        inverse.trimmed()
    }

    /// This change and then `next`, as one.
    pub(crate) fn then(&self, next: &Delta) -> Delta {
        let mut result = Delta::default();
        let mut first = Parts::new(self);
        for part in &next.0 {
            match part {
                Part::Insert(text) => result.insert(text),
                Part::Keep(length) => first.take_output(*length, |part| result.push(part)),
                Part::Delete(length) => first.take_output(*length, |part| match part {
                    // Inserted and deleted again: nothing is left of it.
                    Part::Insert(_) => {}
                    Part::Keep(length) | Part::Delete(length) => result.delete(length),
                }),
            }
        }
        first.rest(|part| result.push(part));
        result.trimmed()
    }

    /// This change carried over `other`, a change of the same text. Where both insert at one
    /// place, this one's text stands first if `first`; the other way round carry `other` with the
    /// opposite.
    pub(crate) fn over(&self, other: &Delta, first: bool) -> Delta {
        let mut result = Delta::default();
        let mut mine = Parts::new(self);
        let mut theirs = Parts::new(other);
        loop {
            match (mine.peek(), theirs.peek()) {
                (None, _) => break,
                (Some(Part::Insert(_)), theirs_next)
                    if first || !matches!(theirs_next, Some(Part::Insert(_))) =>
                {
                    mine.next_part(usize::MAX)
                        .into_iter()
                        .for_each(|part| result.push(part));
                }
                (_, Some(Part::Insert(_))) => {
                    if let Some(Part::Insert(text)) = theirs.next_part(usize::MAX) {
                        result.keep(width(&text));
                    }
                }
                (_, None) => {
                    mine.rest(|part| result.push(part));
                }
                (Some(a), Some(b)) => {
                    let length = a.input().min(b.input());
                    let (a, b) = (mine.next_part(length), theirs.next_part(length));
                    if let (Some(part), Some(Part::Keep(_))) = (a, b) {
                        result.push(part);
                    }
                }
            }
        }
        result.trimmed()
    }

    /// The change as splices to be made one after the other: where, how much goes, what comes.
    pub(crate) fn splices(&self) -> Vec<(usize, usize, &str)> {
        let mut splices = Vec::new();
        let mut at = 0;
        let mut parts = self.0.iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Keep(length) => at += length,
                Part::Delete(length) => splices.push((at, *length, "")),
                Part::Insert(text) => {
                    let deleted = match parts.peek() {
                        Some(Part::Delete(length)) => *length,
                        _ => 0,
                    };
                    if deleted > 0 {
                        parts.next();
                    }
                    splices.push((at, deleted, text.as_str()));
                    at += width(text);
                }
            }
        }
        splices
    }
}

impl Part {
    /// How much of the text before it this step passes.
    fn input(&self) -> usize {
        match self {
            Part::Keep(length) | Part::Delete(length) => *length,
            Part::Insert(_) => 0,
        }
    }
}

/// The steps of a delta, taken in pieces of any length.
struct Parts(VecDeque<Part>);

impl Parts {
    fn new(delta: &Delta) -> Self {
        Self(delta.0.iter().cloned().collect())
    }

    fn peek(&self) -> Option<&Part> {
        self.0.front()
    }

    /// The next step, cut to `length` units.
    fn next_part(&mut self, length: usize) -> Option<Part> {
        match self.0.pop_front()? {
            Part::Keep(whole) if whole > length => {
                self.0.push_front(Part::Keep(whole - length));
                Some(Part::Keep(length))
            }
            Part::Delete(whole) if whole > length => {
                self.0.push_front(Part::Delete(whole - length));
                Some(Part::Delete(length))
            }
            Part::Insert(text) if length < text.len() && width(&text) > length => {
                let (taken, left) = split(&text, length);
                let taken = Part::Insert(taken.to_owned());
                if !left.is_empty() {
                    self.0.push_front(Part::Insert(left.to_owned()));
                }
                Some(taken)
            }
            part => Some(part),
        }
    }

    /// Steps that make the next `length` units of the text after the change; what they delete on
    /// the way comes along.
    fn take_output(&mut self, mut length: usize, mut take: impl FnMut(Part)) {
        while length > 0 {
            match self.peek() {
                // Beyond the last step everything is kept.
                None => return take(Part::Keep(length)),
                Some(Part::Delete(_)) => self.next_part(usize::MAX).into_iter().for_each(&mut take),
                Some(_) => {
                    let Some(part) = self.next_part(length) else {
                        return;
                    };
                    let made = match &part {
                        Part::Insert(text) => width(text),
                        part => part.input(),
                    };
                    length = length.saturating_sub(made);
                    take(part);
                }
            }
        }
    }

    fn rest(&mut self, take: impl FnMut(Part)) {
        std::mem::take(&mut self.0).into_iter().for_each(take);
    }
}

/// Cuts a text after `length` UTF-16 units; a character that would be split stays whole in front.
pub(crate) fn split(text: &str, length: usize) -> (&str, &str) {
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, character)| {
            let is_end = units >= length;
            units += character.len_utf16();
            is_end
        })
        .map_or(text.len(), |(index, _)| index);
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests;
