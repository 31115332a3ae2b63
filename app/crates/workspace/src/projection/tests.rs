//! One edit wakes one note; incremental equals from scratch.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};

use any_spawner::Executor;
use arbtest::arbitrary::Unstructured;
use document::{Anchor, Command, Context, Position, ProductDocument, SessionIdentity, TextSplice};
use domain::{FieldValue, Hue, Rank, UNPLACED};
use reactive_graph::effect::Effect;
use reactive_graph::owner::Owner;
use reactive_graph::traits::Get;

use super::*;

const CANVASES: [&str; 3] = ["lean-canvas", "business-model-canvas", "ours"];
const SLOTS: [&str; 4] = ["problem", "channels", "customer-segments", "no-such-slot"];

/// The canvas `ours` with one slot.
fn own_canvas(slot: &str) -> String {
    format!(
        r#"{{ "id": "ours", "title": {{ "en": "Ours" }}, "layout": {{ "columns": 1, "rows": 1 }},
        "slots": [ {{ "id": "{slot}", "title": {{ "en": "All" }}, "question": {{}}, "takes": ["note"],
        "area": {{ "column": 1, "row": 1, "column_span": 1, "row_span": 1 }} }} ], "author": "us",
        "source": {{ "title": "", "url": "" }},
        "licence": {{ "name": "CC0", "url": "", "attribution": "" }} }}"#
    )
}

fn document(person: &str, seed: u8) -> ProductDocument {
    ProductDocument::create(SessionIdentity {
        person: PersonId::from(person),
        actor: [seed; 16],
        seed: u64::from(seed),
    })
}

fn a_thousand_notes() -> Graph {
    let mut graph = Graph::default();
    let ranks = Rank::spread(None, None, 1000, &mut || 1);
    for (number, rank) in ranks.into_iter().enumerate() {
        let id = EntityId::from(format!("n{number}"));
        graph
            .entities
            .insert(id.clone(), Entity::new(KindId::from("problem"), "a note"));
        let placement = Placement::new(SlotId::from("problem"), rank);
        graph.place(CanvasId::from("lean-canvas"), id, placement);
    }
    graph
}

fn run(document: &mut ProductDocument, projection: &Projection, command: &Command) {
    let dirty = document
        .execute(command, Context { at: 1, gesture: 0 })
        .unwrap();
    projection.apply(&dirty, document);
}

fn start_effects() {
    static START: Once = Once::new();
    START.call_once(|| Executor::init_futures_executor().unwrap());
}

/// Rule P1: one edit re-renders one note, one drag re-renders no text.
#[test]
fn one_edit_wakes_one_note() {
    // Given a thousand notes, each watched by an effect for its body and one for its places.
    start_effects();
    let owner = Owner::new();
    owner.set();
    let mut document = document("ana", 1);
    let projection = Projection::from_graph(&document.graph());
    run(
        &mut document,
        &projection,
        &Command::Import {
            graph: a_thousand_notes(),
        },
    );
    let bodies: Vec<Arc<AtomicUsize>> = (0..1000).map(|_| Arc::default()).collect();
    let places: Vec<Arc<AtomicUsize>> = (0..1000).map(|_| Arc::default()).collect();
    for number in 0..1000 {
        let note = projection
            .note(&EntityId::from(format!("n{number}")))
            .unwrap();
        let (seen, moved) = (bodies[number].clone(), places[number].clone());
        let (body, place) = (note.body.clone(), note.places.clone());
        Effect::new(move |_| {
            body.get();
            seen.fetch_add(1, Ordering::Relaxed);
        });
        Effect::new(move |_| {
            place.get();
            moved.fetch_add(1, Ordering::Relaxed);
        });
    }
    Executor::poll_local();
    settle();
    let count = |list: &[Arc<AtomicUsize>]| -> usize {
        list.iter().map(|runs| runs.load(Ordering::Relaxed)).sum()
    };
    let (before_bodies, before_places) = (count(&bodies), count(&places));

    // When one text changes.
    let edit = Command::EditText {
        id: EntityId::from("n500"),
        splices: vec![TextSplice {
            at: 0,
            delete: 0,
            insert: "our ".to_owned(),
        }],
    };
    run(&mut document, &projection, &edit);
    settle();

    // Then one body woke; and when one note moves, one place and no body.
    assert_eq!(count(&bodies), before_bodies + 1);
    assert_eq!(count(&places), before_places);
    let mv = Command::Place {
        id: EntityId::from("n500"),
        place: Position {
            canvas: CanvasId::from("lean-canvas"),
            slot: SlotId::from("problem"),
            anchor: Anchor::First,
        },
        kind: None,
        fields: BTreeMap::new(),
    };
    run(&mut document, &projection, &mv);
    settle();
    assert_eq!(count(&bodies), before_bodies + 1);
    assert_eq!(count(&places), before_places + 1);
}

fn settle() {
    for _ in 0..4 {
        Executor::poll_local();
    }
}

/// Rules P9 and P12: a canvas of one's own is there when its entity is; what it has no slot for is
/// in its tray, and comes out of it when a colleague gives it one.
#[test]
fn notes_follow_the_canvas_that_the_workspace_brings() {
    let mut document = document("ana", 1);
    let projection = Projection::from_graph(&document.graph());
    let (ours, holder) = (CanvasId::from("ours"), EntityId::from("c"));
    let tray = projection.slot(&ours, &SlotId::from(UNPLACED));
    run(
        &mut document,
        &projection,
        &Command::AddCanvas {
            id: holder.clone(),
            definition: own_canvas("problem"),
        },
    );
    let place = Position {
        canvas: ours.clone(),
        slot: SlotId::from("channels"),
        anchor: Anchor::Last,
    };
    let add = Command::AddNote {
        id: EntityId::from("n"),
        kind: KindId::from("note"),
        text: "n".to_owned(),
        fields: BTreeMap::new(),
        place,
    };
    run(&mut document, &projection, &add);
    assert_eq!(tray.get_untracked(), [EntityId::from("n")]);
    let before = projection.canvas(&ours).unwrap();

    let replace = Command::ReplaceCanvas {
        id: holder.clone(),
        definition: own_canvas("channels"),
    };
    run(&mut document, &projection, &replace);

    assert!(tray.get_untracked().is_empty());
    assert_eq!(before.slots[0].id, *"problem", "whoever holds it, keeps it");
    assert_eq!(projection.canvas(&ours).unwrap().slots[0].id, *"channels");
    assert!(projection.canvases().len() > domain::canvases().len());
    run(
        &mut document,
        &projection,
        &Command::RemoveCanvas { id: holder },
    );
    assert!(projection.canvas(&ours).is_none());
}

/// Rule P2: incremental equals from scratch, whatever happens in whatever order.
#[test]
fn incremental_equals_from_scratch() {
    arbtest::arbtest(|u| {
        let mut ours = document("ana", 1);
        let mut theirs = document("ben", 2);
        let projection = Projection::from_graph(&ours.graph());
        // Lists made early must be kept up to date.
        let lists: Vec<_> = CANVASES
            .iter()
            .flat_map(|canvas| {
                SLOTS
                    .iter()
                    .chain([&UNPLACED])
                    .map(move |slot| (canvas, slot))
            })
            .map(|(canvas, slot)| (CanvasId::from(*canvas), SlotId::from(*slot)))
            .map(|(canvas, slot)| (projection.slot(&canvas, &slot), canvas, slot))
            .collect();
        for _ in 0..u.int_in_range(1..=24)? {
            let step = u.int_in_range(0..=9)?;
            let dirty = match step {
                0 => ours.undo(5).unwrap().map(|outcome| outcome.changed),
                1 => ours.redo(6).unwrap().map(|outcome| outcome.changed),
                2 | 3 => {
                    let command = arbitrary_command(u)?;
                    let _ = theirs.execute(&command, Context { at: 2, gesture: 0 });
                    None
                }
                4 => {
                    if let Some(chunk) = ours.chunk_since(&theirs.heads()) {
                        theirs.apply_chunk(&chunk).unwrap();
                    }
                    let chunk = theirs.chunk_since(&ours.heads());
                    chunk.map(|chunk| ours.apply_chunk(&chunk).unwrap())
                }
                _ => {
                    let command = arbitrary_command(u)?;
                    let context = Context {
                        at: 3,
                        gesture: u64::from(u.arbitrary::<u8>()?),
                    };
                    ours.execute(&command, context).ok()
                }
            };
            if let Some(dirty) = dirty {
                projection.apply(&dirty, &ours);
            }
        }
        let graph = ours.graph();
        assert_eq!(projection.view(), graph);
        let scratch = Projection::from_graph(&graph);
        for (list, canvas, slot) in lists {
            assert_eq!(
                list.get_untracked(),
                scratch.slot(&canvas, &slot).get_untracked()
            );
        }
        assert_eq!(
            projection.trash().get_untracked(),
            scratch.trash().get_untracked()
        );
        assert_eq!(projection.canvases(), scratch.canvases());
        for id in graph.entities.keys() {
            assert_eq!(
                projection.links_of(id).get_untracked(),
                scratch.links_of(id).get_untracked()
            );
        }
        Ok(())
    })
    .budget_ms(1000);
}

fn arbitrary_command(u: &mut Unstructured<'_>) -> arbtest::arbitrary::Result<Command> {
    let id = |u: &mut Unstructured<'_>| -> arbtest::arbitrary::Result<EntityId> {
        Ok(EntityId::from(format!("e{}", u.int_in_range(0..=5)?)))
    };
    let place = |u: &mut Unstructured<'_>| -> arbtest::arbitrary::Result<Position> {
        let anchor = match u.int_in_range(0..=3)? {
            0 => Anchor::First,
            1 => Anchor::Last,
            2 => Anchor::Before(id(u)?),
            _ => Anchor::After(id(u)?),
        };
        Ok(Position {
            canvas: CanvasId::from(*u.choose(&CANVASES)?),
            slot: SlotId::from(*u.choose(&SLOTS)?),
            anchor,
        })
    };
    Ok(match u.int_in_range(0..=13)? {
        0..=2 => Command::AddNote {
            id: id(u)?,
            kind: KindId::from("problem"),
            text: u.arbitrary()?,
            fields: BTreeMap::new(),
            place: place(u)?,
        },
        3 => Command::ReplaceText {
            id: id(u)?,
            text: u.arbitrary()?,
        },
        4 => Command::SetField {
            id: id(u)?,
            field: "colour".to_owned(),
            value: Some(FieldValue::Text("red".to_owned())),
        },
        5 | 6 => Command::Place {
            id: id(u)?,
            place: place(u)?,
            kind: None,
            fields: BTreeMap::new(),
        },
        7 => Command::Delete { ids: vec![id(u)?] },
        8 => Command::Restore { ids: vec![id(u)?] },
        9 => Command::AddLink {
            id: LinkId::from(format!("l{}", u.int_in_range(0..=2)?)),
            kind: domain::LinkKindId::from("relates-to"),
            from: id(u)?,
            to: id(u)?,
        },
        10 => Command::RenameWorkspace {
            name: u.arbitrary()?,
        },
        11 => Command::AddCanvas {
            id: id(u)?,
            definition: own_canvas(u.choose(&SLOTS)?),
        },
        12 => Command::ReplaceCanvas {
            id: id(u)?,
            definition: own_canvas(u.choose(&SLOTS)?),
        },
        _ => Command::SetPerson {
            person: Person {
                name: u.arbitrary()?,
                colour: Hue::Blue,
            },
        },
    })
}
