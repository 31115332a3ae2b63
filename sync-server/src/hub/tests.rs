//! The hub with an engine that does what its frames say, panics included.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use sync::{Chunk, CloseCode, DocumentId, Effect, Event, ForwardKind};

use super::*;
use crate::store::{MemoryControl, MemoryStore};

const DOCUMENT: DocumentId = DocumentId::from_bytes([7; 16]);
const DEADLINE: Duration = Duration::from_secs(10);

/// Does what a frame says, and tells the test everything that it hears.
struct Obedient {
    instance: usize,
    heard: Sender<(usize, Event)>,
}

impl Node for Obedient {
    fn handle(&mut self, event: Event, _now_ms: u64) -> Vec<Effect> {
        if !matches!(event, Event::Tick | Event::Pause) {
            self.heard.send((self.instance, event.clone())).unwrap();
        }
        let Event::Received { connection, frame } = event else {
            return Vec::new();
        };
        let store = Effect::Store {
            ticket: 1,
            document: DOCUMENT,
            chunk: Chunk::new(frame.clone()),
            from: vec![connection],
        };
        match frame.as_slice() {
            b"panic" => panic!("as the test wants"),
            [b's', b't', b'o', b'r', b'e', ..] => vec![store],
            [b'f', b'o', b'r', b'w', b'a', b'r', b'd', ..] => vec![Effect::Forward {
                connections: vec![connection],
                document: DOCUMENT,
                frame: frame.into(),
                kind: ForwardKind::Change,
            }],
            b"close" => vec![Effect::Close {
                connection,
                code: CloseCode(4000),
                reason: "as told".to_owned(),
            }],
            _ => vec![Effect::Send {
                connection,
                frame: frame.into(),
            }],
        }
    }

    fn documents(&self) -> usize {
        0
    }
}

struct Fixture {
    hub: Hub,
    threads: HubThreads,
    heard: Receiver<(usize, Event)>,
    store: MemoryControl,
}

fn started() -> Fixture {
    let store = MemoryStore::new();
    let control = store.control();
    let (sender, heard) = channel();
    let mut instances = 0..;
    let make = move || Obedient {
        instance: instances.next().unwrap(),
        heard: sender.clone(),
    };
    let config = HubConfig {
        make: Box::new(make),
        max_frame: 1 << 20,
        max_outgoing: 10_000,
        open_documents: true,
        metrics: Arc::default(),
    };
    let (hub, threads) = spawn(config, Box::new(store)).unwrap();
    Fixture {
        hub,
        threads,
        heard,
        store: control,
    }
}

impl Fixture {
    /// Waits until the engine has heard an event like this.
    fn hears(&self, expected: impl Fn(usize, &Event) -> bool) {
        while let Ok((instance, event)) = self.heard.recv_timeout(DEADLINE) {
            if expected(instance, &event) {
                return;
            }
        }
        panic!("the engine never heard it");
    }
}

async fn closing(queue: &mut OutgoingQueue) -> Closing {
    let wanted = queue.closing.wait_for(Option::is_some);
    tokio::time::timeout(DEADLINE, wanted)
        .await
        .unwrap()
        .unwrap()
        .clone()
        .unwrap()
}

fn is_closed(event: &Event) -> bool {
    matches!(event, Event::Closed { .. })
}

#[tokio::test]
async fn a_frame_comes_back_as_the_engine_says() {
    let fixture = started();
    let (connection, mut queue) = fixture.hub.connect(None);
    connection.frame(Bytes::from_static(b"hello")).await;
    assert_eq!(&*queue.frames.recv().await.unwrap().head, b"hello");
}

#[tokio::test]
async fn a_dropped_connection_is_closed_after_its_last_frame() {
    let fixture = started();
    let (connection, _queue) = fixture.hub.connect(None);
    connection.frame(Bytes::from_static(b"last words")).await;
    drop(connection);
    fixture.hears(|_, event| matches!(event, Event::Received { .. }));
    fixture.hears(|_, event| is_closed(event));
}

#[tokio::test]
async fn a_reader_that_does_not_keep_up_is_cut_off_and_may_come_back() {
    let fixture = started();
    let (connection, mut queue) = fixture.hub.connect(None);
    for _ in 0..3 {
        connection.frame(Bytes::from_static(&[0; 6000])).await;
    }
    let closing = closing(&mut queue).await;
    assert_eq!((closing.code, closing.drain), (CloseCode::LATER, false));
    fixture.hears(|_, event| is_closed(event));
}

#[tokio::test]
async fn changes_are_dropped_before_a_slow_reader_is_cut_off() {
    let fixture = started();
    let (connection, mut queue) = fixture.hub.connect(None);
    let mut change = b"forward".to_vec();
    change.resize(2_000, 0);
    for _ in 0..2 {
        connection.frame(Bytes::from(change.clone())).await;
    }
    fixture.hears(|_, event| matches!(event, Event::Dropped { .. }));
    connection.frame(Bytes::from_static(b"still heard")).await;
    fixture.hears(
        |_, event| matches!(event, Event::Received { frame, .. } if frame == b"still heard"),
    );
    assert_eq!(queue.frames.recv().await.unwrap().head.len(), 2_000);
    assert_eq!(&*queue.frames.recv().await.unwrap().head, b"still heard");
}

#[tokio::test]
async fn a_cut_off_connection_is_reported_closed_once() {
    let fixture = started();
    let (connection, mut queue) = fixture.hub.connect(None);
    for _ in 0..3 {
        connection.frame(Bytes::from_static(&[0; 6000])).await;
    }
    closing(&mut queue).await;
    drop(connection);
    let Fixture {
        hub,
        threads,
        heard,
        ..
    } = fixture;
    hub.stop();
    drop(hub);
    threads.join();
    assert_eq!(
        heard.iter().filter(|(_, event)| is_closed(event)).count(),
        1
    );
}

#[tokio::test]
async fn nothing_of_a_connection_that_is_being_closed_is_handled() {
    let fixture = started();
    let (connection, mut queue) = fixture.hub.connect(None);
    connection.frame(Bytes::from_static(b"close")).await;
    connection.frame(Bytes::from_static(b"too late")).await;
    assert_eq!(closing(&mut queue).await.code, CloseCode(4000));
    drop(connection);
    fixture.hears(|_, event| match event {
        Event::Received { frame, .. } => {
            assert_ne!(frame, b"too late");
            false
        }
        event => is_closed(event),
    });
}

#[tokio::test]
async fn a_panic_closes_its_connection_asks_the_others_back_and_the_hub_goes_on() {
    let fixture = started();
    let (innocent, mut innocent_queue) = fixture.hub.connect(None);
    let (culprit, mut culprit_queue) = fixture.hub.connect(None);
    innocent.frame(Bytes::from_static(b"hello")).await;
    culprit.frame(Bytes::from_static(b"panic")).await;
    assert_eq!(closing(&mut culprit_queue).await.code, CloseCode::INTERNAL);
    assert_eq!(closing(&mut innocent_queue).await.code, CloseCode::RESTART);
    let (again, mut queue) = fixture.hub.connect(None);
    again.frame(Bytes::from_static(b"back")).await;
    assert_eq!(&*queue.frames.recv().await.unwrap().head, b"back");
    fixture.hears(|instance, _| instance == 1);
}

#[tokio::test]
async fn a_receipt_for_the_engine_that_panicked_never_reaches_the_next() {
    let fixture = started();
    fixture.store.hold();
    let (before, _queue) = fixture.hub.connect(None);
    before.frame(Bytes::from_static(b"store")).await;
    before.frame(Bytes::from_static(b"panic")).await;
    let (after, _queue) = fixture.hub.connect(None);
    after.frame(Bytes::from_static(b"store")).await;
    fixture.hears(|instance, event| instance == 1 && matches!(event, Event::Received { .. }));
    fixture.store.release();
    drop((before, after));
    let Fixture {
        hub,
        threads,
        heard,
        ..
    } = fixture;
    hub.stop();
    drop(hub);
    threads.join();
    let receipts: Vec<_> = heard
        .iter()
        .filter(|(_, event)| matches!(event, Event::Stored { .. }))
        .collect();
    assert_eq!(
        receipts,
        [(
            1,
            Event::Stored {
                ticket: 1,
                result: Ok(())
            }
        )]
    );
}

#[tokio::test]
async fn stopping_waits_for_the_store_and_says_goodbye() {
    let fixture = started();
    fixture.store.hold();
    let (connection, mut queue) = fixture.hub.connect(None);
    connection.frame(Bytes::from_static(b"store")).await;
    fixture.hears(|_, event| matches!(event, Event::Received { .. }));
    fixture.hub.stop();
    assert!(queue.closing.borrow().is_none());
    fixture.store.release();
    assert_eq!(closing(&mut queue).await.code, CloseCode::GOING_AWAY);
    fixture.hears(|_, event| matches!(event, Event::Stored { result: Ok(()), .. }));
}

#[tokio::test]
async fn while_too_much_waits_for_the_store_nothing_more_is_handled() {
    let fixture = started();
    fixture.store.hold();
    let (connection, _queue) = fixture.hub.connect(None);
    let frames = 80;
    let flood = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        for _ in 0..frames {
            let mut frame = vec![1; 1 << 20];
            frame[..5].copy_from_slice(b"store");
            runtime.block_on(connection.frame(frame.into()));
        }
    });
    for _ in 0..64 {
        fixture.hears(|_, event| matches!(event, Event::Received { .. }));
    }
    assert_eq!(
        fixture.heard.recv_timeout(Duration::from_millis(100)).ok(),
        None
    );
    fixture.store.release();
    flood.join().unwrap();
    fixture.hears(|_, event| is_closed(event));
}
