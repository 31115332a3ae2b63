//! What a digest pins and what it leaves free.

use super::*;

fn with(kind: &str, text: &str, fields: &[(&str, FieldValue)]) -> Entity {
    let mut entity = Entity::new(kind.into(), text);
    for (field, value) in fields {
        entity.fields.insert((*field).to_owned(), value.clone());
    }
    entity
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn experiment() -> Entity {
    with(
        "experiment",
        "New checkout",
        &[
            ("primary-metric", text("orders")),
            ("criterion", text("difference of B > 0")),
            ("planned-n", FieldValue::Number(400.0)),
        ],
    )
}

fn arms() -> [(EntityId, Entity); 2] {
    let arm = |name: &str, role: &str| with("arm", name, &[("role", text(role))]);
    [
        ("a".into(), arm("A", "control")),
        ("b".into(), arm("B", "variant")),
    ]
}

fn plan(experiment: &Entity, hypothesis: &Entity, arms: &[(EntityId, Entity)]) -> Plan {
    let id = EntityId::from("h");
    let arms: Vec<(&EntityId, &Entity)> = arms.iter().map(|(id, arm)| (id, arm)).collect();
    Plan::new(experiment, &[(&id, hypothesis)], &arms)
}

fn hypothesis() -> Entity {
    Entity::new("hypothesis".into(), "One page sells more")
}

/// Locks that older releases wrote are compared with this recipe for ever.
#[test]
fn the_digest_never_changes() {
    let digest = plan(&experiment(), &hypothesis(), &arms()).digest();

    assert_eq!(
        digest.to_string(),
        "96f6200571a764dea82af6817bdd9aaa+a88997f1e278b3e187955bdf429009dd"
    );
    assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
}

#[test]
fn every_promised_part_is_pinned_and_named() {
    let before = plan(&experiment(), &hypothesis(), &arms());
    let digest = before.digest();
    let changes: [(&str, FieldValue); 7] = [
        ("primary-metric", text("visits")),
        ("criterion", text("difference of B > 1 %")),
        ("planned-n", FieldValue::Number(401.0)),
        ("alpha", FieldValue::Number(0.1)),
        ("power", FieldValue::Number(0.9)),
        ("design", text("bayesian")),
        ("believe", text("otherwise")),
    ];
    for (field, value) in changes {
        let mut changed = experiment();
        changed.fields.insert(field.to_owned(), value);

        let after = plan(&changed, &hypothesis(), &arms());

        assert!(!after.is_as_locked(&digest), "{field}");
        assert_eq!(before.differing(&after), Some(field));
    }
    let claimed = with(
        "hypothesis",
        "One page sells more",
        &[("expected", text("+5 %"))],
    );
    let after = plan(&experiment(), &claimed, &arms());
    assert!(!after.is_as_locked(&digest));
    assert_eq!(before.differing(&after), Some("hypotheses"));
}

#[test]
fn roles_shares_and_the_arms_that_the_criterion_names_are_pinned() {
    let before = plan(&experiment(), &hypothesis(), &arms());
    let changed = |change: fn(&mut [(EntityId, Entity); 2])| {
        let mut arms = arms();
        change(&mut arms);
        plan(&experiment(), &hypothesis(), &arms)
    };
    let share = changed(|arms| {
        arms[0]
            .1
            .fields
            .insert("share".into(), FieldValue::Number(30.0));
    });
    let swapped = changed(|arms| {
        arms[0].1.text = "B".into();
        arms[1].1.text = "A".into();
    });
    let counted = changed(|arms| {
        arms[1].1.fields.insert("n".into(), FieldValue::Number(9.0));
    });
    let fewer = plan(&experiment(), &hypothesis(), &arms()[..1]);
    let digest = before.digest();

    for after in [&share, &swapped, &fewer] {
        assert!(!after.is_as_locked(&digest));
        assert_eq!(before.differing(after), Some("arms"));
    }
    assert!(counted.is_as_locked(&digest) && before.differing(&counted).is_none());
}

#[test]
fn another_spelling_of_the_same_plan_is_the_same_plan() {
    let digest = plan(&experiment(), &hypothesis(), &arms()).digest();
    let mut spelled = experiment();
    spelled.text = "Another title".into();
    for (field, value) in [
        ("criterion", text("DIFFERENCE  of B>0")),
        ("planned-n", text("400")),
        ("alpha", FieldValue::Number(0.05)),
        ("power", text("0.80")),
        ("design", text("fixed")),
        ("status", text("running")),
    ] {
        spelled.fields.insert(field.to_owned(), value);
    }
    let mut reversed = arms();
    reversed.reverse();

    assert!(plan(&spelled, &hypothesis(), &reversed).is_as_locked(&digest));
}

#[test]
fn an_experiment_locked_without_arms_takes_any() {
    let digest = plan(&experiment(), &hypothesis(), &[]).digest();

    assert!(!digest.has_arms());
    assert!(plan(&experiment(), &hypothesis(), &arms()).is_as_locked(&digest));
}

#[test]
fn what_is_missing_for_a_lock_is_named() {
    let gap = |experiment: &Entity| plan(experiment, &hypothesis(), &[]).gap();
    let without = |field: &str| {
        let mut experiment = experiment();
        experiment.fields.remove(field);
        gap(&experiment)
    };
    let mut unreadable = experiment();
    unreadable.fields.insert("criterion".into(), text("more"));

    assert_eq!(gap(&experiment()), None);
    assert_eq!(without("primary-metric"), Some(Gap::PrimaryMetric));
    assert_eq!(without("criterion"), Some(Gap::Criterion));
    assert_eq!(without("planned-n"), Some(Gap::PlannedN));
    assert!(matches!(
        gap(&unreadable),
        Some(Gap::UnreadableCriterion(_))
    ));
}
