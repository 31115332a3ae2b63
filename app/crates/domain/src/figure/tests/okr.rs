//! Goals, objectives and key results.

use super::fixture::fixture;

#[test]
fn three_of_six_features_launched_score_one_half() {
    // re:Work: "launch six features", three launched.
    let book = fixture(
        &[r#"key-result k: "start": 0, "target": 6, "current": 3"#],
        &[],
    );
    book.number("k", "score", 0.5, 0.0);
    book.number("k", "progress", 0.5, 0.0);
}

#[test]
fn bands_are_those_of_measure_what_matters() {
    let bands = [
        (0.7, "green"),
        (0.65, "green"),
        (0.6, "yellow"),
        (0.4, "yellow"),
        (0.3, "red"),
    ];
    for (current, band) in bands {
        let entity = format!(r#"key-result k: "start": 0, "target": 1, "current": {current}"#);
        fixture(&[&entity], &[]).word("k", "band", band);
    }
}

#[test]
fn an_objective_stands_as_its_weakest_key_result() {
    let book = fixture(
        &[
            "objective o",
            r#"key-result a: "start": 0, "target": 10, "current": 10, "confidence": 9"#,
            r#"key-result b: "start": 0, "target": 10, "current": 4, "confidence": 5"#,
            r#"key-result c: "start": 0, "target": 10, "current": 1, "confidence": 2, "weight": 2"#,
        ],
        &["o measured-by a", "o measured-by b", "o measured-by c"],
    );
    book.word("a", "status", "on-track");
    book.word("b", "status", "needs-attention");
    book.word("o", "objective-status", "off-track");
    book.number("o", "objective-score", (1.0 + 0.4 + 2.0 * 0.1) / 4.0, 1e-12);
    book.number("o", "objective-confidence", 16.0 / 3.0, 1e-12);
}

#[test]
fn a_key_result_takes_its_current_value_from_its_metrics_latest_reading() {
    let book = fixture(
        &[
            // What was entered by hand is older than what is measured.
            r#"key-result k: "start": 20, "target": 40, "current": 39"#,
            r#"goal g: "start": 20, "target": 40, "current": 39"#,
            "metric m",
            r#"reading old: "metric": "m", "date": "2026-10-01", "value": 22"#,
            r#"reading new: "metric": "m", "date": "2026-11-01", "value": 35"#,
            r#"reading forecast: "metric": "m", "date": "2027-01-01", "value": 90"#,
        ],
        &["k on m", "g measured-by m"],
    );
    book.number("k", "progress", 0.75, 1e-12);
    book.number("g", "goal-progress", 0.75, 1e-12);
    book.number("m", "latest", 35.0, 0.0);
}

#[test]
fn pace_compares_progress_with_the_time_that_has_passed() {
    // Fifty-two of ninety-two days of the quarter have passed.
    let key_result = |current: f64| {
        format!(
            r#"key-result k: "start": 0, "target": 92, "current": {current}, "starts": "2026-10-01", "due": "2027-01-01""#
        )
    };
    for (current, status) in [
        (52.0, "on-track"),
        (45.0, "needs-attention"),
        (10.0, "off-track"),
    ] {
        let book = fixture(&[&key_result(current)], &[]);
        book.number("k", "pace", current / 52.0, 1e-12);
        book.word("k", "status", status);
        // Beside the status that counts, that of the pace goes by its own name.
        let pace = book.figure("k", "pace");
        assert_eq!(
            (&*pace.rows[0].name, pace.rows[0].word),
            ("status by pace", status)
        );
    }
}

#[test]
fn the_okr_canvas_shows_the_status_that_an_objective_takes() {
    let okrs = crate::canvas(&"okrs".into()).unwrap();
    for figure in ["objective-status", "status"] {
        assert!(okrs.figures.iter().any(|shown| shown == figure), "{figure}");
    }
}

#[test]
fn a_goal_rolls_up_what_it_is_broken_into_even_in_a_circle() {
    let book = fixture(
        &[
            "goal top",
            "goal middle",
            r#"goal leaf: "start": 0, "target": 10, "current": 8"#,
            "objective o",
            r#"key-result k: "start": 0, "target": 10, "current": 2"#,
        ],
        &[
            "top broken-into middle",
            "middle broken-into leaf",
            "middle broken-into top",
            "top expressed-as o",
            "o measured-by k",
        ],
    );
    book.number("leaf", "goal-progress", 0.8, 1e-12);
    book.number("top", "goal-roll-up", (0.8 + 0.2) / 2.0, 1e-12);
}

#[test]
fn a_target_equal_to_the_start_is_no_division_by_zero() {
    let book = fixture(
        &[r#"key-result k: "start": 5, "target": 5, "current": 5"#],
        &[],
    );
    assert!(book.figure("k", "score").value().is_none());
}

#[test]
fn goals_that_are_all_parts_of_one_another_roll_up_in_no_time() {
    let mut entities: Vec<String> = (0..40).map(|number| format!("goal g{number}")).collect();
    entities.push(r#"goal leaf: "start": 0, "target": 4, "current": 1"#.to_owned());
    let mut links = vec!["g39 broken-into leaf".to_owned()];
    for from in 0..40 {
        links.extend((0..40).map(|to| format!("g{from} broken-into g{to}")));
    }
    let entities: Vec<&str> = entities.iter().map(String::as_str).collect();
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    fixture(&entities, &links).number("g0", "goal-roll-up", 0.25, 1e-12);
}

#[test]
fn an_objective_says_of_how_many_key_results_nothing_is_known() {
    let book = fixture(
        &[
            r#"objective o: "commitment": "committed""#,
            r#"key-result a: "start": 0, "target": 1, "current": 0.7, "confidence": 9"#,
            r#"key-result b: "start": 0, "target": 1, "current": 1"#,
        ],
        &["o measured-by a", "o measured-by b"],
    );
    book.word("o", "objective-status", "on-track");
    book.number("o", "objective-confidence", 9.0, 0.0);
    for figure in ["objective-status", "objective-confidence"] {
        assert_eq!(book.remarks("o", figure), ["left-out"], "{figure}");
    }
    // What the objective has committed to, its key results have.
    assert_eq!(book.remarks("a", "score"), ["committed"]);
    assert_eq!(book.remarks("b", "score"), [] as [&str; 0]);
}
