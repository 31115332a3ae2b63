//! The way into a document for what the other side sent: a client's leads through the document's
//! gate, since nothing catches there what Automerge does with a lie.
//!
//! Invariant: nothing reaches Automerge that the bounded decoder has not let through, and no change
//! counts as received that is not in the document afterwards.

use automerge::sync::{ChunkList, Message, State, SyncDoc};
use automerge::{ActorId, Automerge, ChangeHash, ObjId, PatchLog, ReadDoc};

use crate::ProtocolError;
use crate::bounded::{
    ChunkReport, Gate, Limits, MessageReport, Nested, Refusal, What, check_message,
};

/// Checks a sync message and applies it. What [`place`] cannot place is added to `unplaced`.
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
    unplaced: &mut Vec<Nested>,
) -> Result<MessageReport, ProtocolError> {
    let mut report = check_message(message, limits)?;
    let nested = std::mem::take(&mut report.chunks.nested);
    unplaced.extend(place(document, nested, limits)?);
    let message =
        Message::decode(message).map_err(|error| ProtocolError::Rejected(error.to_string()))?;
    hear(message, state, document, patches)?;
    // Automerge passes over a chunk that it cannot read without a word.
    if holds(document, &report.chunks) || waits(document) {
        Ok(report)
    } else {
        Err(ProtocolError::Rejected(
            "a change was not applied".to_owned(),
        ))
    }
}

/// Checks a sync message, and lets what it brings in through the document's gate. What builds on
/// changes that have not come waits there.
///
/// # Errors
/// When any of it is refused. Then the connection is over, as for [`receive`].
pub(crate) fn receive_through(
    gate: &mut Gate,
    message: &[u8],
    limits: &Limits,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<MessageReport, ProtocolError> {
    let rejected = |error: String| ProtocolError::Rejected(error);
    let report = check_message(message, limits)?;
    let mut message = Message::decode(message).map_err(|error| rejected(error.to_string()))?;
    let brought = std::mem::replace(&mut message.changes, ChunkList::empty());
    if !brought.is_empty() {
        let bytes: Vec<u8> = brought.iter().flatten().copied().collect();
        gate.take(&bytes, limits, document, patches)?;
    }
    hear(message, state, document, patches)?;
    Ok(report)
}

/// Gives a message to Automerge, except for what it makes of our own statements.
fn hear(
    message: Message,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<(), ProtocolError> {
    let said = state.last_sent_heads.clone();
    take(message, state, document, patches)?;
    // Automerge counts our heads as said once the other side states the same. That holds only for
    // those who answer each message at once: a server that first stores would then never say
    // them, and they are its receipt. (Empty means that the other side has lost everything.)
    if !state.last_sent_heads.is_empty() {
        state.last_sent_heads = said;
    }
    Ok(())
}

/// Applies a message as Automerge does, which walks the document's whole history each time to find
/// what it need not send again. When it has sent nothing, or the other side has everything, there
/// is nothing to find.
fn take(
    mut message: Message,
    state: &mut State,
    document: &mut Automerge,
    patches: &mut PatchLog,
) -> Result<(), ProtocolError> {
    if message.heads == document.get_heads() {
        state.sent_hashes.clear();
    }
    // No heads at all mean that the other side has lost everything, which Automerge sees to.
    let walk = !state.sent_hashes.is_empty() || message.heads.is_empty();
    let heads = message.heads.clone();
    if !walk {
        // From a head that nobody knows there is no way to walk.
        message.heads = vec![ChangeHash([0; 32])];
    }
    document
        .receive_sync_message_log_patches(state, message, patches)
        .map_err(|error| ProtocolError::Rejected(error.to_string()))?;
    if !walk {
        let known = heads.iter().filter(|head| knows(document, head));
        let known: Vec<_> = known.copied().collect();
        if known.len() == heads.len() {
            state.shared_heads = known;
        } else {
            state.shared_heads.extend(known);
            state.shared_heads.sort_unstable();
            state.shared_heads.dedup();
        }
        state.their_heads = Some(heads);
    }
    Ok(())
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

/// Adds the depth of objects in the document to what is made in them. Returns those that are not
/// in the document, which may still come with changes that others wait for.
///
/// # Errors
/// When something would lie deeper than [`Limits::levels`].
pub(crate) fn place(
    document: &Automerge,
    nested: Vec<Nested>,
    limits: &Limits,
) -> Result<Vec<Nested>, Refusal> {
    let far = usize::try_from(limits.levels).unwrap_or(usize::MAX);
    let mut unplaced = Vec::new();
    for nested in nested {
        let object = ObjId::Id(nested.counter, ActorId::from(nested.actor.as_slice()), 0);
        let Ok(parents) = document.parents(object) else {
            unplaced.push(nested);
            continue;
        };
        // An object never moves: what is within the limit once stays so. Nobody looks further up.
        let depth = parents.take(far).count() as u64;
        if depth.saturating_add(nested.levels) > limits.levels {
            return Err(Refusal::TooMuch {
                what: What::Levels,
                limit: limits.levels,
            });
        }
    }
    Ok(unplaced)
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

#[cfg(test)]
mod tests;
