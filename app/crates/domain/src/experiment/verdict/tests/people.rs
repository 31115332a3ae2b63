//! Readings count each person once.

use super::*;

/// A locked plan for 100 participants without arms, and readings of its metric.
fn with(metric: &str, readings: &str) -> Verdict {
    let mut graph = sketch::graph(&format!(
        "m metric | Orders{metric}
         x experiment | New checkout | primary-metric = m | criterion = share >= 40 % | planned-n = 100"
    ));
    lock(&mut graph);
    for reading in readings.lines() {
        let line = format!("{} | value = 1 | metric = m", reading.trim());
        sketch::add(&mut graph, &line);
    }
    read(&graph)
}

#[test]
fn the_people_of_a_cohort_are_among_everyone() {
    let of_all = "r1 reading | | date = 2026-11-02 | n = 60 | successes = 31";
    let both = format!(
        "{of_all}
         r2 reading | | date = 2026-11-02 | n = 40 | successes = 25 | cohort = Bern"
    );
    let verdict = with("", &both);
    assert_eq!((verdict.word, verdict.reached), (Word::Running, Some(60.0)));
    assert_eq!(verdict.remarks, [Remark::CohortsLeft]);

    let cohorts = with("", &both.replacen("= 31", "= 31 | cohort = Basel", 1));
    assert_eq!(
        (cohorts.word, cohorts.reached),
        (Word::Supported, Some(100.0))
    );
}

const RISING: &str = "r1 reading | | date = 2026-11-02 | n = 30 | successes = 20
    r2 reading | | date = 2026-11-03 | n = 60 | successes = 42
    r3 reading | | date = 2026-11-04 | n = 90 | successes = 66";

#[test]
fn running_totals_are_not_added_up() {
    let totals = " | readings-count = everyone-so-far";
    let verdict = with(totals, RISING);
    assert_eq!((verdict.word, verdict.reached), (Word::Running, Some(90.0)));
    assert_eq!(verdict.rows[0].value, Some(66.0 / 90.0));
    assert_eq!(verdict.remarks, []);
    // Who was counted before the lock is none of the experiment's.
    let before = format!("r0 reading | | date = 2026-10-30 | n = 20 | successes = 15\n{RISING}");
    let since = with(totals, &before);
    assert_eq!(
        (since.reached, since.rows[0].value),
        (Some(70.0), Some(51.0 / 70.0))
    );
    // What comes after the planned number does not decide.
    let more = format!(
        "{RISING}
         r4 reading | | date = 2026-11-05 | n = 110 | successes = 80
         r5 reading | | date = 2026-11-06 | n = 300 | successes = 81"
    );
    let ended = with(totals, &more);
    assert_eq!((ended.word, ended.reached), (Word::Supported, Some(110.0)));
    let (left, planned) = (190.0, 100.0);
    assert_eq!(ended.remarks, [Remark::AfterPlanned { left, planned }]);
}

#[test]
fn readings_that_look_like_running_totals_are_asked_about() {
    let asked = with("", RISING);
    assert!(asked.remarks.contains(&Remark::MayBeTotals));
    let said = with(" | readings-count = new-people", RISING);
    assert!(!said.remarks.contains(&Remark::MayBeTotals));
    let daily = RISING.replace("n = 60", "n = 20").replace("= 42", "= 12");
    assert_eq!(with("", &daily).remarks, []);
}
