//! Locked plans: what breaks a lock leaves a mark that nothing takes off.

use std::collections::BTreeMap;

use document::{Command, CommandError, Context, NewLink, ProductDocument};
use domain::FieldValue;
use domain::experiment::{Broken, EXPERIMENT, Gap, LOCK, LOCK_BROKEN, LOCKED_PLAN, Lock};

use super::support::{
    AT, delete, entity, exchange, field, product, restore, run, send, splice, text_field,
};

/// Ada's experiment `x` with hypothesis `h` and the arms `a` and `b`, planned and not yet locked.
fn planned() -> ProductDocument {
    let mut ada = product("ada", 1);
    let plan = [
        ("primary-metric", "orders"),
        ("criterion", "difference of variant > 0"),
        ("planned-n", "400"),
    ];
    run(&mut ada, 1, entity("x", "experiment", &plan));
    run(&mut ada, 1, entity("orders", "metric", &[]));
    let tested = NewLink {
        id: "t".into(),
        kind: "tested-by".into(),
        from: "h".into(),
        to: "x".into(),
    };
    let hypothesis = Command::AddEntity {
        id: "h".into(),
        kind: "hypothesis".into(),
        text: "One page sells more".into(),
        fields: BTreeMap::new(),
        links: vec![tested],
    };
    run(&mut ada, 2, hypothesis);
    for (id, role) in [("a", "control"), ("b", "variant")] {
        let arm = entity(id, "arm", &[("experiment", "x"), ("role", role)]);
        run(&mut ada, 3, arm);
    }
    ada
}

fn lock() -> Command {
    Command::LockExperiment { id: "x".into() }
}

fn locked() -> ProductDocument {
    let mut ada = planned();
    run(&mut ada, 9, lock());
    ada
}

fn broken(product: &ProductDocument) -> Option<Broken> {
    text_field(product, "x", LOCK_BROKEN).map(|mark| mark.parse().unwrap())
}

fn refused(product: &mut ProductDocument, command: &Command) -> CommandError {
    let context = Context {
        at: AT,
        gesture: 99,
    };
    let heads = product.heads();
    let error = product.execute(command, context).unwrap_err();
    assert_eq!(product.heads(), heads);
    error
}

/// D41: the lock names who, when, and the heads before it; it is taken once and is no undo step.
#[test]
fn a_lock_names_the_heads_before_it_and_stays() {
    let mut ada = planned();
    let heads = ada.heads();

    let dirty = run(&mut ada, 9, lock());

    let taken: Lock = text_field(&ada, "x", LOCK).unwrap().parse().unwrap();
    assert_eq!((taken.by.as_str(), taken.at), ("ada", AT));
    assert_eq!(taken.heads, heads.to_string());
    assert!(taken.digest.unwrap().has_arms());
    assert!(dirty.entities.contains("x") && dirty.entities.len() == 1);
    assert_eq!(
        refused(&mut ada, &lock()),
        CommandError::AlreadyLocked("x".into())
    );
    while ada.undo(AT).unwrap().is_some() {}
    assert!(text_field(&ada, "x", LOCK).is_some());
}

/// D41: a criterion may have been chosen by the data that it comes after.
#[test]
fn a_plan_is_not_locked_after_its_data() {
    for measured in ["n", "successes", "mean"] {
        let mut ada = planned();
        run(&mut ada, 4, field("b", measured, "12"));

        assert_eq!(
            refused(&mut ada, &lock()),
            CommandError::DataBeforeLock("x".into())
        );

        run(&mut ada, 4, field("b", measured, ""));
        run(&mut ada, 4, lock());
    }
}

/// D41: a reading that the experiment reports is among its data, whatever its value.
#[test]
fn a_plan_is_not_locked_after_a_reading_that_it_reports() {
    let mut ada = planned();
    run(&mut ada, 4, entity("r", "reading", &[("value", "0")]));
    let reports = Command::AddLink {
        id: "l".into(),
        kind: "reports".into(),
        from: "x".into(),
        to: "r".into(),
    };
    run(&mut ada, 5, reports);
    let early = CommandError::DataBeforeLock("x".into());
    assert_eq!(refused(&mut ada, &lock()), early);

    run(&mut ada, 6, delete("r"));
    run(&mut ada, 7, lock());
}

/// D41: what is missing is named.
#[test]
fn a_plan_that_is_not_ready_is_not_locked() {
    let mut ada = planned();
    for (missing, gap) in [
        ("primary-metric", Gap::PrimaryMetric),
        ("criterion", Gap::Criterion),
        ("planned-n", Gap::PlannedN),
    ] {
        let kept = text_field(&ada, "x", missing).unwrap();
        run(&mut ada, 4, field("x", missing, ""));

        assert_eq!(refused(&mut ada, &lock()), CommandError::Unplanned(gap));

        run(&mut ada, 4, field("x", missing, &kept));
    }
    run(&mut ada, 4, delete("orders"));
    let unknown = CommandError::Unplanned(Gap::UnknownMetric);
    assert_eq!(refused(&mut ada, &lock()), unknown);
    run(&mut ada, 4, restore("orders"));
    run(&mut ada, 4, field("x", "criterion", "share of C > 40 %"));
    let arm = CommandError::Unplanned(Gap::UnknownArm("C".to_owned()));
    assert_eq!(refused(&mut ada, &lock()), arm);
    let not_one = Command::LockExperiment { id: "h".into() };
    assert_eq!(
        refused(&mut ada, &not_one),
        CommandError::NotAnExperiment("h".into())
    );
}

/// D42: whoever gives a command can be asked before it breaks a lock, and nothing is written.
#[test]
fn what_a_command_would_break_is_known_before() {
    let mut ada = locked();
    let heads = ada.heads();
    let text = |id: &str, text: &str| Command::ReplaceText {
        id: id.into(),
        text: text.into(),
    };
    let unlink = Command::RemoveLink { id: "t".into() };
    for breaking in [
        delete("b"),
        delete("h"),
        unlink,
        text("h", "Two pages sell more"),
        field("x", "criterion", "difference > 3 points"),
    ] {
        assert!(ada.would_break(&breaking), "{breaking:?}");
    }
    for harmless in [
        text("x", "The new checkout"),
        text("b", "Page B"),
        field("b", "n", "12"),
        delete("x"),
    ] {
        assert!(!ada.would_break(&harmless), "{harmless:?}");
    }
    assert_eq!((ada.heads(), broken(&ada)), (heads, None));

    run(&mut ada, 10, delete("b"));
    assert!(broken(&ada).is_some());
    assert!(!ada.would_break(&delete("h")), "it is broken already");
}

/// D42: every part of the plan, whoever changes it and however.
#[test]
fn a_change_of_a_locked_part_leaves_its_mark() {
    let unlink = Command::RemoveLink { id: "t".into() };
    let late = entity("c", "arm", &[("experiment", "x"), ("role", "variant")]);
    let convert = Command::ConvertKind {
        id: "b".into(),
        kind: "note".into(),
    };
    for (command, part) in [
        (
            field("x", "criterion", "difference of variant > 1 %"),
            "criterion",
        ),
        (field("x", "planned-n", "200"), "planned-n"),
        (field("x", "alpha", "0.1"), "alpha"),
        (splice("h", 0, 3, "Two"), "hypotheses"),
        (field("h", "expected", "+5 %"), "hypotheses"),
        (unlink, "hypotheses"),
        (field("a", "role", "variant"), "arms"),
        (field("b", "experiment", "y"), "arms"),
        (delete("b"), "arms"),
        (late, "arms"),
        (convert, "arms"),
    ] {
        let mut ada = locked();

        run(&mut ada, 10, command.clone());

        let mark = broken(&ada).unwrap_or_else(|| panic!("{command:?}"));
        assert_eq!((mark.by.as_str(), mark.field.as_str()), ("ada", part));
    }
}

/// D42: data, titles and what merely spells the plan out are no change of it.
#[test]
fn what_is_not_promised_stays_free() {
    let mut ada = locked();

    run(&mut ada, 10, field("a", "n", "200"));
    run(&mut ada, 11, splice("x", 0, 0, "Checkout"));
    run(&mut ada, 12, field("x", "status", "running"));
    run(
        &mut ada,
        13,
        field("x", "criterion", "DIFFERENCE of variant>0"),
    );
    run(&mut ada, 14, field("x", "alpha", "0.05"));
    run(&mut ada, 15, entity("other", "arm", &[("experiment", "y")]));

    assert_eq!(broken(&ada), None);
}

/// D42: neither putting the old value back nor undo takes the mark off.
#[test]
fn a_broken_lock_stays_broken() {
    let mut ada = locked();
    run(
        &mut ada,
        10,
        field("x", "criterion", "difference of variant > 1 %"),
    );

    ada.undo(AT).unwrap().unwrap();
    assert_eq!(
        text_field(&ada, "x", "criterion").as_deref(),
        Some("difference of variant > 0")
    );
    ada.redo(AT).unwrap().unwrap();
    run(
        &mut ada,
        11,
        field("x", "criterion", "difference of variant > 0"),
    );

    assert_eq!(broken(&ada).unwrap().field, "criterion");
}

/// D41: whoever locks cannot break the lock with one undo too many.
#[test]
fn no_undo_reaches_behind_ones_own_lock() {
    let mut ada = planned();
    run(&mut ada, 4, field("x", "planned-n", "500"));
    run(&mut ada, 5, lock());

    assert!(ada.undo(AT).unwrap().is_none());

    assert_eq!(broken(&ada), None);
}

/// D42: a colleague's undo of what was done before the lock changes the plan after it.
#[test]
fn a_colleagues_undo_behind_the_lock_breaks_it() {
    let (mut ada, mut ben) = (planned(), product("ben", 2));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 4, field("x", "planned-n", "500"));
    exchange(&mut ada, &mut ben);
    run(&mut ada, 5, lock());
    exchange(&mut ada, &mut ben);

    ben.undo(AT).unwrap().unwrap();
    exchange(&mut ada, &mut ben);

    assert_eq!(broken(&ada).unwrap().field, "planned-n");
}

/// D42: a change made elsewhere before the lock was seen shows when both meet, and is marked as
/// soon as anyone touches the plan, be it to put it back.
#[test]
fn a_change_that_did_not_know_the_lock_is_marked_when_it_is_put_back() {
    let (mut ada, mut ben) = (planned(), product("ben", 2));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, field("x", "planned-n", "40"));
    run(&mut ada, 9, lock());
    exchange(&mut ada, &mut ben);
    assert_eq!(broken(&ada), None);

    run(&mut ben, 2, field("x", "planned-n", "400"));
    send(&ben, &mut ada);

    assert_eq!(broken(&ada).unwrap().by.as_str(), "ben");
}

/// D41: beside its digest, a lock keeps in plain words what was promised.
#[test]
fn a_lock_keeps_the_promise_whatever_becomes_of_the_plan() {
    let mut ada = locked();
    run(&mut ada, 10, field("x", "planned-n", "200"));

    let promise = text_field(&ada, "x", LOCKED_PLAN).unwrap();
    assert!(promise.contains("\"planned-n\": \"400\""), "{promise}");
    assert!(promise.contains("difference of variant > 0"), "{promise}");
}

/// The experiments of a workspace after a file came in that lacks the lock of `x`.
fn after_import_without_lock(change: impl Fn(&mut domain::Entity)) -> ProductDocument {
    let mut ada = locked();
    let mut graph = ada.graph();
    let x = graph.entities.get_mut("x").unwrap();
    x.fields.remove(LOCK);
    x.fields.remove(LOCKED_PLAN);
    change(x);
    run(&mut ada, 10, Command::Import { graph });
    ada
}

/// D51: who takes the lock out of a file does not get rid of the promise by importing the file.
#[test]
fn a_file_without_the_lock_neither_unlocks_nor_makes_a_second_experiment() {
    let ada = after_import_without_lock(|_| {});

    assert_eq!(ada.graph(), locked().graph());
}

/// D51: nor by changing the plan in it.
#[test]
fn a_plan_that_was_changed_in_a_file_comes_in_beside_and_broken() {
    let ada = after_import_without_lock(|x| {
        x.fields
            .insert("planned-n".into(), FieldValue::Text("20".into()));
    });

    let graph = ada.graph();
    let experiments = graph.entities.iter();
    let mut experiments = experiments.filter(|(_, entity)| entity.kind == *EXPERIMENT);
    assert_eq!(experiments.clone().count(), 2);
    assert!(experiments.all(|(_, entity)| entity.fields.contains_key(LOCK)));
    assert_eq!(broken(&ada), None, "the one that was here");
    let index = domain::index::GraphIndex::new(&graph);
    let reader = index.reader();
    let words = graph
        .entities
        .iter()
        .filter(|(_, entity)| entity.kind == *EXPERIMENT);
    let mut words: Vec<String> = words
        .map(|(id, _)| {
            let handle = index.find(id.as_str()).unwrap();
            domain::experiment::verdict(&reader, handle, today())
                .word
                .to_string()
        })
        .collect();
    words.sort();
    assert_eq!(words, ["invalid: criterion changed after data", "running"]);
}

/// D43: the lock, its mark and frozen figures are written by their own commands alone.
#[test]
fn a_lock_cannot_be_forged() {
    let mut ada = locked();
    run(&mut ada, 10, field("x", "planned-n", "2"));
    for name in [LOCK, LOCKED_PLAN, LOCK_BROKEN, "frozen"] {
        let clear = Command::SetField {
            id: "x".into(),
            field: name.into(),
            value: None,
        };
        let several = Command::SetFields {
            id: "x".into(),
            fields: [(name.to_owned(), Some(FieldValue::Flag(true)))].into(),
        };
        let new = entity("y", "experiment", &[(name, "forged")]);
        for command in [clear, several, new, field("x", name, "forged")] {
            let error = refused(&mut ada, &command);
            assert_eq!(error, CommandError::Protected(name.to_owned()));
        }
    }
}

/// D43: a copy has promised nothing yet.
#[test]
fn a_copy_of_a_locked_experiment_is_open() {
    let mut ada = locked();
    run(
        &mut ada,
        10,
        super::support::place("x", "problem", document::Anchor::Last),
    );

    let copy = Command::Duplicate {
        id: "x".into(),
        copy: "y".into(),
        canvas: super::support::CANVAS.into(),
    };
    run(&mut ada, 11, copy);

    assert_eq!(text_field(&ada, "y", LOCK), None);
    assert_eq!(text_field(&ada, "y", "planned-n").as_deref(), Some("400"));
    assert_eq!(broken(&ada), None);
}

/// D42: what belongs to the experiment is known after loading, too, and after a restoration.
#[test]
fn a_loaded_document_watches_its_locks() {
    let mut ada = locked();
    let chunk = ada.snapshot();
    let (mut ben, _) = ProductDocument::load(super::support::identity("ben", 2), &[chunk]);

    run(&mut ben, 1, delete("h"));
    run(&mut ben, 2, restore("h"));

    assert_eq!(broken(&ben).unwrap().field, "hypotheses");
    send(&ben, &mut ada);
    assert_eq!(broken(&ada), broken(&ben));
}

fn today() -> domain::value::Date {
    domain::value::Date::new(2026, 11, 22).unwrap()
}

fn word(product: &ProductDocument) -> String {
    words(product).remove("x").unwrap()
}

/// The words of the verdicts on all experiments.
fn words(product: &ProductDocument) -> BTreeMap<String, String> {
    let graph = product.graph();
    let index = domain::index::GraphIndex::new(&graph);
    let reader = index.reader();
    let word = |handle| domain::experiment::verdict(&reader, handle, today()).word;
    let experiments = reader.all("experiment");
    experiments
        .map(|handle| {
            (
                index.id(handle).unwrap().to_string(),
                word(handle).to_string(),
            )
        })
        .collect()
}

fn import(product: &mut ProductDocument, graph: domain::Graph) {
    run(product, 20, Command::Import { graph });
}

/// D34: what comes in under fresh ids is the plan that was locked, and what is here stays it: each
/// change in the file touches another part of the experiment.
#[test]
fn a_lock_holds_through_an_import_under_fresh_ids() {
    for part in ["x", "a", "h"] {
        let mut ada = locked();
        let mut file = ada.graph();
        let changed = file.entities.get_mut(part).unwrap();
        // No part of the plan but for the hypothesis, which is changed in both.
        changed.fields.insert(
            "note".to_owned(),
            FieldValue::Text("from the file".to_owned()),
        );

        import(&mut ada, file);

        let words = words(&ada);
        assert_eq!(words.len(), 2, "{part}");
        assert!(
            words.values().all(|word| word == "running"),
            "{part}: {words:?}"
        );
    }
}

/// D34: an import heals no lock that was broken in the file.
#[test]
fn a_lock_that_was_broken_stays_broken_through_an_import() {
    let mut ada = locked();
    let mut file = ada.graph();
    let arm = file.entities.get_mut("a").unwrap();
    arm.fields
        .insert("role".to_owned(), FieldValue::Text("variant".to_owned()));

    import(&mut ada, file);

    let mut words: Vec<String> = words(&ada).into_values().collect();
    words.sort();
    assert_eq!(words, ["invalid: criterion changed after data", "running"]);
}

/// D41, D42: who reads the workspace as plain data sees the very plan that was locked.
#[test]
fn the_verdict_follows_the_lock() {
    let mut ada = planned();
    assert_eq!(word(&ada), "planned");
    run(&mut ada, 9, lock());
    assert_eq!(word(&ada), "running");
    for (arm, successes) in [("a", 40.0), ("b", 90.0)] {
        let counted = [("n", 400.0), ("successes", successes)]
            .map(|(field, value)| (field.to_owned(), Some(FieldValue::Number(value))));
        let fields = Command::SetFields {
            id: arm.into(),
            fields: counted.into(),
        };
        run(&mut ada, 10, fields);
    }
    assert_eq!(word(&ada), "supported");

    run(
        &mut ada,
        11,
        field("x", "criterion", "difference of variant > 1 %"),
    );
    run(
        &mut ada,
        12,
        field("x", "criterion", "difference of variant > 0"),
    );

    assert_eq!(word(&ada), "invalid: criterion changed after data");
}

/// D42: two replicas that change a plan and lock it apart agree on whether it holds.
#[test]
fn replicas_agree_on_a_plan_that_was_changed_while_it_was_locked() {
    let (mut ada, mut ben) = (planned(), product("ben", 2));
    exchange(&mut ada, &mut ben);
    run(&mut ada, 9, lock());
    run(&mut ben, 1, field("x", "alpha", "0.2"));

    exchange(&mut ada, &mut ben);

    assert_eq!(word(&ada), "invalid: criterion changed after data");
    assert_eq!(word(&ada), word(&ben));
}
