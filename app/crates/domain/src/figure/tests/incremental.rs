//! A book kept up to date against one made anew, over graphs at random.

use super::fixture::TODAY;
use super::random::edit;
use crate::Graph;
use crate::figure::FigureBook;
use crate::index::Edits;
use crate::value::Date;

#[test]
fn a_book_kept_up_to_date_is_one_made_anew() {
    let today = Date::parse(TODAY).unwrap();
    arbtest::arbtest(|bytes| {
        let mut graph = Graph::default();
        let mut all = Edits::default();
        for _ in 0..bytes.int_in_range(0..=120)? {
            edit(bytes, &mut graph, &mut all)?;
        }
        let mut book = FigureBook::new(&graph, today);
        for _ in 0..bytes.int_in_range(1..=6)? {
            let mut edits = Edits::default();
            for _ in 0..bytes.int_in_range(1..=3)? {
                edit(bytes, &mut graph, &mut edits)?;
            }
            let before = book.to_json();
            let changed = book.update(&graph, &edits);
            let anew = FigureBook::new(&graph, today).to_json();
            assert_eq!(book.to_json(), anew);
            assert_eq!(changed.is_empty(), before == anew);
        }
        Ok(())
    })
    .size_min(4_000)
    .size_max(40_000)
    .budget_ms(1500);
}

#[test]
fn every_figure_of_a_random_graph_is_a_finite_number_or_says_why_not() {
    let today = Date::parse(TODAY).unwrap();
    arbtest::arbtest(|bytes| {
        let mut graph = Graph::default();
        for _ in 0..150 {
            edit(bytes, &mut graph, &mut Edits::default())?;
        }
        let book = FigureBook::new(&graph, today);
        let json = book.to_json();
        let parsed: Result<serde_json::Value, _> = serde_json::from_str(&json);
        assert!(parsed.is_ok());
        for (handle, _) in book.index().live() {
            for figure in book.of(handle) {
                let is_known = |word| figure.kind.words.contains(&word);
                assert!(figure.word().is_none_or(is_known), "{}", figure.kind.id);
            }
        }
        let null = json.find("null").map(|at| json.get(at - 300..at + 4));
        assert_eq!(null, None);
        Ok(())
    })
    .size_min(4_000)
    .size_max(40_000)
    .budget_ms(1000);
}

#[test]
fn another_day_computes_what_depends_on_it() {
    let json = r#"{"format": "groundwork", "entities": [
        {"kind": "key-result", "id": "k", "fields":
            {"start": 0, "target": 10, "current": 5, "starts": "2026-11-01", "due": "2026-11-21"}}
    ]}"#;
    let graph = crate::import("day.json", json.as_bytes()).unwrap().graph;
    let mut book = FigureBook::new(&graph, Date::parse("2026-11-11").unwrap());
    assert_eq!(book.figure("k", "pace").unwrap().value(), Some(1.0));

    let later = Date::parse("2026-11-21").unwrap();
    let changed: Vec<&str> = book
        .set_today(later)
        .iter()
        .map(|one| one.kind.id)
        .collect();

    assert_eq!(changed, ["pace", "status"]);
    assert_eq!(book.to_json(), FigureBook::new(&graph, later).to_json());
}

/// M14: the meter is the team's own, and every figure that weighs evidence follows it.
#[test]
fn another_meter_changes_every_confidence() {
    let graph = |meter: &str| {
        let json = format!(
            r#"{{"format": "groundwork", "entities": [
                {{"kind": "product", "id": "p", "fields": {{{meter}}}}},
                {{"kind": "assumption", "id": "a", "text": "They pay"}},
                {{"kind": "solution", "id": "s", "fields": {{"ice-impact": 5, "ice-ease": 5}}}},
                {{"kind": "evidence", "id": "e", "text": "Sold", "fields": {{"gilad": "market-data"}}}}
            ], "links": [{{"kind": "supports", "from": "e", "to": "a"}}]}}"#
        );
        crate::import("meter.json", json.as_bytes()).unwrap().graph
    };
    let today = Date::parse(TODAY).unwrap();
    let own = r#""meter-market-data": 1, "meter-self-conviction": 0.1"#;
    let (before, after) = (graph(""), graph(own));
    let mut book = FigureBook::new(&before, today);
    assert_eq!(book.figure("s", "ice-gilad").unwrap().value(), Some(0.25));

    let edits = Edits {
        entities: vec!["p".into()],
        ..Edits::default()
    };
    book.update(&after, &edits);

    let confidence = book.figure("a", "confidence").unwrap().value().unwrap();
    assert!((confidence - (1.0 - (-1.0_f64 / 3.0).exp2())).abs() < 1e-12);
    assert_eq!(book.figure("s", "ice-gilad").unwrap().value(), Some(2.5));
    assert_eq!(book.to_json(), FigureBook::new(&after, today).to_json());
}

#[test]
fn taking_an_entity_away_names_what_changes() {
    let json = r#"{"format": "groundwork", "entities": [
        {"kind": "solution", "id": "s", "fields": {"ice-impact": 5, "ice-confidence": 2, "ice-ease": 5}},
        {"kind": "evidence", "id": "e", "fields": {"gilad": "launch-data"}}
    ], "links": [{"kind": "supports", "from": "e", "to": "s"}]}"#;
    let graph = crate::import("ripple.json", json.as_bytes()).unwrap().graph;
    let book = FigureBook::new(&graph, Date::parse(TODAY).unwrap());

    let changed = book.without(&["e".into()]);

    let ripple: Vec<(&str, Option<f64>)> = changed
        .iter()
        .map(|one| {
            (
                one.kind.id,
                one.after.as_ref().and_then(|figure| figure.value()),
            )
        })
        .filter(|(id, _)| *id == "ice-gilad")
        .collect();
    assert_eq!(ripple, [("ice-gilad", Some(0.25))]);
    assert_eq!(book.figure("s", "ice-gilad").unwrap().value(), Some(250.0));
}
