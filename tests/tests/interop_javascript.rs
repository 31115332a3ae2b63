//! The JavaScript `@automerge/automerge-repo` as a client of our server.
//!
//! The tests need Node and npm; where these are missing each is skipped and says so: the protocol is
//! then still covered by samod.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on panics, in its helpers too"
)]

#[path = "interop/javascript.rs"]
mod javascript;
#[path = "interop/ours.rs"]
mod ours;
#[path = "../harness/skip.rs"]
mod skip;

use std::path::Path;

use javascript::{JavaScript, installed};
use ours::Ours;
use serde_json::json;
use skip::skipped;
use sync_server::{Config, Running, start};

async fn server(data: &Path, listen: &str) -> Running {
    let config = Config {
        listen: listen.to_owned(),
        ..Config::local(data)
    };
    start(config).await.unwrap()
}

/// The directory of the installed packages, unless the test has to be skipped.
fn packages(test: &str) -> Option<&'static Path> {
    match installed() {
        Ok(directory) => Some(directory),
        Err(reason) => {
            skipped(test, reason);
            None
        }
    }
}

#[tokio::test]
async fn javascript_clients_edit_one_document_across_a_restart_of_the_server() {
    let Some(packages) = packages("JavaScript among themselves") else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let first_server = server(data.path(), "127.0.0.1:0").await;
    let (url, address) = (first_server.sync_url(), first_server.address().to_string());
    let mut ada = JavaScript::start(packages, &url);
    let mut bob = JavaScript::start(packages, &url);
    let document = ada.create(json!({ "notes": { "a": 1 } })).await;
    assert_eq!(bob.find(&document).await, json!({ "notes": { "a": 1 } }));
    bob.put(json!(["notes", "b"]), json!(2)).await;
    ada.until(json!(["notes", "b"]), json!(2)).await;
    first_server.stop().await;

    // Written while there is no server, delivered when it is back on its port.
    ada.put(json!(["notes", "c"]), json!(3)).await;
    let second_server = server(data.path(), &address).await;
    let all = json!({ "a": 1, "b": 2, "c": 3 });
    bob.until(json!(["notes"]), all.clone()).await;
    drop((ada, bob));
    let mut eve = JavaScript::start(packages, &url);
    assert_eq!(eve.find(&document).await, json!({ "notes": all }));
    second_server.stop().await;
}

#[tokio::test]
async fn javascript_reads_and_writes_a_workspace_of_ours() {
    let Some(packages) = packages("JavaScript and ours") else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let server = server(data.path(), "127.0.0.1:0").await;
    let id = sync::DocumentId::from_bytes([4; 16]);
    let mut ours = Ours::create(&server.sync_url(), id).await;
    ours.add_note("note", "Nobody 🙂 reads it").await;
    ours.until_acknowledged().await;
    assert!(ours.is_native());

    let mut theirs = JavaScript::start(packages, &server.sync_url());
    let found = theirs.find(&id.to_url()).await;
    assert_eq!(
        found["entities"]["note"]["text"],
        json!("Nobody 🙂 reads it")
    );
    let text = json!(["entities", "note", "text"]);
    // After the emoji, which is two UTF-16 units.
    theirs.splice(text.clone(), 9, " ever").await;
    ours.until_text("note", "Nobody 🙂 ever reads it").await;
    ours.insert("note", 0, "Almost: ").await;
    theirs
        .until(text, json!("Almost: Nobody 🙂 ever reads it"))
        .await;
    server.stop().await;
}

#[tokio::test]
async fn javascript_learns_that_a_document_is_unavailable_and_gets_it_when_it_comes() {
    let Some(packages) = packages("JavaScript and an unknown document") else {
        return;
    };
    let data = tempfile::tempdir().unwrap();
    let server = server(data.path(), "127.0.0.1:0").await;
    let mut theirs = JavaScript::start(packages, &server.sync_url());
    let id = sync::DocumentId::from_bytes([5; 16]);
    let url = id.to_url();
    let refusal = theirs.fails_to_find(&url).await;
    assert!(refusal.contains("unavailable"), "{refusal}");

    let (found, _ours) = tokio::join!(theirs.find(&url), async {
        let mut ours = Ours::create(&server.sync_url(), id).await;
        ours.until_acknowledged().await;
        ours
    });
    assert_eq!(found["entities"], json!({}));
    server.stop().await;
}
