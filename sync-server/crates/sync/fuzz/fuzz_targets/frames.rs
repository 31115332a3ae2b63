//! No frame from a stranger ends the server's engine, whatever state it finds it in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sync::wire::{Message, NATIVE_1, PeerMetadata, VERSION_1};
use sync::{ConnectionId, Effect, Event, PeerId, ServerConfig, ServerLimits, ServerNode};

const CONNECTION: ConnectionId = ConnectionId(1);

/// Frames are told apart by their length in two bytes.
fn frames(mut input: &[u8]) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    while let Some((length, rest)) = input.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        let (frame, rest) = rest.split_at(length);
        frames.push(frame.to_vec());
        input = rest;
    }
    frames
}

// The engine catches what Automerge does with a lie; libFuzzer would end at the first such panic. One
// that nobody catches still ends the run.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |input: &[u8]| {
    let mut server = ServerNode::new(ServerConfig {
        peer: PeerId::from("server"),
        limits: ServerLimits::default(),
        native: true,
        access: false,
    });
    let join = Message::Join {
        sender: PeerId::from("stranger"),
        versions: vec![VERSION_1.to_owned(), NATIVE_1.to_owned()],
        metadata: PeerMetadata::default(),
    };
    let connection = CONNECTION;
    let mut events = vec![
        Event::Received {
            connection,
            frame: join.encode(),
        },
        Event::Connected { connection },
    ];
    let mut frames = frames(input).into_iter();
    while let Some(event) = events.pop().or_else(|| {
        let frame = frames.next()?;
        Some(Event::Received { connection, frame })
    }) {
        for effect in server.handle(event, 0) {
            match effect {
                Effect::Load { document } => events.push(Event::Loaded {
                    document,
                    result: Ok(Vec::new()),
                }),
                Effect::Store { ticket, .. } | Effect::Replace { ticket, .. } => {
                    let result = Ok(());
                    events.push(Event::Stored { ticket, result });
                }
                _ => {}
            }
        }
    }
});
