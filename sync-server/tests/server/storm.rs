//! A reconnect storm: five hundred clients whose server is killed and started again.

use std::future::Future;
use std::time::Instant;

use automerge::Automerge;
use sync::DocumentId;

use super::client::Client;
use super::program::Program;

const CLIENTS: usize = 500;
const DOCUMENTS: usize = 25;

/// What the server may take of memory in the end; a debug build is larger than a release.
const MEMORY: u64 = 256 << 20;

fn document(client: usize) -> DocumentId {
    let name = u8::try_from(client % DOCUMENTS).unwrap();
    DocumentId::from_bytes([name; 16])
}

/// Writes, and waits for the receipt.
async fn write(client: &mut Client, number: usize, when: &str) {
    let id = document(number);
    client.put(id, &format!("{number} {when}"), 1).await;
    client.until("a receipt", |it| it.acknowledged(id)).await;
}

/// Does something with each client at the same time.
async fn each<F>(clients: Vec<Client>, work: impl Fn(usize, Client) -> F) -> Vec<Client>
where
    F: Future<Output = Client> + Send + 'static,
{
    let tasks: Vec<_> = clients
        .into_iter()
        .enumerate()
        .map(|(number, client)| tokio::spawn(work(number, client)))
        .collect();
    let mut clients = Vec::new();
    for task in tasks {
        clients.push(task.await.unwrap());
    }
    clients
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_clients_come_back_at_once_and_nothing_is_lost() {
    // Given five hundred clients, twenty in a document, each with something stored.
    let data = tempfile::tempdir().unwrap();
    let program = Program::start(data.path());
    let (url, address) = (program.sync_url(), program.address().to_owned());
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let mut client = Client::connect(&url, &format!("client {number}")).await;
        client.open(document(number), Automerge::new()).await;
        clients.push(client);
    }
    let clients = each(clients, |number, mut client| async move {
        write(&mut client, number, "before").await;
        client
    });
    let clients = clients.await;

    // When the server is killed, all go on writing, and come back at the same moment.
    program.kill();
    let clients = each(clients, |number, mut client| async move {
        while client.step().await {}
        let key = format!("{number} meanwhile");
        client.put(document(number), &key, 1).await;
        client
    });
    let clients = clients.await;
    let program = Program::start_at(data.path(), &address);
    let begun = Instant::now();
    let url = program.sync_url();
    let clients = each(clients, move |number, mut client| {
        let url = url.clone();
        async move {
            client.reconnect(&url).await;
            let all = |it: &Client| {
                it.acknowledged(document(number))
                    && it.keys(document(number)) == 2 * CLIENTS / DOCUMENTS
            };
            client.until("everything of everyone", all).await;
            client
        }
    });
    let clients = clients.await;

    // Then each has what all twenty wrote, and the server is no larger than it has to be.
    let resident = program.resident_bytes();
    println!(
        "level again after {:?}, {} MB",
        begun.elapsed(),
        resident >> 20
    );
    for (number, client) in clients.iter().enumerate() {
        let (id, first) = (document(number), &clients[number % DOCUMENTS]);
        assert_eq!(client.heads(id), first.heads(id));
    }
    assert!(resident < MEMORY, "{resident} bytes");
}
