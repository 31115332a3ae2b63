//! Product–market fit and usability.

use super::fixture::{fixture, from_json};

#[test]
fn slacks_survey_of_2015_is_above_forty_percent() {
    let book = fixture(
        &[r#"fit-survey f: "very": 373, "somewhat": 300, "not": 58"#],
        &[],
    );
    book.number("f", "fit-score", 0.51, 5e-3);
    book.interval("f", "fit-score", (0.474, 0.546), 5e-4);
    assert_eq!(book.figure("f", "fit-score").n, Some(731));
    assert_eq!(book.remarks("f", "fit-score"), ["fit-reached"]);
}

#[test]
fn sixteen_of_forty_leave_it_open() {
    let book = fixture(
        &[r#"fit-survey f: "very": 16, "somewhat": 20, "not": 4"#],
        &[],
    );
    book.interval("f", "fit-score", (0.26, 0.55), 5e-3);
    assert_eq!(book.remarks("f", "fit-score"), ["fit-uncertain"]);
}

#[test]
fn answers_of_people_who_hardly_used_it_do_not_count() {
    let book = fixture(
        &[
            "fit-survey f",
            "segment x",
            "segment y",
            r#"fit-answer a: "survey": "f", "answer": "very", "uses": 5, "segment": "x""#,
            r#"fit-answer b: "survey": "f", "answer": "very", "uses": 1, "segment": "x""#,
            r#"fit-answer c: "survey": "f", "answer": "not", "uses": 2, "segment": "y""#,
        ],
        &[],
    );
    book.number("f", "fit-score", 0.5, 0.0);
    let rows: Vec<Option<f64>> = book
        .figure("f", "fit-score")
        .rows
        .iter()
        .map(|row| row.value)
        .collect();
    assert_eq!(rows, [Some(1.0), Some(0.0)]);
    assert!(book.remarks("f", "fit-score").contains(&"left-out"));
}

#[test]
fn counts_that_answers_replace_and_uses_that_nobody_knows_are_named() {
    let answers: Vec<String> = (0..5)
        .map(|at| format!(r#"fit-answer a{at}: "survey": "f", "answer": "very""#))
        .collect();
    let mut entities = vec![r#"fit-survey f: "very": 10, "somewhat": 10, "not": 10"#];
    entities.extend(answers.iter().map(String::as_str));
    let book = fixture(&entities, &[]);
    assert_eq!(book.figure("f", "fit-score").n, Some(5));
    let remarks = &book.figure("f", "fit-score").remarks;
    let said: Vec<String> = remarks.iter().map(ToString::to_string).collect();
    let unknown =
        "Answers that do not say how often they used it: 5. They count as if often enough.";
    let unused = "Answers entered as counts are left out (30): those entered one by one count.";
    assert_eq!(said[..2], [unknown, unused]);
}

#[test]
fn brookes_example_scores_55() {
    let book = fixture(
        &[
            r#"test-session s: "sus": "5,4,2,1,2,3,2,4,5,2""#,
            r#"test-session t: "sus": "5, 1, 5, 1, 5, 1, 5, 1, 5, 1""#,
            r#"test-session short: "sus": "5,4,2""#,
            r#"test-session wrong: "sus": "5,4,2,1,2,3,2,4,5,nine""#,
        ],
        &[],
    );
    book.number("s", "sus", 55.0, 0.0);
    book.number("", "mean-sus", 77.5, 0.0);
    let told = book.remarks("", "mean-sus");
    assert_eq!(told, ["left-out", "left-out", "few-sus"]);
    assert!(book.figure("short", "sus").value().is_none());
    assert!(book.figure("wrong", "sus").value().is_none());
    // Two answers, 55 and 100, prove neither.
    book.word("", "question-designed", "unclear");
}

#[test]
fn a_design_is_good_when_the_whole_interval_of_its_sus_lies_above_the_average() {
    let answered = |scores: &[u8]| {
        // The odd answers 5 and the even ones as given: 100 with 1, 87.5 with 2, 50 with 5.
        let session = |(at, even): (usize, &u8)| {
            let ten = format!("5,{even},5,{even},5,{even},5,{even},5,{even}");
            format!(r#"test-session s{at}: "sus": "{ten}""#)
        };
        let sessions: Vec<String> = scores.iter().enumerate().map(session).collect();
        let sessions: Vec<&str> = sessions.iter().map(String::as_str).collect();
        let book = fixture(&sessions, &[]);
        let figure = book.figure("", "question-designed");
        assert_eq!(
            figure.n,
            (!scores.is_empty()).then_some(scores.len() as u64)
        );
        figure.word()
    };
    assert_eq!(answered(&[]), None);
    assert_eq!(answered(&[1]), Some("unclear"));
    assert_eq!(answered(&[1, 2, 1, 2, 1]), Some("yes"));
    assert_eq!(answered(&[1, 1, 1, 1, 5, 5]), Some("unclear"));
    assert_eq!(answered(&[5, 5, 5, 4, 5]), Some("no"));
    // Three who agree have no spread to tell chance from.
    assert_eq!(answered(&[1, 1, 1]), Some("unclear"));
    assert_eq!(answered(&[5, 5, 5]), Some("unclear"));
}

#[test]
fn completion_ease_and_problems_found() {
    let book = fixture(
        &[
            "test-session s",
            r#"task-result a: "session": "s", "task": "pay", "result": "success", "seq": 6"#,
            r#"task-result b: "session": "s", "task": "pay", "result": "partial", "seq": 3"#,
            r#"task-result c: "session": "s", "task": "find", "result": "success""#,
        ],
        &[],
    );
    book.number("s", "seq", 4.5, 0.0);
    // The same person's last try of a task counts.
    book.number("", "completion", 0.5, 1e-12);
    assert!(book.figure("", "completion").interval.is_some());
    book.row("", "completion", "pay", 0.0, 0.0);
    book.number("", "problems-found", 0.31, 1e-12);
}

/// An answer that cannot be is no reason to forget the others.
#[test]
fn an_answer_off_the_scale_is_named_and_the_others_count() {
    let book = fixture(
        &[
            "test-session s",
            r#"task-result a: "session": "s", "task": "pay", "seq": 6"#,
            r#"task-result b: "session": "s", "task": "find", "seq": 9"#,
            r#"task-result c: "session": "s", "task": "ask", "seq": 4"#,
            r#"task-result d: "session": "s", "task": "end", "seq": 4.5"#,
            "test-session odd",
            r#"task-result e: "session": "odd", "task": "pay", "seq": 0"#,
        ],
        &[],
    );
    book.number("s", "seq", 5.0, 0.0);
    assert_eq!(book.figure("s", "seq").n, Some(2));
    assert_eq!(book.remarks("s", "seq"), ["left-out", "left-out"]);
    book.missing("odd", "seq", "The seq cannot be 0: from 1 to 7 is possible");
    book.number("", "mean-seq", 5.0, 0.0);
    // One person, however many answers.
    assert_eq!(book.figure("", "mean-seq").n, Some(1));
    assert_eq!(book.remarks("", "mean-seq").len(), 3);
}

/// measuringu.com: 18.006 users for a problem that concerns one in ten and a chance of 85 %.
#[test]
fn the_users_that_a_test_needs_follow_from_prevalence_and_chance() {
    let book = fixture(
        &[
            r#"experiment a: "problem-prevalence": 10"#,
            r#"experiment b: "problem-prevalence": 31, "problem-chance": 95"#,
            r#"experiment c: "problem-prevalence": 100"#,
            "experiment d",
        ],
        &[],
    );
    book.number("a", "users-needed", 19.0, 0.0);
    book.number("b", "users-needed", 9.0, 0.0);
    let reason = book.figure("c", "users-needed").reason("en").unwrap();
    assert!(reason.ends_with("cannot be 100: from 0.1 to 99.9 is possible"));
    assert!(!book.has("d", "users-needed"));
}

/// Scores: 100, 87.5 and 75 by the even answers 1, 2 and 3.
fn sessions(even: &[u8]) -> Vec<String> {
    let session = |(at, even): (usize, &u8)| {
        let ten = format!("5,{even},5,{even},5,{even},5,{even},5,{even}");
        format!(r#"test-session s{at}: "sus": "{ten}""#)
    };
    even.iter().enumerate().map(session).collect()
}

/// V12
#[test]
fn a_mean_sus_is_called_above_average_only_where_its_whole_interval_is() {
    let said = |even: &[u8]| {
        let sessions = sessions(even);
        let sessions: Vec<&str> = sessions.iter().map(String::as_str).collect();
        let book = fixture(&sessions, &[]);
        let remarks = &book.figure("", "mean-sus").remarks;
        remarks
            .iter()
            .map(|remark| remark.kind.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(said(&[1, 2, 1]), ["few-sus"]);
    assert_eq!(said(&[1, 2, 1, 2, 1]), ["above-average-sus"]);
    assert_eq!(said(&[1, 1, 5, 5, 1]), ["uncertain-sus"]);
    assert_eq!(said(&[5, 5, 4, 5, 5]), ["below-average-sus"]);
}

#[test]
fn three_very_disappointed_are_too_few_to_say() {
    let book = fixture(
        &[r#"fit-survey f: "very": 3, "somewhat": 0, "not": 0"#],
        &[],
    );
    book.number("f", "fit-score", 1.0, 0.0);
    assert_eq!(book.remarks("f", "fit-score"), ["fit-few"]);
}

/// V12
#[test]
fn who_answers_again_counts_once_with_the_last_answer() {
    let book = from_json(
        r#"{"format": "groundwork", "people": [{"id": "i", "name": "I"}], "entities": [
            {"kind": "fit-survey", "id": "f"},
            {"kind": "fit-answer", "id": "z", "fields": {"survey": "f", "respondent": "P1", "answer": "very"}, "created": {"by": "i", "at": 1000}},
            {"kind": "fit-answer", "id": "a", "fields": {"survey": "f", "respondent": "p1", "answer": "not"}, "created": {"by": "i", "at": 2000}},
            {"kind": "fit-answer", "id": "b", "fields": {"survey": "f", "respondent": "p2", "answer": "very"}},
            {"kind": "fit-answer", "id": "c", "fields": {"survey": "f", "answer": "very"}},
            {"kind": "fit-answer", "id": "d", "fields": {"survey": "f", "answer": "very"}}
        ]}"#,
    );
    book.number("f", "fit-score", 0.75, 0.0);
    assert_eq!(book.figure("f", "fit-score").n, Some(4));
    let said = &book.figure("f", "fit-score").remarks[0];
    assert!(said.to_string().contains("answered again (1)"), "{said}");
}

/// M16: ten tasks of three people are three observations, and not thirty. Wilson's 95 % interval of
/// 2 of 3 is 20.8 % to 93.9 %.
#[test]
fn the_interval_of_completion_is_that_of_the_people() {
    let mut lines = Vec::new();
    for (person, done) in [("a", true), ("b", true), ("c", false)] {
        lines.push(format!("test-session {person}"));
        let result = if done { "success" } else { "fail" };
        for task in 0..10 {
            lines.push(format!(
                r#"task-result {person}{task}: "session": "{person}", "task": "t{task}", "result": "{result}""#
            ));
        }
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let book = fixture(&lines, &[]);
    let figure = book.figure("", "completion");
    book.number("", "completion", 2.0 / 3.0, 1e-12);
    let (low, high) = figure.interval.unwrap();
    assert_eq!(figure.n, Some(3));
    assert!(
        (low - 0.2077).abs() < 1e-4 && (high - 0.9385).abs() < 1e-4,
        "{low} {high}"
    );
    book.row("", "completion", "t3", 2.0 / 3.0, 1e-12);
}

#[test]
fn a_participant_who_comes_again_is_one_person() {
    let book = fixture(
        &[
            "participant p",
            r#"test-session a: "participant": "p", "date": "2026-11-02", "sus": "5,1,5,1,5,1,5,1,5,1""#,
            r#"test-session b: "participant": "p", "date": "2026-10-02", "sus": "1,5,1,5,1,5,1,5,1,5""#,
            r#"task-result x: "session": "a", "task": "pay", "result": "success", "seq": 7"#,
            r#"task-result y: "session": "b", "task": "pay", "result": "fail", "seq": 1"#,
            r#"task-result z: "session": "a", "task": "find", "result": "success", "seq": 5"#,
        ],
        &[],
    );
    book.number("", "mean-sus", 100.0, 0.0);
    book.number("", "completion", 1.0, 0.0);
    assert_eq!(book.figure("", "completion").n, Some(1));
    book.number("", "mean-seq", 6.0, 0.0);
    assert_eq!(book.figure("", "mean-seq").n, Some(1));
    book.number("", "problems-found", 0.31, 1e-12);
    assert_eq!(book.remarks("", "mean-sus"), ["answered-again", "few-sus"]);
}

/// V12: what cannot be read is no later answer.
#[test]
fn an_answer_that_is_none_replaces_none() {
    let book = fixture(
        &[
            "fit-survey f",
            r#"fit-answer a: "survey": "f", "respondent": "p", "answer": "very""#,
            r#"fit-answer b: "survey": "f", "respondent": "p", "answer": "Very!""#,
        ],
        &[],
    );
    assert_eq!(book.figure("f", "fit-score").n, Some(1));
    assert_eq!(
        book.remarks("f", "fit-score"),
        ["left-out", "unknown-uses", "fit-few"]
    );
}

#[test]
fn a_session_that_is_planned_has_shown_no_problem_yet() {
    let book = fixture(
        &[
            r#"test-session past: "date": "2026-11-22""#,
            r#"test-session ahead: "date": "2026-11-23""#,
        ],
        &[],
    );
    book.number("", "problems-found", 0.31, 1e-12);
    assert_eq!(book.remarks("", "problems-found"), ["from-its-date"]);
}
