//! `groundwork figures`, `check` and `why` as a person or a program runs them.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, in its helpers too"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A product in a few lines: what carries the roadmap item is an interview.
const CHAIN: &str = r#"{ "format": "groundwork", "entities": [
    { "id": "vision", "kind": "vision", "text": "No concert is cancelled" },
    { "id": "goal", "kind": "goal", "text": "Fill every seat", "fields": { "level": "strategic" } },
    { "id": "opportunity", "kind": "opportunity", "text": "A player drops out" },
    { "id": "solution", "kind": "solution", "text": "One call to all",
      "fields": { "reach": 500, "impact": 2, "confidence": 80, "effort": 4 } },
    { "id": "insight", "kind": "insight", "text": "Leaders call friends first" },
    { "id": "quote", "kind": "quote", "text": "I called eleven people", "fields": { "date": "2026-10-20" } }
  ], "links": [
    { "kind": "guides", "from": "vision", "to": "goal" },
    { "kind": "pursued-through", "from": "goal", "to": "opportunity" },
    { "kind": "addressed-by", "from": "opportunity", "to": "solution" },
    { "kind": "reveals", "from": "insight", "to": "opportunity" },
    { "kind": "drawn-from", "from": "insight", "to": "quote" }
  ] }"#;

fn place(file: &str) -> TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.json"), file).unwrap();
    place
}

fn groundwork(arguments: &[&str], directory: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_groundwork"))
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn ids(steps: &Value) -> Vec<&str> {
    let steps = steps.as_array().unwrap();
    steps
        .iter()
        .map(|step| step["id"].as_str().unwrap())
        .collect()
}

#[test]
fn figures_are_printed_by_entity_and_figure() {
    let place = place(CHAIN);
    let output = groundwork(
        &["figures", "a.json", "--today", "2026-11-22"],
        place.path(),
    );
    assert_eq!(
        (output.status.code(), said(&output)),
        (Some(0), String::new())
    );
    let printed = json(&output);
    // RICE: 500 × 2 × 80 % / 4
    assert_eq!(printed["figures"]["solution"]["rice"]["value"], 200.0);
    assert_eq!(printed["today"], "2026-11-22");
}

#[test]
fn why_leads_up_to_the_vision_and_down_to_the_quote() {
    let place = place(CHAIN);
    let arguments = ["why", "a.json", "opportunity", "--format", "json"];
    let printed = json(&groundwork(&arguments, place.path()));
    assert_eq!(printed["entity"]["id"], "opportunity");
    assert_eq!(ids(&printed["up"]), ["goal", "vision"]);
    assert_eq!(ids(&printed["down"]), ["insight", "quote", "solution"]);
    assert_eq!(printed["down"][1]["date"], "2026-10-20");
    assert_eq!(printed["down"][1]["end"], true);
}

#[test]
fn why_in_words_names_what_weakens_without_it() {
    let place = place(CHAIN);
    let output = groundwork(&["why", "a.json", "quote"], place.path());
    let words = String::from_utf8(output.stdout).unwrap();
    let (_, weakened) = words.split_once("Cards that weaken without it:").unwrap();
    for part in ["[insight]", "[opportunity]", "[goal]"] {
        assert!(weakened.contains(part), "{part}\n{words}");
    }
}

#[test]
fn why_of_what_was_taken_back_tells_what_came_of_that() {
    let place = place(
        r#"{"format": "groundwork", "entities": [
            {"id": "a", "kind": "assumption"},
            {"id": "e", "kind": "evidence", "fields": {"strength": 4, "retracted": true}}
        ], "links": [{"kind": "supports", "from": "e", "to": "a"}]}"#,
    );
    let words = groundwork(&["why", "a.json", "e"], place.path());
    let words = String::from_utf8_lossy(&words.stdout);
    assert!(
        words.contains("Figures that changed when it was taken back:"),
        "{words}"
    );
    assert!(!words.contains("without it"), "{words}");
}

/// Who said something is told by name, as far as the file knows it; a program gets the id, too.
#[test]
fn why_names_the_people_of_the_file() {
    let file = r#"{ "format": "groundwork",
        "people": [{ "id": "0f3a", "name": "Ines Albrecht" }],
        "entities": [
          { "id": "a", "kind": "assumption", "text": "They pay" },
          { "id": "e", "kind": "evidence", "text": "Four paid", "fields": { "by": "0f3a" } },
          { "id": "f", "kind": "evidence", "text": "Three did not", "fields": { "by": "Tomasz" } }
        ], "links": [
          { "kind": "supports", "from": "e", "to": "a" },
          { "kind": "refutes", "from": "f", "to": "a" }
        ] }"#;
    let place = place(file);

    let words = groundwork(&["why", "a.json", "a"], place.path());
    let words = String::from_utf8_lossy(&words.stdout).into_owned();
    assert!(words.contains("[e] · Ines Albrecht"), "{words}");
    assert!(words.contains("[f] · Tomasz"), "{words}");

    let answer = json(&groundwork(
        &["why", "a.json", "a", "--format", "json"],
        place.path(),
    ));
    let steps = answer["down"].as_array().unwrap();
    let of = |id: &str| steps.iter().find(|step| step["id"] == id).unwrap();
    assert_eq!(
        (&of("e")["by"], &of("e")["byName"]),
        (&"0f3a".into(), &"Ines Albrecht".into())
    );
    assert_eq!(
        (&of("f")["by"], &of("f")["byName"]),
        (&"Tomasz".into(), &Value::Null)
    );
}

#[test]
fn a_long_chain_is_told_in_as_many_short_lines() {
    let entities = (0..3000).map(|id| format!(r#"{{"id": {id}, "kind": "opportunity"}}"#));
    let link = |id| format!(r#"{{"from": {id}, "to": {}, "kind": "part-of"}}"#, id + 1);
    let entities: Vec<String> = entities.collect();
    let links: Vec<String> = (0..2999).map(link).collect();
    let place = place(&format!(
        r#"{{"format": "groundwork", "entities": [{}], "links": [{}]}}"#,
        entities.join(","),
        links.join(",")
    ));
    let words = groundwork(&["why", "a.json", "0"], place.path());
    let words = String::from_utf8_lossy(&words.stdout);
    assert!(words.contains("(2999 steps away)"));
    assert!(!words.contains("(40 steps away)"));
    let longest = words.lines().map(str::len).max();
    assert!(longest.is_some_and(|longest| longest < 200), "{longest:?}");
}

#[test]
fn an_id_that_is_not_there_is_answered_with_the_nearest() {
    let place = place(CHAIN);
    let output = groundwork(&["why", "a.json", "oportunity"], place.path());
    assert_eq!(output.status.code(), Some(2));
    let words = said(&output);
    assert!(words.contains("did you mean \"opportunity\"?"), "{words}");
}

#[test]
fn a_deleted_entity_is_answered_as_such() {
    let place = place(
        r#"{ "format": "groundwork", "entities": [{ "id": "a", "text": "Slow", "deleted": { "at": 5 } }] }"#,
    );
    let output = groundwork(&["why", "a.json", "a"], place.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("\"a\" is deleted"),
        "{}",
        said(&output)
    );
}

#[test]
fn what_makes_no_sense_is_named_and_the_rest_is_still_computed() {
    let odd = CHAIN.replace("\"effort\": 4", "\"effort\": 4,\n \"ice-ease\": \"soft\"");
    let place = place(&odd);
    let output = groundwork(&["figures", "a.json"], place.path());
    assert_eq!(output.status.code(), Some(0));
    let words = said(&output);
    for part in ["a.json", "Line 7", "“ice-ease”", "[solution]"] {
        assert!(words.contains(part), "{words}");
    }
    assert_eq!(json(&output)["figures"]["solution"]["rice"]["value"], 200.0);
}

#[test]
fn what_cannot_be_read_is_told_in_a_line_and_ends_with_two() {
    let place = place("{\n");
    fs::create_dir(place.path().join("empty")).unwrap();
    fs::create_dir(place.path().join("mixed")).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(place.path().join(name), bytes).unwrap();
    write("mixed/job.csv", b"id,text\na,Caf\xe9\n");
    write("mixed/notes.txt", b"left out");
    write("latin.csv", b"id;text\na;Caf\xe9\n");
    write("feed.xml", b"<?xml version=\"1.0\"?>\n<rss/>");
    write("large.json", b"");
    let large = fs::File::options()
        .write(true)
        .open(place.path().join("large.json"));
    large.unwrap().set_len(50 << 20).unwrap();
    for (file, words) in [
        ("missing.json", "missing.json: cannot be read"),
        ("a.json", "line 2, column 1: it ends too early"),
        ("empty", "holds no tables (*.csv)"),
        (
            "mixed",
            "mixed/job.csv: The file is not UTF-8 text (line 2)",
        ),
        ("mixed", "mixed/notes.txt: no table"),
        ("latin.csv", "not UTF-8 text (line 2)"),
        ("feed.xml", "outermost element is <rss>"),
        ("large.json", "too large: 50 MB. At most 32 MB"),
    ] {
        let output = groundwork(&["figures", file], place.path());
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(said(&output).contains(words), "{}", said(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_never_ends_is_refused() {
    let place = place("");
    let output = groundwork(&["figures", "/dev/zero"], place.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("too large"), "{}", said(&output));
}

#[test]
fn a_day_that_is_none_is_refused_before_anything_is_read() {
    let place = place(CHAIN);
    let arguments = ["figures", "missing.json", "--today", "2026-02-30"];
    let output = groundwork(&arguments, place.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("2026-11-22"), "{}", said(&output));
}

#[test]
fn findings_are_printed_with_what_mends_them_and_errors_end_with_one() {
    let broken = CHAIN.replace("\"to\": \"quote\"", "\"to\": \"nothing\"");
    let place = place(&broken);
    let arguments = [
        "check",
        "a.json",
        "--format",
        "json",
        "--today",
        "2026-11-22",
    ];
    let output = groundwork(&arguments, place.path());
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let printed = json(&output);
    let findings = printed["findings"].as_array().unwrap();
    let found = findings
        .iter()
        .find(|found| found["check"] == "broken-link");
    let found = found.unwrap();
    assert_eq!(found["severity"], "error");
    assert_eq!(found["command"]["name"], "remove-link");
    assert!(printed["errors"].as_u64().unwrap() >= 1);

    let words = groundwork(&["check", "a.json"], place.path());
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.starts_with("error: "), "{words}");
}

#[test]
fn a_workspace_without_errors_passes_the_check() {
    let place = place(r#"{ "format": "groundwork" }"#);
    let output = groundwork(&["check", "a.json"], place.path());
    assert_eq!(output.status.code(), Some(0));
    let words = String::from_utf8(output.stdout).unwrap();
    assert!(words.contains("0 errors"), "{words}");
}

#[test]
fn a_finding_in_words_says_what_mends_it() {
    let place = place(
        r#"{ "format": "groundwork", "entities": [
            { "id": "o", "kind": "opportunity", "text": "I wait", "fields": { "type": "pain" } },
            { "id": "x", "kind": "solution", "text": "Call", "fields": { "reach": -1 } },
            { "id": "t", "kind": "experiment", "text": "Dial", "fields": { "planned-n": -5 } }
        ] }"#,
    );
    let output = groundwork(&["check", "a.json"], place.path());
    let words = String::from_utf8(output.stdout).unwrap();
    for mended in [
        "mended by linking it as “is revealed by” with: insight, interview, quote, observation (add-link)",
        "mended by entering “reach” (set-field)",
        "mended by entering “planned-n” (Planned sample) (set-field)",
    ] {
        assert!(words.contains(mended), "{words}");
    }
}
