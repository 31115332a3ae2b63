//! What compaction writes: the bytes of many single changes, and the bytes that are written again to
//! keep the stored document small.

use std::collections::BTreeMap;
use std::time::Instant;

use automerge::{ChangeHash, PatchLog};
use sync::{
    Chunk, ClientNode, Compaction, ConnectionId, DocumentId, Effect, Event, Incoming, PeerId,
    ServerConfig, ServerLimits, ServerNode, Shelf, Shelved,
};

use super::notes;
use crate::harness::Step;

const CHANGES: usize = 10_000;

/// One person writes: five changes a second, and a lull after each.
const EVERY_MS: u64 = 200;
const LULL_MS: u64 = 100;

const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);
const CONNECTION: ConnectionId = ConnectionId(1);

/// A store that counts.
#[derive(Default)]
struct Counted {
    chunks: BTreeMap<[u8; 32], usize>,
    most: usize,
    new: usize,
    again: usize,
    largest: usize,
}

impl Counted {
    fn print(&self, whose: &str, notes: usize, begun: Instant) {
        println!(
            "{CHANGES} changes of {notes} notes in a {whose}'s store: {} bytes a change stored, {} \
             bytes a change written again ({:.1} times), at most {} chunks of up to {} kB, {:.2} ms \
             a change",
            self.new / CHANGES,
            self.again / CHANGES,
            self.again as f64 / self.new as f64,
            self.most,
            self.largest >> 10,
            begun.elapsed().as_secs_f64() * 1_000.0 / CHANGES as f64,
        );
    }

    fn replace(&mut self, by: &Chunk, superseded: &[[u8; 32]]) {
        for hash in superseded {
            self.chunks.remove(hash);
        }
        self.put(by);
    }

    fn put(&mut self, chunk: &Chunk) {
        self.chunks.insert(chunk.hash, chunk.bytes.len());
        self.most = self.most.max(self.chunks.len());
        self.largest = self.largest.max(chunk.bytes.len());
    }
}

/// Prints how much is written for single changes of documents of these numbers of notes.
pub(crate) fn measure() -> Step {
    for count in [50, 1_000] {
        let begun = Instant::now();
        write(count)?.print("server", count, begun);
        let begun = Instant::now();
        on_a_device(count)?.print("device", count, begun);
    }
    Ok(())
}

/// The same with the store of a device, which has no server.
fn on_a_device(count: usize) -> Step<Counted> {
    let mut store = Counted::default();
    let mut shelf = Shelf::default();
    let mut document = notes::document(count)?;
    let mut kept = Vec::new();
    for number in 0..=CHANGES {
        let chunk = Chunk::new(document.save_after(&kept));
        kept = document.get_heads();
        if number > 0 {
            store.new += chunk.bytes.len();
        }
        store.put(&chunk);
        shelf.add(shelved(&chunk, &kept, false));
        while let Some(due) = shelf.due() {
            let (bytes, is_snapshot, superseded) = match due {
                Compaction::Snapshot { superseded } => (document.save(), true, superseded),
                Compaction::Fold { since, superseded } => {
                    (document.save_after(&since), false, superseded)
                }
            };
            let by = Chunk::new(bytes);
            store.again += by.bytes.len();
            store.replace(&by, &superseded);
            shelf.replaced(shelved(&by, &kept, is_snapshot), &superseded);
        }
        if number < CHANGES {
            notes::edit(&mut document, number % count, number)?;
        }
    }
    Ok(store)
}

fn shelved(
    chunk: &Chunk,
    heads: &[ChangeHash],
    is_snapshot: bool,
) -> Shelved<[u8; 32], Vec<ChangeHash>> {
    Shelved {
        key: chunk.hash,
        bytes: chunk.bytes.len(),
        is_snapshot,
        until: Some(heads.to_vec()),
    }
}

fn write(count: usize) -> Step<Counted> {
    let mut store = Counted::default();
    let mut server = ServerNode::new(ServerConfig {
        peer: PeerId::from("server"),
        limits: ServerLimits::default(),
        native: true,
        access: false,
    });
    let mut client = ClientNode::new(PeerId::from("client"));
    client.open(DOCUMENT);
    let mut document = notes::document(count)?;
    server.handle(
        Event::Connected {
            connection: CONNECTION,
        },
        0,
    );
    let mut frames = vec![client.connected()];
    let mut now_ms = 0;
    for number in 0..=CHANGES {
        while let Some(frame) = frames.pop() {
            let received = Event::Received {
                connection: CONNECTION,
                frame,
            };
            let mut events = vec![Event::Pause, received];
            while let Some(event) = events.pop() {
                for effect in server.handle(event, now_ms) {
                    let effect = match effect {
                        Effect::SendShared {
                            connection,
                            head,
                            body,
                        } => Effect::Send {
                            connection,
                            frame: [head.as_slice(), body.as_slice()].concat().into(),
                        },
                        effect => effect,
                    };
                    match effect {
                        Effect::Send { frame, .. } | Effect::Forward { frame, .. } => {
                            for incoming in client.received(&frame)? {
                                if let Incoming::Sync {
                                    document: id,
                                    message,
                                } = incoming
                                {
                                    let patches = &mut PatchLog::inactive();
                                    client.merge(&id, &message, &mut document, patches)?;
                                }
                            }
                        }
                        effect => events.extend(store.carry_out(effect)),
                    }
                }
            }
            while let Some(frame) = client.next_frame(&DOCUMENT, &document) {
                frames.insert(0, frame);
            }
        }
        let mut events = vec![Event::Tick];
        while let Some(event) = events.pop() {
            let effects = server.handle(event, now_ms + LULL_MS);
            events.extend(effects.into_iter().filter_map(|one| store.carry_out(one)));
        }
        now_ms += EVERY_MS;
        if number < CHANGES {
            notes::edit(&mut document, number % count, number)?;
            frames.extend(client.next_frame(&DOCUMENT, &document));
        }
    }
    Ok(store)
}

impl Counted {
    /// Does what the engine asks of the store, and answers.
    fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        let ticket = match effect {
            Effect::Load { document } => {
                let result = Ok(Vec::new());
                return Some(Event::Loaded { document, result });
            }
            Effect::Store { ticket, chunk, .. } => {
                self.new += chunk.bytes.len();
                self.put(&chunk);
                ticket
            }
            Effect::Replace {
                ticket,
                snapshot,
                superseded,
                ..
            } => {
                self.again += snapshot.bytes.len();
                self.replace(&snapshot, &superseded);
                ticket
            }
            Effect::Work(work) => return Some(Event::Worked(Box::new(work.run()))),
            _ => return None,
        };
        let result = Ok(());
        Some(Event::Stored { ticket, result })
    }
}
