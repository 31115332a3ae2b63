//! Every file of the catalogue is read and checked.

mod kinds;
mod links;
mod slots;

use std::collections::BTreeSet;

use super::*;
use crate::{Localised, SlotId};

const LANGUAGES: [&str; 3] = ["en", "de", "es"];

fn check_localised(text: &Localised, whose: &str) {
    for language in LANGUAGES {
        assert!(
            text.languages().any(|own| own == language),
            "{whose}: no {language}"
        );
    }
    assert!(
        text.texts().all(|text| !text.trim().is_empty()),
        "{whose}: an empty text"
    );
}

fn check_source(source: &Source, whose: &str) {
    assert!(
        !source.title.is_empty(),
        "{whose}: a source without a title"
    );
    assert!(
        source.url.starts_with("http"),
        "{whose}: a source without an address"
    );
}

fn check_known(kinds: &[KindId], whose: &str) {
    for id in kinds {
        assert!(kind(id).is_some(), "{whose}: unknown kind {id}");
    }
}

fn check_named<T: DeserializeOwned>(files: &[(&str, &str)], id: impl Fn(&T) -> &str) {
    assert!(!files.is_empty());
    for (name, text) in files {
        let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(id(&read), *name, "the file is named as its id");
    }
}

#[test]
fn every_file_parses_and_is_named_as_its_id() {
    check_named::<Canvas>(files::CANVASES, |canvas| canvas.id.as_str());
    check_named::<Kind>(files::KINDS, |kind| kind.id.as_str());
    check_named::<LinkKind>(files::LINK_KINDS, |kind| kind.id.as_str());
}

#[test]
fn canvases_speak_every_language_and_name_author_source_and_licence() {
    for canvas in canvases() {
        let id = canvas.id.as_str();
        check_localised(&canvas.title, id);
        check_localised(&canvas.description, id);
        check_source(&canvas.source, id);
        assert!(!canvas.author.is_empty(), "{id}");
        assert!(canvas.licence.url.starts_with("https://"), "{id}");
        assert!(
            !canvas.licence.name.is_empty() && !canvas.licence.attribution.is_empty(),
            "{id}"
        );
    }
}

#[test]
fn slots_are_distinct_speak_every_language_and_take_known_kinds() {
    for canvas in canvases() {
        let ids: BTreeSet<&SlotId> = canvas.slots.iter().map(|slot| &slot.id).collect();
        assert_eq!(ids.len(), canvas.slots.len(), "{}", canvas.id);
        for slot in &canvas.slots {
            let whose = format!("{}/{}", canvas.id, slot.id);
            check_localised(&slot.title, &whose);
            check_localised(&slot.question, &whose);
            slot.advice
                .iter()
                .for_each(|advice| check_localised(advice, &whose));
            check_known(&slot.takes, &whose);
            assert!(!slot.takes.is_empty() && slot.id != UNPLACED, "{whose}");
            assert_eq!(
                slot.limit.is_some(),
                slot.advice.is_some(),
                "{whose}: a limit says why"
            );
            assert!(
                slot.part_of.iter().all(|whole| ids.contains(whole)),
                "{whose}"
            );
        }
    }
}

#[test]
fn slot_ids_are_the_english_titles_in_lower_case_with_hyphens() {
    for slot in canvases().iter().flat_map(|canvas| &canvas.slots) {
        let expected = slot.title.text("en").to_lowercase().replace(' ', "-");
        assert_eq!(slot.id, expected.as_str());
    }
}

#[test]
fn slots_cover_the_whole_grid_without_overlap() {
    for canvas in canvases() {
        let mut cells = BTreeSet::new();
        for slot in &canvas.slots {
            let GridArea {
                column,
                row,
                column_span,
                row_span,
            } = slot.area;
            for cell in (column..column + column_span)
                .flat_map(|column| (row..row + row_span).map(move |row| (column, row)))
            {
                assert!((1..=canvas.layout.columns).contains(&cell.0), "{}", slot.id);
                assert!((1..=canvas.layout.rows).contains(&cell.1), "{}", slot.id);
                assert!(
                    cells.insert(cell),
                    "{}/{} overlaps at {cell:?}",
                    canvas.id,
                    slot.id
                );
            }
        }
        assert_eq!(
            cells.len() as u32,
            canvas.layout.columns * canvas.layout.rows
        );
    }
}

#[test]
fn guided_orders_name_each_whole_block_once_and_their_source() {
    for canvas in canvases() {
        assert!(!canvas.orders.is_empty(), "{}", canvas.id);
        for order in &canvas.orders {
            check_localised(&order.title, &order.id);
            check_source(&order.source, &order.id);
            let mut named: Vec<&SlotId> = order.steps.iter().flatten().collect();
            named.sort();
            let whole = canvas.slots.iter().filter(|slot| slot.part_of.is_none());
            let mut expected: Vec<&SlotId> = whole.map(|slot| &slot.id).collect();
            expected.sort();
            assert_eq!(named, expected, "{}/{}", canvas.id, order.id);
        }
    }
}

#[test]
fn kinds_speak_every_language_and_have_an_icon_and_a_colour() {
    for kind in kinds() {
        check_localised(&kind.title, kind.id.as_str());
        check_localised(&kind.plural, kind.id.as_str());
        assert!(!kind.icon.is_empty(), "{}", kind.id);
        let colour = kind.field("colour").expect("every kind has a colour");
        assert_eq!(colour.takes, FieldType::Colour);
        for field in &kind.fields {
            check_localised(&field.title, &format!("{}.{}", kind.id, field.id));
        }
    }
}

#[test]
fn link_kinds_speak_every_language_both_ways_and_join_known_kinds() {
    for link in link_kinds() {
        check_localised(&link.title, link.id.as_str());
        check_localised(&link.inverse, link.id.as_str());
        check_known(&link.from, link.id.as_str());
        check_known(&link.to, link.id.as_str());
    }
    assert!(
        link_kind(&"addresses".into())
            .unwrap()
            .joins(&"solution".into(), &"problem".into())
    );
    assert!(
        !link_kind(&"addresses".into())
            .unwrap()
            .joins(&"problem".into(), &"cost".into())
    );
}

fn check_titles(canvas_id: &str, expected: &[&str]) {
    let canvas = canvas(&canvas_id.into()).unwrap();
    let titles: Vec<&str> = canvas
        .slots
        .iter()
        .map(|slot| slot.title.text("en"))
        .collect();
    assert_eq!(titles, expected);
}

#[test]
fn the_lean_canvas_has_its_twelve_slots_and_both_published_orders() {
    check_titles(
        "lean-canvas",
        &[
            "Problem",
            "Solution",
            "Unique Value Proposition",
            "Unfair Advantage",
            "Customer Segments",
            "Existing Alternatives",
            "Key Metrics",
            "High-Level Concept",
            "Channels",
            "Early Adopters",
            "Cost Structure",
            "Revenue Streams",
        ],
    );
    let lean = canvas(&"lean-canvas".into()).unwrap();
    let firsts: Vec<usize> = lean
        .orders
        .iter()
        .map(|order| order.steps[0].len())
        .collect();
    assert_eq!(
        firsts,
        [2, 1],
        "Running Lean starts with two blocks together, the later with one"
    );
}

#[test]
fn the_business_model_canvas_has_its_nine_slots() {
    check_titles(
        "business-model-canvas",
        &[
            "Key Partners",
            "Key Activities",
            "Key Resources",
            "Value Propositions",
            "Customer Relationships",
            "Channels",
            "Customer Segments",
            "Cost Structure",
            "Revenue Streams",
        ],
    );
}
