//! A socket whose other side has gone without a word, at the real program.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use automerge::Automerge;
use sync::DocumentId;

use super::client::Client;
use super::program::Program;

const ID: DocumentId = DocumentId::from_bytes([4; 16]);

/// What a shown presence would outlive if nothing ended it: ten seconds, in which the connection
/// has to be let go.
const PRESENCE: Duration = Duration::from_secs(10);

/// A figure of `/metrics`.
fn figure(program: &Program, name: &str) -> u64 {
    let mut stream = TcpStream::connect(program.address()).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap().trim().parse().unwrap()
}

/// S5
#[tokio::test]
async fn who_lost_the_network_is_back_under_their_name_within_seconds() {
    // Given Ben, whose connection nobody reads any more, as after a network that went.
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path());
    let mut lost = Client::connect(&program.sync_url(), "ben").await;
    lost.open(ID, Automerge::new()).await;
    lost.put(ID, "first", 1).await;
    lost.until("a receipt", |ben| ben.acknowledged(ID)).await;

    // When he comes again, then he is let in long before the silence of the first is noticed.
    let back = Instant::now();
    let mut ben = Client::connect(&program.sync_url(), "ben").await;
    ben.open(ID, Automerge::new()).await;
    ben.until("the document", |ben| ben.value(ID, "first") == Some(1))
        .await;
    assert!(back.elapsed() < PRESENCE, "{:?}", back.elapsed());
    assert_eq!(lost.close_code().await, Some(1013));
}

/// S5
#[tokio::test]
async fn nobody_takes_the_place_of_someone_who_is_there() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path());
    let mut ben = Client::connect(&program.sync_url(), "ben").await;
    ben.open(ID, Automerge::new()).await;
    ben.put(ID, "first", 1).await;
    ben.until("a receipt", |ben| ben.acknowledged(ID)).await;
    let mut stranger = Client::connect(&program.sync_url(), "ben").await;
    let refused = tokio::select! {
        code = stranger.close_code() => code,
        // He answers pings as he reads.
        _ = async { while ben.step().await {} } => None,
    };
    assert_eq!(refused, Some(1013));
    ben.put(ID, "second", 2).await;
    ben.until("a receipt", |ben| ben.acknowledged(ID)).await;
}

/// S44
#[tokio::test]
async fn who_answers_no_ping_is_let_go_and_no_longer_shown() {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start_with(data.path(), &["--ping", "1"]);
    let mut ana = Client::connect(&program.sync_url(), "ana").await;
    ana.open(ID, Automerge::new()).await;
    ana.put(ID, "first", 1).await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;
    let mut ben = Client::connect(&program.sync_url(), "ben").await;
    ben.open(ID, Automerge::new()).await;
    ben.until("level", |ben| ben.acknowledged(ID)).await;
    ben.present(ID).await;
    let shown = Instant::now();
    ana.until("ben", |ana| ana.sees("ben")).await;
    assert_eq!(figure(&program, "groundwork_connections "), 2);

    // Ben's socket stays open, and nobody reads it or answers; Ana answers as she reads.
    ana.until("his absence", |ana| !ana.sees("ben")).await;

    assert!(shown.elapsed() < PRESENCE, "{:?}", shown.elapsed());
    assert_eq!(figure(&program, "groundwork_connections "), 1);
    let silent = r#"groundwork_refusals_total{reason="silent"}"#;
    assert_eq!(figure(&program, silent), 1);
    ana.put(ID, "second", 2).await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;
    drop(ben);
}
