//! The native protocol over real sockets.

use automerge::Automerge;
use sync::DocumentId;
use sync_server::store::MemoryStore;
use sync_server::{Config, start_with_store};

use super::client::Client;

const ID: DocumentId = DocumentId::from_bytes([6; 16]);

#[tokio::test]
async fn a_colleague_has_a_change_while_the_disk_is_still_busy_and_the_receipt_comes_after() {
    let store = MemoryStore::new();
    let control = store.control();
    let config = Config::local("unused".as_ref());
    let server = start_with_store(config, Box::new(store)).await.unwrap();
    let mut ana = Client::connect(&server.sync_url(), "ana").await;
    ana.open(ID, Automerge::new()).await;
    ana.put(ID, "first", 1).await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;
    let mut ben = Client::connect(&server.sync_url(), "ben").await;
    ben.open(ID, Automerge::new()).await;
    ben.until("level", |ben| ben.acknowledged(ID)).await;

    control.hold();
    ana.put(ID, "second", 2).await;
    let second = ana.heads(ID);
    ben.until("the change", |ben| ben.has(ID, &second)).await;
    assert!(!ana.acknowledged(ID) && !ben.acknowledged(ID));
    control.release();
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;
    ben.until("a receipt", |ben| ben.acknowledged(ID)).await;
}

#[tokio::test]
async fn a_store_that_fails_and_recovers_is_told_and_nothing_is_lost() {
    let store = MemoryStore::new();
    let control = store.control();
    let config = Config::local("unused".as_ref());
    let server = start_with_store(config, Box::new(store)).await.unwrap();
    let mut ana = Client::connect(&server.sync_url(), "ana").await;
    ana.open(ID, Automerge::new()).await;
    ana.put(ID, "first", 1).await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;

    control.fail_writes(true);
    ana.put(ID, "second", 2).await;
    ana.until("the news", Client::is_store_failing).await;
    ana.put(ID, "third", 3).await;
    assert!(!ana.acknowledged(ID));
    control.fail_writes(false);
    ana.until("the good news", |ana| !ana.is_store_failing())
        .await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;

    let mut ben = Client::connect(&server.sync_url(), "ben").await;
    ben.open(ID, Automerge::new()).await;
    let heads = ana.heads(ID);
    ben.until("all of it", |ben| ben.has(ID, &heads)).await;
}

#[tokio::test]
async fn a_server_without_the_native_protocol_serves_everyone_in_version_1() {
    let mut config = Config::local("unused".as_ref());
    config.native_protocol = false;
    let server = start_with_store(config, Box::new(MemoryStore::new()))
        .await
        .unwrap();
    let mut ana = Client::connect(&server.sync_url(), "ana").await;
    ana.open(ID, Automerge::new()).await;
    ana.put(ID, "first", 1).await;
    ana.until("a receipt", |ana| ana.acknowledged(ID)).await;
    assert!(!ana.is_native());
}
