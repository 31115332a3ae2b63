//! The one way into a document for what the other side sent.
//!
//! Invariant: nothing reaches Automerge that the bounded decoder has not let through, and no change
//! counts as received that is not in the document afterwards.

use automerge::sync::{Message, State, SyncDoc};
use automerge::{Automerge, ChangeHash, PatchLog, ReadDoc};

use crate::ProtocolError;
use crate::bounded::{ChunkReport, Limits, MessageReport, check_message};

/// Checks a sync message and applies it.
///
/// # Errors
/// When the message is refused, or the document does not take the changes. Then the connection is
/// over: the two sides no longer agree about what was received.
pub(crate) fn receive(
    message: &[u8],
    limits: &Limits,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<MessageReport, ProtocolError> {
    let report = check_message(message, limits)?;
    let message =
        Message::decode(message).map_err(|error| ProtocolError::Rejected(error.to_string()))?;
    let said = state.last_sent_heads.clone();
    document
        .receive_sync_message_log_patches(state, message, patches)
        .map_err(|error| ProtocolError::Rejected(error.to_string()))?;
    // Automerge counts our heads as said once the other side states the same. That holds only for
    // those who answer each message at once: a server that first stores would then never say
    // them, and they are its receipt. (Empty means that the other side has lost everything.)
    if !state.last_sent_heads.is_empty() {
        state.last_sent_heads = said;
    }
    // Automerge passes over a chunk that it cannot read without a word.
    if holds(document, &report.chunks) || waits(document) {
        Ok(report)
    } else {
        Err(ProtocolError::Rejected(
            "a change was not applied".to_owned(),
        ))
    }
}

/// Checks a sync message of someone who may only read, and takes what it says and not what it
/// brings. `state` is a read-only one.
///
/// # Errors
/// When the message is refused.
pub(crate) fn receive_of_reader(
    message: &[u8],
    limits: &Limits,
    state: &mut State,
    document: &mut Automerge,
) -> Result<MessageReport, ProtocolError> {
    let rejected = |error: String| ProtocolError::Rejected(error);
    let report = check_message(message, limits)?;
    let message = Message::decode(message).map_err(|error| rejected(error.to_string()))?;
    let mut patches = PatchLog::inactive();
    document
        .receive_sync_message_log_patches(state, message, &mut patches)
        .map_err(|error| rejected(error.to_string()))?;
    Ok(report)
}

/// Whether the document contains every change of these chunks.
pub(crate) fn holds(document: &Automerge, chunks: &ChunkReport) -> bool {
    chunks
        .changes
        .iter()
        .chain(&chunks.heads)
        .all(|hash| knows(document, &ChangeHash(*hash)))
}

/// Whether the document contains this change.
pub(crate) fn knows(document: &Automerge, hash: &ChangeHash) -> bool {
    document.get_change_meta_by_hash(hash).is_some()
}

/// Whether the document holds changes back whose dependencies have not come yet.
pub(crate) fn waits(document: &Automerge) -> bool {
    !document.get_missing_deps(&[]).is_empty()
}
