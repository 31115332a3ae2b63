//! Deltas from Automerge's patches, and from two texts when patches do not tell.

use automerge::{ObjId, Patch, PatchAction, ScalarValue, Value};

use super::{Delta, split, width};

/// What the patches do to one text, given the text before and after. Patches that do not lead from
/// the one to the other (an object within a text, say) are answered by comparing the texts.
pub(crate) fn from_patches(patches: &[Patch], text: &ObjId, before: &str, after: &str) -> Delta {
    let mut delta = Delta::default();
    for patch in patches.iter().filter(|patch| patch.obj == *text) {
        match step(&patch.action) {
            Some(next) => delta = delta.then(&next),
            None => return between_texts(before, after),
        }
    }
    if delta.apply(before) == after {
        delta
    } else {
        between_texts(before, after)
    }
}

fn step(action: &PatchAction) -> Option<Delta> {
    match action {
        PatchAction::SpliceText { index, value, .. } => {
            Some(Delta::splice(*index, 0, &value.make_string()))
        }
        PatchAction::DeleteSeq { index, length } => Some(Delta::splice(*index, *length, "")),
        PatchAction::Insert { index, values } => {
            let text: String = values
                .iter()
                .map(|(value, _, _)| character(value))
                .collect();
            Some(Delta::splice(*index, 0, &text))
        }
        PatchAction::Mark { .. } | PatchAction::Conflict { .. } => Some(Delta::default()),
        _ => None,
    }
}

/// What stands in a text for something that is not text.
fn character(value: &Value<'_>) -> String {
    match value {
        Value::Scalar(scalar) => match scalar.as_ref() {
            ScalarValue::Str(text) => text.to_string(),
            _ => '\u{fffc}'.to_string(),
        },
        Value::Object(_) => '\u{fffc}'.to_string(),
    }
}

/// The smallest single splice that leads from one text to the other.
pub(crate) fn between_texts(before: &str, after: &str) -> Delta {
    let start: usize = before
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf16())
        .sum();
    let (before, after) = (split(before, start).1, split(after, start).1);
    let end: usize = before
        .chars()
        .rev()
        .zip(after.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf16())
        .sum();
    let deleted = width(before).saturating_sub(end);
    let inserted = split(after, width(after).saturating_sub(end)).0;
    Delta::splice(start, deleted, inserted).trimmed()
}
