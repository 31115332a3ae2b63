//! The storage thread: order, group commit, failure.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sync::Chunk;
use sync::wire::Brought;
use tokio::sync::mpsc::UnboundedReceiver;

use super::*;
use crate::access::{AccessStore, KeyHash, Link, LinkId, Role};
use crate::store::{ChunkHash, MemoryControl, MemoryStore, QuarantinedChunk, SessionId};

const DOCUMENT: DocumentId = DocumentId::from_bytes([7; 16]);

fn started() -> (StorageHandle, UnboundedReceiver<Outcome>, MemoryControl) {
    let store = MemoryStore::new();
    let control = store.control();
    let (sender, outcomes) = async_mpsc::unbounded_channel();
    let (handle, _thread) = spawn(Box::new(store), sender, Arc::default()).unwrap();
    (handle, outcomes, control)
}

fn append(text: &str) -> Write {
    Write::Append {
        document: DOCUMENT,
        chunk: Chunk::new(text.as_bytes().to_vec()),
        from: Vec::new(),
    }
}

fn asker(ticket: u64) -> Asker {
    Asker {
        generation: 0,
        ticket: Some(ticket),
    }
}

fn written(outcomes: &mut UnboundedReceiver<Outcome>) -> (Option<u64>, Result<(), String>) {
    match outcomes.blocking_recv() {
        Some(Outcome::Written { asker, result, .. }) => (asker.ticket, result),
        other => panic!("not a write's outcome: {other:?}"),
    }
}

#[test]
fn writes_that_pile_up_are_committed_together() {
    let (handle, mut outcomes, control) = started();
    control.hold();
    for ticket in 0..100 {
        handle.write(asker(ticket), append(&ticket.to_string()));
    }
    control.release();
    for ticket in 0..100 {
        assert_eq!(written(&mut outcomes), (Some(ticket), Ok(())));
    }
    // What the thread had taken before it was held, and all the rest.
    assert!(control.commits() <= 3, "{} commits", control.commits());
}

#[test]
fn a_load_sees_every_write_before_it() {
    let (handle, mut outcomes, _control) = started();
    handle.write(asker(1), append("a"));
    handle.load(0, DOCUMENT);
    assert_eq!(written(&mut outcomes).1, Ok(()));
    let Some(Outcome::Loaded { result, .. }) = outcomes.blocking_recv() else {
        panic!("no load's outcome");
    };
    assert_eq!(result.unwrap()[0].bytes, b"a");
}

#[test]
fn a_failed_write_is_reported_as_failed() {
    let (handle, mut outcomes, control) = started();
    control.fail_writes(true);
    handle.write(asker(1), append("a"));
    assert!(written(&mut outcomes).1.is_err());
}

#[test]
fn a_store_that_failed_is_healthy_again_once_a_small_write_succeeds() {
    let (handle, mut outcomes, control) = started();
    control.fail_writes(true);
    handle.write(asker(1), append("a"));
    written(&mut outcomes).1.unwrap_err();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    assert!(runtime.block_on(handle.probe()).is_err());
    control.fail_writes(false);
    assert_eq!(runtime.block_on(handle.probe()), Ok(()));
}

/// A full disk does not keep anyone from reading, and nobody's visit is forgotten for it.
#[test]
fn a_visit_that_cannot_be_stored_is_kept_until_it_can() {
    let store = MemoryStore::new();
    let (control, mut again) = (store.control(), store.clone());
    let key = KeyHash::from_bytes([1; 32]);
    let link = link();
    again.access().claim(&DOCUMENT, &link, &key).unwrap();
    let (sender, mut outcomes) = async_mpsc::unbounded_channel();
    let (handle, _thread) = spawn(Box::new(store), sender, Arc::default()).unwrap();
    let visit = Write::Visit {
        link: Some(link.id.clone()),
        session: Some(SessionId(4)),
        at: 7,
    };
    control.fail_writes(true);
    handle.write(asker(1), visit);
    assert!(written(&mut outcomes).1.is_err());
    assert_eq!(again.access().session(SessionId(4)).unwrap(), None);

    control.fail_writes(false);
    for ticket in [2, 3] {
        handle.write(asker(ticket), append("a"));
        assert_eq!(written(&mut outcomes).1, Ok(()));
    }
    let session = again.access().session(SessionId(4)).unwrap().unwrap();
    assert_eq!(session.link, Some(link.id));
}

fn link() -> Link {
    Link {
        id: LinkId::new(1),
        role: Role::Own,
        label: String::new(),
        created: 0,
        expires: None,
        last_used: None,
        revoked: None,
    }
}

/// Fails for every group that holds the text "poison", once it has been let go.
struct Picky {
    inner: MemoryStore,
    failures: Arc<AtomicUsize>,
}

impl Store for Picky {
    fn write(&mut self, group: &[Write]) -> Result<(), ServerError> {
        let poison = append("poison");
        self.inner.write(&[])?;
        if group.contains(&poison) {
            self.failures.fetch_add(1, Ordering::Relaxed);
            return Err(ServerError::Store("a damaged page".to_owned()));
        }
        self.inner.write(group)
    }

    fn load(&mut self, document: &DocumentId) -> Result<Vec<StoredChunk>, ServerError> {
        self.inner.load(document)
    }

    fn knows(&mut self, document: &DocumentId) -> Result<bool, ServerError> {
        self.inner.knows(document)
    }

    fn brought(&mut self, document: &DocumentId) -> Result<Brought, ServerError> {
        self.inner.brought(document)
    }

    fn deliveries(
        &mut self,
        document: &DocumentId,
    ) -> Result<Vec<(ChunkHash, SessionId)>, ServerError> {
        self.inner.deliveries(document)
    }

    fn documents(&mut self) -> Result<Vec<DocumentId>, ServerError> {
        self.inner.documents()
    }

    fn quarantined(&mut self, document: &DocumentId) -> Result<Vec<QuarantinedChunk>, ServerError> {
        self.inner.quarantined(document)
    }

    fn access(&mut self) -> Box<dyn AccessStore + '_> {
        self.inner.access()
    }

    fn probe(&mut self) -> Result<(), ServerError> {
        self.inner.probe()
    }
}

#[test]
fn one_write_that_cannot_be_stored_does_not_fail_the_others_of_its_group() {
    let inner = MemoryStore::new();
    let control = inner.control();
    let failures = Arc::new(AtomicUsize::new(0));
    let (sender, mut outcomes) = async_mpsc::unbounded_channel();
    let store = Picky {
        inner,
        failures: Arc::clone(&failures),
    };
    let (handle, _thread) = spawn(Box::new(store), sender, Arc::default()).unwrap();
    control.hold();
    for (ticket, text) in ["first", "a", "poison", "b"].into_iter().enumerate() {
        handle.write(asker(ticket as u64), append(text));
    }
    control.release();
    let results: Vec<_> = (0..4).map(|_| written(&mut outcomes).1.is_ok()).collect();
    assert_eq!(results, [true, true, false, true]);
    assert!(failures.load(Ordering::Relaxed) >= 1);
}
