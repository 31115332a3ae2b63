//! Strangers who connect and then say nothing, or take nothing, at the real program and beside it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use sync_server::store::MemoryStore;
use sync_server::{Config, Running, Timing, start_with_store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;

use super::client::{DEADLINE, soon};
use super::operations::{get, tls};
use super::program::Program;

/// A request whose head never ends.
const HALF: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\n";

/// A connection that has sent this, and waits no longer than anything takes here.
fn connection(address: &str, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(sent).unwrap();
    stream
}

/// Everything that comes until the server closes.
fn until_closed(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    // A reset is an end as well; a timeout is none.
    if let Err(error) = stream.read_to_end(&mut text) {
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
    String::from_utf8(text).unwrap()
}

/// A server in memory with these times.
async fn server(set: impl FnOnce(&mut Config)) -> Running {
    let mut config = Config::local("unused".as_ref());
    set(&mut config);
    let store = Box::new(MemoryStore::new());
    start_with_store(config, store).await.unwrap()
}

#[cfg(unix)]
#[test]
fn hundreds_who_say_nothing_do_not_keep_out_who_asks() {
    let data = tempfile::tempdir().unwrap();
    // Time does not help here: they may be silent for an hour.
    let program = Program::start_with_descriptors(data.path(), 96, &["--head", "3600"]);
    let mut silent = Vec::new();
    for n in 0..300 {
        let sent = if n % 2 == 0 { HALF } else { b"" };
        silent.push(connection(program.address(), sent));
    }
    for _ in 0..3 {
        let asks = connection(program.address(), b"GET /healthz HTTP/1.0\r\n\r\n");
        let answer = until_closed(asks);
        assert!(answer.starts_with("HTTP/1.0 200"), "{answer}");
    }
    let first = silent.remove(0);
    assert_eq!(until_closed(first), "", "the oldest made room");
}

#[test]
fn who_does_not_finish_a_request_or_ask_again_is_let_go() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start_with(data.path(), &["--head", "1"]);
    let nothing = connection(program.address(), b"");
    let half = connection(program.address(), HALF);
    let whole = [HALF, b"\r\n"].concat();
    let idle = connection(program.address(), &whole);
    assert_eq!(until_closed(nothing), "");
    assert_eq!(until_closed(half), "");
    let answered = until_closed(idle);
    assert!(answered.starts_with("HTTP/1.1 "), "{answered}");
}

#[tokio::test]
async fn who_does_not_finish_a_tls_handshake_is_let_go() {
    let server = server(|config| {
        config.tls = tls("loopback.pem", "loopback.key");
        config.timing = Timing {
            head: Duration::from_millis(50),
            ..config.timing
        };
    })
    .await;
    let address = server.address().to_string();
    let ended = tokio::task::spawn_blocking(move || until_closed(connection(&address, b"")));
    assert_eq!(ended.await.unwrap(), "");
}

#[tokio::test]
async fn who_does_not_take_what_it_asked_for_is_let_go() {
    const LENGTH: usize = 32 << 20;
    let site = tempfile::tempdir().unwrap();
    std::fs::create_dir(site.path().join("assets")).unwrap();
    std::fs::write(site.path().join("assets/large.bin"), vec![7; LENGTH]).unwrap();
    let server = server(|config| {
        config.app = site.path().to_owned();
        config.timing = Timing {
            send: Duration::from_millis(50),
            ..config.timing
        };
        config.max_open = 1;
    })
    .await;
    let narrow = TcpSocket::new_v4().unwrap();
    narrow.set_recv_buffer_size(64 << 10).unwrap();
    let mut stream = narrow.connect(server.address()).await.unwrap();
    let request = b"GET /assets/large.bin HTTP/1.0\r\n\r\n";
    stream.write_all(request).await.unwrap();
    // The first byte of the answer: it has the only seat, and keeps it for as long as it is open.
    soon("an answer", stream.read_u8()).await.unwrap();
    soon("its seat", async {
        while !get(&server, "/healthz").await.starts_with("HTTP/1.0 200") {}
    })
    .await;
    let mut rest = Vec::new();
    let _ = soon("its end", stream.read_to_end(&mut rest)).await;
    assert!(rest.len() < LENGTH, "{}", rest.len());
}

#[tokio::test]
async fn a_server_that_stops_waits_for_nobody_who_says_nothing() {
    let server = server(|config| config.timing.goodbye = Duration::from_secs(3_600)).await;
    let address = server.address().to_string();
    let half = connection(&address, HALF);
    let nothing = connection(&address, b"");
    // Answered, so that those before it have been let in as well.
    assert!(get(&server, "/healthz").await.starts_with("HTTP/1.0 200"));
    soon("the end", server.stop()).await;
    let ended = tokio::task::spawn_blocking(|| [half, nothing].map(until_closed));
    assert_eq!(ended.await.unwrap(), ["", ""]);
}
