//! The remedy of a finding, carried out as the finding says, ends it.

use super::*;
use crate::experiment::{LOCK, LOCK_BROKEN, Lock, plan};
use crate::{Entity, FieldType};

/// What a person fills in beside the remedy, and why the remedy leaves it open.
const FILLED: [(&str, &str, &str); 3] = [
    // What was read says the person who read it.
    ("shipped-without-outcome-reading", "value", "3"),
    ("experiment-unjudgeable", "n", "9"),
    // Nobody but those who decide can say on which day they did: the remedy opens the decision.
    ("no-kill-in-90-days", "decided-on", "2026-11-22"),
];

/// So many times a remedy may be due: it mends one subject of the finding at a time.
const MOST: usize = 6;

#[test]
fn the_remedy_of_a_finding_ends_it() {
    for (id, breach, _) in planted() {
        let mut graph = Graph::default();
        add(&mut graph, breach);
        check_all(&graph, id);
    }
}

/// Forms of a breach whose remedy is another one.
#[test]
fn the_remedy_fits_the_form_of_the_breach() {
    for breach in [
        "a experiment | | criterion = share > 0.1 | planned-n = 9 | primary-metric = m | status = running
         m metric",
        "a experiment | | criterion = share > 0.1 | planned-n = 9 | primary-metric = gone | status = running
         m metric",
        "a experiment | | criterion = share > 0.1
         b arm | | experiment = a | n = 10",
        "a objective
         b key-result
         c key-result
         d key-result
         e key-result
         f key-result
         g key-result
         a -measured-by-> b
         a -measured-by-> c
         a -measured-by-> d
         a -measured-by-> e
         a -measured-by-> f
         a -measured-by-> g",
        "a solution | | status = building
         b assumption
         a -depends-on-> b",
        "a solution
         b opportunity
         c opportunity
         a -addresses-> b
         a -addresses-> c
         c -addressed-by-> a",
        "a assumption | | review-on = 2026-01-01",
        "a interview | | consent = refused | memorable-quote = No | experience-map = First | photo = x",
        "a participant | | consent = withdrawn
         i interview | | consent = given
         i -with-> a
         q quote | | source = i
         f force | | interview = i
         o observation
         o -said-in-> i",
        "a roadmap-item | | shipped-on = 2026-11-01
         m metric
         r reading | | metric = m | date = 2026-10-31 | value = 1
         a -aims-at-> m
         a -reports-> r",
        "a decision-area | | next-review = 2026-01-01",
        "a metric | | area = time-to-market
         b metric | | area = current-value",
        "a problem | One
         b problem | Two
         c problem | Three
         d problem | Four
         a @ lean-canvas problem
         b @ lean-canvas problem
         c @ lean-canvas problem
         d @ lean-canvas problem",
        "a evidence | | date = 2026-01-01
         b assumption
         c opportunity
         a -supports-> b
         a -refutes-> c",
    ] {
        let mut graph = Graph::default();
        add(&mut graph, breach);
        assert!(!ids(&graph).is_empty(), "{breach}");
        check_all(&graph, breach);
    }
}

#[test]
fn the_remedies_of_the_sample_end_its_findings() {
    check_all(&crate::sample("en"), "the sample");
}

fn check_all(graph: &Graph, of: &str) {
    for found in findings(graph, today()) {
        let mut mended = graph.clone();
        let mut again = Some(found.clone());
        for step in 0..MOST {
            let Some(left) = again else { break };
            mend(&mut mended, &left, step);
            let is_same = |other: &Finding| {
                other.check == found.check && other.subjects.first() == found.subjects.first()
            };
            again = findings(&mended, today()).into_iter().find(is_same);
        }
        assert_eq!(again, None, "{of}");
    }
}

/// Carries the remedy out as an interface would, with what a person would choose.
fn mend(graph: &mut Graph, found: &Finding, step: usize) {
    let new = EntityId::from(format!("new-{step}"));
    let none = EntityId::from("");
    let subject = found.subjects.first().unwrap_or(&none).clone();
    match &found.remedy {
        Remedy::Link {
            at,
            link,
            is_outgoing,
            kinds,
            with,
        } => {
            make(graph, &new, kinds.first().unwrap_or(&"note"), with, found);
            let here = at.clone().unwrap_or(subject);
            let (from, to) = if *is_outgoing {
                (here, new)
            } else {
                (new, here)
            };
            join(graph, link, from, to);
        }
        Remedy::RemoveLink(link) => {
            graph.links.remove(link).unwrap();
        }
        Remedy::Enter(field) => {
            let value = plausible(&graph.entities[&subject].kind, field);
            if field == "primary-metric" {
                let metric = || Entity::new("metric".into(), "Loops");
                graph.entities.entry("m".into()).or_insert_with(metric);
            }
            set(graph, &subject, field, Some(value));
        }
        Remedy::Set(field, value) => set(graph, &subject, field, value.clone()),
        Remedy::Add { kind, with } => make(graph, &new, kind, with, found),
        Remedy::Lock => {
            let index = GraphIndex::new(graph);
            let plan = plan(&index.reader(), index.find(subject.as_str()).unwrap()).unwrap();
            assert_eq!(plan.gap(), None, "a plan with a gap cannot be locked");
            let metric = graph.entities[&subject].fields.get("primary-metric");
            let is_known = |id: &FieldValue| matches!(id, FieldValue::Text(id) if graph.entities.contains_key(id.as_str()));
            assert!(metric.is_some_and(is_known), "nor one that reads nothing");
            let lock = Lock {
                at: 1_795_000_000_000,
                by: "ada".into(),
                heads: String::new(),
                digest: Some(plan.digest()),
            };
            set(graph, &subject, LOCK, Some(text(&lock.to_string())));
        }
        Remedy::Renew => {
            let mut anew = graph.entities[&subject].clone();
            anew.fields.remove(LOCK);
            anew.fields.remove(LOCK_BROKEN);
            graph.entities.insert(new.clone(), anew);
            set(graph, &new, "status", Some(text("planned")));
            join(graph, SUPERSEDES, new, subject);
        }
        Remedy::AddTo { kind, field, of } => {
            make(graph, &new, kind, &[], found);
            set(graph, &new, field, Some(text(of.as_str())));
            let value = plausible(&(*kind).into(), "value");
            set(graph, &new, "value", Some(value));
        }
        Remedy::Move(canvas) => {
            let placed = graph.placements.get_mut(*canvas).unwrap();
            placed.get_mut(&subject).unwrap().slot = "unplaced".into();
        }
        Remedy::Delete(ids) => {
            for id in ids {
                graph.entities.remove(id).unwrap();
            }
        }
    }
}

fn make(graph: &mut Graph, id: &EntityId, kind: &str, with: Preset, found: &Finding) {
    let kind = crate::kind(&kind.into()).unwrap();
    let mut entity = Entity::new(kind.id.clone(), "What is missing");
    for (field, value) in with {
        assert!(kind.field(field).is_some(), "{}.{field}", kind.id);
        entity.fields.insert((*field).to_owned(), text(value));
    }
    let filled = FILLED.iter().filter(|(check, ..)| *check == found.check.id);
    for (_, field, value) in filled {
        entity.fields.insert((*field).to_owned(), text(value));
    }
    if kind.field("date").is_some() {
        entity.fields.insert("date".into(), text("2026-11-22"));
    }
    if kind.id == *"reading"
        && let Some(metric) = found.subjects.first().and_then(|item| aim(graph, item))
    {
        entity.fields.insert("metric".into(), text(metric.as_str()));
    }
    graph.entities.insert(id.clone(), entity);
}

/// The metric that a roadmap item is to move, itself or by its key result.
fn aim(graph: &Graph, item: &EntityId) -> Option<EntityId> {
    let ends = |from: &EntityId, links: &[&str]| {
        let of_kind = |link: &&Link| links.contains(&link.kind.as_str()) && link.from == *from;
        let ends = graph.links.values().filter(of_kind);
        ends.map(|link| link.to.clone()).collect::<Vec<_>>()
    };
    let aims = ends(item, &["aims-at", "measured-by"]);
    let all = aims.iter().flat_map(|aim| ends(aim, &["on"]));
    let mut all = all.chain(aims.iter().cloned());
    all.find(|one| graph.entities[one].kind == *"metric")
}

fn join(graph: &mut Graph, kind: &str, from: EntityId, to: EntityId) {
    let id = LinkId::from(format!("{from} {kind} {to}"));
    let link = Link {
        kind: kind.into(),
        from,
        to,
        created: None,
        deleted: None,
    };
    graph.links.insert(id, link);
}

fn set(graph: &mut Graph, id: &EntityId, field: &str, value: Option<FieldValue>) {
    let fields = &mut graph.entities.get_mut(id).unwrap().fields;
    match value {
        Some(value) => fields.insert(field.to_owned(), value),
        None => fields.remove(field),
    };
}

/// What a person could enter.
fn plausible(kind: &crate::KindId, field: &str) -> FieldValue {
    let known = crate::kind(kind).unwrap().field_at(field).unwrap();
    match (field, &known.takes) {
        ("criterion", _) => text("share >= 40 %"),
        ("value", _) => FieldValue::Number(10.0),
        ("currency", _) => text("EUR"),
        ("definition", _) => text(&crate::catalogue::copy_of(&crate::canvases()[0], |_| false)),
        (_, FieldType::Choice { options }) => text(&options[0].id),
        (_, FieldType::Date) => text("2027-01-31"),
        (_, FieldType::Number(_) | FieldType::Quantity { .. }) => FieldValue::Number(3.0),
        (_, FieldType::Money { .. }) => text("3 EUR"),
        (_, FieldType::Reference { .. }) => text("m"),
        _ => text("What a person wrote"),
    }
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}
