//! What carries something and what rests on something are one relation, walked in two directions.

use arbtest::arbitrary::{Result, Unstructured};

use super::*;
use crate::figure::Outcome;
use crate::{Entity, FieldValue, Link, LinkId, link_kinds};

const KINDS: [&str; 21] = [
    "goal",
    "objective",
    "key-result",
    "metric",
    "reading",
    "opportunity",
    "insight",
    "quote",
    "interview",
    "solution",
    "assumption",
    "hypothesis",
    "experiment",
    "arm",
    "evidence",
    "learning",
    "decision",
    "roadmap-item",
    "pain",
    "pain-reliever",
    "quantity",
];

/// Links that the catalogue allows, and the records that belong to something.
fn arbitrary(bytes: &mut Unstructured<'_>) -> Result<Graph> {
    let mut graph = Graph::default();
    let mut kinds = Vec::new();
    for at in 0..bytes.int_in_range(2..=14)? {
        let kind = *bytes.choose(&KINDS)?;
        let mut entity = Entity::new(kind.into(), kind);
        for (_, field) in edges::RECORDS.iter().filter(|(record, _)| *record == kind) {
            let other = format!("e{}", bytes.int_in_range(0..=14)?);
            entity
                .fields
                .insert((*field).to_owned(), FieldValue::Text(other));
        }
        if kind == "evidence" {
            let gilad = FieldValue::Text("test-results".into());
            entity.fields.insert("gilad".into(), gilad);
        }
        graph
            .entities
            .insert(format!("e{at}").as_str().into(), entity);
        kinds.push(kind);
    }
    for at in 0..bytes.int_in_range(0..=30)? {
        let (from, to) = (
            bytes.choose_index(kinds.len())?,
            bytes.choose_index(kinds.len())?,
        );
        let joins: Vec<_> = link_kinds()
            .iter()
            .filter(|link| link.joins(&kinds[from].into(), &kinds[to].into()))
            .collect();
        if joins.is_empty() || from == to {
            continue;
        }
        let link = Link {
            kind: bytes.choose(&joins)?.id.clone(),
            from: format!("e{from}").as_str().into(),
            to: format!("e{to}").as_str().into(),
            created: None,
            deleted: None,
        };
        graph.links.insert(LinkId::from(format!("l{at}")), link);
    }
    Ok(graph)
}

fn named(ripple: &Ripple) -> Vec<&EntityId> {
    let weaker = ripple.cards.iter().chain(&ripple.decisions);
    let all = weaker.chain(&ripple.stronger).chain(&ripple.unmoved);
    all.map(|weakened| &weakened.entity).collect()
}

/// V9
#[test]
fn a_trace_names_what_the_ripple_names() {
    arbtest::arbtest(|bytes| {
        let graph = arbitrary(bytes)?;
        let book = FigureBook::new(&graph, today());
        let traces: Vec<(&EntityId, Trace)> = graph
            .entities
            .keys()
            .map(|id| (id, trace(&graph, id.as_str())))
            .collect();
        for source in graph.entities.keys() {
            let ripple = ripple(&book, std::slice::from_ref(source));
            let named = named(&ripple);
            for (card, trace) in &traces {
                if ripple.retracted.contains(card) {
                    continue;
                }
                let carries = |step: &Step| ripple.retracted.contains(&step.entity);
                assert_eq!(
                    trace.down.iter().any(carries),
                    named.contains(card),
                    "{source} under {card} in {graph:#?}"
                );
            }
        }
        Ok(())
    })
    .budget_ms(2000);
}

/// V9
#[test]
fn what_carries_a_solution_carries_what_it_addresses_and_no_sibling() {
    let mut graph = sketch::graph(CHAIN);
    sketch::add(
        &mut graph,
        "other solution | A weekly call
        guess assumption | They pick up
        opportunity -addressed-by-> other
        other -depends-on-> guess",
    );

    let vision = trace(&graph, "vision").down;
    assert_eq!(find(&vision, "evidence").strength, Some(3.0));
    find(&trace(&graph, "opportunity").down, "evidence");
    let other = trace(&graph, "other").down;
    find(&other, "quote");
    assert!(other.iter().all(|step| step.entity != *"evidence"));
    let book = FigureBook::new(&graph, today());
    let named_by = |id: &str| {
        let ripple = ripple(&book, &[id.into()]);
        named(&ripple).into_iter().cloned().collect::<Vec<_>>()
    };
    assert!(named_by("quote").contains(&"item".into()));
    assert!(!named_by("evidence").contains(&"other".into()));
}

/// V9: every card whose figure falls is among those that are named.
#[test]
fn what_falls_is_named() {
    let graph = crate::sample("en");
    let book = FigureBook::new(&graph, today());
    let sources = [
        "evidence",
        "quote",
        "interview",
        "reading",
        "experiment",
        "observation",
    ];
    for (id, entity) in &graph.entities {
        if !sources.contains(&entity.kind.as_str()) || entity.deleted.is_some() {
            continue;
        }
        let ripple = ripple(&book, std::slice::from_ref(id));
        let named = named(&ripple);
        for changed in &ripple.figures {
            let Subject::Entity(handle) = changed.subject else {
                continue;
            };
            let value = |figure: &Option<Figure>| match figure.as_ref().map(|f| &f.outcome) {
                Some(Outcome::Number(value)) => *value,
                _ => f64::NEG_INFINITY,
            };
            if value(&changed.after) < value(&changed.before) {
                let subject = book.index().id(handle).unwrap();
                assert!(
                    named.contains(&subject),
                    "{} of {subject} falls without {id}",
                    changed.kind.id
                );
            }
        }
    }
}

/// V9
#[test]
fn a_link_to_what_is_gone_is_shown_as_broken() {
    let mut graph = sketch::graph(CHAIN);
    sketch::add(&mut graph, "solution -depends-on-> nothing");
    let evidence = graph.entities.get_mut("evidence").unwrap();
    evidence.deleted = Some(crate::Deletion {
        by: "ada".into(),
        at: 1,
        edited_since: false,
    });

    let down = trace(&graph, "item").down;

    let broken = find(&down, "evidence");
    assert_eq!(broken.left_out, Some(LeftOut::Gone));
    assert_eq!(
        (broken.text.as_str(), broken.is_end),
        ("Seven of ten replied", true)
    );
    assert_eq!(find(&down, "nothing").left_out, Some(LeftOut::Gone));
    let index = GraphIndex::new(&graph);
    let handle = index.find("nothing").unwrap();
    assert_eq!(name(&index.reader(), handle, "en"), "nothing");
}

/// V9: nothing is weaker for the fall of what spoke against it.
#[test]
fn what_was_refuted_is_the_stronger_without_the_refutation() {
    let refuted = CHAIN.replace("-supports->", "-refutes->");
    let book = FigureBook::new(&sketch::graph(&refuted), today());
    for source in ["evidence", "experiment"] {
        let ripple = ripple(&book, &[source.into()]);
        let ids = |list: &[Weakened]| -> Vec<String> {
            list.iter().map(|one| one.entity.to_string()).collect()
        };
        let stronger = ids(&ripple.stronger);
        for id in ["assumption", "solution", "opportunity"] {
            assert!(stronger.contains(&id.to_owned()), "{source}: {stronger:?}");
        }
        // What was learned and decided from it has lost its ground all the same.
        assert_eq!(ids(&ripple.decisions), ["decision"], "{source}");
        assert!(ids(&ripple.cards).contains(&"learning".to_owned()));
        assert!(!ids(&ripple.cards).contains(&"assumption".to_owned()));
    }
    let neutral = CHAIN.replace("-supports->", "-neutral-to->");
    let book = FigureBook::new(&sketch::graph(&neutral), today());
    let ripple = ripple(&book, &["evidence".into()]);
    assert_eq!(ripple.stronger, []);
    assert!(ripple.unmoved.iter().any(|one| one.entity == *"assumption"));
}

/// V9
#[test]
fn what_came_out_of_an_experiment_does_not_carry_it() {
    let mut graph = sketch::graph(CHAIN);
    sketch::add(
        &mut graph,
        "arm arm | Everyone | experiment = experiment | n = 9",
    );
    let down = trace(&graph, "experiment").down;
    assert!(down.iter().all(|step| step.entity != *"evidence"));
    find(&down, "arm");
    // It carries what was learned from it, and the claim.
    find(&trace(&graph, "learning").down, "evidence");
    find(&trace(&graph, "assumption").down, "evidence");
    let book = FigureBook::new(&graph, today());
    let ripple = ripple(&book, &["evidence".into()]);
    assert!(!named(&ripple).contains(&&"experiment".into()));
    assert!(named(&ripple).contains(&&"learning".into()));
}

/// V9
#[test]
fn a_metric_lends_its_readings_to_nothing_that_they_are_not_about() {
    let graph = sketch::graph(
        "claim assumption | They come back
         test experiment | A letter | primary-metric = back | lock = 2026-10-01 | ends = 2026-10-31
         back metric | Back within a week
         early metric | Answers within an hour
         kr key-result | Twice as many come back
         before reading | | metric = back | date = 2026-08-01 | value = 3 | n = 9
         within reading | | metric = back | date = 2026-10-09 | value = 4 | n = 9
         other reading | | metric = early | date = 2026-10-09 | value = 5 | n = 9
         claim -tested-by-> test
         early -drives-> back
         kr -on-> back",
    );
    let names = |id: &str| -> Vec<String> {
        let down = trace(&graph, id).down;
        down.iter().map(|step| step.entity.to_string()).collect()
    };
    let claim = names("claim");
    assert!(claim.contains(&"within".to_owned()) && claim.contains(&"back".to_owned()));
    for id in ["before", "early", "other"] {
        assert!(!claim.contains(&id.to_owned()), "{id} in {claim:?}");
    }
    let kr = names("kr");
    for id in ["back", "before", "within", "early"] {
        assert!(kr.contains(&id.to_owned()), "{id} in {kr:?}");
    }
    assert!(!kr.contains(&"other".to_owned()), "{kr:?}");
    assert!(names("early").contains(&"other".to_owned()));
}
