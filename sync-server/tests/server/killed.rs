//! SIGKILL while people write: whatever had been acknowledged is there afterwards.

use std::collections::BTreeMap;

use automerge::Automerge;
use sync::DocumentId;

use super::client::Client;
use super::program::Program;

const ROUNDS: u8 = 4;
const DOCUMENTS: u8 = 5;
const WRITES: i64 = 40;

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let data = tempfile::tempdir().unwrap();
    let mut promised = BTreeMap::<DocumentId, Vec<[u8; 32]>>::new();
    for round in 0..ROUNDS {
        let program = Program::start(data.path());
        everything_is_there(&program, &promised).await;
        let mut writer = Client::connect(&program.sync_url(), "writer").await;
        let documents: Vec<_> = (0..DOCUMENTS)
            .map(|n| {
                DocumentId::from_bytes([
                    round + 1,
                    n,
                    3,
                    4,
                    5,
                    6,
                    7,
                    8,
                    9,
                    10,
                    11,
                    12,
                    13,
                    14,
                    15,
                    16,
                ])
            })
            .collect();
        for id in &documents {
            writer.open(*id, Automerge::new()).await;
        }
        for n in 0..WRITES {
            for id in &documents {
                writer.put(*id, &format!("{n}"), n).await;
            }
            // Some receipts are waited for, so that there is something to lose; most are not.
            if n % 10 == 9 {
                writer
                    .until("a receipt", |writer| writer.acknowledged(documents[0]))
                    .await;
            }
        }
        // In the middle of the last writes, whose receipts have not been read.
        program.kill();
        while writer.step().await {}
        for id in documents {
            let heads = writer.acknowledged_heads(id);
            assert!(
                id.as_bytes()[1] != 0 || !heads.is_empty(),
                "nothing was acknowledged"
            );
            promised.insert(id, heads);
        }
    }
    everything_is_there(&Program::start(data.path()), &promised).await;
}

async fn everything_is_there(program: &Program, promised: &BTreeMap<DocumentId, Vec<[u8; 32]>>) {
    let mut reader = Client::connect(&program.sync_url(), "reader").await;
    for id in promised.keys() {
        reader.open(*id, Automerge::new()).await;
    }
    reader
        .until("everything acknowledged is there", |reader| {
            promised.iter().all(|(id, heads)| reader.has(*id, heads))
        })
        .await;
}
