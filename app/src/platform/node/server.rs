//! The workspace's connection to its server: frames in and out of the sync engine, merges gathered
//! for each frame of the screen, and a watch on whether the other side still answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use automerge::Automerge;
use document::Heads;
use domain::PersonId;
use gloo::timers::callback::Interval;
use leptos::prelude::{ArcRwSignal, GetUntracked, Set};
use sync::{ClientNode, ConnectionState, DocumentId, Incoming, PeerId, ProtocolError, Update};

use super::{Availability, Inner};
use crate::platform::clock::{self, Scheduled};
use crate::platform::socket::{Socket, SocketEvent};
use crate::platform::{page, random, settings};

/// A merge that took longer than this makes the next one wait, so that typing goes on between.
const MERGE_BUDGET_MS: f64 = 8.0;
/// The longest such wait.
const LONGEST_WAIT_MS: f64 = 250.0;
/// How often the engine is told the time.
const TICK_MS: u32 = 1_000;
/// How often to look whether the server has been silent.
const LOOK_EVERY_MS: u32 = 10_000;
/// Silence after which the server is asked whether it is there.
const SILENCE_MS: f64 = 25_000.0;

/// How long the first attempt to connect may take before the page calls itself offline.
const FIRST_ATTEMPT_MS: u32 = 1_500;

/// The state of the connection.
pub(super) struct Server {
    pub(super) client: RefCell<ClientNode>,
    socket: RefCell<Option<Socket>>,
    /// News that waits to be merged.
    incoming: RefCell<Vec<Update>>,
    merge_due: RefCell<Option<Scheduled>>,
    /// How long the last merge took.
    merge_cost: Cell<f64>,
    last_heard: Cell<f64>,
    /// A document that does not exist. Asking for it is how to find out whether the server still
    /// answers: the protocol has no other question whose answer is certain.
    probe: DocumentId,
    refused: ArcRwSignal<Option<String>>,
    /// What it said last before it closes the connection, which tells whether it was a refusal.
    last_words: RefCell<Option<String>>,
    /// Whether the server has said that it does not have the workspace.
    lacking: ArcRwSignal<bool>,
    watch: RefCell<Option<Interval>>,
    ticking: RefCell<Option<Interval>>,
    /// Runs while the first attempt to connect is under way.
    first_attempt: RefCell<Option<Scheduled>>,
}

impl Server {
    pub(super) fn new(document: DocumentId, person: &PersonId) -> Self {
        let mut client = ClientNode::new(PeerId::from(format!(
            "app-{}",
            random::hex(&random::bytes::<16>())
        )))
        .with_storage(settings::device())
        .with_person(person.to_string());
        client.open(document);
        Self {
            client: RefCell::new(client),
            socket: RefCell::default(),
            incoming: RefCell::default(),
            merge_due: RefCell::default(),
            merge_cost: Cell::new(0.0),
            last_heard: Cell::new(0.0),
            probe: DocumentId::from_bytes(random::bytes()),
            refused: ArcRwSignal::new(None),
            last_words: RefCell::default(),
            lacking: ArcRwSignal::new(false),
            watch: RefCell::default(),
            ticking: RefCell::default(),
            first_attempt: RefCell::default(),
        }
    }

    pub(super) fn lacking(&self) -> ArcRwSignal<bool> {
        self.lacking.clone()
    }

    pub(super) fn refused(&self) -> ArcRwSignal<Option<String>> {
        self.refused.clone()
    }

    /// Shows the server a key, now and on each later connection.
    pub(super) fn show_key(&self, key: &str) {
        let frame = self.client.borrow_mut().show_key(key.into());
        if let Some(frame) = frame {
            self.send(&frame);
        }
    }

    /// Says on each later connection that the workspace has an owner.
    pub(super) fn has_owner(&self, document: DocumentId) {
        self.client.borrow_mut().has_owner(document);
    }

    /// Ends the connection and does not come back by itself.
    pub(super) fn hang_up(&self) {
        self.socket.take();
        self.watch.take();
        self.ticking.take();
    }

    /// Whether there is a connection, or one that comes back by itself.
    pub(super) fn has_socket(&self) -> bool {
        self.socket.borrow().is_some()
    }

    pub(super) fn is_connected(&self) -> bool {
        self.client.borrow().state() == ConnectionState::Ready
    }

    pub(super) fn is_native(&self) -> bool {
        self.client.borrow().is_native()
    }

    /// Whether the page has just been opened and it is not known yet whether the server answers.
    pub(super) fn is_connecting(&self) -> bool {
        self.first_attempt.borrow().is_some()
    }

    pub(super) fn acknowledged_heads(&self, document: &DocumentId) -> Heads {
        Heads::new(self.client.borrow().acknowledged_heads(document))
    }

    /// Whether the server has said that it can store nothing at the moment.
    pub(super) fn is_store_failing(&self) -> bool {
        self.client.borrow().is_store_failing()
    }

    pub(super) fn send(&self, frame: &[u8]) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.send(frame);
        }
    }

    fn expect_answer(&self) {
        if let Some(socket) = self.socket.borrow().as_ref() {
            socket.expect_answer();
        }
    }

    pub(super) fn refuse(&self, message: Option<String>) {
        if self.refused.get_untracked() != message {
            self.refused.set(message);
        }
    }
}

impl Inner {
    /// Connects to the server that the page came from.
    pub(super) fn server_connect(self: &Rc<Self>) {
        let Some(address) = address() else { return };
        let weak = Rc::downgrade(self);
        let socket = Socket::open(address, move |event| {
            if let Some(inner) = weak.upgrade() {
                inner.socket_event(event);
            }
        });
        *self.server.socket.borrow_mut() = Some(socket);
        let weak = Rc::downgrade(self);
        let over = Scheduled::after(FIRST_ATTEMPT_MS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.server.first_attempt.take();
                inner.status_soon();
            }
        });
        *self.server.first_attempt.borrow_mut() = Some(over);
        let weak = Rc::downgrade(self);
        let watch = Interval::new(LOOK_EVERY_MS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.look_for_silence();
                inner.ask_again();
            }
        });
        *self.server.watch.borrow_mut() = Some(watch);
        let weak = Rc::downgrade(self);
        let ticking = Interval::new(TICK_MS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.server_tick();
            }
        });
        *self.server.ticking.borrow_mut() = Some(ticking);
        let weak = Rc::downgrade(self);
        let waking = page::on_waking(move || {
            if let Some(inner) = weak.upgrade() {
                inner.look_for_silence();
            }
        });
        self.listeners.borrow_mut().extend(waking);
    }

    /// Sends what the server lacks, as far as the protocol allows at this moment.
    pub(super) fn server_pump(&self) {
        let mut sent = false;
        while let Some(frame) = self.next_frame() {
            self.server.send(&frame);
            sent = true;
        }
        let expects = self.server.is_connected() && !self.server.is_store_failing();
        if sent && expects && !self.is_acknowledged() {
            self.server.expect_answer();
        }
    }

    /// Whether the server has confirmed that it holds every change.
    pub(super) fn is_acknowledged(&self) -> bool {
        self.ask_client(|client, automerge| client.borrow().acknowledged(&self.id, automerge))
            .unwrap_or(false)
    }

    /// Whether another device is known to have every change.
    pub(super) fn is_seen(&self) -> bool {
        self.ask_client(|client, automerge| client.borrow().seen_by_colleague(&self.id, automerge))
            .unwrap_or(false)
    }

    fn next_frame(&self) -> Option<Vec<u8>> {
        self.ask_client(|client, automerge| client.borrow_mut().next_frame(&self.id, automerge))
            .flatten()
    }

    /// Asks the protocol's client about the document; `None` where it has not arrived.
    fn ask_client<R>(&self, ask: impl FnOnce(&RefCell<ClientNode>, &Automerge) -> R) -> Option<R> {
        let client = &self.server.client;
        self.workspace
            .with_document(|document| document.peek(|automerge| ask(client, automerge)))
    }

    fn socket_event(self: &Rc<Self>, event: SocketEvent) {
        match event {
            SocketEvent::Opened => {
                let join = self.server.client.borrow_mut().connected();
                self.server.send(&join);
                self.server.expect_answer();
            }
            SocketEvent::Closed { code } => {
                self.server.first_attempt.take();
                self.server.client.borrow_mut().disconnected();
                // They belong to a conversation that is over.
                self.server.incoming.take();
                self.server.merge_due.take();
                self.no_colleagues();
                let last_words = self.server.last_words.take();
                match code {
                    Some(code) if self.closed_with(code) => {}
                    _ if last_words.is_some() => self.server.refuse(last_words),
                    _ => {}
                }
            }
            SocketEvent::Frame(frame) => self.received(&frame),
        }
        self.status_soon();
    }

    fn received(self: &Rc<Self>, frame: &[u8]) {
        self.server.last_heard.set(clock::monotonic());
        let received = self.server.client.borrow_mut().received(frame);
        let Ok(received) = received else {
            self.restart();
            return;
        };
        for incoming in received {
            match incoming {
                Incoming::Ready => {
                    self.rights_unknown();
                    self.server_pump();
                    self.server_tick();
                }
                Incoming::Sync { document, message } if document == self.id => {
                    self.server.incoming.borrow_mut().push(message);
                    self.merge_soon();
                }
                Incoming::Unavailable { document } if document == self.server.probe => {
                    self.server.client.borrow_mut().close(&document);
                }
                Incoming::Unavailable { document } if document == self.id => {
                    self.server.refuse(None);
                    self.server.lacking.set(true);
                    self.rights_missing();
                }
                Incoming::Rights { document, write } if document == self.id => {
                    self.rights_decided(write);
                }
                Incoming::Refused { message } => {
                    *self.server.last_words.borrow_mut() = Some(message);
                }
                Incoming::Presence {
                    document,
                    peer,
                    data,
                    device,
                } if document == self.id => {
                    self.colleague(peer.as_str(), data.as_deref(), device);
                }
                Incoming::PresenceCleared { document } if document == self.id => {
                    self.no_colleagues();
                }
                Incoming::Deliveries { document, brought } if document == self.id => {
                    let brought = brought.into_iter();
                    let brought = brought.map(|(author, by)| (author.into(), by.into()));
                    self.workspace.brought().set(brought.collect());
                }
                Incoming::StoreRecovered => self.server_pump(),
                // The status says so.
                Incoming::StoreFailing => {}
                // Nothing else was asked for; what waits goes on waiting.
                Incoming::Sync { .. }
                | Incoming::Unavailable { .. }
                | Incoming::Rights { .. }
                | Incoming::Ephemeral { .. }
                | Incoming::Presence { .. }
                | Incoming::Deliveries { .. }
                | Incoming::PresenceCleared { .. } => {}
            }
        }
    }

    fn merge_soon(self: &Rc<Self>) {
        if self.server.merge_due.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let merge = move || {
            if let Some(inner) = weak.upgrade() {
                inner.merge();
            }
        };
        let cost = self.server.merge_cost.get();
        let due = if cost > MERGE_BUDGET_MS {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small positive number"
            )]
            let wait = (cost * 2.0).min(LONGEST_WAIT_MS) as u32;
            Scheduled::after(wait, merge)
        } else {
            Scheduled::frame(merge)
        };
        *self.server.merge_due.borrow_mut() = Some(due);
    }

    /// Merges everything that has arrived, as one change of the workspace.
    fn merge(self: &Rc<Self>) {
        self.server.merge_due.take();
        let messages = self.server.incoming.take();
        let started = clock::monotonic();
        let (mut outcome, mut contested) = (Ok(()), None);
        self.workspace.apply(|document| {
            let (result, dirty) = document.exchange(|automerge, gate, patches| {
                let mut client = self.server.client.borrow_mut();
                messages.iter().try_for_each(|message| {
                    let merged = client.merge_through(&self.id, message, automerge, gate, patches);
                    if merged.as_ref().is_err_and(ProtocolError::is_contested) {
                        contested = Some(message.changes());
                    }
                    merged
                })
            });
            outcome = result;
            dirty
        });
        self.server.merge_cost.set(clock::monotonic() - started);
        // Changes that show nowhere announce nothing, and are kept all the same.
        self.keep();
        self.recover();
        self.refresh_availability();
        match outcome {
            Ok(()) => {
                self.server.refuse(None);
                self.server_pump();
                self.praise();
                self.take_up();
            }
            // It may pass with the next connection; until it does, nothing comes or goes.
            Err(error) => {
                match contested {
                    Some(theirs) => self.give_way(theirs),
                    None => self.server.refuse(Some(error.to_string())),
                }
                self.restart();
            }
        }
        // The picture also says what the server has confirmed.
        self.paint_soon();
        self.status_soon();
    }

    /// A connection over which everything was confirmed was a good one.
    fn praise(&self) {
        if self.is_acknowledged()
            && let Some(socket) = self.server.socket.borrow().as_ref()
        {
            socket.was_useful();
        }
    }

    fn restart(&self) {
        if let Some(socket) = self.server.socket.borrow().as_ref() {
            socket.restart();
        }
    }

    /// Asks anew for a workspace that the server did not have: someone may have brought it.
    fn ask_again(&self) {
        if self.availability.get_untracked() == Availability::Waiting && self.server.is_connected()
        {
            self.ask_anew();
        }
    }

    /// Begins the conversation about the document afresh.
    pub(super) fn ask_anew(&self) {
        let mut client = self.server.client.borrow_mut();
        client.close(&self.id);
        client.open(self.id);
        drop(client);
        self.server_pump();
    }

    /// After a long silence, asks the server for something that it has to answer.
    fn look_for_silence(&self) {
        let silent = clock::monotonic() - self.server.last_heard.get();
        if page::hidden() || !self.server.is_connected() || silent < SILENCE_MS {
            return;
        }
        let frame = {
            let mut client = self.server.client.borrow_mut();
            client.open(self.server.probe);
            client.next_frame(&self.server.probe, &Automerge::new())
        };
        if let Some(frame) = frame {
            self.server.send(&frame);
            self.server.expect_answer();
        }
    }
}

/// The address of the sync endpoint beside the page.
fn address() -> Option<String> {
    let location = page::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" {
        "wss"
    } else {
        "ws"
    };
    Some(format!("{scheme}://{}/sync", location.host().ok()?))
}
