//! Tests of the arranged graph: what is found, and what a change to one entity changes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use arbtest::arbitrary::{Result, Unstructured};

use super::*;
use crate::{Deletion, FieldValue, Placement, Rank};

const KINDS: [&str; 5] = [
    "metric",
    "reading",
    "rating",
    "solution",
    "made-by-a-newer-version",
];
const LINKS: [&str; 3] = ["supports", "addresses", "unheard-of"];
const FIELDS: [&str; 5] = ["metric", "subject", "value", "by", "criterion"];

fn graph(json: &str) -> Graph {
    let file = format!("{{\"format\": \"groundwork\", {json}}}");
    crate::import("graph.json", file.as_bytes()).unwrap().graph
}

fn ids(index: &GraphIndex, handles: impl IntoIterator<Item = Handle>) -> Vec<&str> {
    let id = |handle| index.id(handle).unwrap().as_str();
    handles.into_iter().map(id).collect()
}

#[test]
fn what_is_deleted_is_left_out_and_links_to_it_are_broken() {
    let graph = graph(
        r#""entities": [
            {"id": "a", "kind": "solution"},
            {"id": "b", "kind": "problem"},
            {"id": "c", "kind": "problem", "deleted": {"by": "p", "at": 1}}
        ],
        "links": [
            {"kind": "addresses", "from": "a", "to": "b"},
            {"kind": "addresses", "from": "a", "to": "c"}
        ]"#,
    );
    let index = GraphIndex::new(&graph);
    let reader = index.reader();
    let a = index.find("a").unwrap();

    assert_eq!(ids(&index, reader.all("problem")), ["b"]);
    assert_eq!(ids(&index, reader.from(a, "addresses")), ["b"]);
    let broken = reader
        .broken_links_from(a)
        .into_iter()
        .map(|link| link.other);
    assert_eq!(ids(&index, broken), ["c"]);
    let c = index.find("c").unwrap();
    let broken = reader.broken_links_to(index.find("b").unwrap());
    assert!(broken.is_empty() && reader.entity(c).is_none());
    assert!(reader.record(c).is_some());
}

#[test]
fn readings_are_found_by_the_metric_that_they_name() {
    let graph = graph(
        r#""entities": [
            {"id": "m", "kind": "metric"},
            {"id": "r2", "kind": "reading", "fields": {"metric": "m", "value": 4}},
            {"id": "r1", "kind": "reading", "fields": {"metric": "m", "value": 3}},
            {"id": "lost", "kind": "reading", "fields": {"metric": "gone"}}
        ]"#,
    );
    let index = GraphIndex::new(&graph);
    let reader = index.reader();
    let (metric, lost) = (index.find("m").unwrap(), index.find("lost").unwrap());

    assert_eq!(
        ids(&index, reader.referring(metric, "metric")),
        ["r1", "r2"]
    );
    assert_eq!(reader.reference(lost, "metric"), None);
    assert_eq!(reader.broken_references(lost).len(), 1);
}

#[test]
fn an_input_is_the_mean_of_each_persons_latest_rating_in_the_latest_round() {
    let rating = |id: &str, by: &str, round: u8, at: &str, value: u8| {
        format!(
            r#"{{"id": "{id}", "kind": "rating", "fields": {{"subject": "s", "criterion": "reach",
                "by": "{by}", "round": "{round}", "at": "2026-11-{at}", "value": {value}}}}}"#
        )
    };
    let ratings = [
        rating("r1", "ada", 9, "01", 100),
        rating("r2", "ada", 10, "03", 6),
        rating("r3", "ada", 10, "02", 50),
        rating("r4", "bo", 10, "01", 2),
    ];
    let graph = graph(&format!(
        r#""entities": [{{"id": "s", "kind": "solution", "fields": {{"reach": 7}}}}, {}]"#,
        ratings.join(",")
    ));
    let index = GraphIndex::new(&graph);
    let solution = index.find("s").unwrap();

    let rated = index.reader().input(solution, "reach").unwrap();
    assert_eq!((rated.value, rated.spread), (4.0, Some((2.0, 6.0))));
    assert_eq!(ids(&index, rated.ratings), ["r2", "r4"]);
    assert_eq!(index.reader().input(solution, "impact"), None);
}

#[test]
fn without_ratings_an_input_is_the_entitys_own_field() {
    let graph = graph(r#""entities": [{"id": "s", "kind": "solution", "fields": {"reach": 7}}]"#);
    let index = GraphIndex::new(&graph);

    let rated = index.reader().input(index.find("s").unwrap(), "reach");

    assert_eq!(rated.map(|rated| rated.value), Some(7.0));
}

#[test]
fn what_looked_at_a_field_by_its_name_is_not_touched_by_another_field() {
    let of = |moscow: &str, points: u8| {
        graph(&format!(
            r#""entities": [{{"id": "b", "kind": "backlog-item",
                "fields": {{"moscow": "{moscow}", "story-points": {points}}}}}]"#
        ))
    };
    let edits = Edits {
        entities: vec!["b".into()],
        ..Edits::default()
    };
    let touches = |by_field: bool, now: Graph| {
        let mut index = GraphIndex::new(&of("must", 3));
        let reader = index.reader();
        reader.note_by_field(by_field);
        assert_eq!(
            reader.text(index.find("b").unwrap(), "moscow"),
            Some("must")
        );
        let reads: Vec<Key> = reader.take_notes().reads.iter().collect();
        index
            .update(&now, &edits)
            .iter()
            .any(|key| reads.contains(&key))
    };

    assert!(!touches(true, of("must", 5)));
    assert!(touches(true, of("should", 3)));
    assert!(touches(true, graph(r#""entities": []"#)));
    assert!(touches(false, of("must", 5)));
}

#[test]
fn an_index_kept_up_to_date_answers_as_one_built_anew() {
    arbtest::arbtest(|bytes| {
        let mut graph = Graph::default();
        let mut index = GraphIndex::new(&graph);
        for _ in 0..bytes.int_in_range(1..=12)? {
            let mut edits = Edits::default();
            for _ in 0..bytes.int_in_range(1..=4)? {
                edit(bytes, &mut graph, &mut edits)?;
            }
            let (before, mut said) = (answers(&index), BTreeSet::new());
            for key in index.update(&graph, &edits).iter() {
                said.insert(key);
            }
            let (after, anew) = (answers(&index), answers(&GraphIndex::new(&graph)));
            assert_eq!(texts(&after), texts(&anew));
            assert_told(&index, &before, &after, &said);
        }
        Ok(())
    })
    .budget_ms(1000);
}

/// Whoever read an answer that changed is told so.
fn assert_told(index: &GraphIndex, before: &[Answer], after: &[Answer], said: &BTreeSet<Key>) {
    for answer in after {
        let same = before.iter().any(|former| former.text == answer.text);
        let told = answer.reads.iter().any(|key| said.contains(&key));
        assert!(same || told, "{} in {} handles", answer.text, index.len());
    }
}

/// The text of an answer and what was read for it.
struct Answer {
    text: String,
    reads: Reads,
}

fn texts(answers: &[Answer]) -> Vec<&str> {
    let mut texts: Vec<&str> = answers.iter().map(|answer| answer.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

/// All that can be asked, of every id that the test uses.
fn answers(index: &GraphIndex) -> Vec<Answer> {
    let mut answers = Vec::new();
    let reader = index.reader();
    let mut answer = |mut text: String, handles: Vec<Handle>| {
        let _ = write!(text, ": {:?}", ids(index, handles));
        let reads = reader.take_notes().reads;
        answers.push(Answer { text, reads });
    };
    for kind in KINDS {
        answer(kind.to_owned(), reader.all(kind).collect());
    }
    for canvas in ["lean-canvas", "other"] {
        answer(canvas.to_owned(), reader.on_canvas(canvas).collect());
        for slot in ["problem", "solution"] {
            let placed = reader.in_slot(canvas, slot).collect();
            answer(format!("{canvas} {slot}"), placed);
        }
    }
    for id in ["a", "b", "c", "d", "e", "f"] {
        let Some(handle) = index.find(id) else {
            continue;
        };
        let entity = reader.entity(handle);
        answer(format!("{id} {entity:?}"), Vec::new());
        for link in LINKS {
            answer(
                format!("{id} from {link}"),
                reader.from(handle, link).collect(),
            );
            answer(format!("{id} to {link}"), reader.to(handle, link).collect());
        }
        let others = |links: Vec<Linked<'_>>| links.iter().map(|link| link.other).collect();
        answer(format!("{id} all from"), others(reader.links_from(handle)));
        answer(format!("{id} all to"), others(reader.links_to(handle)));
        let broken_from = others(reader.broken_links_from(handle));
        answer(format!("{id} broken from"), broken_from);
        answer(
            format!("{id} broken to"),
            others(reader.broken_links_to(handle)),
        );
        for field in ["metric", "subject"] {
            let reference = reader.reference(handle, field);
            answer(format!("{id}.{field}"), reference.into_iter().collect());
            answer(
                format!("{field}={id}"),
                reader.referring(handle, field).collect(),
            );
        }
        let rated = reader.input(handle, "value");
        answer(format!("{id} rated {rated:?}"), Vec::new());
        reader.note_by_field(true);
        for field in FIELDS {
            let value = reader.field(handle, field);
            let named: Vec<Handle> = reader.reference(handle, field).into_iter().collect();
            let text = format!("{id}.{field} by name: {value:?} {:?}", ids(index, named));
            answer(text, value.map(|_| handle).into_iter().collect());
        }
        reader.note_by_field(false);
    }
    // An answer about nothing is the same as no answer: a handle may never have been asked for.
    answers.retain(|answer| !answer.text.ends_with("[]"));
    answers
}

fn edit(bytes: &mut Unstructured<'_>, graph: &mut Graph, edits: &mut Edits) -> Result<()> {
    let entity_ids = ["a", "b", "c", "d", "e", "f"];
    let id = EntityId::from(*bytes.choose(&entity_ids)?);
    match bytes.int_in_range(0..=5)? {
        0 | 1 => {
            let mut entity = Entity::new((*bytes.choose(&KINDS)?).into(), "");
            for field in FIELDS {
                if bytes.ratio(1, 2)? {
                    let value = (*bytes.choose(&entity_ids)?).to_owned();
                    entity
                        .fields
                        .insert(field.to_owned(), FieldValue::Text(value));
                }
            }
            entity
                .fields
                .insert("value".to_owned(), FieldValue::Number(1.0));
            let deletion = Deletion {
                by: "p".into(),
                at: 1,
                edited_since: false,
            };
            entity.deleted = bytes.ratio(1, 4)?.then_some(deletion);
            graph.entities.insert(id.clone(), entity);
            edits.entities.push(id);
        }
        2 => {
            graph.entities.remove(&id);
            edits.entities.push(id);
        }
        3 | 4 => {
            let link_id = LinkId::from(*bytes.choose(&["l1", "l2", "l3", "l4"])?);
            let link = crate::Link {
                kind: (*bytes.choose(&LINKS)?).into(),
                from: id,
                to: EntityId::from(*bytes.choose(&entity_ids)?),
                created: None,
                deleted: None,
            };
            if bytes.ratio(1, 4)? {
                graph.links.remove(&link_id);
            } else {
                graph.links.insert(link_id.clone(), link);
            }
            edits.links.push(link_id);
        }
        _ => {
            let canvas = CanvasId::from(*bytes.choose(&["lean-canvas", "other"])?);
            if bytes.ratio(1, 2)? {
                let slot = *bytes.choose(&["problem", "solution"])?;
                let placement = Placement::new(slot.into(), Rank::default());
                graph.place(canvas.clone(), id.clone(), placement);
            } else {
                graph.unplace(&canvas, &id);
            }
            edits.placements.push((canvas, id));
        }
    }
    Ok(())
}

#[test]
fn who_asks_for_what_is_worked_out_once_depends_on_all_that_was_looked_at() {
    let graph = graph(
        r#""entities": [
            {"id": "a", "kind": "solution", "fields": {"reach": 3}},
            {"id": "b", "kind": "solution"}
        ]"#,
    );
    let index = GraphIndex::new(&graph);
    let (a, b) = (index.find("a").unwrap(), index.find("b").unwrap());
    let reader = index.reader();
    let runs = std::cell::Cell::new(0);
    let today = crate::value::Date::default();
    let inner = || {
        reader.once(Key::verdict(a), today, || {
            runs.set(runs.get() + 1);
            reader.number(a, "reach")
        })
    };
    let outer = || reader.once(Key::refuted(b), today, || inner() > Some(2.0));
    let mut dependents = Dependents::default();

    assert!(outer());
    dependents.keep(0, reader.take_notes());
    assert_eq!(inner(), Some(3.0));
    dependents.keep(1, reader.take_notes());
    assert!(reader.entity(b).is_some());
    dependents.keep(2, reader.take_notes());

    let mut affected = |key: Key| {
        let mut units = Vec::new();
        dependents.affected(&Reads::from_iter([key]), &mut units);
        units.sort_unstable();
        units
    };
    assert_eq!(runs.get(), 1);
    assert_eq!(affected(Key::entity(a)), [0, 1]);
    assert_eq!(affected(Key::entity(b)), [2]);
    assert_eq!(affected(Key::being(b)), [] as [Unit; 0]);
}
