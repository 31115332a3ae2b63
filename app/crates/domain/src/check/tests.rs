//! A planted breach for each check, a clean graph without any, and the book kept up to date.

mod planted;
mod remedies;

use std::collections::BTreeSet;

use super::*;
use crate::index::Edits;
use crate::{EntityId, FieldValue, Link, LinkId, sketch};
use planted::{add, planted};

fn today() -> Date {
    Date::parse("2026-11-22").unwrap()
}

fn ids(graph: &Graph) -> Vec<&'static str> {
    findings(graph, today())
        .iter()
        .map(|found| found.check.id)
        .collect()
}

#[test]
fn every_check_finds_what_is_planted_and_nothing_once_it_is_mended() {
    for (id, breach, mended) in planted() {
        let mut graph = Graph::default();
        add(&mut graph, breach);
        assert!(
            ids(&graph).contains(&id),
            "{id} is not in {:?}",
            ids(&graph)
        );
        add(&mut graph, mended);
        assert!(!ids(&graph).contains(&id), "{id} is still there");
    }
    let planted: BTreeSet<&str> = planted().map(|(id, ..)| id).collect();
    let all: BTreeSet<&str> = kinds().map(|kind| kind.id).collect();
    assert_eq!(planted, all);
}

/// A team that does it right hears nothing.
#[test]
fn a_clean_graph_has_no_findings() {
    let graph = sketch::graph(
        "vision vision | Teams ship what matters
         goal goal | Faster learning | level = strategic | owner = ada
         objective objective | Learn every week | owner = ada
         k1 key-result | Loops | start = 1 | target = 4
         k2 key-result | Kept | start = 10 | target = 40
         metric metric | Loops | class = outcome | area = current-value
         reading reading | | metric = metric | date = 2026-10-01 | value = 2
         opportunity opportunity | Results come too late | type = pain
         insight insight | Nobody sees the data
         quote quote | I wait for weeks | source = interview
         interview interview | Kim | consent = given
         s1 solution | Digest | status = chosen
         s2 solution | Dashboard
         s3 solution | Meeting
         assumption assumption | People read mail
         hypothesis hypothesis | Seven of ten reply | expected = 7 of 10
         experiment experiment | By hand | status = done
         evidence evidence | Seven replied | date = 2026-10-20 | gilad = test-results
         learning learning | They read it | date = 2026-10-21
         decision decision | Build it | decided-on = 2026-10-25 | action = persevere
         item roadmap-item | Digest | lane = now | status = doing
         backlog backlog-item | Mail template | requested-by = Kim
         vision -guides-> goal
         goal -expressed-as-> objective
         objective -measured-by-> k1
         objective -measured-by-> k2
         k1 -on-> metric
         k2 -on-> metric
         objective -pursued-through-> opportunity
         insight -reveals-> opportunity
         insight -drawn-from-> quote
         opportunity -addressed-by-> s1
         opportunity -addressed-by-> s2
         opportunity -addressed-by-> s3
         s1 -depends-on-> assumption
         assumption -stated-as-> hypothesis
         hypothesis -tested-by-> experiment
         experiment -produces-> evidence
         evidence -supports-> assumption
         experiment -concludes-in-> learning
         learning -leads-to-> decision
         decision -changes-> item
         item -bets-on-> s1
         item -aims-at-> k1
         backlog -aims-at-> opportunity",
    );

    let found = findings(&graph, today());

    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_arm_of_a_plan_needs_no_participants_yet() {
    let graph = sketch::graph(
        "x experiment | Reminders | status = planned
         a arm | Reminded | experiment = x",
    );
    assert!(!ids(&graph).contains(&"required-field-missing"));
}

#[test]
fn a_share_that_was_counted_needs_no_value() {
    let reading = |unit: &str, counts: &str| {
        sketch::graph(&format!(
            "m metric | Activated | unit = {unit}
             r reading | November | metric = m | date = 2026-11-01 | {counts}"
        ))
    };
    let asked = |unit, counts| ids(&reading(unit, counts)).contains(&"required-field-missing");
    assert!(!asked("%", "n = 40 | successes = 16"));
    assert!(asked("%", "n = 40"));
    assert!(asked("%", "n = 4 | successes = 16"));
    assert!(asked("people", "n = 40 | successes = 16"));
}

#[test]
fn every_kind_that_has_amounts_is_asked_for_their_currency() {
    for kind in crate::kinds() {
        let is_money = |field: &crate::Field| matches!(field.takes, crate::FieldType::Money { .. });
        let Some(field) = kind.fields.iter().find(|field| is_money(field)) else {
            continue;
        };
        let entity = format!("a {} | A | {} = 12", kind.id, field.id);
        let graph = sketch::graph(&entity);
        assert!(ids(&graph).contains(&"amount-without-currency"), "{entity}");
        let priced = sketch::graph(&format!("{entity} EUR"));
        assert!(
            !ids(&priced).contains(&"amount-without-currency"),
            "{entity}"
        );
    }
}

#[test]
fn evidence_that_says_or_weighs_nothing_mends_nothing() {
    let graph = |evidence: &str| {
        sketch::graph(&format!(
            "a opportunity | Results come late | type = pain
             e evidence | {evidence}
             e -supports-> a"
        ))
    };
    let is_found = |evidence: &str| ids(&graph(evidence)).contains(&"opportunity-without-evidence");

    for nothing in ["", "| weight = 0", "Seen | retracted = true"] {
        assert!(is_found(nothing), "{nothing}");
    }
    assert!(!is_found("Seen by three of five"));
}

/// M21: what was read before it was shipped, lies ahead, or is about something else is no outcome.
#[test]
fn only_a_reading_of_what_the_item_aims_at_since_it_shipped_is_its_outcome() {
    let is_found = |aim: &str, reading: &str| {
        let graph = sketch::graph(&format!(
            "a roadmap-item | Digest | shipped-on = 2026-11-01
             m metric | Kept
             other metric | Visits
             k key-result | More stay
             k -on-> m
             r reading | | {reading}
             a -reports-> r
             a -aims-at-> {aim}"
        ));
        ids(&graph).contains(&"shipped-without-outcome-reading")
    };

    let since = "metric = m | date = 2026-11-01 | value = 4";
    assert!(!is_found("m", since) && !is_found("k", since));
    for (aim, reading) in [
        ("m", "metric = m | date = 2026-10-31 | value = 4"),
        ("m", "metric = m | date = 2026-12-01 | value = 4"),
        ("m", "metric = m | date = 2026-11-10"),
        ("m", "metric = other | date = 2026-11-10 | value = 4"),
        ("k", "metric = other | date = 2026-11-10 | value = 4"),
    ] {
        assert!(is_found(aim, reading), "{aim}: {reading}");
    }
}

/// One finding each: what the conversation's own consent covers is not told of the person again.
#[test]
fn a_consent_that_ended_is_told_once_for_each_record() {
    let graph = |consent: &str| {
        sketch::graph(&format!(
            "p participant | | consent = withdrawn
             i interview | | consent = {consent} | memorable-quote = I gave up
             i -with-> p
             q quote | Never again | source = i
             q -said-in-> i"
        ))
    };

    let by_person = ["participant-consent-withdrawn", "words-without-consent"];
    let by_both = ["consent-withdrawn", "words-without-consent"];
    for (consent, expected) in [("given", by_person), ("refused", by_both)] {
        let mut found = ids(&graph(consent));
        found.retain(|id| id.contains("consent"));
        found.sort_unstable();
        assert_eq!(found, expected, "{consent}");
    }
    let found = findings(&graph("given"), today());
    let words = found.iter().find(|found| found.check.id == by_person[1]);
    assert_eq!(
        words.unwrap().message("de"),
        "Die Einwilligung der Person lautet „Widerrufen“, und „Denkwürdiges Zitat“ ist noch ausgefüllt: Leere das Feld."
    );
}

/// Somebody's words stand in the marks of whoever reads the finding, not of the file.
#[test]
fn the_words_of_a_note_stand_in_the_marks_of_the_language() {
    let mut graph = sketch::graph("a opportunity | Late\n b opportunity | Lost\n a -part-of-> b");
    let deletion = crate::Deletion {
        by: "ada".into(),
        at: 1,
        edited_since: false,
    };
    graph.entities.get_mut("b").unwrap().deleted = Some(deletion);

    let found = findings(&graph, today());

    let broken = found.iter().find(|found| found.check.id == "broken-link");
    let message = |language| broken.unwrap().message(language);
    assert!(message("en").contains("with “Lost”"), "{}", message("en"));
    assert!(message("de").contains("mit „Lost“"), "{}", message("de"));
    assert!(message("es").contains("«Lost»"), "{}", message("es"));
}

#[test]
fn a_finding_explains_itself_in_every_language() {
    let graph = sketch::graph("a goal | Grow");

    let found = findings(&graph, today()).remove(0);

    assert_eq!(found.subjects, [EntityId::from("a")]);
    assert_eq!(found.remedy, Remedy::Enter("level".into()));
    assert_eq!(
        found.to_string(),
        "Required field is empty: “Level” belongs to it and is not filled in: what is computed from this lacks it."
    );
    assert!(found.message("de-AT").starts_with("„Ebene“ gehört dazu"));
    assert!(found.message("es").starts_with("«Nivel» forma parte"));
}

/// Not the fewest that make a shuffle.
#[test]
fn a_shuffle_counts_every_decision_of_it() {
    let graph = sketch::graph(
        "a roadmap-item
        d decision | 1 | decided-on = 2026-10-01
        e decision | 2 | decided-on = 2026-10-02
        f decision | 3 | decided-on = 2026-10-03
        g decision | 4 | decided-on = 2026-10-04
        h decision | Much later | decided-on = 2026-11-20
        d -changes-> a
        e -changes-> a
        f -changes-> a
        g -changes-> a
        h -changes-> a",
    );
    let found = findings(&graph, today());
    let shuffled = found
        .iter()
        .find(|found| found.check.id == "rapid-shuffling");
    let shuffled = shuffled.expect("a finding");
    assert_eq!(shuffled.subjects.len(), 5);
    assert!(
        shuffled.to_string().contains("4 decisions changed it"),
        "{shuffled}"
    );
}

/// One note is no plural, in whatever language.
#[test]
fn a_slot_for_one_note_says_so_in_every_language() {
    let graph = sketch::graph(
        "a value-proposition | Two messages
        b value-proposition | Are none
        a @ lean-canvas unique-value-proposition
        b @ lean-canvas unique-value-proposition",
    );
    let found = findings(&graph, today());
    let overfull = found
        .iter()
        .find(|found| found.check.id == "lean-canvas-overfull")
        .unwrap();
    for (language, said) in [
        ("en", "has 2 notes, and its limit is 1."),
        ("de", "hat 2 Notizen; die Höchstzahl dort ist 1."),
        ("es", "tiene 2 notas y el máximo es 1."),
    ] {
        let message = overfull.message(language);
        assert!(message.contains(said), "{message}");
    }
}

/// Also what is wrong in detail: nothing of a German or Spanish message is left in English.
#[test]
fn the_parts_of_a_finding_are_said_in_every_language() {
    for (language, field, criterion) in [
        (
            "en",
            "“Importance”",
            "cannot be judged: character 1: expected share",
        ),
        (
            "de",
            "„Wichtigkeit“",
            "nicht urteilen: Zeichen 1: erwartet wird share",
        ),
        (
            "es",
            "«Importancia»",
            "juzgar el criterio: carácter 1: se espera share",
        ),
    ] {
        let graph = sketch::graph(
            "a experiment | | criterion = more people
             b assumption | | importance = very",
        );
        let said: Vec<String> = findings(&graph, today())
            .iter()
            .map(|found| found.message(language))
            .collect();
        assert!(said.iter().any(|said| said.contains(field)), "{said:?}");
        assert!(said.iter().any(|said| said.contains(criterion)), "{said:?}");
    }
}

/// An interface says in its own words what it has words for.
#[test]
fn an_interface_says_the_parts() {
    let graph = sketch::graph("b assumption | | importance = very");

    let found = findings(&graph, today()).remove(0);

    let said = found.message_said("de", |part| match part {
        Part::Misfit(misfit) => misfit.key.to_owned(),
        part => part.text("de"),
    });
    assert!(said.contains("misfit."), "{said}");
}

#[test]
fn every_check_is_named_explained_and_sourced_once() {
    let mut ids = BTreeSet::new();
    for kind in kinds() {
        assert!(ids.insert(kind.id), "{} twice", kind.id);
        assert!(kind.method.starts_with('M') && !kind.source.title.is_empty());
        let placeholders = |language| {
            let text = kind.explanation(language);
            let names: BTreeSet<&str> = text
                .split('{')
                .skip(1)
                .filter_map(|part| Some(part.split_once('}')?.0))
                .collect();
            names
        };
        for language in ["en", "de", "es"] {
            assert!(!kind.title(language).is_empty() && !kind.explanation(language).is_empty());
            assert_eq!(placeholders(language), placeholders("en"), "{}", kind.id);
        }
    }
}

/// What a remedy proposes can be carried out: the link and the kinds exist, and it joins them.
#[test]
fn remedies_fit_the_catalogue() {
    for (id, breach, _) in planted() {
        let mut graph = Graph::default();
        add(&mut graph, breach);
        for found in findings(&graph, today()) {
            let subject = found.subjects.first().and_then(|id| graph.entities.get(id));
            match (&found.remedy, subject) {
                (
                    Remedy::Link {
                        link,
                        is_outgoing,
                        kinds,
                        at: None,
                        ..
                    },
                    Some(subject),
                ) => {
                    let link = crate::link_kind(&(*link).into()).unwrap_or_else(|| panic!("{id}"));
                    for kind in kinds.iter().map(|kind| (*kind).into()) {
                        assert!(crate::kind(&kind).is_some(), "{id}: {kind}");
                        let joins = if *is_outgoing {
                            link.joins(&subject.kind, &kind)
                        } else {
                            link.joins(&kind, &subject.kind)
                        };
                        assert!(
                            joins,
                            "{}: {} {:?} {kind}",
                            found.check.id, subject.kind, found.remedy
                        );
                    }
                }
                (Remedy::Enter(field) | Remedy::Set(field, _), Some(subject)) => {
                    let kind = crate::kind(&subject.kind).unwrap();
                    assert!(
                        kind.field_at(field).is_some(),
                        "{}: {field}",
                        found.check.id
                    );
                }
                (Remedy::Add { kind, .. }, _) => {
                    assert!(crate::kind(&(*kind).into()).is_some(), "{id}: {kind}");
                }
                _ => {}
            }
        }
    }
}

/// After any edits the book has the findings of one made anew.
#[test]
fn a_book_kept_up_to_date_equals_one_made_anew() {
    let lines: Vec<&str> = planted()
        .flat_map(|(_, breach, mended)| breach.lines().chain(mended.lines()))
        .map(str::trim)
        .collect();
    arbtest::arbtest(|u| {
        let mut graph = Graph::default();
        let mut index = GraphIndex::new(&graph);
        let mut book = CheckBook::new(&index, today());
        for _ in 0..u.int_in_range(0..=30)? {
            let before = graph.clone();
            if u.ratio(1, 4)? {
                let id = EntityId::from(*u.choose(&["a", "b", "c"])?);
                graph.entities.remove(&id);
            } else if u.ratio(1, 6)? {
                graph.links.pop_first();
            } else {
                add(&mut graph, u.choose(&lines)?);
            }
            let touched = index.update(&graph, &edits(&before, &graph));
            book.update(&index, &touched);
        }
        let fresh = GraphIndex::new(&graph);
        let anew = CheckBook::new(&fresh, today());
        assert_eq!(book.findings(&index), anew.findings(&fresh));
        Ok(())
    })
    .budget_ms(1000);
}

fn edits(before: &Graph, after: &Graph) -> Edits {
    let mut edits = Edits::default();
    let entities: BTreeSet<&EntityId> = before
        .entities
        .keys()
        .chain(after.entities.keys())
        .collect();
    for id in entities {
        if before.entities.get(id) != after.entities.get(id) {
            edits.entities.push(id.clone());
        }
    }
    let at = |graph: &Graph, id: &LinkId| -> Option<Link> { graph.links.get(id).cloned() };
    let links: BTreeSet<&LinkId> = before.links.keys().chain(after.links.keys()).collect();
    for id in links {
        if at(before, id) != at(after, id) {
            edits.links.push(id.clone());
        }
    }
    for graph in [before, after] {
        for (canvas, placed) in &graph.placements {
            let places = placed.keys().map(|id| (canvas.clone(), id.clone()));
            edits.placements.extend(places);
        }
    }
    edits
}

/// The sample speaks well of itself: nothing in it is broken.
#[test]
fn the_sample_has_no_errors() {
    for language in ["en", "de", "es"] {
        let found = findings(&crate::sample(language), today());
        let errors: Vec<String> = found
            .iter()
            .filter(|found| found.check.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{language}: {errors:#?}");
    }
}

/// D49: the second canvas of one id is not shown, and so it is named.
#[test]
fn the_second_canvas_of_one_id_is_found() {
    let own = crate::catalogue::copy_of(&crate::canvases()[0], |_| false);
    let mut graph = Graph::default();
    for id in ["a", "b"] {
        let mut canvas = crate::Entity::new("canvas".into(), "Ours");
        let definition = FieldValue::Text(own.clone());
        canvas.fields.insert("definition".to_owned(), definition);
        graph.entities.insert(id.into(), canvas);
    }

    let found = findings(&graph, today());

    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].subjects, [EntityId::from("b")]);
    assert!(found[0].to_string().contains("there is a canvas"));
}

/// A finding can be open no longer than the latest of what it is about has been there.
#[test]
fn open_findings_have_an_age() {
    let entered = |id: &str, day: &str| {
        let at = Date::parse(day).unwrap().days() * 86_400_000;
        format!(r#"{{"kind": "objective", "id": "{id}", "created": {{"by": "ada", "at": {at}}}}}"#)
    };
    let json = format!(
        r#"{{"format": "groundwork", "entities": [{}, {}, {{"kind": "objective", "id": "c"}}]}}"#,
        entered("a", "2026-11-12"),
        entered("b", "2026-08-14"),
    );
    let graph = crate::import("ages.json", json.as_bytes()).unwrap().graph;
    let (index, day) = (GraphIndex::new(&graph), Date::parse("2026-11-22").unwrap());
    let book = CheckBook::new(&index, day);

    let figure = super::ages(&book.findings(&index), &index, day).unwrap();

    // Ten days and a hundred, and one that nobody knows.
    assert_eq!((figure.value(), figure.n), (Some(55.0), Some(2)));
    let counts: Vec<Option<f64>> = figure.rows.iter().map(|row| row.value).collect();
    assert_eq!(counts, [0.0, 1.0, 0.0, 1.0, 1.0].map(Some));
}
