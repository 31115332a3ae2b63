//! When a sync message may bring a whole document.
//!
//! Automerge sends the whole document whenever more than a third of its changes are new to the other
//! side. That is right for a long history, and wrong for a document of many notes and few changes:
//! a dozen clients who each write their first change would send, and be sent, all notes a dozen
//! times, and each time somebody builds a document from them to find the one change.

use automerge::Automerge;
use automerge::sync::{Capability, Message, MessageFlags, State, SyncDoc as _};

/// The next message to one who takes part. Those who have something are sent changes alone where
/// the history is short enough to go `piecemeal`; those who have nothing, the whole document.
pub(super) fn generate(
    automerge: &Automerge,
    state: &mut State,
    piecemeal: bool,
) -> Option<Message> {
    let has_something = state.their_heads.iter().flatten().next().is_some();
    if !(piecemeal && has_something) {
        return automerge.generate_sync_message(state);
    }
    let able = state.their_capabilities.clone();
    if let Some(capabilities) = &mut state.their_capabilities {
        capabilities.retain(|one| *one != Capability::MessageV2);
    }
    let message = automerge.generate_sync_message(state);
    state.their_capabilities = able;
    message
}

/// Does not say that whole documents are understood: who has nothing but what comes from here has no
/// reason to send one. Flags that say more stay.
pub(super) fn ask_for_changes_alone(message: &mut Message) {
    let says_more = |flags: &mut MessageFlags| {
        flags.contains(MessageFlags::READ_ONLY) || flags.contains(MessageFlags::SYNC_RESET)
    };
    message.flags.take_if(|flags| !says_more(flags));
}
