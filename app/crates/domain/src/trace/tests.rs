//! Traces over a chain from vision to quote.

use super::*;
use crate::figure::{Figure, FigureBook, Subject};
use crate::index::GraphIndex;
use crate::{Graph, sketch};

mod relation;
mod ripple;

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

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn trace(graph: &Graph, id: &str) -> Trace {
    let index = GraphIndex::new(graph);
    why(&index.reader(), index.find(id).unwrap(), today()).unwrap()
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
    assert_eq!(
        evidence.strength,
        Some(3.0),
        "its experiment was never locked"
    );
    assert_eq!(evidence.by.as_deref(), Some("cem"));
    assert_eq!(evidence.date, Date::parse("2026-10-20"));
    assert_eq!(evidence.n, Some(10.0));
    let through = evidence.through.as_ref().unwrap();
    assert_eq!(
        (through.name.as_str(), through.is_outgoing),
        ("supports", false)
    );
    assert_eq!(through.entity, *"assumption");
    let quote = find(&trace.down, "quote");
    assert_eq!(quote.by.as_deref(), Some("Talk with Kim"));
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

/// Each end below says how strong it is, of which day, and who said it.
#[test]
fn every_raw_source_of_the_sample_has_strength_date_and_speaker() {
    let graph = crate::sample("en");
    let index = GraphIndex::new(&graph);
    let reader = index.reader();
    let built =
        |kind: &str| ["solution", "roadmap-item", "opportunity", "assumption"].contains(&kind);
    for id in graph
        .entities
        .iter()
        .filter(|(_, entity)| built(entity.kind.as_str()))
        .map(|(id, _)| id)
    {
        let trace = why(&reader, index.find(id.as_str()).unwrap(), today()).unwrap();
        let has_data = |step: &Step| step.kind != *"arm" || step.value.is_some();
        let raw = |step: &&Step| step.is_end && !is_claim(step.kind.as_str()) && has_data(step);
        for step in trace.down.iter().filter(raw) {
            assert!(step.strength.is_some(), "{id}: {step:?}");
            assert!(step.date.is_some() && step.by.is_some(), "{id}: {step:?}");
        }
    }
}

/// What somebody believes or plans; when nothing carries it, that is no source either.
fn is_claim(kind: &str) -> bool {
    ![
        "quote",
        "observation",
        "interview",
        "reading",
        "arm",
        "evidence",
        "force",
    ]
    .contains(&kind)
}

/// M18: what one metric does to another is a claim with a sign of its own, and its evidence carries
/// the metric that is driven.
#[test]
fn the_evidence_of_an_effect_between_metrics_carries_the_metric_that_is_driven() {
    let graph = sketch::graph(
        "early metric | Answers within an hour
         filled metric | Chairs filled
         effect assumption | Quick answers fill chairs | sign = same
         seen evidence | Both rose in May | gilad = test-results | date = 2026-10-20
         early -drives-> effect
         effect -drives-> filled
         seen -supports-> effect",
    );
    let down = trace(&graph, "filled").down;
    assert_eq!(find(&down, "seen").strength, Some(4.5));
    find(&down, "early");
    let up = trace(&graph, "seen").up;
    find(&up, "filled");
}

#[test]
fn a_quote_is_by_whom_it_was_heard_from_and_a_reading_is_called_after_its_metric() {
    let graph = sketch::graph(CHAIN);
    let quote = trace(&graph, "quote").subject;
    assert_eq!(quote.by.as_deref(), Some("Talk with Kim"));
    assert_eq!(quote.strength, Some(0.75));

    let index = GraphIndex::new(&graph);
    let called = |language| name(&index.reader(), index.find("reading").unwrap(), language);
    assert_eq!(called("en"), "Reading: Loops");
    assert_eq!(called("de"), "Messwert: Loops");
}

/// One experiment that tests two assumptions and produced evidence about each, and some about none.
const SHARED: &str = "
    mail assumption | People read mail
    price assumption | People pay ten a month
    stated hypothesis | Ten a month is paid by one in five
    solution solution | A weekly digest
    experiment experiment | Twenty digests by hand
    read evidence | Seven of ten replied | gilad = test-results
    paid evidence | None of ten paid | gilad = test-results
    loose evidence | Two forwarded it | gilad = anecdotal
    learning learning | They read it and do not pay
    decision decision | Give it away
    solution -depends-on-> mail
    price -stated-as-> stated
    mail -tested-by-> experiment
    stated -tested-by-> experiment
    experiment -produces-> read
    experiment -produces-> paid
    experiment -produces-> loose
    read -supports-> mail
    paid -refutes-> price
    experiment -concludes-in-> learning
    learning -leads-to-> decision
    decision -changes-> solution
";

fn ids(steps: &[Step]) -> Vec<&str> {
    let mut ids: Vec<&str> = steps.iter().map(|step| step.entity.as_str()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn what_an_experiment_found_out_about_others_carries_nothing_here() {
    let graph = sketch::graph(SHARED);
    assert_eq!(
        ids(&trace(&graph, "mail").down),
        ["experiment", "loose", "read"]
    );
    // What is about the assumption is about its wording too.
    assert_eq!(
        ids(&trace(&graph, "stated").down),
        ["experiment", "loose", "paid"]
    );
    let up = trace(&graph, "paid").up;
    assert!(!ids(&up).contains(&"mail"), "{up:#?}");
    assert!(ids(&up).contains(&"price"), "{up:#?}");
}

/// A decision rests on all that the experiment found out, though the way over the assumption, which
/// leads to the experiment too, names one part of it alone.
#[test]
fn a_decision_rests_on_all_that_its_experiment_found_out() {
    let graph = sketch::graph(SHARED);
    let down = trace(&graph, "solution").down;
    assert_eq!(
        ids(&down),
        [
            "decision",
            "experiment",
            "learning",
            "loose",
            "mail",
            "paid",
            "read"
        ]
    );
}

#[test]
fn retracting_evidence_moves_no_claim_that_it_is_not_about() {
    let graph = sketch::graph(SHARED);
    let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());
    let ripple = ripple(&book, &["paid".into()]);
    let named = |list: &[Weakened]| -> Vec<String> {
        let ids = list.iter().map(|card| card.entity.to_string());
        ids.collect()
    };
    assert_eq!(named(&ripple.stronger), ["price", "stated"]);
    assert_eq!(named(&ripple.cards), ["learning", "solution"]);
    assert_eq!(ripple.decisions[0].entity, *"decision");
}

#[test]
fn a_vision_rests_on_the_numbers_and_the_quotes_below_its_goals() {
    let down = trace(&sketch::graph(CHAIN), "vision").down;
    for id in ["goal", "objective", "kr", "reading", "opportunity", "quote"] {
        find(&down, id);
    }
    // What a result is pursued through elsewhere carries no card that reports to it.
    let graph = sketch::graph(
        "item roadmap-item | Digest\n kr key-result | Loops\n need opportunity | Late results
        item -measured-by-> kr\n kr -pursued-through-> need",
    );
    assert_eq!(ids(&trace(&graph, "item").down), ["kr"]);
    assert_eq!(ids(&trace(&graph, "kr").down), ["need"]);
}

/// Any graph gives an answer, the same each time.
#[test]
fn any_graph_gives_one_answer() {
    let kinds = [
        "solution",
        "assumption",
        "experiment",
        "evidence",
        "metric",
        "reading",
        "quote",
        "decision",
    ];
    let links = [
        "supports",
        "part-of",
        "drives",
        "produces",
        "tested-by",
        "leads-to",
        "changes",
        "on",
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
        let trace = why(&index.reader(), subject, today()).unwrap();
        assert_eq!(
            why(&GraphIndex::new(&graph).reader(), subject, today()),
            Some(trace)
        );
        let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());
        let falls = ripple(&book, &["e0".into()]);
        assert!(falls.cards.iter().all(|card| card.entity != *"e0"));
        Ok(())
    })
    .budget_ms(1000);
}

/// What counts nothing in a confidence says so in the trace, and what counts less weighs less there.
#[test]
fn evidence_counts_in_a_trace_what_it_counts_in_a_confidence() {
    let of = |experiment: &str, date: &str| {
        let graph = sketch::graph(&format!(
            "a assumption | They pay
             x experiment | Pay now | criterion = share >= 40 % | planned-n = 100{experiment}
             b arm | Everyone | experiment = x | n = 50 | successes = 40
             e evidence | Most pay | gilad = test-results | date = {date}
             a -tested-by-> x
             x -produces-> e
             e -supports-> a"
        ));
        let trace = trace(&graph, "a");
        let step = find(&trace.down, "e");
        let arm = find(&trace.down, "b");
        assert_eq!(
            arm.strength,
            Some(if experiment.is_empty() { 3.0 } else { 4.5 })
        );
        (step.strength, step.left_out)
    };
    let locked = " | lock = 2026-10-05";
    assert_eq!(
        of(locked, "2026-11-01"),
        (Some(4.5), Some(LeftOut::Running))
    );
    assert_eq!(of("", "2026-11-01"), (Some(3.0), None));
    assert_eq!(of("", "2026-12-01").1, Some(LeftOut::Ahead));
}

#[test]
fn an_item_serves_what_its_bets_are_for_and_not_what_else_bets_on_them() {
    let graph = sketch::graph(
        "
        vision vision | Teams ship what matters
        goal goal | Faster learning
        opportunity opportunity | Results come too late
        solution solution | A weekly digest
        item roadmap-item | Digest
        other roadmap-item | Second digest
        vision -guides-> goal
        goal -pursued-through-> opportunity
        solution -addresses-> opportunity
        item -bets-on-> solution
        other -bets-on-> solution
        ",
    );
    let up = trace(&graph, "item").up;
    find(&up, "vision");
    assert!(!ids(&up).contains(&"other"), "{up:#?}");
    assert_eq!(ids(&trace(&graph, "solution").up).len(), 5);
}
