//! The log says what happens and gives nothing away, however much of it is asked for.

use automerge::Automerge;
use futures_util::SinkExt;
use sync::DocumentId;
use tokio_tungstenite::tungstenite::Message;

use super::client::{Client, close_code, socket};
use super::program::Program;

const ID: DocumentId = DocumentId::from_bytes([0x3c; 16]);
const CONTENT: &str = "our secret price list";

/// What the program logs in this format while people write and others send rubbish.
async fn logged(format: &str) -> String {
    let data = tempfile::tempdir().unwrap();
    let program = Program::start_with(data.path(), &["--log", "trace", "--log-format", format]);
    let key = bs58::encode([0x4b; 32]).into_string();
    let mut client = Client::connect(&program.sync_url(), "writer").await;
    client.show_key(&key).await;
    client.open(ID, Automerge::new()).await;
    client.put(ID, CONTENT, 1).await;
    client.until("a receipt", |c| c.acknowledged(ID)).await;
    let mut broken = socket(&program.sync_url()).await;
    let rubbish = format!("{CONTENT} {ID}");
    broken
        .send(Message::Binary(rubbish.into_bytes().into()))
        .await
        .unwrap();
    assert!(close_code(&mut broken).await.is_some());
    let log = program.end_and_read_log();
    assert!(!log.contains(&key), "a key: {log}");
    log
}

fn gives_nothing_away(log: &str) {
    assert!(log.contains("closing"), "something is logged: {log}");
    assert!(!log.contains(CONTENT), "content: {log}");
    assert!(!log.contains(&ID.to_string()), "a document's id: {log}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_log_for_people_gives_nothing_away() {
    gives_nothing_away(&logged("text").await);
}

#[cfg(unix)]
#[tokio::test]
async fn a_log_in_json_is_one_object_a_line_and_gives_nothing_away() {
    let log = logged("json").await;
    gives_nothing_away(&log);
    for line in log.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            entry["level"].is_string() && entry["message"].is_string(),
            "{line}"
        );
    }
}
