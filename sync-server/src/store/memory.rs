//! A store in memory for tests: it can be told to fail, to hold its writes back, and to be
//! opened again as if the server had been restarted.
//!
//! Invariant: as strict as a real one; a group that fails leaves nothing behind.

mod access;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use sync::wire::Brought;
use sync::{Chunk, DocumentId, StoredChunk};

use self::access::{MemoryAccess, Tables};
use super::{ChunkHash, QuarantinedChunk, SessionId, Store, Write};
use crate::ServerError;
use crate::access::AccessStore;

/// Chunks in memory.
#[derive(Clone, Default)]
pub struct MemoryStore {
    shared: Arc<Shared>,
}

/// The switches of a [`MemoryStore`], usable while a server runs on it.
#[derive(Clone)]
pub struct MemoryControl {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    released: Condvar,
}

#[derive(Default)]
struct State {
    access: Tables,
    contents: Contents,
    fail_writes: bool,
    fail_loads: bool,
    held: bool,
    commits: usize,
}

#[derive(Clone, Default)]
struct Contents {
    documents: BTreeMap<DocumentId, Vec<Chunk>>,
    quarantine: BTreeMap<DocumentId, Vec<QuarantinedChunk>>,
    deliveries: BTreeMap<DocumentId, BTreeSet<(ChunkHash, SessionId)>>,
    brought: BTreeMap<DocumentId, BTreeSet<(String, String)>>,
    /// What was stored (again) after it was last moved aside.
    mended: BTreeSet<(DocumentId, ChunkHash)>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// The switches of this store. A clone of the store is the same store opened again.
    pub fn control(&self) -> MemoryControl {
        MemoryControl {
            shared: Arc::clone(&self.shared),
        }
    }
}

impl MemoryControl {
    /// From now on every write fails, or works again.
    pub fn fail_writes(&self, fail: bool) {
        self.shared.lock().fail_writes = fail;
    }

    /// From now on every load fails, or works again.
    pub fn fail_loads(&self, fail: bool) {
        self.shared.lock().fail_loads = fail;
    }

    /// Holds every write back until [`release`](Self::release).
    pub fn hold(&self) {
        self.shared.lock().held = true;
    }

    /// Lets the writes go on.
    pub fn release(&self) {
        self.shared.lock().held = false;
        self.shared.released.notify_all();
    }

    /// How many transactions have been committed.
    pub fn commits(&self) -> usize {
        self.shared.lock().commits
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A poisoned lock means that a test has already failed; the data is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn write(&mut self, group: &[Write]) -> Result<(), ServerError> {
        let mut state = self
            .shared
            .released
            .wait_while(self.shared.lock(), |state| state.held)
            .unwrap_or_else(PoisonError::into_inner);
        state.may_write()?;
        for write in group {
            state.note(write);
            state.contents.apply(write);
        }
        state.commits += 1;
        Ok(())
    }

    fn load(&mut self, document: &DocumentId) -> Result<Vec<StoredChunk>, ServerError> {
        let state = self.shared.lock();
        if state.fail_loads {
            return Err(ServerError::Store("told to fail".to_owned()));
        }
        Ok(state.contents.load(document))
    }

    fn knows(&mut self, document: &DocumentId) -> Result<bool, ServerError> {
        let state = self.shared.lock();
        Ok(state.contents.documents.contains_key(document))
    }

    fn deliveries(
        &mut self,
        document: &DocumentId,
    ) -> Result<Vec<(ChunkHash, SessionId)>, ServerError> {
        let state = self.shared.lock();
        let notes = state.contents.deliveries.get(document);
        Ok(notes.into_iter().flatten().copied().collect())
    }

    fn brought(&mut self, document: &DocumentId) -> Result<Brought, ServerError> {
        let state = self.shared.lock();
        let noted = state.contents.brought.get(document);
        Ok(noted.into_iter().flatten().take(1024).cloned().collect())
    }

    fn documents(&mut self) -> Result<Vec<DocumentId>, ServerError> {
        Ok(self
            .shared
            .lock()
            .contents
            .documents
            .keys()
            .copied()
            .collect())
    }

    fn quarantined(&mut self, document: &DocumentId) -> Result<Vec<QuarantinedChunk>, ServerError> {
        Ok(self
            .shared
            .lock()
            .contents
            .quarantine
            .get(document)
            .cloned()
            .unwrap_or_default())
    }

    fn access(&mut self) -> Box<dyn AccessStore + '_> {
        Box::new(MemoryAccess(self.shared.lock()))
    }

    fn probe(&mut self) -> Result<(), ServerError> {
        self.write(&[])
    }
}

impl State {
    fn may_write(&self) -> Result<(), ServerError> {
        if self.fail_writes {
            return Err(ServerError::Store("told to fail".to_owned()));
        }
        Ok(())
    }

    /// Takes down who was there.
    fn note(&mut self, write: &Write) {
        match write {
            Write::Append { from, .. } => {
                for session in from {
                    self.access.note_session(*session, None, 0);
                }
            }
            Write::Note { session, .. } => self.access.note_session(*session, None, 0),
            Write::Visit {
                link: Some(link),
                session,
                at,
            } => {
                self.access.note_use(link, *at);
                if let Some(session) = session {
                    self.access.note_session(*session, Some(link), *at);
                }
            }
            Write::Reserve { document } => {
                self.access.reserved.insert(*document);
            }
            _ => {}
        }
    }
}

impl Contents {
    fn load(&self, document: &DocumentId) -> Vec<StoredChunk> {
        let chunks = self
            .documents
            .get(document)
            .into_iter()
            .flatten()
            .map(|chunk| StoredChunk {
                hash: chunk.hash,
                bytes: chunk.bytes.clone(),
                quarantined: false,
                heads: chunk.heads.clone(),
            });
        let aside: BTreeMap<_, _> = self
            .quarantine
            .get(document)
            .into_iter()
            .flatten()
            .filter(|aside| !self.mended.contains(&(*document, aside.hash)))
            .map(|aside| (aside.hash, aside.heads.clone()))
            .collect();
        chunks
            .chain(aside.into_iter().map(|(hash, heads)| StoredChunk {
                hash,
                bytes: Vec::new(),
                quarantined: true,
                heads,
            }))
            .collect()
    }

    fn apply(&mut self, write: &Write) {
        match write {
            Write::Append {
                document,
                chunk,
                from,
            } => {
                self.insert(document, chunk);
                let notes = self.deliveries.entry(*document).or_default();
                notes.extend(from.iter().map(|session| (chunk.hash, *session)));
            }
            Write::Replace {
                document,
                snapshot,
                superseded,
            } => {
                self.insert(document, snapshot);
                let others = || superseded.iter().filter(|hash| **hash != snapshot.hash);
                // What came after them, and builds on them, stays behind it.
                if let Some(chunks) = self.documents.get_mut(document) {
                    let place = chunks
                        .iter()
                        .position(|one| others().any(|hash| *hash == one.hash));
                    let now = chunks.iter().position(|one| one.hash == snapshot.hash);
                    if let (Some(place), Some(now)) = (place, now)
                        && place < now
                    {
                        let chunk = chunks.remove(now);
                        chunks.insert(place, chunk);
                    }
                }
                for hash in others() {
                    self.take(document, hash);
                }
            }
            Write::Note {
                document,
                author,
                bringer,
                ..
            } => {
                let pair = (author.clone(), bringer.clone());
                self.brought.entry(*document).or_default().insert(pair);
            }
            Write::Visit { .. } | Write::Reserve { .. } => {}
            Write::Mend { document, hash } => {
                self.mended.insert((*document, *hash));
            }
            Write::Quarantine {
                document,
                hash,
                reason,
            } => {
                let aside = self.take(document, hash).map(|chunk| QuarantinedChunk {
                    hash: chunk.hash,
                    bytes: chunk.bytes,
                    reason: reason.clone(),
                    heads: chunk.heads,
                });
                self.mended.remove(&(*document, *hash));
                self.quarantine.entry(*document).or_default().extend(aside);
            }
        }
    }

    fn insert(&mut self, document: &DocumentId, chunk: &Chunk) {
        self.mended.insert((*document, chunk.hash));
        let chunks = self.documents.entry(*document).or_default();
        match chunks.iter_mut().find(|stored| stored.hash == chunk.hash) {
            Some(stored) => stored.bytes.clone_from(&chunk.bytes),
            None => chunks.push(chunk.clone()),
        }
    }

    fn take(&mut self, document: &DocumentId, hash: &ChunkHash) -> Option<Chunk> {
        let chunks = self.documents.get_mut(document)?;
        let index = chunks.iter().position(|chunk| chunk.hash == *hash)?;
        let chunk = chunks.remove(index);
        if chunks.is_empty() {
            self.documents.remove(document);
        }
        Some(chunk)
    }
}
