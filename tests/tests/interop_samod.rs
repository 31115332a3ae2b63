//! samod 0.16, the Rust implementation of automerge-repo, as a client of our server.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on panics, in its helpers too"
)]

#[path = "interop/ours.rs"]
mod ours;
#[path = "interop/samod.rs"]
mod samod_client;

use automerge::Automerge;
use ours::{Ours, soon};
use samod::{DocHandle, DocumentId, Repo};
use samod_client::{empty, get, put, repository, splice, text, until};
use sync_server::{Config, Running, start};

async fn server(data: &std::path::Path) -> Running {
    start(Config::local(data)).await.unwrap()
}

async fn find(repository: &Repo, id: &DocumentId) -> DocHandle {
    let found = soon("finding the document", repository.find(id.clone())).await;
    found.unwrap().expect("the server has the document")
}

/// One of our document ids as samod reads it.
fn theirs(id: sync::DocumentId) -> DocumentId {
    id.to_string().parse().unwrap()
}

/// Waits until the server has taken over everything: it says so only after the store's sync.
async fn until_stored(repository: &Repo, handle: &DocHandle) {
    let (connections, _) = repository.connected_peers();
    let server = connections.first().expect("one connection").id;
    soon("the receipt", handle.they_have_our_changes(server)).await;
}

#[tokio::test]
async fn two_samod_clients_edit_one_document_and_a_third_finds_it_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let first_server = server(data.path()).await;
    let ada = repository(&first_server.sync_url(), "ada").await;
    let bob = repository(&first_server.sync_url(), "bob").await;
    let hers = ada.create(empty()).await.unwrap();
    put(&hers, "by-ada", "one");
    until_stored(&ada, &hers).await;

    let his = find(&bob, hers.document_id()).await;
    until(&his, "Ada's note at Bob's", |document| {
        get(document, "by-ada").is_some()
    })
    .await;
    put(&his, "by-bob", "two");
    put(&hers, "by-ada", "three");
    let both = |document: &Automerge| {
        (
            get(document, "by-ada").as_deref(),
            get(document, "by-bob").as_deref(),
        ) == (Some("three"), Some("two"))
    };
    until(&hers, "both notes at Ada's", both).await;
    until(&his, "both notes at Bob's", both).await;
    until_stored(&ada, &hers).await;
    until_stored(&bob, &his).await;
    first_server.stop().await;
    tokio::join!(ada.stop(), bob.stop());

    let second_server = server(data.path()).await;
    let eve = repository(&second_server.sync_url(), "eve").await;
    let cold = find(&eve, hers.document_id()).await;
    until(&cold, "both notes after the restart", both).await;
    eve.stop().await;
    second_server.stop().await;
}

#[tokio::test]
async fn a_document_that_nobody_has_is_not_found() {
    let data = tempfile::tempdir().unwrap();
    let server = server(data.path()).await;
    let ada = repository(&server.sync_url(), "ada").await;
    let unknown = theirs(sync::DocumentId::from_bytes([42; 16]));
    let found = soon("the answer", ada.find(unknown)).await.unwrap();
    assert!(found.is_none());
    ada.stop().await;
    server.stop().await;
}

#[tokio::test]
async fn samod_reads_and_writes_a_workspace_of_ours() {
    let data = tempfile::tempdir().unwrap();
    let server = server(data.path()).await;
    let id = sync::DocumentId::from_bytes([3; 16]);
    let mut ours = Ours::create(&server.sync_url(), id).await;
    ours.add_note("note", "Nobody 🙂 reads it").await;
    ours.until_acknowledged().await;
    assert!(ours.is_native());

    let samod = repository(&server.sync_url(), "samod").await;
    let found = find(&samod, &theirs(id)).await;
    let shows = |wanted: &'static str| move |document: &Automerge| text(document, "note") == wanted;
    until(&found, "our note", shows("Nobody 🙂 reads it")).await;
    // After the emoji, which is two UTF-16 units.
    splice(&found, "note", 9, " ever");
    ours.until_text("note", "Nobody 🙂 ever reads it").await;
    ours.insert("note", 0, "Almost: ").await;
    until(&found, "our edit", shows("Almost: Nobody 🙂 ever reads it")).await;
    samod.stop().await;
    server.stop().await;
}

#[tokio::test]
async fn messages_that_are_not_stored_pass_between_samod_clients() {
    use futures_util::StreamExt;
    let data = tempfile::tempdir().unwrap();
    let server = server(data.path()).await;
    let ada = repository(&server.sync_url(), "ada").await;
    let bob = repository(&server.sync_url(), "bob").await;
    let hers = ada.create(empty()).await.unwrap();
    until_stored(&ada, &hers).await;
    let his = find(&bob, hers.document_id()).await;
    let mut heard = Box::pin(hers.ephemera());
    // One CBOR item: the text "hi".
    his.broadcast(b"\x62hi".to_vec());
    assert_eq!(
        soon("the message", heard.next()).await,
        Some(b"\x62hi".to_vec())
    );
    tokio::join!(ada.stop(), bob.stop());
    server.stop().await;
}
