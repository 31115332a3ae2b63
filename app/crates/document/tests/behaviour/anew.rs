//! What somebody has written under a colleague's numbers keeps nothing of the colleague's work from
//! the others.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ROOT};
use document::{ChunkError, ProductDocument};

use super::support::{
    AT, ada_and_ben, add, delete, exchange, field, identity, note, product, run, send, splice, text,
};

/// What somebody makes of a colleague's document, under the actor of this session.
fn forge(from: &ProductDocument, session: u8) -> Vec<u8> {
    let mut document = Automerge::load(&from.snapshot())
        .unwrap()
        .with_actor(ActorId::from([session; 16]));
    let heads = document.get_heads();
    let mut edit = document.transaction();
    edit.put(ROOT, "forged", "yes").unwrap();
    edit.commit();
    document.save_after(&heads)
}

/// Ada's next change stands at Ben's under another content.
fn contested() -> (ProductDocument, ProductDocument, Vec<u8>) {
    let (mut ada, mut ben) = ada_and_ben("Cold");
    let forged = forge(&ada, 1);
    ben.apply_chunk(&forged).unwrap();
    run(&mut ada, 1, splice("n", 4, 0, " bread"));
    run(&mut ada, 2, field("n", "colour", "red"));
    run(&mut ada, 3, add("m", "Late"));
    run(&mut ada, 4, delete("m"));
    (ada, ben, forged)
}

/// D53
#[test]
fn everything_written_comes_to_the_others_and_is_undone_as_before() {
    let (mut ada, mut ben, forged) = contested();
    assert_eq!(ada.apply_chunk(&forged), Err(ChunkError::Contested));

    assert!(ada.give_way(&forged).unwrap().is_some());
    assert_eq!(ada.give_way(&forged), Ok(None));
    run(&mut ada, 5, splice("n", 0, 0, "Very "));
    exchange(&mut ada, &mut ben);

    assert_eq!(ada.heads(), ben.heads());
    assert_eq!(text(&ben, "n"), "Very Cold bread");
    assert!(note(&ben, "m").deleted.is_some());
    let undone: Vec<usize> = std::iter::from_fn(|| ada.undo(AT).unwrap())
        .map(|outcome| outcome.skipped)
        .collect();
    exchange(&mut ada, &mut ben);
    assert_eq!(undone, [0; 6], "each step is still one's own");
    assert!(note(&ben, "n").deleted.is_some() && note(&ben, "m").deleted.is_some());
    while ada.redo(AT).unwrap().is_some() {}
    assert_eq!(text(&ada, "n"), "Very Cold bread");
}

/// D53: a tab that has gone on under the name that the others know would be taken for another.
#[test]
fn two_tabs_that_give_way_go_on_side_by_side() {
    let (mut ada, mut ben, forged) = contested();
    let (mut tab, rejected) = ProductDocument::load(identity("ada", 3), &[ada.snapshot()]);
    assert!(rejected.is_empty());

    for tab in [&mut ada, &mut tab] {
        tab.give_way(&forged).unwrap();
    }
    assert_eq!(ada.heads(), tab.heads());
    run(&mut ada, 5, splice("n", 0, 0, "a"));
    run(&mut tab, 5, splice("n", 0, 0, "b"));
    exchange(&mut ada, &mut tab);
    exchange(&mut tab, &mut ben);

    assert_eq!(ben.heads(), tab.heads());
    assert_eq!(text(&ben, "n").len(), "abCold bread".len());
}

/// D54: a device may have stored both before it came to know which one the server has.
#[test]
fn chunks_that_contradict_one_another_are_all_taken_in() {
    let (ada, mut ben, forged) = contested();
    let stored = [
        product("ada", 9).snapshot(),
        ben.snapshot(),
        ada.snapshot(),
        forged,
    ];
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let chunks = order.map(|index| &stored[index]);
        let (mut loaded, rejected) = ProductDocument::load(identity("ada", 4), &chunks);
        assert!(rejected.iter().all(|chunk| chunk.contested), "{rejected:?}");
        assert!(!rejected.is_empty() && loaded.has_aside());
        if loaded.give_way(&ben.snapshot()).unwrap().is_none() {
            assert!(loaded.has(&ben.heads()));
        }
        loaded.take_up().unwrap();

        assert!(!loaded.has_aside());
        assert_eq!(text(&loaded, "n"), "Cold bread");
        assert!(stored.iter().all(|chunk| loaded.holds(chunk)));
        send(&loaded, &mut ben);
        assert_eq!(ben.heads(), loaded.heads());
    }
}

/// D54: of a tab that was closed before it heard.
#[test]
fn what_builds_on_changes_that_were_made_anew_is_taken_in_later() {
    let (mut ada, _, forged) = contested();
    let (mut tab, _) = ProductDocument::load(identity("ada", 3), &[ada.snapshot()]);
    run(&mut tab, 1, splice("n", 0, 0, "Very "));
    let late = tab.chunk_since(&ada.heads()).unwrap();
    let before = ada.snapshot();
    ada.give_way(&forged).unwrap();

    let (mut next, rejected) =
        ProductDocument::load(identity("ada", 5), &[ada.snapshot(), late.clone()]);
    assert!(rejected.is_empty());
    assert_eq!(next.missing_dependencies(), 1);
    next.set_aside([before]);
    assert!(next.take_up().unwrap().is_some());

    assert_eq!(next.missing_dependencies(), 0);
    assert_eq!(text(&next, "n"), "Very Cold bread");
    assert!(next.holds(&late));
}
