//! What an operator relies on: TLS, limits, figures, logs that give nothing away, a good end.

use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;
use std::time::Duration;

use automerge::Automerge;
use futures_util::SinkExt;
use sync::{ClientNode, DocumentId, PeerId, wire};
use sync_server::store::MemoryStore;
use sync_server::{AddressLimits, Config, Running, TlsFiles, start, start_with_store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::client::{Client, close_code, socket, soon};

const ID: DocumentId = DocumentId::from_bytes([0x5a; 16]);
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/");

/// A server in memory with these settings.
async fn server(set: impl FnOnce(&mut Config)) -> Running {
    let mut config = Config::local(std::path::Path::new("unused"));
    set(&mut config);
    start_with_store(config, Box::new(MemoryStore::new()))
        .await
        .unwrap()
}

/// The body of what is at `path`, and the status line before it.
pub(crate) async fn get(server: &Running, path: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.0\r\n\r\n");
    let _ = stream.write_all(request.as_bytes()).await;
    let mut text = String::new();
    // Who is refused at the door is told nothing.
    let _ = soon("an answer", stream.read_to_string(&mut text)).await;
    text
}

pub(crate) fn tls(certificate: &str, key: &str) -> Option<TlsFiles> {
    Some(TlsFiles {
        certificate: format!("{FIXTURES}{certificate}").into(),
        key: format!("{FIXTURES}{key}").into(),
    })
}

#[tokio::test]
async fn a_server_with_a_certificate_speaks_tls() {
    let server = server(|config| config.tls = tls("loopback.pem", "loopback.key")).await;
    assert!(server.url().starts_with("https://127.0.0.1:"));
    let certificate = CertificateDer::from_pem_file(format!("{FIXTURES}loopback.pem")).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    // Someone who never finishes the handshake holds nobody up.
    let _silent = TcpStream::connect(server.address()).await.unwrap();
    let stream = TcpStream::connect(server.address()).await.unwrap();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connecting = TlsConnector::from(Arc::new(client)).connect(name, stream);
    let mut stream = soon("a handshake", connecting).await.unwrap();
    stream
        .write_all(b"GET /healthz HTTP/1.0\r\n\r\n")
        .await
        .unwrap();
    let mut text = String::new();
    soon("an answer", stream.read_to_string(&mut text))
        .await
        .unwrap();
    assert!(text.starts_with("HTTP/1.0 200"), "{text}");
}

#[tokio::test]
async fn a_key_that_is_none_is_said_in_one_sentence() {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::local(data.path());
    config.tls = tls("loopback.pem", "loopback.pem");
    let refused = start(config).await.err().unwrap().to_string();
    assert!(
        refused.starts_with("cannot use the certificate"),
        "{refused}"
    );
}

#[tokio::test]
async fn too_many_connections_of_an_address_are_answered_429() {
    let server = server(|config| config.addresses.connections = 1).await;
    let first = socket(&server.sync_url()).await;
    match connect_async(server.sync_url()).await {
        Err(Error::Http(answer)) => {
            assert_eq!(answer.status().as_u16(), 429);
            assert!(answer.headers().contains_key("retry-after"));
        }
        other => panic!("not refused: {other:?}"),
    }
    drop(first);
    soon("room for another", async {
        while connect_async(server.sync_url()).await.is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// The status of a request with this line and these headers.
async fn status(server: &Running, head: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let request = format!("{head}\r\nConnection: close\r\n\r\n");
    let mut text = String::new();
    // The server may close before it has read all of a long head; what it says comes all the same.
    let _ = stream.write_all(request.as_bytes()).await;
    let _ = soon("an answer", stream.read_to_string(&mut text)).await;
    text.get(9..12).unwrap_or_default().to_owned()
}

/// S53
#[tokio::test]
async fn a_server_on_loopback_answers_to_no_name_but_those_that_it_was_given() {
    let on_loopback = server(|_| {}).await;
    let named = server(|config| config.hosts = vec!["team.example".to_owned()]).await;
    let proxied = server(|config| config.proxies = vec![[10, 0, 0, 1].into()]).await;
    for (path, found) in [("/healthz", "200"), ("/api/v1/openapi.json", "200")] {
        for (server, host, expected) in [
            (&on_loopback, "localhost:4280", found),
            (&on_loopback, "[::1]", found),
            (&on_loopback, "team.example", "421"),
            (&named, "team.example", found),
            (&named, "127.0.0.1", found),
            (&named, "evil.example", "421"),
            (&proxied, "team.example", found),
        ] {
            let head = format!("GET {path} HTTP/1.1\r\nHost: {host}");
            assert_eq!(status(server, &head).await, expected, "{path} {host}");
        }
        let nameless = format!("GET {path} HTTP/1.1\r\nAccept: */*");
        assert_eq!(status(&on_loopback, &nameless).await, "400");
    }
    let mut request = on_loopback.sync_url().into_client_request().unwrap();
    let host = "evil.example:4280".parse().unwrap();
    request.headers_mut().insert("host", host);
    match connect_async(request).await {
        Err(Error::Http(answer)) => assert_eq!(answer.status().as_u16(), 421),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_head_that_is_too_long_is_answered_431() {
    let server = server(|_| {}).await;
    for (length, expected) in [(1 << 10, "200"), (200 << 10, "431")] {
        let long = "x".repeat(length);
        let head = format!("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: {long}");
        assert_eq!(status(&server, &head).await, expected);
    }
}

#[tokio::test]
async fn too_many_messages_of_an_address_are_closed_with_4029() {
    let limits = AddressLimits {
        messages: 1,
        ..AddressLimits::default()
    };
    let server = server(|config| config.addresses = limits).await;
    let mut chatty = socket(&server.sync_url()).await;
    let join = ClientNode::new(PeerId::from("chatty")).connected();
    let of_someone_else = wire::Message::Leave {
        sender: PeerId::from("nobody"),
    };
    for frame in iter::once(join).chain(iter::repeat_n(of_someone_else.encode(), 30)) {
        let _ = chatty.send(Message::Binary(frame.into())).await;
    }
    assert_eq!(close_code(&mut chatty).await, Some(4029));
    let figures = get(&server, "/metrics").await;
    assert!(
        figures.contains("groundwork_refusals_total{reason=\"rate\"} 1\n"),
        "{figures}"
    );
}

#[tokio::test]
async fn the_figures_follow_what_happens() {
    let server = server(|_| {}).await;
    let mut client = Client::connect(&server.sync_url(), "writer").await;
    client.open(ID, Automerge::new()).await;
    client.put(ID, "key", 1).await;
    client.until("a receipt", |c| c.acknowledged(ID)).await;
    let mut broken = socket(&server.sync_url()).await;
    broken
        .send(Message::Binary(b"rubbish".as_slice().into()))
        .await
        .unwrap();
    assert_eq!(close_code(&mut broken).await, Some(1007));

    let text = get(&server, "/metrics").await;

    let figures: BTreeMap<_, _> = text
        .lines()
        .filter_map(|line| line.rsplit_once(' '))
        .collect();
    let figure = |name: &str| figures[name].parse::<f64>().unwrap();
    assert_eq!(figure("groundwork_connections_total"), 2.0);
    assert_eq!(figure("groundwork_store_writes_total"), 1.0);
    assert_eq!(figure("groundwork_store_seconds_count"), 1.0);
    assert_eq!(
        figure("groundwork_refusals_total{reason=\"malformed\"}"),
        1.0
    );
    assert!(figure("groundwork_received_frames_total") >= 3.0);
    assert!(figure("groundwork_fan_out_seconds_count") >= 2.0);
    assert!(!text.contains(&ID.to_string()));
}

#[tokio::test]
async fn figures_can_be_kept_in() {
    let server = server(|config| config.metrics = false).await;
    assert!(get(&server, "/metrics").await.starts_with("HTTP/1.0 404"));
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_says_so_before_it_closes() {
    let server = server(|config| config.drain = Duration::from_secs(60)).await;
    assert!(get(&server, "/readyz").await.starts_with("HTTP/1.0 200"));
    let address = server.address();
    let stopping = tokio::spawn(server.stop());
    soon("the server says no", async {
        loop {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream
                .write_all(b"GET /readyz HTTP/1.0\r\n\r\n")
                .await
                .unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).await.unwrap();
            if text.starts_with("HTTP/1.0 503") && text.ends_with("stopping\n") {
                break;
            }
        }
    })
    .await;
    stopping.abort();
}

#[tokio::test]
async fn what_is_being_stored_at_the_end_gets_its_receipt() {
    let store = MemoryStore::new();
    let control = store.control();
    let config = Config::local(std::path::Path::new("unused"));
    let server = start_with_store(config, Box::new(store)).await.unwrap();
    let mut client = Client::connect(&server.sync_url(), "writer").await;
    client.open(ID, Automerge::new()).await;
    client.put(ID, "first", 1).await;
    client.until("a receipt", |c| c.acknowledged(ID)).await;
    control.hold();
    client.put(ID, "last", 1).await;
    soon("the write reaches the store", async {
        while !get(&server, "/metrics")
            .await
            .contains("groundwork_store_waiting 1\n")
        {}
    })
    .await;

    let stopping = tokio::spawn(server.stop());
    control.release();

    client
        .until("the last receipt", |c| c.acknowledged(ID))
        .await;
    assert_eq!(client.close_code().await, Some(1001));
    stopping.await.unwrap();
}
