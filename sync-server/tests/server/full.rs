//! A file system on which nothing fits any more, under the real program: no receipt, everybody is
//! told, and nothing is lost when there is room again.

use std::process::Command;

use automerge::Automerge;
use sync::DocumentId;

use super::client::Client;
use super::program::Program;

const ID: DocumentId = DocumentId::from_bytes([5; 16]);

/// Lets the program's files grow up to `limit` bytes only, or again without end. Whatever it writes
/// beyond that fails, below SQLite, in the kernel.
fn limit_files(program: &Program, limit: &str) {
    let status = Command::new("prlimit")
        .args(["--pid", &program.id().to_string()])
        .arg(format!("--fsize={limit}:unlimited"))
        .status()
        .expect("prlimit of util-linux");
    assert!(status.success());
}

async fn level(program: &Program, name: &str) -> Client {
    let mut client = Client::connect(&program.sync_url(), name).await;
    client.open(ID, Automerge::new()).await;
    let known = |client: &Client| client.acknowledged(ID) && !client.heads(ID).is_empty();
    client.until("level", known).await;
    client
}

#[tokio::test]
async fn a_full_disk_stops_receipts_and_nothing_is_lost_when_there_is_room_again() {
    // Given two people on a server whose files may not grow any more.
    let data = tempfile::tempdir().unwrap();
    let program = Program::start_where_files_may_end(data.path());
    let mut ana = Client::connect(&program.sync_url(), "ana").await;
    ana.open(ID, Automerge::new()).await;
    ana.put(ID, "before", 1).await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;
    let mut ben = level(&program, "ben").await;
    limit_files(&program, "1");

    // When both write, then both hear that it is not stored, and neither has a receipt.
    ana.put(ID, "ana's", 2).await;
    ana.until("the news", Client::is_store_failing).await;
    ben.put(ID, "ben's", 3).await;
    ben.until("the news", Client::is_store_failing).await;
    ana.put(ID, "meanwhile", 4).await;
    assert!(!ana.acknowledged(ID) && !ben.acknowledged(ID));

    // When there is room again, then everything both hold is stored, and outlives a power cut.
    limit_files(&program, "unlimited");
    for client in [&mut ana, &mut ben] {
        client
            .until("a receipt", |it| {
                !it.is_store_failing() && it.acknowledged(ID)
            })
            .await;
    }
    program.kill();
    let program = Program::start(data.path());
    let carol = level(&program, "carol").await;
    let expected = [("before", 1), ("ana's", 2), ("ben's", 3), ("meanwhile", 4)];
    for (key, value) in expected {
        assert_eq!(carol.value(ID, key), Some(value), "{key}");
    }
}
