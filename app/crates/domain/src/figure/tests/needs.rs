//! Opportunity scores and Kano.

use super::fixture::{Fixture, fixture, from_json};

#[test]
fn opportunity_scores_are_ulwicks() {
    let book = fixture(
        &[
            r#"desired-outcome a: "importance-share": 90, "satisfaction-share": 30"#,
            r#"desired-outcome b: "importance-share": 90, "satisfaction-share": 90"#,
            r#"desired-outcome c: "importance-share": 40, "satisfaction-share": 80"#,
        ],
        &[],
    );
    book.number("a", "opportunity-score", 15.0, 1e-9);
    book.number("b", "opportunity-score", 9.0, 1e-9);
    book.number("c", "opportunity-score", 4.0, 1e-9);
    book.word("a", "opportunity-position", "underserved");
    book.word("b", "opportunity-position", "table-stakes");
    book.word("c", "opportunity-position", "overserved");
    book.number("a", "olsen-score", 0.9 * 0.7, 1e-9);
    book.order("", "opportunity-landscape", &["a", "b", "c"]);
}

#[test]
fn opportunities_are_compared_with_their_siblings_alone() {
    let book = fixture(
        &[
            "objective goal",
            r#"opportunity a: "size": 5, "market": 1, "company": 2, "customer": 4"#,
            r#"opportunity b: "size": 5, "market": 4, "company": 4, "customer": 4"#,
            r#"opportunity c: "size": 5"#,
            "opportunity d",
            r#"opportunity below: "size": 5, "market": 5, "company": 5, "customer": 5"#,
        ],
        &[
            "goal pursued-through a",
            "goal pursued-through b",
            "goal pursued-through c",
            "goal pursued-through d",
            "below part-of a",
        ],
    );
    book.order("goal", "sibling-order", &["b", "a"]);
    let figure = book.figure("goal", "sibling-order");
    let means: Vec<Option<f64>> = figure.rows.iter().map(|row| row.value).collect();
    assert_eq!(means, [Some(4.25), Some(3.0)]);
    let said: Vec<String> = figure.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["c left out: not all four factors entered, 1 to 5."]);
    // An only child is compared with nothing.
    assert!(!book.has("a", "sibling-order"));
}

#[test]
fn answers_count_by_their_top_two_boxes_and_by_segment() {
    let rating = |id: usize, segment: &str, importance: u8, satisfaction: u8| {
        format!(
            r#"outcome-rating r{id}: "outcome": "o", "segment": "{segment}", "importance": {importance}, "satisfaction": {satisfaction}"#
        )
    };
    let one = [
        rating(1, "x", 5, 1),
        rating(2, "x", 4, 3),
        rating(3, "x", 3, 4),
        rating(4, "x", 5, 2),
    ];
    let mut entities = vec!["desired-outcome o", "segment x", "segment y"];
    entities.extend(one.iter().map(String::as_str));
    let alone = fixture(&entities, &[]);
    // Three of four important, one of four satisfied: 7.5 + 5.
    alone.number("o", "opportunity-score", 12.5, 1e-9);
    assert_eq!(alone.figure("o", "opportunity-score").n, Some(4));
    assert!(
        alone
            .remarks("o", "opportunity-score")
            .contains(&"small-sample")
    );

    let other = rating(5, "y", 1, 5);
    entities.push(&other);
    let both = fixture(&entities, &[]);
    let figure = both.figure("o", "opportunity-score");
    assert_eq!(figure.value(), None);
    let rows: Vec<_> = figure
        .rows
        .iter()
        .map(|row| (&*row.name, row.value.unwrap(), row.n))
        .collect();
    let expected = [
        ("score", 12.5, Some(4)),
        ("importance", 0.75, Some(4)),
        ("satisfaction", 0.25, Some(4)),
        ("score", 0.0, Some(1)),
        ("importance", 0.0, Some(1)),
        ("satisfaction", 1.0, Some(1)),
    ];
    assert_eq!(rows, expected);
}

/// Shares that somebody took before have their interval as soon as the sample size is known.
#[test]
fn stated_shares_have_an_interval_with_their_n_and_say_that_they_have_none_without() {
    let stated = |n: &str| {
        let entity =
            format!(r#"desired-outcome o: "importance-share": 80, "satisfaction-share": 30{n}"#);
        fixture(&[&entity], &[])
    };
    let known = stated(r#", "n": 200"#);
    known.number("o", "opportunity-score", 13.0, 1e-9);
    let row = &known.figure("o", "opportunity-score").rows[0];
    let (low, high) = row.interval.unwrap();
    assert_eq!((row.n, &*row.unit), (Some(200), "share"));
    assert!((low - 0.7391).abs() < 1e-4 && (high - 0.8495).abs() < 1e-4);
    let unknown = stated("");
    assert!(unknown.figure("o", "opportunity-score").rows.is_empty());
    assert_eq!(unknown.remarks("o", "opportunity-score"), ["no-sample"]);
}

/// A feature to which people gave these pairs of answers.
fn feature(answers: &[(&str, &str, usize)]) -> Fixture {
    let mut entities = vec!["kano-feature f".to_owned()];
    for (functional, dysfunctional, count) in answers {
        for _ in 0..*count {
            let id = entities.len();
            entities.push(format!(
                r#"kano-answer a{id}: "feature": "f", "functional": "{functional}", "dysfunctional": "{dysfunctional}""#
            ));
        }
    }
    let entities: Vec<&str> = entities.iter().map(String::as_str).collect();
    fixture(&entities, &[])
}

#[test]
fn the_cells_of_the_kano_table_are_bergers() {
    let cells = [
        ("like", "dislike", "one-dimensional"),
        ("must-be", "dislike", "must-be"),
        ("like", "neutral", "attractive"),
        ("like", "like", "questionable"),
        ("dislike", "like", "reverse"),
        ("dislike", "dislike", "questionable"),
    ];
    for (functional, dysfunctional, category) in cells {
        feature(&[(functional, dysfunctional, 1)]).word("f", "kano-category", category);
    }
}

#[test]
fn kano_coefficients_and_the_tie_rule() {
    // 10 A, 9 O (within five points), 4 M, 2 I.
    let book = feature(&[
        ("like", "neutral", 10),
        ("like", "dislike", 9),
        ("must-be", "dislike", 4),
        ("neutral", "neutral", 2),
    ]);
    book.word("f", "kano-category", "one-dimensional");
    book.number("f", "kano-better", 19.0 / 25.0, 1e-12);
    book.number("f", "kano-worse", -13.0 / 25.0, 1e-12);
    book.number("f", "kano-total-strength", 23.0 / 25.0, 1e-12);
    book.number("f", "kano-category-strength", 1.0 / 25.0, 1e-12);
    assert!(
        book.remarks("f", "kano-category")
            .contains(&"not-significant")
    );
}

/// Contradictory and reverse answers are no part of what CS+ and CS− are shares of.
#[test]
fn kano_shares_carry_the_n_that_they_are_taken_of() {
    let book = feature(&[
        ("like", "neutral", 10),
        ("must-be", "dislike", 10),
        ("like", "like", 4),
        ("neutral", "like", 6),
    ]);
    let n = |figure: &str| book.figure("f", figure).n;
    assert_eq!((n("kano-better"), n("kano-worse")), (Some(20), Some(20)));
    assert_eq!(n("kano-total-strength"), Some(30));
    // Wilson's interval of 10 of 20.
    book.interval("f", "kano-better", (0.2993, 0.7007), 1e-4);
    book.interval("f", "kano-worse", (-0.7007, -0.2993), 1e-4);
    assert!(
        book.figure("f", "kano-category-strength")
            .interval
            .is_some()
    );
}

#[test]
fn shares_of_nobody_make_no_score() {
    let outcome = |n: u32| {
        let shares = r#""importance-share": 50, "satisfaction-share": 90"#;
        format!(r#"desired-outcome o: {shares}, "n": {n}"#)
    };
    for figure in ["opportunity-score", "olsen-score"] {
        assert!(
            fixture(&[&outcome(0)], &[])
                .figure("o", figure)
                .value()
                .is_none()
        );
        assert!(
            fixture(&[&outcome(60)], &[])
                .figure("o", figure)
                .value()
                .is_some()
        );
    }
}

#[test]
fn each_respondent_counts_once_for_a_feature_and_for_an_outcome() {
    let answer = |id: usize, who: &str, functional: &str| {
        format!(
            r#"kano-answer k{id}: "feature": "f", "respondent": "{who}", "functional": "{functional}", "dysfunctional": "dislike""#
        )
    };
    let rating = |id: usize, who: &str, importance: u8| {
        format!(
            r#"outcome-rating r{id}: "outcome": "o", "respondent": "{who}", "importance": {importance}, "satisfaction": 1"#
        )
    };
    let lines = [
        "kano-feature f".to_owned(),
        "desired-outcome o".to_owned(),
        answer(1, "ana", "like"),
        answer(2, "ana", "neutral"),
        answer(3, "ben", "neutral"),
        rating(1, "ana", 5),
        rating(2, "ana", 2),
        rating(3, "ben", 5),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = fixture(&lines, &[]);
    book.word("f", "kano-category", "must-be");
    assert_eq!(book.figure("f", "kano-category").n, Some(2));
    assert!(
        book.remarks("f", "kano-category")
            .contains(&"answered-again")
    );
    // Half of two say 4 or 5, and nobody is satisfied.
    book.number("o", "opportunity-score", 10.0, 1e-9);
    assert!(
        book.remarks("o", "opportunity-score")
            .contains(&"answered-again")
    );
}

#[test]
fn a_feature_that_stands_against_its_answers_is_told() {
    let entity = |slot: &str| {
        from_json(&format!(
            r#"{{"format": "groundwork", "entities": [
                {{"kind": "kano-feature", "id": "f", "places": {{"kano": "{slot}"}}}},
                {{"kind": "kano-answer", "id": "a", "fields": {{"feature": "f", "functional": "like", "dysfunctional": "dislike"}}}}
            ]}}"#
        ))
    };
    let said = |slot: &str| {
        let book = entity(slot);
        let remarks = &book.figure("f", "kano-category").remarks;
        let told = remarks.iter().find(|one| one.kind.id == "stands-elsewhere");
        told.map(ToString::to_string)
    };
    let expected = "It stands under “must-be”, and the answers say: one-dimensional.";
    assert_eq!(said("must-be").as_deref(), Some(expected));
    assert!(said("not-asked-yet").is_some());
    assert_eq!(said("performance"), None);
    assert_eq!(said("unplaced"), None);
}

/// V12
#[test]
fn an_answer_that_cannot_be_is_named() {
    let book = fixture(
        &[
            "kano-feature f",
            r#"kano-answer a: "feature": "f", "functional": "like", "dysfunctional": "love""#,
            r#"kano-answer b: "feature": "f", "functional": "like", "dysfunctional": "dislike""#,
            "desired-outcome o",
            r#"outcome-rating c: "outcome": "o", "importance": 7, "satisfaction": 2"#,
            r#"outcome-rating d: "outcome": "o", "importance": 4, "satisfaction": 2"#,
        ],
        &[],
    );
    assert_eq!(book.figure("f", "kano-category").n, Some(1));
    assert!(book.remarks("f", "kano-category").contains(&"left-out"));
    assert_eq!(book.figure("o", "opportunity-score").n, Some(1));
    assert!(book.remarks("o", "opportunity-score").contains(&"left-out"));
}
