//! What a dirty set does not name reads as before.

use document::{Command, Context, DirtySet, ProductDocument};

use super::support::{
    AT, ada_and_ben, any_command, exchange, field, identity, place, product, refresh, run, send,
    splice,
};

/// D32: a copy kept up to date by reading only what the sets name equals one read from scratch;
/// for commands, undo, redo and colleagues' changes.
#[test]
fn reading_what_is_dirty_is_enough() {
    arbtest::arbtest(|u| {
        let mut replicas = [product("ada", 1), product("ben", 2)];
        let mut views = [replicas[0].graph(), replicas[1].graph()];
        for step in 0..u.int_in_range(0..=25)? {
            let one = u.choose_index(2)?;
            let [ada, ben] = &mut replicas;
            let (mine, other) = if one == 0 { (ada, ben) } else { (ben, ada) };
            let dirty = match u.int_in_range(0..=9)? {
                0 | 1 => send(other, mine),
                2 => undone(mine.undo(AT).unwrap()),
                3 => undone(mine.redo(AT).unwrap()),
                _ => {
                    let context = Context {
                        at: AT,
                        gesture: step / 2,
                    };
                    mine.execute(&any_command(u)?, context).unwrap_or_default()
                }
            };
            refresh(&mut views[one], mine, &dirty);

            assert_eq!(views[one], mine.graph(), "{dirty:?}");
        }
        Ok(())
    })
    .budget_ms(1000);
}

fn undone(outcome: Option<document::UndoOutcome>) -> DirtySet {
    outcome.map(|outcome| outcome.changed).unwrap_or_default()
}

/// D32: one edit names one note.
#[test]
fn a_colleagues_edit_names_that_note_alone() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, super::support::add("m", "m"));
    exchange(&mut ada, &mut ben);

    run(&mut ada, 2, splice("n", 1, 0, "ew"));
    let edited = send(&ada, &mut ben);
    run(&mut ada, 3, field("m", "colour", "red"));
    let coloured = send(&ada, &mut ben);
    run(&mut ada, 4, place("m", "solution", document::Anchor::Last));
    let moved = send(&ada, &mut ben);

    assert_eq!(
        edited,
        DirtySet {
            entities: ["n".into()].into(),
            ..DirtySet::default()
        }
    );
    assert_eq!(
        coloured,
        DirtySet {
            entities: ["m".into()].into(),
            ..DirtySet::default()
        }
    );
    let place = ("lean-canvas".into(), "m".into());
    assert_eq!(
        moved,
        DirtySet {
            placements: [place].into(),
            ..DirtySet::default()
        }
    );
}

/// D32: when the document itself arrives, everything is new.
#[test]
fn a_document_that_arrives_makes_everything_dirty() {
    let (ada, _) = ada_and_ben("n");
    let mut cem = ProductDocument::awaiting(identity("cem", 3));

    let dirty = cem.apply_chunk(&ada.snapshot()).unwrap();

    assert!(dirty.everything && cem.is_ready());
    assert_eq!(cem.graph(), ada.graph());
}

/// D33: a merge that was made without the log is not overlooked.
#[test]
fn a_merge_without_the_log_makes_everything_dirty() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(
        &mut ada,
        1,
        Command::RenameWorkspace {
            name: "Ours".into(),
        },
    );
    let heads = ben.heads();
    let chunk = ada.chunk_since(&heads).unwrap();

    let (_, dirty) = ben.exchange(|document, _, _| document.load_incremental(&chunk));

    assert!(dirty.everything);
    assert_eq!(ben.exchange(|_, _, _| ()).1, DirtySet::default());
}

/// D32: sets add up.
#[test]
fn merged_sets_name_what_either_names() {
    let mut set = DirtySet {
        about: true,
        ..DirtySet::default()
    };
    assert!(!set.is_empty() && DirtySet::default().is_empty());

    set.merge(DirtySet {
        links: ["l".into()].into(),
        ..DirtySet::default()
    });
    set.merge(DirtySet {
        people: ["ada".into()].into(),
        everything: true,
        ..DirtySet::default()
    });

    assert!(set.about && set.everything && set.links.contains("l") && set.people.contains("ada"));
}
