//! Readings count each person once.

use super::*;

/// A locked plan for 100 participants without arms, and readings of its metric.
fn with(metric: &str, readings: &str) -> Verdict {
    judged("share >= 40 %", metric, readings)
}

fn judged(criterion: &str, metric: &str, readings: &str) -> Verdict {
    let mut graph = sketch::graph(&format!(
        "m metric | Orders{metric}
         x experiment | New checkout | primary-metric = m | criterion = {criterion} | planned-n = 100"
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

/// 80 of 200 are 40 %, and of the hundred who came since the lock 30 are.
#[test]
fn the_latest_running_total_is_judged_without_those_from_before() {
    let readings = "r0 reading | | date = 2026-10-30 | n = 100 | successes = 50
         r1 reading | | date = 2026-11-02 | n = 200 | successes = 80";
    let totals = " | unit = % | readings-count = everyone-so-far";
    let row = judged("value >= 40", totals, readings).rows.remove(0);
    assert_eq!((row.value, row.n), (Some(30.0), Some(100.0)));
    assert_eq!(row.answer, Answer::Failed);
}

/// No readings, however odd, panic or give a number that is none.
#[test]
fn odd_readings_never_panic() {
    let odd = [-7.0, 0.0, 0.5, 1.0, 12.0, 1e15, 1e300];
    arbtest::arbtest(|u| {
        let metric = *u.choose(&["", " | unit = % | readings-count = everyone-so-far"])?;
        let mut graph = sketch::graph(&format!(
            "m metric | Orders{metric}
             x experiment | New checkout | primary-metric = m | planned-n = 10"
        ));
        let criterion = *u.choose(&["value > 3", "count > 3", "share > 0.3", "mean > 3"])?;
        set(
            &mut graph,
            "x",
            "criterion",
            FieldValue::Text(criterion.into()),
        );
        let design = *u.choose(&["fixed", "sequential", "bayesian"])?;
        set(&mut graph, "x", "design", FieldValue::Text(design.into()));
        lock(&mut graph);
        for at in 0..u.int_in_range(0..=5_u8)? {
            let day = u.int_in_range(1..=30_u8)?;
            sketch::add(
                &mut graph,
                &format!("r{at} reading | | metric = m | date = 2026-11-{day:02}"),
            );
            let id = format!("r{at}");
            for field in ["value", "n", "successes"] {
                if u.arbitrary()? {
                    set(&mut graph, &id, field, FieldValue::Number(*u.choose(&odd)?));
                }
            }
            if u.arbitrary()? {
                set(&mut graph, &id, "cohort", FieldValue::Text("Bern".into()));
            }
        }
        for row in read(&graph).rows {
            assert!(row.value.is_none_or(f64::is_finite), "{row:?}");
            assert!(
                row.interval.is_none_or(|(low, high)| low <= high),
                "{row:?}"
            );
        }
        Ok(())
    })
    .budget_ms(1000);
}
