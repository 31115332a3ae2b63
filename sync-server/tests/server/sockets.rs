//! What a single connection may expect, and when it is let go.

use std::time::Duration;

use automerge::Automerge;
use futures_util::{SinkExt, StreamExt};
use sync::{DocumentId, wire};
use sync_server::store::MemoryStore;
use sync_server::{Config, Running, Timing, start_with_store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::client::{Client, close_code, socket, soon};
use super::operations::get;

async fn server(change: impl FnOnce(&mut Config)) -> Running {
    let mut config = Config::local("unused".as_ref());
    change(&mut config);
    start_with_store(config, Box::new(MemoryStore::new()))
        .await
        .unwrap()
}

#[tokio::test]
async fn text_is_refused() {
    let server = server(|_| {}).await;
    let mut socket = socket(&server.sync_url()).await;
    socket.send(Message::text("hello")).await.unwrap();
    assert_eq!(close_code(&mut socket).await, Some(1003));
}

#[tokio::test]
async fn a_frame_above_the_limit_is_refused() {
    let server = server(|config| config.limits.frame = 1000).await;
    let mut socket = socket(&server.sync_url()).await;
    socket
        .send(Message::Binary(vec![0; 1001].into()))
        .await
        .unwrap();
    assert_eq!(close_code(&mut socket).await, Some(1009));
}

/// The head of a masked frame of this first byte that claims to be so long.
fn head(first: u8, claimed: u64) -> Vec<u8> {
    let mut head = vec![first, 0xff];
    head.extend(claimed.to_be_bytes());
    head.extend([0; 4]);
    head
}

#[tokio::test]
async fn who_sends_too_much_is_told_so_before_the_close_frame_and_while_still_sending() {
    const BINARY: u8 = 0x82;
    const BEGINNING: u8 = 0x02;
    const CONTINUED: u8 = 0x00;
    let part = |first| [head(first, 600), vec![0; 600]].concat();
    let server = server(|config| config.limits.frame = 1000).await;
    for sent in [
        head(BINARY, 40 << 20),
        head(BINARY, 1 << 62),
        [part(BEGINNING), part(CONTINUED)].concat(),
    ] {
        let mut socket = socket(&server.sync_url()).await;
        let stream = socket.get_mut();
        stream.write_all(&sent).await.unwrap();
        // More than is on its way at a time: unread, it would reset the connection.
        stream.write_all(&vec![0; 8 << 20]).await.unwrap();
        let told = soon("the error", socket.next()).await;
        let Some(Ok(Message::Binary(error))) = told else {
            panic!("no error: {told:?}");
        };
        let error = wire::Message::decode(&error).unwrap();
        assert!(matches!(error, wire::Message::Error { .. }), "{error:?}");
        assert_eq!(close_code(&mut socket).await, Some(1009));
    }
}

#[tokio::test]
async fn who_goes_without_a_goodbye_is_no_refusal() {
    let server = server(|_| {}).await;
    let figures = async || get(&server, "/metrics").await;
    let mut client = Client::connect(&server.sync_url(), "brief").await;
    assert!(soon("the answer", client.step()).await);
    drop(client);
    soon("its end", async {
        while !figures().await.contains("groundwork_connections 0\n") {}
    })
    .await;
    let refused = |line: &str| line.starts_with("groundwork_refusals") && !line.ends_with(" 0");
    let figures = figures().await;
    assert!(!figures.lines().any(refused), "{figures}");
}

#[tokio::test]
async fn a_connection_that_never_joins_is_let_go() {
    let handshake = Duration::from_millis(50);
    let server = server(|config| {
        config.timing = Timing {
            handshake,
            ..config.timing
        }
    })
    .await;
    let mut socket = socket(&server.sync_url()).await;
    assert_eq!(close_code(&mut socket).await, Some(1013));
}

#[tokio::test]
async fn a_connection_that_answers_pings_stays() {
    let ping = Duration::from_millis(500);
    let server = server(|config| {
        config.timing = Timing {
            ping,
            ..config.timing
        }
    })
    .await;
    let mut client = Client::connect(&server.sync_url(), "awake").await;
    // The answer to `join`, then more pings than a silent connection outlives; the library answers
    // each as it is read. Twice the interval is room enough for a busy machine.
    for _ in 0..5 {
        assert!(soon("a ping", client.step()).await);
    }
}

#[tokio::test]
async fn a_connection_that_answers_no_ping_is_let_go() {
    let ping = Duration::from_millis(20);
    let server = server(|config| {
        config.timing = Timing {
            ping,
            ..config.timing
        }
    })
    .await;
    // Bare TCP: the upgrade, and not a byte more.
    let mut half_open = TcpStream::connect(server.address()).await.unwrap();
    let upgrade = "GET /sync HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    half_open.write_all(upgrade.as_bytes()).await.unwrap();
    let mut received = Vec::new();
    let ended = soon("being let go", half_open.read_to_end(&mut received)).await;
    assert!(ended.is_err() || received.starts_with(b"HTTP/1.1 101"));
}

/// Bytes that no compression makes fewer.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(step).take(length).collect()
}

#[tokio::test]
async fn who_does_not_read_holds_nobody_up_and_is_level_once_it_reads() {
    let server = server(|config| config.max_outgoing = 1 << 20).await;
    let id = DocumentId::from_bytes([3; 16]);
    let mut ana = Client::connect(&server.sync_url(), "ana").await;
    ana.open(id, Automerge::new()).await;
    ana.put(id, "key", 1).await;
    ana.until("a receipt", |it| it.acknowledged(id)).await;
    let mut ben = Client::connect(&server.sync_url(), "ben").await;
    let mut slow = Client::connect_narrowly(server.address(), "slow").await;
    for reader in [&mut ben, &mut slow] {
        reader.open(id, Automerge::new()).await;
        reader.until("level", |it| it.keys(id) == 1).await;
    }

    // More than the kernel and the queue take, while nobody reads for `slow`.
    for number in 0..16 {
        ana.put(id, "key", noise(number, 512 << 10)).await;
        ana.until("a receipt", |it| it.acknowledged(id)).await;
        let heads = ana.heads(id);
        ben.until("the change", |it| it.has(id, &heads)).await;
    }
    let heads = ana.heads(id);
    assert!(!slow.has(id, &heads));

    while !slow.has(id, &heads) {
        if !soon("a frame", slow.step()).await {
            slow.reconnect(&server.sync_url()).await;
        }
    }
}

#[tokio::test]
async fn health_follows_the_store() {
    let store = MemoryStore::new();
    let control = store.control();
    let config = Config::local("unused".as_ref());
    let server = start_with_store(config, Box::new(store)).await.unwrap();
    let document = DocumentId::from_bytes([6; 16]);
    control.fail_writes(true);
    let mut writer = Client::connect(&server.sync_url(), "writer").await;
    writer.open(document, Automerge::new()).await;
    writer.put(document, "lost", 1).await;
    let writing = tokio::spawn(async move { while writer.step().await {} });
    soon("the failure", async {
        while health(&server).await == 200 {}
    })
    .await;
    writing.abort();
    control.fail_writes(false);
    assert_eq!(health(&server).await, 200);
}

async fn health(server: &Running) -> u16 {
    let mut connection = TcpStream::connect(server.address()).await.unwrap();
    connection
        .write_all(b"GET /healthz HTTP/1.0\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn stopping_closes_every_socket_with_going_away() {
    let server = server(|_| {}).await;
    let mut sockets = [
        socket(&server.sync_url()).await,
        socket(&server.sync_url()).await,
    ];
    let stopping = tokio::spawn(server.stop());
    for socket in &mut sockets {
        assert_eq!(close_code(socket).await, Some(1001));
    }
    soon("stopping", stopping).await.unwrap();
}

#[tokio::test]
async fn stopping_does_not_wait_for_a_client_that_is_stuck() {
    let goodbye = Duration::from_millis(50);
    let server = server(|config| {
        config.timing = Timing {
            goodbye,
            ..config.timing
        }
    })
    .await;
    let mut stuck = TcpStream::connect(server.address()).await.unwrap();
    stuck.write_all(b"GET /sync HTTP/1.1\r\n").await.unwrap();
    let _silent = socket(&server.sync_url()).await;
    soon("stopping", server.stop()).await;
}

#[tokio::test]
async fn the_port_is_free_again_after_stopping() {
    let first = server(|_| {}).await;
    let address = first.address().to_string();
    first.stop().await;
    let second = server(|config| config.listen = address.clone()).await;
    assert_eq!(second.address().to_string(), address);
}

#[tokio::test]
async fn a_page_of_an_origin_that_is_not_named_cannot_connect() {
    let server = server(|config| config.origins = vec!["https://team.example".to_owned()]).await;
    let mut request = server.sync_url().into_client_request().unwrap();
    request
        .headers_mut()
        .insert("origin", "https://other.example".parse().unwrap());
    let refused = tokio_tungstenite::connect_async(request).await.unwrap_err();
    assert!(matches!(refused, Error::Http(answer) if answer.status() == 403));
}

#[tokio::test]
async fn a_clean_goodbye_is_answered() {
    let server = server(|_| {}).await;
    let mut socket = socket(&server.sync_url()).await;
    socket.close(None).await.unwrap();
    while let Some(message) = soon("the answer", socket.next()).await {
        assert!(matches!(message, Ok(Message::Close(_))), "{message:?}");
    }
}
