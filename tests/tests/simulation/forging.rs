//! Somebody with an edit link who writes under other people's numbers, and what that must not cost:
//! each edit that a device has stored is in the document at the end, by whatever name, and none is
//! there more often than it was made, unless the server has forgotten what it had passed on.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ChangeHash, ROOT};
use document::{Heads, ProductDocument};
use sync::bounded::Limits;
use sync::bounded::anew::changes_of;
use sync::wire::{Message, Native};
use sync::{ClientNode, ConnectionId, DocumentId, Event, PeerId};

use crate::device::Kept;
use crate::plan::Role;
use crate::server::{ByDocument, document_id};
use crate::tab::Tab;
use crate::world::World;

/// What is forged says so.
const FORGED: &str = "forged";

/// What a change does, whatever it is called: when, how it is named, and each of its operations.
type Deed = (i64, Option<String>, Vec<String>);

fn deed(change: &Change) -> Deed {
    let operations = change.decode().operations.into_iter().map(|operation| {
        let key = match &operation.key {
            automerge::legacy::Key::Map(key) => key.to_string(),
            automerge::legacy::Key::Seq(_) => String::new(),
        };
        format!("{:?} {} {key}", operation.action, operation.insert)
    });
    let message = change.message().map(str::to_owned);
    (change.timestamp(), message, operations.collect())
}

fn count(deeds: impl Iterator<Item = Deed>) -> BTreeMap<Deed, usize> {
    deeds.fold(BTreeMap::new(), |mut counts, deed| {
        *counts.entry(deed).or_default() += 1;
        counts
    })
}

/// What people did, and which of it lies on which device.
#[derive(Debug, Default)]
pub(crate) struct Deeds {
    done: ByDocument<BTreeMap<ChangeHash, Deed>>,
    stored: Vec<(usize, DocumentId, BTreeSet<ChangeHash>)>,
}

impl Deeds {
    /// Somebody has made these changes.
    pub(crate) fn done(&mut self, document: DocumentId, chunk: &[u8]) {
        let deeds = self.done.entry(document).or_default();
        for change in read(chunk) {
            deeds.entry(change.hash()).or_insert_with(|| deed(&change));
        }
    }

    /// A device has stored these chunks of a tab's.
    pub(crate) fn stored(&mut self, device: usize, tab: &Tab, chunks: &[Kept]) {
        let changes = chunks.iter().flat_map(|chunk| {
            let is_all_in = tab.read(|document| document.holds(&chunk.bytes));
            let hashes = read(&chunk.bytes).into_iter().map(|change| change.hash());
            // What waits beside the document is nobody's who still has what it waits for.
            let is_in = move |hash: &ChangeHash| {
                let has = |document: &ProductDocument| document.has(&Heads::new([hash.0]));
                is_all_in || tab.read(has)
            };
            hashes.filter(is_in)
        });
        let changes = changes.collect();
        self.stored.push((device, tab.document, changes));
    }

    /// A device is gone, and with it what it alone had.
    pub(crate) fn lost(&mut self, device: usize) {
        self.stored.retain(|(owner, ..)| *owner != device);
    }

    /// Holds what the server has against what was done.
    fn check(
        &self,
        document: &DocumentId,
        found: &Automerge,
        is_steady: bool,
    ) -> Result<(), String> {
        let Some(done) = self.done.get(document) else {
            return Ok(());
        };
        let stored = self.stored.iter().filter(|(_, of, _)| of == document);
        let stored: BTreeSet<_> = stored.flat_map(|(.., hashes)| hashes).collect();
        let owed = stored.iter().filter_map(|hash| done.get(*hash).cloned());
        let (owed, most) = (count(owed), count(done.values().cloned()));
        let found = count(found.get_changes(&[]).iter().map(deed));
        for (deed, times) in owed {
            if found.get(&deed).is_none_or(|found| *found < times) {
                return Err(format!("an edit reaches nobody: {deed:?}"));
            }
        }
        for (deed, times) in most {
            // Who gave way to what the server then forgot has both.
            if is_steady && found.get(&deed).is_some_and(|found| *found > times) {
                return Err(format!("an edit is there twice: {deed:?}"));
            }
        }
        Ok(())
    }
}

fn read(chunk: &[u8]) -> Vec<Change> {
    changes_of(chunk, &Limits::default()).expect("our own chunks pass")
}

impl World {
    /// Somebody writes, upon what the server has stored, under a number that a colleague has used
    /// and not sent, or is about to use.
    pub(crate) fn forge(&mut self, device: usize, tab: usize) {
        let one = &self.devices[device].tabs[tab];
        if self.server.node.is_none() || self.devices[device].plan.role != Role::Editor {
            return;
        }
        let id = one.document;
        let mut stored = self.server.disk.document(&id);
        let heads = stored.get_heads();
        if heads.is_empty() {
            return;
        }
        // Nobody knows the name of somebody whose changes they have not seen.
        let seen = stored.get_changes_meta(&[]);
        let seen: BTreeSet<ActorId> = seen.into_iter().map(|it| it.actor.into_owned()).collect();
        let unsent: Vec<ActorId> = one.read(|document| {
            document.peek(|inside| {
                let unsent = inside.get_changes_meta(&heads).into_iter();
                let unsent = unsent.map(|change| change.actor.into_owned());
                let own = inside.get_actor().clone();
                let all = unsent.chain([own]);
                all.filter(|actor| seen.contains(actor)).collect()
            })
        });
        let Some(actor) = self.random.choice(unsent) else {
            return;
        };
        stored.set_actor(actor);
        for _ in 0..self.random.u8(1..3) {
            let mut edit = stored.transaction();
            edit.put(ROOT, FORGED, self.random.i64(..))
                .expect("a value");
            edit.commit();
        }
        self.bring(id, stored.save_after(&heads));
    }

    /// Gives the server changes over a connection that is closed at once.
    fn bring(&mut self, document: DocumentId, data: Vec<u8>) {
        let connection = self.draw_connection();
        let name = PeerId::from(format!("forger-{}", connection.0));
        let mut forger = ClientNode::new(name);
        forger.show_key(Role::Editor.key().into());
        let change = Message::Native(Native::Change { document, data });
        self.event(Event::Connected { connection });
        for frame in [forger.connected(), change.encode()] {
            self.event(Event::Received { connection, frame });
        }
        self.forgers.push(connection);
    }

    /// The forgers go.
    pub(crate) fn expel(&mut self) {
        for connection in std::mem::take(&mut self.forgers) {
            self.event(Event::Closed { connection });
        }
    }

    /// Every edit is there, and once.
    pub(crate) fn check_deeds(&mut self) -> Result<(), String> {
        for index in 0..self.plan.documents {
            let id = document_id(index);
            let found = self.server.disk.document(&id);
            let is_steady = self.plan.is_steady;
            self.ledger.deeds.check(&id, &found, is_steady)?;
        }
        Ok(())
    }
}

/// Connections of forgers that have not been closed.
pub(crate) type Forgers = Vec<ConnectionId>;
