//! What somebody has written under this device's numbers, and the way out: what cannot come to the
//! others as it is, is made anew (`bounded::anew`).
//!
//! Invariant: which of two changes with one number stands is decided by what the server has. Until
//! that is known, chunks that contradict the document are kept beside it.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Automerge, Change, ChangeHash};
use bounded::anew::{self, Renaming};
use bounded::{Gate, Limits};

use crate::genesis::has_change;
use crate::{ChunkError, DirtySet, ProductDocument};

/// What is beside the document.
#[derive(Debug, Default)]
pub(crate) struct Aside {
    /// Chunks that have not been read.
    unread: Vec<Vec<u8>>,
    /// Changes that have been made anew, as they were, and such as may still have to be.
    changes: BTreeMap<ChangeHash, Change>,
    made: BTreeSet<ChangeHash>,
    /// How many changes waited in front of the gate when it was gone through last; none before.
    waited: Option<usize>,
}

impl Aside {
    pub(crate) fn add(&mut self, chunks: impl IntoIterator<Item = Vec<u8>>) {
        self.unread.extend(chunks);
    }

    /// Whether there is something to go through, with so many changes in front of the gate.
    pub(crate) fn is_due(&self, waiting: usize) -> bool {
        let waits_for_some = !self.changes.is_empty() && self.waited != Some(waiting);
        !self.unread.is_empty() || waits_for_some
    }

    /// Keeps what had waited in front of the gate and was let go, since somebody else's change has
    /// its number by now.
    pub(crate) fn keep(&mut self, waited: Vec<Change>, document: &Automerge, gate: &Gate) {
        let is_out = |hash| !has_change(document, &hash) && gate.is_doubled(&hash);
        let out = waited.into_iter().filter(|change| is_out(change.hash()));
        let out: Vec<Change> = out.collect();
        if !out.is_empty() {
            self.note(out);
            self.waited = None;
        }
    }

    fn note(&mut self, changes: impl IntoIterator<Item = Change>) {
        let changes = changes.into_iter();
        self.changes.extend(changes.map(|one| (one.hash(), one)));
    }

    fn note_made(&mut self, renamings: &[Renaming]) {
        let made = renamings.iter().flat_map(Renaming::changes);
        self.made.extend(made.copied());
    }
}

/// See [`ProductDocument::give_way`].
pub(crate) fn give_way(product: &mut ProductDocument, theirs: &[u8]) -> Result<bool, ChunkError> {
    let given = anew::give_way(&product.document, &product.gate, theirs, &Limits::default());
    let Some(given) = given? else {
        return Ok(false);
    };
    let waited = product.gate.waiting().to_vec();
    product.document = given.document;
    product.gate = given.gate;
    product.aside.note(given.lost);
    product.aside.keep(waited, &product.document, &product.gate);
    follow(product, &given.renamings);
    Ok(true)
}

/// See [`ProductDocument::take_up`].
pub(crate) fn take_up(product: &mut ProductDocument) -> bool {
    for chunk in std::mem::take(&mut product.aside.unread) {
        // One that cannot be read stays where it is stored.
        let changes = anew::changes_of(&chunk, &Limits::default());
        product.aside.note(changes.unwrap_or_default());
    }
    let before = product.document.get_heads();
    let pool: Vec<Change> = product.aside.changes.values().cloned().collect();
    let renamings = anew::take_up(
        &pool,
        &Limits::default(),
        &mut product.document,
        &mut product.gate,
    );
    product.aside.waited = Some(product.gate.waiting().len());
    follow(product, &renamings);
    product.document.get_heads() != before
}

/// What is remembered by old names is remembered by the new ones, and this session goes on under a
/// name of its own if its changes have another now: another tab may have made the same anew.
fn follow(product: &mut ProductDocument, renamings: &[Renaming]) {
    product.plans = None;
    for renaming in renamings {
        product.history.follow(renaming);
    }
    product.aside.note_made(renamings);
    if renamings.iter().any(|one| one.concerns(&product.actor)) {
        product.draw_actor();
    }
}

/// See [`ProductDocument::holds`].
pub(crate) fn holds(product: &ProductDocument, chunk: &[u8]) -> bool {
    let made = &product.aside.made;
    anew::holds(chunk, &product.document, |hash| made.contains(hash))
}

impl ProductDocument {
    /// Takes note of chunks that an earlier session has made anew, as they were: what comes late may
    /// build on them.
    pub fn set_aside(&mut self, chunks: impl IntoIterator<Item = Vec<u8>>) {
        self.aside.add(chunks);
    }

    /// Whether [`take_up`](Self::take_up) has something to go through.
    #[must_use]
    pub fn has_aside(&self) -> bool {
        self.aside.is_due(self.gate.waiting().len())
    }

    /// Gives way to chunks of the server's that contradict the document: what was written here under
    /// numbers that are taken there is made anew, so that it comes to everybody. `None` if they
    /// contradict nothing.
    ///
    /// # Errors
    /// When theirs are malformed or fit no document; then nothing has changed. Also while the code
    /// for it is on its way.
    pub fn give_way(&mut self, theirs: &[u8]) -> Result<Option<DirtySet>, ChunkError> {
        let later = crate::later::get().ok_or(ChunkError::NotReady)?;
        let given = (later.give_way)(self, theirs)?;
        Ok(given.then(|| self.renewed()))
    }

    /// Takes in what was kept beside the document, once it has everything that the server has: as it
    /// is, or made anew. `None` if nothing was new.
    ///
    /// # Errors
    /// While the code for it is on its way.
    pub fn take_up(&mut self) -> Result<Option<DirtySet>, ChunkError> {
        let later = crate::later::get().ok_or(ChunkError::NotReady)?;
        let taken = (later.take_up)(self);
        Ok(taken.then(|| self.renewed()))
    }

    /// Whether everything in a chunk is in the document, as it is or made anew.
    #[must_use]
    pub fn holds(&self, chunk: &[u8]) -> bool {
        crate::later::get().is_some_and(|later| (later.holds)(self, chunk))
    }

    fn renewed(&mut self) -> DirtySet {
        let mut dirty = DirtySet::everything();
        dirty.merge(self.settle());
        dirty
    }
}
