//! What the canvases promise beyond their layout: every method is there, standing in a slot is a
//! value that exists, and what is suggested can be used.

use std::collections::BTreeSet;

use crate::catalogue::read_own;
use crate::{Canvas, FieldValue, Group, KindId, Localised, canvas, canvases, figure, kind, value};

/// The views of the methods: title, id and method.
const VIEWS: &[(&str, &str, &str)] = &[
    ("Lean Canvas", "lean-canvas", "M2"),
    ("Business Model Canvas", "business-model-canvas", "M3"),
    ("Value fit", "value-fit", "M4"),
    ("Positioning", "positioning", "M4"),
    ("Vision board", "vision-board", "M18"),
    ("Strategy", "strategy", "M18"),
    ("SWOT", "swot", "M18"),
    ("Market", "market", "M12"),
    ("Unit economics", "unit-economics", "M23"),
    ("Portfolio", "portfolio", "M19"),
    ("Discovery-driven plan", "discovery-driven-plan", "M19"),
    ("Trend radar", "trend-radar", "M8"),
    ("Competitors", "competitors", "M8"),
    ("Customer Development", "customer-development", "M5"),
    ("Interviews", "interviews", "M11"),
    ("Forces", "forces", "M11"),
    ("Opportunity tree", "opportunity-tree", "M11"),
    ("Opportunity landscape", "opportunity-landscape", "M11"),
    ("Kano", "kano", "M11"),
    ("Problem–solution fit", "problem-solution-fit", "M9"),
    ("Behaviour", "behaviour", "M24"),
    ("Assumption map", "assumption-map", "M13"),
    ("Test cards", "test-cards", "M14"),
    ("Experiments", "experiments", "M14"),
    ("First MVP", "mvp", "M7"),
    ("User tests", "user-tests", "M16"),
    ("Evidence", "evidence", "M14"),
    ("Learning cards", "learning-cards", "M6"),
    ("Loops", "loops", "M1"),
    ("Decisions", "decisions", "M27"),
    ("OKRs", "okrs", "M22"),
    ("Roadmap", "roadmap", "M21"),
    ("Priorities", "priorities", "M20"),
    ("Metrics", "metrics", "M17"),
    ("Funnel", "funnel", "M17"),
    ("Cohorts", "cohorts", "M17"),
    ("Product–market fit", "product-market-fit", "M15"),
    (
        "Evidence-Based Management",
        "evidence-based-management",
        "M25",
    ),
    ("Team", "team", "M26"),
    ("Delegation", "delegation", "M27"),
];

#[test]
fn every_view_of_the_methods_has_its_canvas_in_the_order_of_the_navigation() {
    let of = |canvas: &'static Canvas| {
        let title = canvas.title.text("en");
        (title, canvas.id.as_str(), canvas.method.as_str())
    };
    let views: Vec<_> = canvases().iter().map(of).collect();
    assert_eq!(views, VIEWS);
}

#[test]
fn each_group_stands_together_in_the_navigation() {
    let mut groups: Vec<Group> = canvases().iter().map(|canvas| canvas.group).collect();
    assert!(groups.is_sorted(), "{groups:?}");
    groups.dedup();
    assert_eq!([groups.as_slice(), &[Group::Own]].concat(), Group::ALL);
    let positions: BTreeSet<u32> = canvases().iter().map(|canvas| canvas.position).collect();
    assert_eq!(positions.len(), canvases().len());
}

#[test]
fn a_group_is_read_by_its_name() {
    for group in Group::ALL {
        let text = format!("\"{}\"", group.name());
        assert_eq!(serde_json::from_str::<Group>(&text).unwrap(), group);
    }
}

fn check_fits(of: &KindId, name: &str, given: &FieldValue, whose: &str) {
    let field = kind(of).and_then(|kind| kind.field_at(name));
    let field = field.unwrap_or_else(|| panic!("{whose}: {of} has no field {name}"));
    assert!(value::read(field, given).is_ok(), "{whose}: {of}.{name}");
}

#[test]
fn what_standing_in_a_slot_says_fits_every_kind_that_it_takes() {
    for canvas in canvases() {
        for slot in &canvas.slots {
            let whose = format!("{}/{}", canvas.id, slot.id);
            for (name, given) in &slot.fields {
                for of in &slot.takes {
                    check_fits(of, name, given, &whose);
                }
            }
        }
    }
}

#[test]
fn two_slots_that_take_the_same_kind_and_say_something_say_different_things() {
    for canvas in canvases() {
        let mut said = BTreeSet::new();
        for slot in canvas.slots.iter().filter(|slot| !slot.fields.is_empty()) {
            let says = format!("{:?} {:?}", slot.takes.first(), slot.fields);
            assert!(said.insert(says), "{}/{}", canvas.id, slot.id);
        }
    }
}

fn check_in_all_languages(text: &Localised, whose: &str) {
    assert_eq!(
        text.texts().filter(|text| !text.is_empty()).count(),
        3,
        "{whose}"
    );
}

#[test]
fn suggestions_fit_their_slots_and_speak_every_language() {
    for canvas in canvases() {
        let mut ids = BTreeSet::new();
        for slot in &canvas.slots {
            for suggestion in &slot.suggestions {
                let whose = format!("{}/{}", slot.id, suggestion.id);
                assert!(ids.insert(&suggestion.id), "{whose}: twice");
                check_in_all_languages(&suggestion.text, &whose);
                check_in_all_languages(&suggestion.help, &whose);
                for (name, given) in &suggestion.fields {
                    check_fits(&slot.takes[0], name, given, &whose);
                }
            }
        }
    }
}

#[test]
fn evidence_based_management_suggests_the_thirty_measures_of_its_guide() {
    let canvas = canvas(&"evidence-based-management".into()).unwrap();
    let count = |slot: &str| canvas.slot(&slot.into()).unwrap().suggestions.len();
    let areas = [
        "current-value",
        "unrealised-value",
        "time-to-market",
        "ability-to-innovate",
    ];
    assert_eq!(areas.map(count), [5, 3, 12, 10]);
    for slot in &canvas.slots {
        for suggestion in &slot.suggestions {
            let template = FieldValue::Text(suggestion.id.clone());
            assert_eq!(suggestion.fields.get("template"), Some(&template));
        }
    }
}

#[test]
fn the_example_of_the_documentation_is_a_canvas() {
    let page = include_str!("../../../../../docs/canvases.md");
    let (_, example) = page.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let own = read_own(example).unwrap();
    assert_eq!((own.group, own.position), (Group::Own, u32::MAX));
    assert!(own.orders.is_empty() && own.description.text("en").is_empty());
}

#[test]
fn canvases_show_figures_that_there_are() {
    let known: BTreeSet<&str> = figure::kinds().iter().map(|kind| kind.id).collect();
    for canvas in canvases() {
        for id in &canvas.figures {
            assert!(known.contains(id.as_str()), "{}: {id}", canvas.id);
        }
    }
}
