//! The samples are whole, alike in every language, and use the canvases as their methods mean.

use super::*;
use crate::interchange::{to_json, to_markdown};
use crate::{FieldType, canvases, kind, link_kind};

const LANGUAGES: [&str; 3] = ["en", "de", "es"];

#[test]
fn every_sample_is_read_without_a_warning() {
    let names: Vec<&str> = SAMPLES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["de", "en", "es"]);
    for (name, text) in SAMPLES {
        let imported =
            import(name, text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(imported.warnings, [""; 0], "{name}");
    }
}

#[test]
fn every_slot_of_every_canvas_shown_is_filled_within_its_limit() {
    let graph = sample("en");
    let is_shown = |canvas: &&crate::Canvas| graph.placements.contains_key(&canvas.id);
    for canvas in canvases().iter().filter(is_shown) {
        for slot in &canvas.slots {
            let notes = graph.slot_notes(&canvas.id, &slot.id);
            let limit = slot.limit.map_or(usize::MAX, |limit| limit as usize);
            assert!(
                (1..=limit).contains(&notes.len()),
                "{}/{}",
                canvas.id,
                slot.id
            );
            for id in notes {
                assert!(
                    slot.takes.contains(&graph.entities[id].kind),
                    "{}/{} {id}",
                    canvas.id,
                    slot.id
                );
            }
        }
    }
    assert!(
        (40..=50).contains(&graph.entities.len()),
        "{}",
        graph.entities.len()
    );
}

#[test]
fn links_join_what_their_kinds_allow() {
    let graph = sample("en");
    assert!(graph.links.len() >= 8 && graph.people.len() >= 3);
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
fn fields_are_known_to_their_kinds_and_authors_are_people() {
    let graph = sample("en");
    for (id, entity) in &graph.entities {
        for name in entity.fields.keys() {
            let field = kind(&entity.kind)
                .and_then(|kind| kind.field(name))
                .unwrap();
            assert!(
                field.takes != FieldType::Colour || entity.colour().is_some(),
                "{id}"
            );
        }
        let by = &entity.created.as_ref().unwrap_or_else(|| panic!("{id}")).by;
        assert!(graph.people.contains_key(by), "{id}");
    }
}

#[test]
fn the_languages_differ_in_their_texts_alone() {
    let english = sample("en");
    for language in LANGUAGES {
        let mut graph = sample(language);
        for (id, entity) in &english.entities {
            let own = graph.entities.get_mut(id).unwrap();
            let is_translated = language == "en" || own.text != entity.text;
            assert!(is_translated && !own.text.is_empty(), "{language}: {id}");
            own.text.clone_from(&entity.text);
        }
        graph.name.clone_from(&english.name);
        assert_eq!(graph, english, "{language}");
    }
    assert_eq!(sample("fr"), english);
    assert_eq!(sample("de-AT"), sample("de"));
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
