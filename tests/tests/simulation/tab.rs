//! A tab: the workspace as the interface sees it, the sync client, and what goes on between them,
//! the device's storage and the sibling tabs. The order of things is the app's `platform::node`.

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use document::{DirtySet, Heads, ProductDocument, SessionIdentity};
use domain::Graph;
use fastrand::Rng;
use sync::bounded::{ChunkReport, Limits, check_chunk};
use sync::{
    ClientNode, Compaction, ConnectionId, ConnectionState, DocumentId, Incoming, PeerId, Shelf,
    Shelved, Update,
};
use workspace::{Environment, Workspace};

use crate::device::{Device, Kept, Key, Storage};

/// So many small chunks are worth one.
const MANY: usize = 4;

/// What tabs of one device say to each other.
#[derive(Clone, Debug)]
pub(crate) enum TabMessage {
    /// A tab has been opened, and is at this point.
    Hello(Heads),
    /// A tab at this point lacks something.
    Want(Heads),
    /// Changes, and the point that they lead to.
    Chunk(Vec<u8>, Heads),
}

/// One tab.
pub(crate) struct Tab {
    pub(crate) document: DocumentId,
    pub(crate) workspace: Workspace,
    pub(crate) client: ClientNode,
    pub(crate) link: Option<ConnectionId>,
    /// The browser lets it do nothing before this time, since it is in the background.
    pub(crate) asleep_until: u64,
    pub(crate) inbox: VecDeque<TabMessage>,
    /// What is to be said to siblings.
    pub(crate) outbox: Vec<TabMessage>,
    /// News that waits for the next frame of the screen.
    pub(crate) incoming: Vec<Update>,
    /// What is handed over and not yet on the device.
    pub(crate) pending: VecDeque<Kept>,
    /// Everything up to here was handed over.
    kept: Heads,
    /// Chunks on the device that the document contains.
    shelf: Shelf<Key, Heads>,
    /// Points that the document had reached with chunks that are damaged.
    damaged: Vec<Heads>,
    /// The chunk with what was made anew, while its old chunks are still among the others.
    unsettled: Option<Key>,
    wanted: Option<Heads>,
}

/// A chunk as the shelf knows it.
fn shelved(chunk: &Kept) -> Shelved<Key, Heads> {
    let is_snapshot =
        check_chunk(&chunk.bytes, &Limits::default()).is_ok_and(|report| !report.heads.is_empty());
    Shelved {
        key: chunk.key(),
        bytes: chunk.bytes.len(),
        is_snapshot,
        until: Some(chunk.heads.clone()).filter(|heads| !heads.is_empty()),
    }
}

impl Tab {
    /// Opens the document from what the device has, or makes it if the tab is to `create` it.
    pub(crate) fn open(
        device: &mut Device,
        document: DocumentId,
        create: bool,
        random: &mut Rng,
    ) -> Self {
        let identity = SessionIdentity {
            person: "person".into(),
            actor: device
                .actor
                .unwrap_or_else(|| std::array::from_fn(|_| random.u8(..))),
            seed: random.u64(..),
        };
        let (chunks, mut damaged) = device.storage.read();
        let mut contested = BTreeSet::new();
        let bytes: Vec<&[u8]> = chunks.iter().map(|chunk| chunk.bytes.as_slice()).collect();
        let mut product = if create {
            ProductDocument::create(identity)
        } else if bytes.is_empty() {
            ProductDocument::awaiting(identity)
        } else {
            let (product, rejected) = ProductDocument::load(identity, &bytes);
            let whole = rejected
                .iter()
                .all(|one| one.contested && device.may_be_contested);
            assert!(whole, "whole chunks are read: {rejected:?}");
            contested.extend(rejected.iter().map(|one| chunks[one.index].key()));
            product
        };
        damaged.retain(|heads| !product.has(heads));
        let mut shelf = Shelf::crowded_by(MANY);
        let known = chunks.iter().filter(|one| !contested.contains(&one.key()));
        known.for_each(|chunk| shelf.add(shelved(chunk)));
        let made_anew = device.storage.made_anew.iter();
        product.set_aside(made_anew.map(|chunk| chunk.bytes.clone()));
        let clock = device.clock.clone();
        let chance = RefCell::new(random.fork());
        let workspace = Workspace::painted(
            &Graph::default(),
            Environment {
                now: Rc::new(move || clock.get()),
                random: Rc::new(move || chance.borrow_mut().u64(..)),
            },
        );
        let kept = if create {
            Heads::default()
        } else {
            product.heads()
        };
        workspace.attach(product);
        let peer = PeerId::from(format!("tab-{}", random.u64(..)));
        let client = if device.plan.version_1 {
            ClientNode::version_1(peer)
        } else {
            ClientNode::new(peer)
        };
        let mut tab = Self {
            document,
            workspace,
            client,
            link: None,
            asleep_until: 0,
            inbox: VecDeque::new(),
            outbox: Vec::new(),
            incoming: Vec::new(),
            pending: VecDeque::new(),
            kept,
            shelf,
            damaged,
            unsettled: None,
            wanted: None,
        };
        tab.client.show_key(device.plan.role.key().into());
        tab.client.open(document);
        tab.outbox.push(TabMessage::Hello(tab.heads()));
        tab.keep(false);
        tab
    }

    /// Reads the document.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&ProductDocument) -> R) -> R {
        self.workspace.with_document(read).expect("it is attached")
    }

    /// The point at which the document is.
    pub(crate) fn heads(&self) -> Heads {
        self.read(ProductDocument::heads)
    }

    /// Makes a chunk of what is new and hands it to the device, and to the siblings unless it came
    /// from one.
    pub(crate) fn keep(&mut self, from_sibling: bool) {
        let heads = self.heads();
        if heads == self.kept {
            return;
        }
        let Some(bytes) = self.read(|document| document.chunk_since(&self.kept)) else {
            return;
        };
        self.kept = heads.clone();
        let chunk = Kept {
            bytes,
            heads: heads.clone(),
        };
        self.shelf.add(shelved(&chunk));
        if !from_sibling {
            self.outbox
                .push(TabMessage::Chunk(chunk.bytes.clone(), heads));
        }
        self.pending.push_back(chunk);
    }

    /// A transaction with the oldest chunks that wait; the point that is on the device when nothing
    /// waits any more.
    pub(crate) fn transact(&mut self, storage: &mut Storage, random: &mut Rng) -> Option<Heads> {
        let count = random.usize(1..=self.pending.len().max(1));
        let batch: Vec<Kept> = self.pending.iter().take(count).cloned().collect();
        if !storage.store(batch) {
            return None;
        }
        self.pending.drain(..count.min(self.pending.len()));
        self.pending.is_empty().then(|| self.kept.clone())
    }

    /// Whether there are many chunks, all is on the device, and nothing damaged is missing.
    pub(crate) fn may_compact(&self) -> bool {
        self.shelf.due().is_some() && self.pending.is_empty() && self.damaged.is_empty()
    }

    /// Replaces many chunks by one.
    pub(crate) fn compact(&mut self, storage: &mut Storage) {
        let Some(due) = self.shelf.due() else { return };
        let (bytes, superseded) = match due {
            Compaction::Snapshot { superseded } => {
                (Some(self.read(ProductDocument::snapshot)), superseded)
            }
            Compaction::Fold { since, superseded } => {
                let bytes = self.read(|document| document.chunk_since(&since));
                (bytes, superseded)
            }
        };
        let Some(bytes) = bytes else {
            return self.shelf.not_replaced();
        };
        let whole = check_chunk(&bytes, &Limits::default()).expect("our own chunks pass");
        let there: BTreeSet<_> = whole.changes.iter().collect();
        let covers = |report: &ChunkReport| {
            let mut changes = report.changes.iter().chain(&report.heads);
            if whole.heads.is_empty() {
                changes.all(|change| there.contains(change))
            } else {
                self.read(|document| document.has(&Heads::new(changes.copied())))
            }
        };
        let by = Kept {
            heads: self.heads(),
            bytes,
        };
        let shelved = shelved(&by);
        if storage.replace(&superseded, by, covers) {
            self.shelf.replaced(shelved, &superseded);
        } else {
            self.shelf.not_replaced();
            // What lies there damaged is still whole in here.
            let (bytes, heads) = self.read(|document| (document.snapshot(), document.heads()));
            storage.store([Kept { bytes, heads }]);
        }
    }

    /// A sibling has said something.
    pub(crate) fn hear(&mut self, message: TabMessage) {
        match message {
            TabMessage::Hello(heads) => {
                self.answer(&heads);
                self.ask_for(heads);
            }
            TabMessage::Want(heads) => self.answer(&heads),
            TabMessage::Chunk(bytes, heads) => {
                self.workspace.apply(|document| {
                    let applied = document.apply_chunk(&bytes);
                    applied.unwrap_or_else(|_| DirtySet::default())
                });
                self.keep(true);
                self.recover();
                self.ask_for(heads);
            }
        }
    }

    fn answer(&mut self, heads: &Heads) {
        let news = self.read(|document| document.chunk_since(heads));
        let now = self.heads();
        self.outbox
            .extend(news.map(|bytes| TabMessage::Chunk(bytes, now)));
    }

    fn ask_for(&mut self, heads: Heads) {
        let lacks = self.read(|document| !document.has(&heads));
        if lacks && self.wanted.as_ref() != Some(&heads) {
            self.wanted = Some(heads);
            self.outbox.push(TabMessage::Want(self.heads()));
        }
    }

    fn recover(&mut self) {
        let mut damaged = std::mem::take(&mut self.damaged);
        damaged.retain(|heads| !self.read(|document| document.has(heads)));
        self.damaged = damaged;
    }

    /// A frame from the server.
    pub(crate) fn receive(&mut self, frame: &[u8]) -> Result<(), String> {
        let received = self.client.received(frame);
        for incoming in received.map_err(|error| format!("a frame is not read: {error}"))? {
            if let Incoming::Sync { message, .. } = incoming {
                self.incoming.push(message);
            }
        }
        Ok(())
    }

    /// Merges the news that has gathered; whether the connection is to be begun anew.
    pub(crate) fn merge(&mut self, may_give_way: bool, gives_up: bool) -> Result<bool, String> {
        let news = std::mem::take(&mut self.incoming);
        let (mut outcome, mut theirs) = (Ok(()), Vec::new());
        let (client, id) = (&mut self.client, &self.document);
        self.workspace.apply(|document| {
            let (result, dirty) = document.exchange(|automerge, gate, patches| {
                news.iter().try_for_each(|message| {
                    let merged = client.merge_through(id, message, automerge, gate, patches);
                    merged.inspect_err(|_| theirs = message.changes())
                })
            });
            outcome = result;
            dirty
        });
        self.keep(false);
        match outcome {
            Err(error) if error.is_contested() && !may_give_way => {
                Err("an actor was used twice".to_owned())
            }
            Err(error) if error.is_contested() && gives_up => {
                self.give_up();
                Ok(true)
            }
            Err(error) if error.is_contested() => {
                self.renew(|document| document.give_way(&theirs));
                Ok(true)
            }
            Err(error) => Err(format!("news is not merged: {error}")),
            Ok(()) => {
                self.recover();
                if self.client.is_level(&self.document) && self.read(ProductDocument::has_aside) {
                    self.renew(ProductDocument::take_up);
                }
                Ok(false)
            }
        }
    }

    /// Makes changes anew. The whole document is stored before what it replaces is set aside.
    fn renew(
        &mut self,
        renew: impl FnOnce(&mut ProductDocument) -> Result<Option<DirtySet>, document::ChunkError>,
    ) {
        let mut renewed = false;
        self.workspace.apply(|document| {
            let dirty = renew(document).expect("what the server has fits");
            renewed = dirty.is_some();
            dirty.unwrap_or_default()
        });
        let (bytes, heads) = self.read(|document| (document.snapshot(), document.heads()));
        if renewed {
            self.kept = heads.clone();
            let chunk = TabMessage::Chunk(bytes.clone(), heads.clone());
            self.outbox.push(chunk);
        }
        let chunk = Kept { bytes, heads };
        self.unsettled = Some(chunk.key());
        self.shelf.add(shelved(&chunk));
        self.pending.push_back(chunk);
    }

    /// Planted bug: takes what the server has, and nothing else.
    fn give_up(&mut self) {
        let identity = SessionIdentity {
            person: "person".into(),
            actor: [0xaa; 16],
            seed: 0,
        };
        self.workspace.attach(ProductDocument::awaiting(identity));
        self.kept = Heads::default();
    }

    /// Whether chunks can be set aside whose changes were made anew: all is on the device.
    pub(crate) fn may_settle(&self) -> bool {
        self.unsettled.is_some() && self.pending.is_empty()
    }

    /// Sets them aside.
    pub(crate) fn settle(&mut self, storage: &mut Storage) {
        let stays = self.unsettled.take();
        let is_in = |chunk: &Kept| {
            let report = check_chunk(&chunk.bytes, &Limits::default()).expect("our own");
            let changes = report.changes.into_iter().chain(report.heads);
            self.read(|document| document.has(&Heads::new(changes)))
        };
        let old: Vec<Key> = storage
            .chunks
            .iter()
            .filter(|(key, chunk)| Some(**key) != stays && !is_in(chunk))
            .filter(|(_, chunk)| self.read(|it| it.holds(&chunk.bytes)))
            .map(|(key, _)| *key)
            .collect();
        old.iter().for_each(|key| storage.set_aside(key));
        self.shelf.gone(&old);
    }

    /// The frames that are to be sent now.
    pub(crate) fn pump(&mut self) -> Vec<Vec<u8>> {
        let (client, id) = (&mut self.client, &self.document);
        let mut frames = Vec::new();
        while let Some(Some(frame)) = self
            .workspace
            .with_document(|document| document.peek(|inside| client.next_frame(id, inside)))
        {
            frames.push(frame);
        }
        frames
    }

    /// The frames that are due by the clock. A document that nobody had is asked for anew.
    pub(crate) fn tick(&mut self, now_ms: u64) -> Vec<Vec<u8>> {
        let waits = !self.read(ProductDocument::is_ready);
        if waits && self.client.state() == ConnectionState::Ready {
            self.client.close(&self.document);
            self.client.open(self.document);
        }
        let mut frames = self.client.tick(now_ms);
        frames.extend(self.pump());
        frames
    }

    /// The heads that it shows to be on the server.
    pub(crate) fn on_server(&self) -> Vec<[u8; 32]> {
        self.client.acknowledged_heads(&self.document)
    }

    /// Whether it shows that the server has everything.
    pub(crate) fn is_acknowledged(&self) -> bool {
        let (client, id) = (&self.client, &self.document);
        self.read(|document| document.peek(|inside| client.acknowledged(id, inside)))
    }

    /// The connection is gone.
    pub(crate) fn disconnected(&mut self) {
        self.client.disconnected();
        self.incoming.clear();
        self.link = None;
    }
}
