//! When receipts are due, with the engine's two sides face to face and the store in the test's
//! hands.

use automerge::transaction::Transactable;
use automerge::{Automerge, AutomergeError, PatchLog, ROOT};
use sync::{
    ClientNode, ConnectionId, DocumentId, Effect, Event, Incoming, PeerId, ServerConfig,
    ServerLimits, ServerNode,
};

const ID: DocumentId = DocumentId::from_bytes([2; 16]);
const CONNECTION: ConnectionId = ConnectionId(0);

/// A client, a server, and everything on its way from the server: frames and store tickets.
struct Pair {
    server: ServerNode,
    client: ClientNode,
    document: Automerge,
    frames: Vec<Vec<u8>>,
    tickets: Vec<u64>,
    now_ms: u64,
}

impl Pair {
    fn joined() -> Self {
        let peer = PeerId::from("server");
        let limits = ServerLimits::default();
        let mut pair = Self {
            server: ServerNode::new(ServerConfig {
                peer,
                limits,
                native: false,
                access: false,
            }),
            client: ClientNode::new(PeerId::from("client")),
            document: Automerge::new(),
            frames: Vec::new(),
            tickets: Vec::new(),
            now_ms: 0,
        };
        pair.client.open(ID);
        pair.tell(Event::Connected {
            connection: CONNECTION,
        });
        let join = pair.client.connected();
        pair.tell(Event::Received {
            connection: CONNECTION,
            frame: join,
        });
        pair.read();
        pair
    }

    fn tell(&mut self, event: Event) {
        for effect in self.server.handle(event, self.now_ms) {
            match effect {
                Effect::Send { frame, .. } => self.frames.push(frame.to_vec()),
                Effect::Store { ticket, .. } => self.tickets.push(ticket),
                Effect::Load { document } => self.tell(Event::Loaded {
                    document,
                    result: Ok(vec![]),
                }),
                Effect::Work(work) => self.tell(Event::Worked(Box::new(work.run()))),
                other => panic!("not expected here: {other:?}"),
            }
        }
    }

    /// Makes a change and sends it, as fast as people type.
    fn edit(&mut self, key: &str) {
        self.now_ms += 100;
        let put = self
            .document
            .transact::<_, _, AutomergeError>(|edit| edit.put(ROOT, key, 1));
        put.unwrap();
        self.send();
    }

    fn send(&mut self) {
        while let Some(frame) = self.client.next_frame(&ID, &self.document) {
            self.tell(Event::Received {
                connection: CONNECTION,
                frame,
            });
        }
    }

    /// The client reads what is on its way and answers.
    fn read(&mut self) {
        for frame in std::mem::take(&mut self.frames) {
            for incoming in self.client.received(&frame).unwrap() {
                if let Incoming::Sync { document, message } = incoming {
                    let mut patches = PatchLog::inactive();
                    let merged =
                        self.client
                            .merge(&document, &message, &mut self.document, &mut patches);
                    merged.unwrap();
                }
            }
        }
        self.send();
    }

    /// The store confirms what it was asked to keep until now.
    fn store(&mut self) {
        for ticket in std::mem::take(&mut self.tickets) {
            self.tell(Event::Stored {
                ticket,
                result: Ok(()),
            });
        }
    }

    /// Goes on until neither side has anything to say, also after a pause.
    fn settle(&mut self) {
        while !self.tickets.is_empty() || !self.frames.is_empty() {
            self.store();
            self.read();
            self.now_ms += 20;
            self.tell(Event::Pause);
        }
    }

    fn acknowledged(&self) -> bool {
        self.client.acknowledged(&ID, &self.document)
    }
}

#[test]
fn nothing_is_acknowledged_before_it_is_stored() {
    let mut pair = Pair::joined();
    pair.edit("a");
    pair.settle();
    pair.edit("b");
    pair.read();
    assert!(!pair.tickets.is_empty() && !pair.acknowledged());
    pair.settle();
    assert!(pair.acknowledged());
}

#[test]
fn a_client_that_states_the_servers_heads_first_still_gets_its_receipt() {
    let mut pair = Pair::joined();
    pair.edit("a");
    pair.settle();
    pair.edit("b");
    pair.store();
    pair.edit("c");
    pair.edit("d");
    // The answer to the receipt for `b` states the heads with `d`, and waits beside `d` for the
    // store: the server then knows that both have `d`, but has not said so.
    pair.read();
    pair.settle();
    assert!(pair.acknowledged());
}
