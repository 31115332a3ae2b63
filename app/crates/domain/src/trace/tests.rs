//! Traces over a chain from vision to quote.

use super::*;
use crate::figure::{Figure, FigureBook, Subject};
use crate::index::GraphIndex;
use crate::{Graph, sketch};

const CHAIN: &str = "
    vision vision | Teams ship what matters
    goal goal | Faster learning | level = strategic
    objective objective | Learn every week | owner = ada
    kr key-result | Loops a month | start = 1 | target = 4
    metric metric | Loops
    reading reading | | metric = metric | date = 2026-10-01 | value = 2 | n = 9
    opportunity opportunity | Results come too late
    insight insight | Nobody sees the data
    quote quote | I wait for weeks | source = interview | date = 2026-09-01
    interview interview | Talk with Kim | interviewer = ben
    solution solution | A weekly digest
    assumption assumption | People read mail
    experiment experiment | Ten digests by hand
    evidence evidence | Seven of ten replied | gilad = test-results | date = 2026-10-20 | by = cem | n = 10
    learning learning | They read it
    decision decision | Build it | decided-by = ada | decided-on = 2026-11-01
    item roadmap-item | Digest
    vision -guides-> goal
    goal -expressed-as-> objective
    objective -measured-by-> kr
    kr -on-> metric
    objective -pursued-through-> opportunity
    insight -reveals-> opportunity
    insight -drawn-from-> quote
    opportunity -addressed-by-> solution
    solution -depends-on-> assumption
    assumption -tested-by-> experiment
    experiment -produces-> evidence
    evidence -supports-> assumption
    experiment -concludes-in-> learning
    learning -leads-to-> decision
    decision -changes-> item
    item -bets-on-> solution
    item -aims-at-> kr
";

fn trace(graph: &Graph, id: &str) -> Trace {
    let index = GraphIndex::new(graph);
    why(&index.reader(), index.find(id).unwrap()).unwrap()
}

fn find<'a>(steps: &'a [Step], id: &str) -> &'a Step {
    let step = steps.iter().find(|step| step.entity == *id);
    step.unwrap_or_else(|| panic!("{id} is not in {steps:#?}"))
}

#[test]
fn a_card_leads_up_to_the_vision_and_down_to_the_raw_sources() {
    let trace = trace(&sketch::graph(CHAIN), "item");

    let vision = find(&trace.up, "vision");
    assert!(vision.is_end && vision.depth == 4);
    let evidence = find(&trace.down, "evidence");
    assert_eq!(evidence.strength, Some(5.0));
    assert_eq!(evidence.by.as_deref(), Some("cem"));
    assert_eq!(evidence.date, Date::parse("2026-10-20"));
    assert_eq!(evidence.n, Some(10.0));
    let through = evidence.through.as_ref().unwrap();
    assert_eq!(
        (through.name.as_str(), through.is_outgoing),
        ("supports", false)
    );
    assert_eq!(through.entity, *"assumption");
}

#[test]
fn quotes_and_readings_are_the_ends_below() {
    let graph = sketch::graph(CHAIN);
    let opportunity = trace(&graph, "opportunity");
    let interview = find(&opportunity.down, "interview");
    assert_eq!(interview.by.as_deref(), Some("ben"));
    assert!(interview.is_end && interview.through.as_ref().unwrap().is_field);
    assert!(!find(&opportunity.down, "quote").is_end);

    let kr = trace(&graph, "kr");
    let reading = find(&kr.down, "reading");
    assert_eq!((reading.value, reading.n), (Some(2.0), Some(9.0)));
    assert!(reading.is_end);
}

#[test]
fn steps_stand_behind_what_they_hang_on() {
    for steps in [
        trace(&sketch::graph(CHAIN), "item").down,
        trace(&sketch::graph(CHAIN), "quote").up,
    ] {
        for (place, step) in steps.iter().enumerate().filter(|(_, step)| step.depth > 1) {
            let parent = &step.through.as_ref().unwrap().entity;
            let before = steps[..place]
                .iter()
                .rposition(|other| other.depth == step.depth - 1);
            assert_eq!(&steps[before.unwrap()].entity, parent);
        }
    }
}

#[test]
fn a_circle_ends_and_names_nobody_twice() {
    let mut graph = sketch::graph(CHAIN);
    sketch::add(
        &mut graph,
        "solution -part-of-> item\nitem -part-of-> solution\nmetric -drives-> metric",
    );

    let trace = trace(&graph, "solution");

    for steps in [&trace.up, &trace.down] {
        let mut ids: Vec<_> = steps.iter().map(|step| &step.entity).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), steps.len());
        assert!(!ids.contains(&&trace.subject.entity));
    }
}

#[test]
fn retracted_evidence_names_what_weakens() {
    let graph = sketch::graph(CHAIN);
    let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());

    let ripple = ripple(&book, &["evidence".into(), "nobody".into()]);

    assert_eq!(ripple.retracted, [EntityId::from("evidence")]);
    assert_eq!(ripple.decisions.len(), 1);
    assert_eq!(ripple.decisions[0].entity, *"decision");
    let cards: Vec<&str> = ripple
        .cards
        .iter()
        .map(|card| card.entity.as_str())
        .collect();
    for card in [
        "assumption",
        "experiment",
        "solution",
        "item",
        "opportunity",
        "vision",
    ] {
        assert!(cards.contains(&card), "{card} is not in {cards:?}");
    }
    assert!(!cards.contains(&"quote") && !cards.contains(&"insight"));
    assert_eq!(
        ripple
            .cards
            .iter()
            .find(|card| card.entity == *"assumption")
            .unwrap()
            .strength,
        Some(5.0)
    );
}

/// By how much: the confidence falls from what test results give to nothing.
#[test]
fn retracted_evidence_shows_what_figures_become() {
    let graph = sketch::graph(CHAIN);
    let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());

    let ripple = ripple(&book, &["evidence".into()]);

    let confidence = ripple.figures.iter().find(|changed| {
        changed.kind.id == "confidence"
            && changed.subject == Subject::Entity(book.index().find("assumption").unwrap())
    });
    let changed = confidence.unwrap();
    let value = |figure: &Option<Figure>| figure.as_ref().unwrap().value().unwrap();
    // 5 on the meter, 33 days old: 1 − 2^(−5 × 2^(−33∕180) ÷ 3).
    let expected = 1.0 - (-5.0 * (-33.0_f64 / 180.0).exp2() / 3.0).exp2();
    assert!((value(&changed.before) - expected).abs() < 1e-12);
    assert_eq!(value(&changed.after), 0.0);
}

/// Any graph gives an answer, the same each time.
#[test]
fn any_graph_gives_one_answer() {
    let kinds = [
        "solution", "evidence", "metric", "reading", "quote", "decision",
    ];
    let links = [
        "supports", "part-of", "drives", "produces", "leads-to", "changes", "on",
    ];
    arbtest::arbtest(|u| {
        let mut graph = Graph::default();
        for id in 0..u.int_in_range(1..=12)? {
            let (kind, other) = (u.choose(&kinds)?, u.int_in_range(0..=12)?);
            let line = format!("e{id} {kind} | | metric = e{other} | source = e{other}");
            sketch::add(&mut graph, &line);
        }
        for _ in 0..u.int_in_range(0..=30)? {
            let (from, to) = (u.int_in_range(0..=12)?, u.int_in_range(0..=12)?);
            sketch::add(
                &mut graph,
                &format!("e{from} -{}-> e{to}", u.choose(&links)?),
            );
        }
        let index = GraphIndex::new(&graph);
        let subject = index.find("e0").unwrap();
        let trace = why(&index.reader(), subject).unwrap();
        assert_eq!(why(&GraphIndex::new(&graph).reader(), subject), Some(trace));
        let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());
        let falls = ripple(&book, &["e0".into()]);
        assert!(falls.cards.iter().all(|card| card.entity != *"e0"));
        Ok(())
    })
    .budget_ms(1000);
}
