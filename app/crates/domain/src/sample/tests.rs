//! The samples are whole, alike in every language, and use the canvases as their methods mean.

use std::collections::BTreeSet;

use super::*;
use crate::decision::{DECISION, FROZEN, Frozen};
use crate::experiment::verdict;
use crate::figure::FigureBook;
use crate::index::GraphIndex;
use crate::interchange::{to_json, to_markdown};
use crate::trace::{Step, why};
use crate::value::Date;
use crate::{Entity, FieldType, FieldValue, canvases, kind, link_kind, value};

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

const LANGUAGES: [&str; 3] = ["en", "de", "es"];

#[test]
fn every_sample_is_read_without_a_warning() {
    let names: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["de", "en", "es"]);
    for (name, text) in SAMPLES {
        let imported =
            import(name, text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(imported.warnings, [], "{name}");
    }
}

#[test]
fn every_slot_of_every_canvas_is_filled_within_its_limit() {
    let graph = sample("en");
    for canvas in canvases() {
        for slot in &canvas.slots {
            let whose = format!("{}/{}", canvas.id, slot.id);
            let notes = graph.slot_notes(&canvas.id, &slot.id);
            let limit = slot.limit.map_or(usize::MAX, |limit| limit as usize);
            assert!((1..=limit).contains(&notes.len()), "{whose}");
            for id in notes {
                let entity = &graph.entities[id];
                assert!(slot.takes.contains(&entity.kind), "{whose}: {id}");
                for (name, says) in &slot.fields {
                    assert_eq!(entity.fields.get(name), Some(says), "{whose}: {id}");
                }
            }
        }
    }
}

#[test]
fn a_sample_has_its_records_and_its_history() {
    let graph = sample("en");
    let count = |kind: &str| {
        let of = |entity: &&Entity| entity.kind == kind;
        graph.entities.values().filter(of).count()
    };
    let several = [
        "reading",
        "interview",
        "quote",
        "rating",
        "decision",
        "evidence",
    ];
    for kind in several {
        assert!(count(kind) >= 5, "{kind}: {}", count(kind));
    }
    assert!((200..=500).contains(&graph.entities.len()));
    assert!(graph.links.len() >= 150 && graph.people.len() >= 3);
}

#[test]
fn links_join_what_their_kinds_allow() {
    let graph = sample("en");
    for (id, link) in &graph.links {
        let (from, to) = (&graph.entities[&link.from], &graph.entities[&link.to]);
        let kind = link_kind(&link.kind).unwrap_or_else(|| panic!("{id}"));
        assert!(
            kind.joins(&from.kind, &to.kind),
            "{id}: {} {} {}",
            from.kind,
            link.kind,
            to.kind
        );
    }
}

#[test]
fn values_fit_the_fields_of_their_kinds_and_nothing_required_is_missing() {
    for language in LANGUAGES {
        let graph = sample(language);
        for (id, entity) in &graph.entities {
            let kind = kind(&entity.kind).unwrap_or_else(|| panic!("{id}"));
            for (name, given) in entity.fields.iter() {
                let field = kind.field_at(name).unwrap_or_else(|| panic!("{id}.{name}"));
                let read = value::read(field, given);
                assert!(read.is_ok(), "{language}: {id}.{name}: {read:?}");
                if let FieldType::Reference { kinds } = &field.takes {
                    let FieldValue::Text(of) = given else {
                        panic!("{id}.{name}")
                    };
                    let of = &graph.entities[of.as_str()].kind;
                    assert!(kinds.is_empty() || kinds.contains(of), "{id}.{name}: {of}");
                }
            }
            assert_eq!(entity.missing(kind).count(), 0, "{id}");
            let by = &entity.created.as_ref().unwrap_or_else(|| panic!("{id}")).by;
            assert!(graph.people.contains_key(by), "{id}");
        }
    }
}

/// Makes free texts alike that are set in both: they are what is translated.
fn take_texts(entity: &mut Entity, from: &Entity) {
    entity.text.clone_from(&from.text);
    let kind = kind(&entity.kind).unwrap();
    for (name, english) in from.fields.iter() {
        let field = kind.field_at(name).unwrap();
        let is_free = matches!(field.takes, FieldType::Text { .. } | FieldType::Person);
        if let (true, Some(given)) = (is_free, entity.fields.get_mut(name)) {
            given.clone_from(english);
        }
    }
}

#[test]
fn the_languages_differ_in_their_texts_alone() {
    let english = sample("en");
    let placed: BTreeSet<_> = english
        .placements
        .values()
        .flat_map(|placed| placed.keys())
        .collect();
    for language in LANGUAGES {
        let mut graph = sample(language);
        for (id, entity) in &english.entities {
            let own = graph.entities.get_mut(id).unwrap();
            let is_said = !own.text.is_empty() || !placed.contains(id);
            assert!(is_said, "{language}: {id}");
            take_texts(own, entity);
        }
        graph.name.clone_from(&english.name);
        assert_eq!(graph, english, "{language}");
    }
    assert_eq!(sample("fr"), english);
    assert_eq!(sample("de-AT"), sample("de"));
}

#[test]
fn texts_are_translated() {
    let english = sample("en");
    for language in ["de", "es"] {
        let own = sample(language);
        let longer = english.entities.iter().filter(|(_, it)| it.text.len() > 20);
        for (id, entity) in longer {
            assert_ne!(own.entities[id].text, entity.text, "{language}: {id}");
        }
    }
}

#[test]
fn a_sample_survives_its_own_export() {
    for language in LANGUAGES {
        let graph = sample(language);
        for file in [to_json(&graph), to_markdown(&graph)] {
            let imported = import("", file.as_bytes()).unwrap();
            assert_eq!((imported.graph, imported.warnings), (graph.clone(), vec![]));
        }
    }
}

/// Also that the locks still fit the plans: a plan that was changed after its lock is invalid.
#[test]
fn the_experiments_end_as_their_story_tells() {
    let expected = [
        ("x-sms", "supported"),
        ("x-stars", "refuted"),
        ("x-parts", "inconclusive"),
        ("x-price", "running"),
        ("x-two", "planned"),
        ("x-swap", "planned"),
        ("x-again", "mixed"),
        ("x-names", "invalid"),
        ("x-names-2", "running"),
    ];
    for language in LANGUAGES {
        let index = GraphIndex::new(&sample(language));
        let reader = index.reader();
        for (id, word) in expected {
            let verdict = verdict(&reader, index.find(id).unwrap(), today());
            assert_eq!(verdict.word.name(), word, "{language}: {id}: {verdict:?}");
        }
    }
}
/// Every decision shows what it rested on when it was taken.
#[test]
fn every_decision_has_kept_figures_of_what_is_there() {
    for language in LANGUAGES {
        let graph = sample(language);
        let decisions = graph.entities.iter().filter(|(_, it)| it.kind == *DECISION);
        let mut count = 0;
        for (id, decision) in decisions {
            let Some(FieldValue::Text(frozen)) = decision.fields.get(FROZEN) else {
                panic!("{language}: {id} has kept nothing");
            };
            let kept = Frozen::parse(frozen).unwrap().kept();
            assert!(!kept.is_empty(), "{language}: {id}");
            for one in kept {
                assert!(graph.entities.contains_key(&one.entity), "{id}: {one:?}");
                let mut kinds = crate::figure::kinds().into_iter();
                assert!(kinds.any(|kind| kind.id == one.figure), "{id}: {one:?}");
            }
            count += 1;
        }
        assert_eq!(count, 8, "{language}");
    }
}

/// Evidence that somebody collected in conversations leads down to what was said in them.
#[test]
fn the_interviews_carry_the_evidence_that_was_drawn_from_them() {
    let graph = sample("en");
    let index = GraphIndex::new(&graph);
    let below = why(
        &index.reader(),
        index.find("ed-interviews").unwrap(),
        today(),
    )
    .unwrap()
    .down;
    for kind in ["interview", "participant"] {
        let of_kind = below.iter().filter(|step| step.kind == *kind);
        assert_eq!(of_kind.count(), 5, "{kind}");
    }
}

#[test]
fn the_figures_of_the_sample_are_those_that_its_texts_name() {
    let today = Date::new(2026, 11, 22).unwrap();
    let figures = FigureBook::new(&sample("en"), today).to_json();
    let figures: serde_json::Value = serde_json::from_str(&figures).unwrap();
    let expected = [
        ("/figures/ec/ltv-cac/value", 3.0),
        ("/figures/ec/payback/value", 25.0 / 3.0),
        ("/figures/ec/break-even/value", 2730.0 / 21.6),
        ("/figures/ec-plan/required-units/value", 125.0),
        ("/figures/mk/som/value", 5200.0 * 0.38 * 0.12),
        ("/figures/fs-nov/fit-score/value", 0.44),
        ("/figures/do-time/opportunity-score/value", 15.2),
        ("/canvases/unit-economics/costs-total/value", 5410.2),
        ("/workspace/innovation-rate/value", 4.5 / 9.5),
    ];
    for (pointer, value) in expected {
        let read = figures.pointer(pointer).and_then(|value| value.as_f64());
        let read = read.unwrap_or_else(|| panic!("{pointer}"));
        assert!((read - value).abs() < 1e-9, "{pointer}: {read}");
    }
    let words = [
        ("/figures/gate/fit-gate/word", "open"),
        ("/figures/kf-message/kano-category/word", "must-be"),
        ("/figures/kf-part/kano-category/word", "attractive"),
        ("/figures/kf-stars/kano-category/word", "reverse"),
        ("/workspace/question-viable/word", "yes"),
        ("/workspace/retention-flattens/word", "flattens"),
    ];
    for (pointer, word) in words {
        let read = figures.pointer(pointer).and_then(|word| word.as_str());
        assert_eq!(read, Some(word), "{pointer}");
    }
    assert!(figures.pointer("/workspace/funnel/missing").is_none());
}

#[test]
fn what_is_built_leads_up_to_the_vision_and_down_to_what_people_said() {
    let graph = sample("en");
    let index = GraphIndex::new(&graph);
    let reader = index.reader();
    let trace = |id: &str| why(&reader, index.find(id).unwrap(), today()).unwrap();
    for (id, entity) in &graph.entities {
        let is_built = ["solution", "roadmap-item", "opportunity"].contains(&entity.kind.as_str());
        let reaches = |step: &Step| step.kind == "vision";
        assert!(
            !is_built || trace(id.as_str()).up.iter().any(reaches),
            "{id}"
        );
    }
    for (id, kinds) in [
        ("op-fill", ["insight", "quote", "interview", "evidence"]),
        (
            "ri-buttons",
            ["solution", "assumption", "experiment", "evidence"],
        ),
    ] {
        let below = trace(id).down;
        for kind in kinds {
            let is_there = below.iter().any(|step| step.kind == kind);
            assert!(is_there, "{id}: no {kind}");
        }
    }
}
