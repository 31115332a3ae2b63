//! What the engine does about access: it asks, waits for the answer, and keeps to it.

use std::collections::VecDeque;

use automerge::sync::{State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{Automerge, AutomergeError, PatchLog, ROOT};
use sync::wire::{Message, Native, SyncMessage};
use sync::{
    Access, ClientNode, CloseCode, ConnectionId, DocumentId, Effect, Event, Grant, Incoming,
    PeerId, ServerConfig, ServerLimits, ServerNode,
};

const ID: DocumentId = DocumentId::from_bytes([4; 16]);
const ONE: ConnectionId = ConnectionId(1);

const READ: Access = Access::Granted(Grant {
    write: false,
    until_ms: None,
});
const WRITE: Access = Access::Granted(Grant {
    write: true,
    until_ms: None,
});

fn changed() -> Event {
    Event::AccessChanged {
        documents: vec![ID],
    }
}

/// A server that asks, and what it has asked for.
struct Gate {
    server: ServerNode,
    client: ClientNode,
    document: Automerge,
    connected: bool,
    now_ms: u64,
    effects: Vec<Effect>,
}

fn received(frame: Vec<u8>) -> Event {
    Event::Received {
        connection: ONE,
        frame,
    }
}

impl Gate {
    /// A client that has joined and sent all that it has of a document.
    fn new(client: ClientNode) -> Self {
        Self::limited(client, ServerLimits::default())
    }

    fn limited(client: ClientNode, limits: ServerLimits) -> Self {
        let server = ServerNode::new(ServerConfig {
            peer: PeerId::from("server"),
            limits,
            native: true,
            access: true,
        });
        let mut gate = Self {
            server,
            client,
            document: Automerge::new(),
            connected: false,
            now_ms: 0,
            effects: Vec::new(),
        };
        gate.client.show_key("a key".into());
        gate.client.open(ID);
        gate.edit();
        gate.connected = true;
        gate.tell(Event::Connected { connection: ONE });
        let join = gate.client.connected();
        gate.tell(received(join));
        gate
    }

    /// Tells the server, and lets the client answer whatever it says.
    fn tell(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            self.connected &= !matches!(event, Event::Closed { .. });
            let effects = self.server.handle(event, self.now_ms);
            for effect in &effects {
                if let Effect::Send { frame, .. } | Effect::Forward { frame, .. } = effect {
                    self.hear(frame);
                }
                if let Effect::Work(work) = effect {
                    events.push_back(Event::Worked(Box::new(work.clone().run())));
                }
            }
            self.effects.extend(effects);
            while self.connected
                && let Some(frame) = self.client.next_frame(&ID, &self.document)
            {
                events.push_back(received(frame));
            }
        }
    }

    fn hear(&mut self, frame: &[u8]) {
        for incoming in self.client.received(frame).expect("well-formed") {
            if let Incoming::Sync { document, message } = incoming {
                let mut patches = PatchLog::inactive();
                let merged =
                    self.client
                        .merge(&document, &message, &mut self.document, &mut patches);
                merged.expect("a good message");
            }
        }
    }

    /// The client makes a change and sends what it wants to send.
    fn edit(&mut self) {
        let put = self
            .document
            .transact::<_, _, AutomergeError>(|edit| edit.put(ROOT, "mine", 1));
        put.expect("a put");
        self.tell(Event::Pause);
    }

    fn answer(&mut self, access: Access) {
        self.tell(Event::Authorised {
            connection: ONE,
            document: ID,
            result: Ok(access),
        });
    }

    fn loaded(&mut self) {
        self.tell(Event::Loaded {
            document: ID,
            result: Ok(Vec::new()),
        });
        self.tell(Event::Pause);
    }

    fn count(&self, which: impl Fn(&Effect) -> bool) -> usize {
        self.effects.iter().filter(|effect| which(effect)).count()
    }

    fn questions(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Authorise { .. }))
    }

    fn loads(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Load { .. }))
    }

    fn stores(&self) -> usize {
        self.count(|effect| matches!(effect, Effect::Store { .. }))
    }

    fn closed_with(&self) -> Option<CloseCode> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Close { code, .. } => Some(*code),
            _ => None,
        })
    }

    /// What the client was told that it may do, in order: whether it may write.
    fn rights(&self) -> Vec<bool> {
        let told = |effect: &Effect| match effect {
            Effect::Send { frame, .. } => match Message::decode(frame) {
                Ok(Message::Native(Native::Rights { write, .. })) => Some(write),
                _ => None,
            },
            _ => None,
        };
        self.effects.iter().filter_map(told).collect()
    }

    fn unavailable(&self) -> bool {
        self.count(|effect| match effect {
            Effect::Send { frame, .. } => {
                matches!(Message::decode(frame), Ok(Message::DocUnavailable { .. }))
            }
            _ => false,
        }) > 0
    }
}

fn both(check: impl Fn(Gate)) {
    check(Gate::new(ClientNode::new(PeerId::from("native"))));
    check(Gate::new(ClientNode::version_1(PeerId::from("first"))));
}

/// S31
#[test]
fn nothing_is_done_before_it_is_known_what_one_may_do() {
    both(|mut gate| {
        assert_eq!((gate.questions(), gate.loads()), (1, 0));
        gate.edit();
        assert_eq!((gate.questions(), gate.loads()), (1, 0));
        gate.answer(WRITE);
        assert_eq!(gate.loads(), 1);
        gate.loaded();
        assert_eq!(gate.stores(), 1);
    });
}

/// S31
#[test]
fn the_keys_shown_go_with_the_question() {
    both(|gate| {
        let keys = gate.effects.iter().find_map(|effect| match effect {
            Effect::Authorise { keys, .. } => Some(keys.clone()),
            _ => None,
        });
        assert_eq!(*keys.unwrap(), ["a key".into()]);
    });
}

/// S31
#[test]
fn who_may_do_nothing_is_told_that_there_is_nothing() {
    both(|mut gate| {
        gate.answer(Access::Refused);
        assert!(gate.unavailable());
        assert_eq!((gate.loads(), gate.closed_with()), (0, None));
    });
}

/// S32
#[test]
fn a_change_of_one_who_may_only_read_is_not_stored() {
    both(|mut gate| {
        gate.answer(READ);
        gate.loaded();
        gate.edit();
        gate.tell(Event::Pause);
        assert_eq!((gate.stores(), gate.closed_with()), (0, None));
    });
}

/// S32
#[test]
fn leaving_before_a_message_is_handled_does_not_make_a_reader_a_writer() {
    both(|mut gate| {
        gate.answer(READ);
        gate.tell(Event::Closed { connection: ONE });
        gate.loaded();
        assert_eq!(gate.stores(), 0);
    });
}

/// S32
#[test]
fn what_waits_when_the_right_to_write_ends_is_not_stored() {
    both(|mut gate| {
        gate.answer(WRITE);
        gate.tell(changed());
        gate.answer(READ);
        gate.loaded();
        assert_eq!((gate.stores(), gate.closed_with()), (0, None));
    });
}

/// A client in version 1 that sends its changes without being asked, as no client of Automerge
/// does with a server that has said to take none.
fn bold() -> (Gate, Event) {
    let gate = Gate::new(ClientNode::version_1(PeerId::from("first")));
    let (mut mine, mut theirs) = (State::new(), State::new());
    let mut empty = Automerge::new();
    let mut document = gate.document.clone();
    let first = document.generate_sync_message(&mut mine).expect("a first");
    empty
        .receive_sync_message(&mut theirs, first)
        .expect("taken");
    let wish = empty.generate_sync_message(&mut theirs).expect("a wish");
    document
        .receive_sync_message(&mut mine, wish)
        .expect("taken");
    let changes = document.generate_sync_message(&mut mine).expect("changes");
    let message = Message::Sync(SyncMessage {
        document: ID,
        sender: PeerId::from("first"),
        target: PeerId::from("server"),
        data: changes.encode(),
    });
    (gate, received(message.encode()))
}

/// S32
#[test]
fn changes_that_a_reader_sends_unasked_are_passed_over() {
    let (mut gate, unasked) = bold();
    gate.answer(READ);
    gate.loaded();
    gate.tell(unasked);
    gate.tell(Event::Pause);
    assert_eq!((gate.stores(), gate.closed_with()), (0, None));
}

/// S32
#[test]
fn changes_sent_unasked_are_passed_over_also_when_the_reader_has_left() {
    let (mut gate, unasked) = bold();
    gate.answer(READ);
    gate.tell(unasked);
    gate.tell(Event::Closed { connection: ONE });
    gate.loaded();
    assert_eq!(gate.stores(), 0);
}

#[test]
fn the_same_changes_of_a_writer_are_stored() {
    let (mut gate, unasked) = bold();
    gate.answer(WRITE);
    gate.tell(unasked);
    gate.tell(Event::Closed { connection: ONE });
    gate.loaded();
    assert_eq!(gate.stores(), 1);
}

/// S33
#[test]
fn a_change_of_rights_during_a_question_is_asked_about_again() {
    both(|mut gate| {
        gate.tell(changed());
        gate.answer(WRITE);
        assert_eq!((gate.questions(), gate.loads()), (2, 0));
        gate.answer(Access::Refused);
        assert!(gate.unavailable());
        assert_eq!(gate.loads(), 0);
    });
}

/// S36
#[test]
fn a_native_client_is_told_what_it_may_do_whenever_that_is_decided() {
    let mut gate = Gate::new(ClientNode::new(PeerId::from("native")));
    assert_eq!(gate.rights(), []);
    gate.answer(WRITE);
    gate.loaded();
    gate.tell(changed());
    gate.answer(READ);
    assert_eq!(gate.rights(), [true, false]);

    let mut first = Gate::new(ClientNode::version_1(PeerId::from("first")));
    first.answer(WRITE);
    assert_eq!(first.rights(), []);
}

/// S33
#[test]
fn who_loses_access_is_closed_and_told_why() {
    both(|mut gate| {
        gate.answer(WRITE);
        gate.loaded();
        gate.tell(changed());
        assert_eq!(gate.questions(), 2);
        assert_eq!(gate.closed_with(), None);
        gate.answer(Access::Refused);
        // In the very step that brings the answer: the clock has not moved since the link changed.
        assert_eq!(
            (gate.closed_with(), gate.now_ms),
            (Some(CloseCode::REVOKED), 0)
        );
    });
}

/// S33
#[test]
fn a_grant_is_asked_for_anew_when_its_time_has_come() {
    both(|mut gate| {
        gate.answer(Access::Granted(Grant {
            write: true,
            until_ms: Some(500),
        }));
        gate.now_ms = 499;
        gate.tell(Event::Tick);
        assert_eq!(gate.questions(), 1);
        gate.now_ms = 500;
        gate.tell(Event::Tick);
        gate.tell(Event::Tick);
        assert_eq!(gate.questions(), 2);
        gate.answer(Access::Expired);
        assert_eq!(gate.closed_with(), Some(CloseCode::EXPIRED));
    });
}

/// S33
#[test]
fn a_grant_ends_when_the_clock_is_set_past_its_time() {
    both(|mut gate| {
        gate.answer(Access::Granted(Grant {
            write: true,
            until_ms: Some(60_000),
        }));
        gate.tell(Event::ClockJumped { ahead_ms: 59_999 });
        assert_eq!(gate.questions(), 1);
        gate.tell(Event::ClockJumped { ahead_ms: 1 });
        assert_eq!(gate.questions(), 2);
        gate.answer(Access::Expired);
        assert_eq!(gate.closed_with(), Some(CloseCode::EXPIRED));
    });
}

/// S33
#[test]
fn the_reason_for_a_close_is_the_true_one() {
    for (answer, words) in [
        (Access::Refused, "the link was revoked"),
        (Access::Owned, "has an owner now"),
        (Access::Unowned, "taken out of its workspace"),
    ] {
        both(|mut gate| {
            gate.answer(WRITE);
            gate.loaded();
            gate.tell(changed());
            gate.answer(answer);
            let reason = gate.effects.iter().find_map(|effect| match effect {
                Effect::Close { code, reason, .. } => Some((*code, reason.contains(words))),
                _ => None,
            });
            assert_eq!(reason, Some((CloseCode::REVOKED, true)), "{words}");
            // Which document it is about, the last message says.
            let about = gate.effects.iter().find_map(|effect| match effect {
                Effect::Send { frame, .. } => match Message::decode(frame) {
                    Ok(Message::Error { document, .. }) => document,
                    _ => None,
                },
                _ => None,
            });
            assert_eq!(about, Some(ID), "{words}");
        });
    }
}

/// S31
#[test]
fn why_someone_may_do_nothing_is_not_told_to_a_stranger() {
    let told = |answer| {
        let mut gate = Gate::new(ClientNode::new(PeerId::from("native")));
        gate.answer(answer);
        gate.effects
    };
    for answer in [Access::Owned, Access::Unowned, Access::Expired] {
        assert_eq!(told(answer), told(Access::Refused));
    }
}

/// S25
#[test]
fn who_sends_a_change_without_having_asked_hears_that_it_is_saved() {
    let mut gate = Gate::new(ClientNode::new(PeerId::from("native")));
    gate.answer(Access::Refused);
    gate.effects.clear();
    let document = gate.document.save();
    let change = Message::Native(Native::Change {
        document: ID,
        data: document,
    });
    gate.connected = false;
    gate.tell(received(change.encode()));
    gate.answer(WRITE);
    gate.loaded();
    let ticket = gate.effects.iter().find_map(|effect| match effect {
        Effect::Store { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let (ticket, result) = (ticket.expect("a store"), Ok(()));
    gate.tell(Event::Stored { ticket, result });
    let saved = gate.count(|effect| match effect {
        Effect::Forward {
            frame, connections, ..
        } => {
            let message = Message::decode(frame);
            matches!(message, Ok(Message::Native(Native::Saved { .. }))) && connections == &[ONE]
        }
        _ => false,
    });
    assert_eq!(saved, 1);
}

/// S33
#[test]
fn one_more_key_is_one_more_question() {
    both(|mut gate| {
        gate.answer(READ);
        let frame = gate.client.show_key("another".into()).unwrap();
        gate.tell(received(frame));
        assert_eq!(gate.questions(), 2);
        gate.answer(WRITE);
        gate.edit();
        gate.loaded();
        assert_eq!(gate.closed_with(), None);
    });
}

/// S33
#[test]
fn another_documents_links_are_not_asked_about() {
    both(|mut gate| {
        gate.answer(WRITE);
        let documents = vec![DocumentId::from_bytes([5; 16])];
        gate.tell(Event::AccessChanged { documents });
        assert_eq!(gate.questions(), 1);
    });
}

/// S31
#[test]
fn an_answer_that_does_not_come_holds_a_limited_number_of_messages() {
    let limits = ServerLimits {
        waiting_messages: 3,
        ..ServerLimits::default()
    };
    let client = ClientNode::version_1(PeerId::from("first"));
    let mut gate = Gate::limited(client, limits);
    let frame = Message::Request(SyncMessage {
        document: ID,
        sender: PeerId::from("first"),
        target: PeerId::from("server"),
        data: vec![0x42, 0, 0, 0, 0],
    });
    for _ in 0..3 {
        gate.tell(received(frame.encode()));
    }
    assert_eq!(gate.closed_with(), Some(CloseCode::LATER));
    gate.answer(WRITE);
    assert_eq!(gate.loads(), 0);
}

/// S31
#[test]
fn a_store_that_fails_to_answer_closes_for_the_moment() {
    both(|mut gate| {
        gate.tell(Event::Authorised {
            connection: ONE,
            document: ID,
            result: Err("disk".to_owned()),
        });
        assert_eq!(gate.closed_with(), Some(CloseCode::INTERNAL));
    });
}

/// S27
#[test]
fn who_may_only_read_is_believed_to_hold_what_the_server_has() {
    // Given somebody who writes, and a viewer of the same document.
    let mut gate = Gate::new(ClientNode::new(PeerId::from("native")));
    gate.answer(WRITE);
    gate.loaded();
    let heads: Vec<_> = gate.document.get_heads().iter().map(|it| it.0).collect();
    let viewer = ConnectionId(2);
    let mut node = ClientNode::new(PeerId::from("viewer"));
    node.open(ID);
    let from_viewer = |frame| Event::Received {
        connection: viewer,
        frame,
    };
    gate.tell(Event::Connected { connection: viewer });
    gate.server.handle(from_viewer(node.connected()), 0);
    let content = SyncMessage {
        document: ID,
        sender: PeerId::from("viewer"),
        target: PeerId::from("server"),
        data: vec![0x42, 0, 0, 0, 0],
    };
    gate.server
        .handle(from_viewer(Message::Request(content).encode()), 0);
    let result = Ok(READ);
    gate.tell(Event::Authorised {
        connection: viewer,
        document: ID,
        result,
    });

    // When the viewer claims what nobody has, and then what there is, then that alone is passed on.
    let mut told = |heads: Vec<[u8; 32]>| {
        let seen = Native::Seen {
            document: ID,
            heads,
        };
        gate.tell(from_viewer(Message::Native(seen).encode()));
        gate.effects.clear();
        gate.tell(Event::Tick);
        let seen = gate.effects.iter().find_map(|effect| match effect {
            Effect::Send { frame, connection } if *connection == ONE => {
                match Message::decode(frame) {
                    Ok(Message::Native(Native::Seen { heads, .. })) => Some(heads),
                    _ => None,
                }
            }
            _ => None,
        });
        seen.unwrap_or_default()
    };
    assert_eq!(told(vec![[9; 32]; 200]), Vec::<[u8; 32]>::new());
    let mut both = heads.clone();
    both.push([9; 32]);
    assert_eq!(told(both), heads);
}
