//! Replicas that have exchanged everything are the same.

use arbtest::arbitrary::Unstructured;
use automerge::sync::{State, SyncDoc};
use document::{Anchor, Command, Context, ProductDocument};

use super::support::{
    AT, ada_and_ben, delete, exchange, likely_command, place, product, run, send, slot, splice,
    text,
};

/// D12: three people work apart and meet now and then, over chunks or over the sync protocol.
#[test]
fn replicas_converge_after_any_exchange() {
    arbtest::arbtest(|u| {
        let mut replicas = [product("ada", 1), product("ben", 2), product("cem", 3)];
        for step in 0..u.int_in_range(0..=25)? {
            let one = u.choose_index(3)?;
            match u.int_in_range(0..=9)? {
                0 => meet(&mut replicas, one, (one + 1) % 3, u)?,
                1 => drop(replicas[one].undo(AT)),
                2 => drop(replicas[one].redo(AT)),
                _ => {
                    let context = Context {
                        at: AT,
                        gesture: step,
                    };
                    drop(replicas[one].execute(&likely_command(u)?, context));
                }
            }
        }
        for (one, other) in [(0, 1), (1, 2), (0, 1), (1, 2)] {
            meet(&mut replicas, one, other, u)?;
        }

        for replica in &replicas[1..] {
            assert_eq!(replica.heads(), replicas[0].heads());
            assert_eq!(replica.graph(), replicas[0].graph());
        }
        Ok(())
    })
    .budget_ms(1000);
}

fn meet(
    replicas: &mut [ProductDocument; 3],
    one: usize,
    other: usize,
    u: &mut Unstructured<'_>,
) -> arbtest::arbitrary::Result<()> {
    let [one, other] = replicas.get_disjoint_mut([one, other]).unwrap();
    if u.arbitrary()? {
        exchange(one, other)
    } else {
        synchronise(one, other)
    }
    Ok(())
}

/// The sync protocol until both fall silent.
fn synchronise(one: &mut ProductDocument, other: &mut ProductDocument) {
    let (mut ones, mut others) = (State::new(), State::new());
    loop {
        let there = one.peek(|document| document.generate_sync_message(&mut ones));
        let back = other.peek(|document| document.generate_sync_message(&mut others));
        if there.is_none() && back.is_none() {
            return;
        }
        if let Some(message) = there {
            let (merged, _) = other.exchange(|document, _, log| {
                document.receive_sync_message_log_patches(&mut others, message, log)
            });
            merged.unwrap();
        }
        if let Some(message) = back {
            let (merged, _) = one.exchange(|document, _, log| {
                document.receive_sync_message_log_patches(&mut ones, message, log)
            });
            merged.unwrap();
        }
    }
}

/// D20: one scalar a placement, so two moves never make two places.
#[test]
fn two_moves_at_once_give_one_place() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, place("n", "solution", Anchor::Last));
    run(&mut ben, 1, place("n", "channels", Anchor::Last));

    exchange(&mut ada, &mut ben);

    let (solution, channels) = (slot(&ada, "solution"), slot(&ada, "channels"));
    assert_eq!(solution.len() + channels.len(), 1);
    assert_eq!(
        (solution, channels),
        (slot(&ben, "solution"), slot(&ben, "channels"))
    );
    assert!(slot(&ada, "problem").is_empty());
}

/// D16: both of two edits at once stay.
#[test]
fn two_edits_of_one_text_merge() {
    let (mut ada, mut ben) = ada_and_ben("slow 🐌 builds");
    run(&mut ada, 1, splice("n", 0, 0, "Very "));
    run(&mut ben, 1, splice("n", 7, 0, " release"));

    exchange(&mut ada, &mut ben);

    assert_eq!(text(&ada, "n"), "Very slow 🐌 release builds");
    assert_eq!(text(&ben, "n"), text(&ada, "n"));
}

/// D12: work in a document that has just arrived is by the person, with the session's actor.
#[test]
fn whoever_waited_for_the_document_is_the_author_of_their_changes() {
    let ada = product("ada", 1);
    let mut ben = ProductDocument::awaiting(super::support::identity("ben", 2));
    assert!(!ben.is_ready());
    let refused = ben.execute(&delete("n"), Context { at: AT, gesture: 0 });
    assert_eq!(refused, Err(document::CommandError::NotReady));

    synchronise(&mut ben, &mut { ada });
    run(
        &mut ben,
        1,
        Command::RenameWorkspace {
            name: "Ours".into(),
        },
    );

    ben.peek(|document| {
        let change = document.get_last_local_change().unwrap();
        assert_eq!(
            change.author(),
            Some(automerge::Author::from(b"ben".to_vec()))
        );
        assert_eq!(change.actor_id().to_bytes(), [2; 16]);
    });
}

/// D5: the history can be read: who, when, what.
#[test]
fn a_change_tells_author_time_and_gesture() {
    let (ada, _) = ada_and_ben("n");

    ada.peek(|document| {
        let change = document.get_last_local_change().unwrap();
        assert_eq!(
            change.author(),
            Some(automerge::Author::from(b"ada".to_vec()))
        );
        assert_eq!(change.timestamp(), AT / 1000);
        assert_eq!(change.message(), Some("add"));
    });
}

/// D3: two sessions of one person share the author and nothing else; an actor that wrote here
/// before is not taken again.
#[test]
fn an_actor_is_never_used_by_two_sessions() {
    let (mut ada, _) = ada_and_ben("n");
    let again = super::support::identity("ada", 1);
    let (mut second, rejected) = ProductDocument::load(again, &[ada.snapshot()]);
    assert!(rejected.is_empty());

    run(&mut ada, 1, delete("n"));
    run(&mut second, 1, splice("n", 1, 0, "!"));
    send(&second, &mut ada);

    assert_eq!(text(&ada, "n"), "n!");
}
