//! What many are sent at once is in memory once.

use std::sync::Arc;

use automerge::sync::SyncDoc;
use automerge::transaction::Transactable;
use automerge::{Automerge, AutomergeError, ROOT, sync::State};
use sync::wire::{Message, NATIVE_1, PeerMetadata, SyncMessage};
use sync::{
    Chunk, ConnectionId, DocumentId, Effect, Event, PeerId, ServerConfig, ServerLimits, ServerNode,
    StoredChunk,
};

const ID: DocumentId = DocumentId::from_bytes([5; 16]);

/// A document that is too long to be copied for everyone, as it is stored.
fn stored() -> StoredChunk {
    let mut random = 7_u32;
    let mut noise = || {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        random.to_le_bytes()
    };
    let mut document = Automerge::new();
    let noise: Vec<u8> = (0..50_000).flat_map(|_| noise()).collect();
    let put = document.transact::<_, _, AutomergeError>(|edit| edit.put(ROOT, "noise", noise));
    put.expect("a put");
    let bytes = document.save();
    StoredChunk {
        hash: Chunk::hash_of(&bytes),
        bytes,
        quarantined: false,
        heads: Vec::new(),
    }
}

/// Somebody who has nothing joins and asks.
fn asks(server: &mut ServerNode, connection: ConnectionId) -> Vec<Effect> {
    let sender = PeerId::from(format!("reader-{}", connection.0));
    let join = Message::Join {
        sender: sender.clone(),
        versions: vec![NATIVE_1.to_owned()],
        metadata: PeerMetadata::default(),
    };
    let first = Automerge::new().generate_sync_message(&mut State::new());
    let request = Message::Request(SyncMessage {
        document: ID,
        sender,
        target: PeerId::from("server"),
        data: first.expect("a first message").encode(),
    });
    let mut effects = server.handle(Event::Connected { connection }, 0);
    for message in [join, request] {
        let frame = message.encode();
        effects.extend(server.handle(Event::Received { connection, frame }, 0));
    }
    effects
}

/// S52
#[test]
fn newcomers_are_sent_one_copy_of_a_long_document() {
    let mut server = ServerNode::new(ServerConfig {
        peer: PeerId::from("server"),
        limits: ServerLimits::default(),
        native: true,
        access: false,
    });
    let (stored, mut bodies) = (stored(), Vec::new());
    for n in 1..=3 {
        let mut effects = asks(&mut server, ConnectionId(n));
        let loads = effects
            .iter()
            .any(|effect| matches!(effect, Effect::Load { .. }));
        if loads {
            let result = Ok(vec![stored.clone()]);
            let document = ID;
            effects.extend(server.handle(Event::Loaded { document, result }, 0));
        }
        for effect in effects {
            if let Effect::SendShared { head, body, .. } = effect {
                let frame = [head.as_slice(), body.as_slice()].concat();
                let Ok(Message::Sync(message)) = Message::decode(&frame) else {
                    panic!("it is one whole message");
                };
                assert_eq!(Message::Sync(message).encode(), frame);
                bodies.push(body);
            }
        }
    }
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| Arc::ptr_eq(body, &bodies[0])));
}
