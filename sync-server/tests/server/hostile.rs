//! What a stranger may send: the process goes on serving everyone else.

use automerge::Automerge;
use futures_util::SinkExt;
use sync::DocumentId;
use sync_server::store::MemoryStore;
use sync_server::{Config, start_with_store};
use tokio_tungstenite::tungstenite::Message;

use super::client::{Client, Socket, close_code, socket};

/// A small generator with a fixed seed: the same hostile bytes in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

/// Well-formed frames of a client that opens a document, as a start for damaged ones.
fn samples() -> Vec<Vec<u8>> {
    let mut node = sync::ClientNode::new(sync::PeerId::from("hostile"));
    let join = node.connected();
    let document = DocumentId::from_bytes([9; 16]);
    let text = document.to_string();
    let mut request = vec![0xA5];
    for (key, value) in [
        ("type", "request"),
        ("documentId", &text),
        ("senderId", "hostile"),
        ("targetId", "x"),
    ] {
        for word in [key, value] {
            request.push(0x78);
            request.push(word.len() as u8);
            request.extend_from_slice(word.as_bytes());
        }
    }
    let mut state = automerge::sync::State::new();
    let message = automerge::sync::SyncDoc::generate_sync_message(&Automerge::new(), &mut state);
    let message = message.unwrap().encode();
    request.extend_from_slice(b"\x64data\x58");
    request.push(message.len() as u8);
    request.extend_from_slice(&message);
    vec![join, request]
}

fn damaged(random: &mut Random, samples: &[Vec<u8>]) -> Vec<u8> {
    let mut frame = samples[random.below(samples.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(frame.len());
        match random.below(3) {
            0 => frame[at] = random.next().to_le_bytes()[0],
            1 => frame.truncate(at.max(1)),
            _ => frame.insert(at, random.next().to_le_bytes()[0]),
        }
    }
    frame
}

/// Sends until the server hangs up; returns how many frames went out.
async fn bombard(mut socket: Socket, frames: &[Vec<u8>]) -> usize {
    let mut sent = 0;
    for frame in frames {
        if socket
            .send(Message::Binary(frame.clone().into()))
            .await
            .is_err()
        {
            break;
        }
        sent += 1;
    }
    sent
}

#[tokio::test]
async fn thousands_of_arbitrary_frames_leave_the_server_serving() {
    let config = Config::local("unused".as_ref());
    let server = start_with_store(config, Box::new(MemoryStore::new()))
        .await
        .unwrap();
    let document = DocumentId::from_bytes([1; 16]);
    let mut witness = Client::connect(&server.sync_url(), "witness").await;
    witness.open(document, Automerge::new()).await;
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let samples = samples();
    let mut sent = 0;
    while sent < 5_000 {
        let arbitrary = |random: &mut Random| {
            let length = random.below(300);
            random.bytes(length)
        };
        // Some connections are joined first, so that what follows reaches deeper.
        let mut frames = if random.below(2) == 0 {
            Vec::new()
        } else {
            vec![samples[0].clone()]
        };
        for _ in 0..10 {
            let raw = random.below(4) == 0;
            frames.push(if raw {
                arbitrary(&mut random)
            } else {
                damaged(&mut random, &samples)
            });
        }
        sent += bombard(socket(&server.sync_url()).await, &frames).await;
    }
    // The same connection and the same document as before: nothing was restarted meanwhile.
    witness.put(document, "still", 1).await;
    witness
        .until("the receipt after the flood", |witness| {
            witness.acknowledged(document)
        })
        .await;
    server.stop().await;
}

#[tokio::test]
async fn a_malformed_frame_closes_its_own_connection() {
    let config = Config::local("unused".as_ref());
    let server = start_with_store(config, Box::new(MemoryStore::new()))
        .await
        .unwrap();
    let mut hostile = socket(&server.sync_url()).await;
    hostile
        .send(Message::Binary(vec![0xFF; 64].into()))
        .await
        .unwrap();
    assert!(close_code(&mut hostile).await.is_some());
    server.stop().await;
}
