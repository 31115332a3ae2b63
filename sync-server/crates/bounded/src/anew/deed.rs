//! What a change does, whatever it and others are called.

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpType};
use automerge::{Change, ScalarValue};
use sha2::{Digest, Sha256};

/// A digest of a change without its name, its actor's, its number and the names of what it builds on:
/// equal for all that are made anew of one.
pub(super) fn deed(change: &Change) -> [u8; 32] {
    let mut digest = Sha256::new();
    let mut note = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    };
    note(&change.start_op().get().to_le_bytes());
    note(&change.timestamp().to_le_bytes());
    note(change.message().unwrap_or_default().as_bytes());
    for operation in change.decode().operations {
        let (kind, value) = action(&operation.action);
        note(&[kind]);
        note(value.as_bytes());
        note(&[u8::from(operation.insert)]);
        for number in numbers(&operation) {
            note(&number.to_le_bytes());
        }
        if let Key::Map(key) = &operation.key {
            note(key.as_bytes());
        }
    }
    digest.finalize().into()
}

/// The numbers of what an operation refers to: its object, its element, and what it replaces.
fn numbers(operation: &Op) -> Vec<u64> {
    let object = match &operation.obj {
        ObjectId::Root => 0,
        ObjectId::Id(id) => id.0,
    };
    let element = match &operation.key {
        Key::Seq(ElementId::Id(id)) => id.0,
        Key::Seq(ElementId::Head) | Key::Map(_) => 0,
    };
    let mut replaced: Vec<u64> = operation.pred.iter().map(|id| id.0).collect();
    // Automerge orders them by their names too.
    replaced.sort_unstable();
    [object, element].into_iter().chain(replaced).collect()
}

/// What an operation is, and with what, in a form of this module's own.
fn action(action: &OpType) -> (u8, String) {
    match action {
        OpType::Make(object) => (0, object.to_string()),
        OpType::Delete => (1, String::new()),
        OpType::Increment(by) => (2, by.to_string()),
        OpType::MarkBegin(mark) => (3, format!("{} {}", mark.name, mark.value)),
        OpType::MarkEnd(expand) => (4, expand.to_string()),
        OpType::Put(value) => (kind(value), value.to_string()),
    }
}

/// Values of two kinds may read alike.
fn kind(value: &ScalarValue) -> u8 {
    match value {
        ScalarValue::Bytes(_) => 5,
        ScalarValue::Str(_) => 6,
        ScalarValue::Int(_) => 7,
        ScalarValue::Uint(_) => 8,
        ScalarValue::F64(_) => 9,
        ScalarValue::Counter(_) => 10,
        ScalarValue::Timestamp(_) => 11,
        ScalarValue::Boolean(_) => 12,
        ScalarValue::Unknown { .. } => 13,
        ScalarValue::Null => 14,
    }
}
