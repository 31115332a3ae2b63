//! What the server knows about one connection.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::access::Admission;
use crate::{AccessKey, DocumentId, PeerId};

/// One socket, from its opening until the shell reports that it is gone.
#[derive(Debug, Default)]
pub(super) struct Connection {
    /// The name that it joined with. A name belongs to one connection as long as that lives.
    pub(super) peer: Option<PeerId>,
    /// The name that it waits for.
    pub(super) claims: Option<PeerId>,
    /// Whether it speaks the native protocol.
    pub(super) native: bool,
    /// The storage that it shares with other connections of its device.
    pub(super) storage: Option<String>,
    /// Whether it takes receipts that name only what is new.
    pub(super) news: bool,
    /// The person that it says to be; empty if it has not said.
    pub(super) person: Arc<str>,
    /// The keys that it has shown.
    pub(super) keys: Vec<AccessKey>,
    /// The documents that it knows to have an owner.
    pub(super) owned: BTreeSet<DocumentId>,
    /// What it may do, for each document that it has asked for.
    pub(super) admissions: BTreeMap<DocumentId, Admission>,
    /// The documents that it takes part in.
    pub(super) documents: BTreeSet<DocumentId>,
    /// How many of its messages wait for a document.
    pub(super) waiting: usize,
    /// Whether it was told to close: nothing that still arrives counts.
    pub(super) closing: bool,
}
