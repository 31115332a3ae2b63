//! A planted breach for each check, and what mends it.

use super::*;

/// For each check a graph that breaks it, and an entity, link or both that mend it.
const PLANTED: [(&str, &str, &str); 70] = [
    (
        "unknown-currency",
        "p product | P | currency = EUX",
        "p product | P | currency = EUR",
    ),
    (
        "amount-without-currency",
        "c cost | Visits | amount = 300",
        "p product | P | currency = EUR",
    ),
    (
        "misfitting-value",
        "a reading | | metric = m | date = 2026-02-30 | value = 1
        m metric",
        "a reading | | metric = m | date = 2026-02-28 | value = 1",
    ),
    (
        "value-against-counts",
        "a reading | | metric = m | date = 2026-02-28 | value = 40 | n = 100 | successes = 10
        m metric | | unit = %",
        "a reading | | metric = m | date = 2026-02-28 | value = 40.4 | n = 99 | successes = 40",
    ),
    (
        "required-field-missing",
        "a goal | Grow",
        "a goal | Grow | level = strategic",
    ),
    (
        "place-against-value",
        "a roadmap-item | R | lane = done
        a @ roadmap now",
        "a roadmap-item | R | lane = now",
    ),
    (
        "broken-link",
        "a insight
        a -reveals-> gone",
        "gone opportunity",
    ),
    (
        "broken-link",
        "a assumption
        gone -supports-> a",
        "gone evidence",
    ),
    (
        "broken-reference",
        "a reading | | metric = gone | date = 2026-02-28 | value = 1",
        "gone metric",
    ),
    (
        "reference-to-other-kind",
        "a reading | | metric = m | date = 2026-02-28 | value = 1
        m insight | Not a metric",
        "m metric | Loops",
    ),
    (
        "link-between-other-kinds",
        "a quote
        b vision
        a -guides-> b",
        "a vision
        b goal",
    ),
    (
        "circle",
        "a opportunity
        b opportunity
        a -part-of-> b
        b -part-of-> a",
        "! b -part-of-> a",
    ),
    (
        "circle",
        "a decision
        b decision
        a -supersedes-> b
        b -supersedes-> a",
        "! b -supersedes-> a",
    ),
    (
        "circle",
        "a goal
        b goal
        a -broken-into-> b
        a -part-of-> b",
        "! a -part-of-> b",
    ),
    (
        "unreadable-criterion",
        "a experiment | | criterion = more people",
        "a experiment | | criterion = share > 10 %",
    ),
    (
        "unreadable-canvas",
        "a canvas | Ours | definition = {}",
        "a note",
    ),
    (
        "criterion-changed-after-data",
        "a experiment | | criterion = share > 0.1 | lock = 1790000000000;ada;; | lock-broken = x",
        "a experiment",
    ),
    (
        "planned-split-unclear",
        "a arm | | experiment = e | share = 60
        b arm | | experiment = e | share = 50
        e experiment",
        "b arm | | experiment = e | share = 40",
    ),
    (
        "sample-ratio-mismatch",
        "a experiment | | lock = 1790000000000;ada;;
        b arm | | experiment = a | n = 1000
        c arm | | experiment = a | n = 1300",
        "c arm | | experiment = a | n = 1010",
    ),
    (
        "locked-after-data",
        "a experiment | | ends = 2026-10-31 | lock = 2026-11-01
        b arm | | experiment = a | n = 10",
        "a experiment | | ends = 2026-11-01 | lock = 2026-11-01",
    ),
    (
        "experiment-stopped-early",
        "a experiment | | planned-n = 9 | status = stopped | lock = 1790000000000;ada;;
        a -concludes-in-> b
        b learning",
        "a experiment | | planned-n = 9 | status = running | lock = 1790000000000;ada;;",
    ),
    (
        "experiment-not-locked",
        "a experiment | | criterion = share > 0.1 | status = running",
        "a experiment | | criterion = share > 0.1 | status = planned",
    ),
    (
        "experiment-not-locked",
        "a experiment | | criterion = share > 0.1 | lock = in October",
        "a experiment | | criterion = share > 0.1 | lock = 2026-10-05",
    ),
    (
        "experiment-unjudgeable",
        "a experiment | | criterion = share of C > 10 %
        b arm | B | experiment = a",
        "b arm | C | experiment = a",
    ),
    (
        "experiment-unjudgeable",
        "a experiment | | criterion = share > 10 % | status = done | primary-metric = m
        m metric",
        "r reading | | metric = m | date = 2026-11-01 | value = 3 | n = 9 | successes = 3",
    ),
    (
        "experiment-unjudgeable",
        "a experiment | | criterion = value > 3 | lock = 2026-10-05",
        "m metric
        a experiment | | criterion = value > 3 | lock = 2026-10-05 | primary-metric = m",
    ),
    (
        "locked-after-start",
        "a experiment | | starts = 2026-10-01 | lock = 2026-10-15",
        "a experiment | | starts = 2026-10-15 | lock = 2026-10-15",
    ),
    (
        "experiment-run-without-learning",
        "a experiment | | status = done",
        "b learning
        a -concludes-in-> b",
    ),
    (
        "untested-hypothesis-pile-up",
        "a assumption
        b assumption
        c assumption
        d hypothesis | | expected = more
        e hypothesis | | expected = more",
        "e hypothesis | | expected = more | outcome = held",
    ),
    (
        "hypothesis-without-measure",
        "a hypothesis | They pay",
        "a hypothesis | They pay | expected = 3 of 10",
    ),
    (
        "opportunity-without-need",
        "a opportunity",
        "a opportunity | | type = pain",
    ),
    (
        "opportunity-without-evidence",
        "a opportunity | | type = pain",
        "b quote
        b -reveals-> a",
    ),
    (
        "fewer-than-three-solutions",
        "a opportunity
        b solution | | status = chosen
        c solution
        a -addressed-by-> b
        a -addressed-by-> c",
        "d solution
        a -addressed-by-> d",
    ),
    (
        "solution-with-several-opportunities",
        "a solution
        b opportunity
        c opportunity
        b -addressed-by-> a
        c -addressed-by-> a",
        "c note",
    ),
    (
        "solution-without-opportunity",
        "a solution
        b opportunity",
        "b -addressed-by-> a",
    ),
    (
        "insights-without-evidence",
        "a insight",
        "b quote
        a -drawn-from-> b",
    ),
    (
        "personas-without-jobs",
        "a persona",
        "b job
        a -has-job-> b",
    ),
    (
        "persona-without-evidence",
        "a persona | Kim, who organises",
        "b interview
        a -drawn-from-> b",
    ),
    (
        "lean-canvas-overfull",
        "a value-proposition | Two messages
        b value-proposition | Are none
        a @ lean-canvas unique-value-proposition
        b @ lean-canvas unique-value-proposition",
        "b @ lean-canvas unplaced",
    ),
    (
        "too-much-must",
        "a backlog-item | | moscow = must | effort = 65
        b backlog-item | | moscow = should | effort = 15
        c backlog-item | | moscow = could | effort = 20",
        "a backlog-item | | moscow = must | effort = 50",
    ),
    (
        "objective-of-outputs",
        "a objective
        k key-result | Six features | start = 0 | target = 6
        b metric | | class = output
        c metric | | class = activity
        a -measured-by-> k
        a -measured-by-> c
        k -on-> b",
        "c metric | | class = impact",
    ),
    (
        "success-theatre",
        "a roadmap-item | | status = kept | baseline = 40 | target = 60 | actual = 38",
        "a roadmap-item | | status = kept | baseline = 40 | target = 60 | actual = 41",
    ),
    (
        "rapid-shuffling",
        "a roadmap-item
        d decision | First | decided-on = 2026-10-01
        e decision | Later | decided-on = 2026-10-20
        f decision | First again | decided-on = 2026-10-31
        d -changes-> a
        e -changes-> a
        f -changes-> a",
        "f decision | First again | decided-on = 2026-11-01",
    ),
    (
        "consent-withdrawn",
        "a interview | | consent = withdrawn
        b quote | | source = a",
        "b note",
    ),
    (
        "words-without-consent",
        "a interview | | memorable-quote = I gave up
        b participant | | consent = withdrawn
        a -with-> b",
        "a interview",
    ),
    (
        "participant-consent-withdrawn",
        "a participant | | consent = refused
        b test-session | | participant = a
        c observation | | source = b",
        "c note",
    ),
    (
        "earlyvangelist-without-consent",
        "a participant | | consent = withdrawn
        b earlyvangelist | | person = a",
        "b earlyvangelist",
    ),
    (
        "unlinked-reliever",
        "a pain-reliever",
        "b pain
        a -relieves-> b",
    ),
    (
        "orphan-loose-thoughts",
        "a idea",
        "b note
        a -relates-to-> b",
    ),
    (
        "objective-without-key-results",
        "a objective",
        "b metric
        a -measured-by-> b",
    ),
    (
        "number-of-key-results",
        "a objective
        b key-result
        a -measured-by-> b",
        "c key-result
        a -measured-by-> c",
    ),
    (
        "kr-is-an-output",
        "a key-result | | start = 0 | target = 1
        b metric | | class = output
        a -on-> b",
        "b metric | | class = outcome",
    ),
    (
        "outcome-without-metric-or-owner",
        "a objective | | owner = ada
        b opportunity
        a -pursued-through-> b",
        "c metric
        a -measured-by-> c",
    ),
    (
        "only-a2i-t2m",
        "a metric | | area = time-to-market
        b metric | | area = current-value
        r reading | | metric = b | date = 2026-05-01 | value = 3",
        "s reading | | metric = b | date = 2026-10-01 | value = 3",
    ),
    (
        "only-a2i-t2m",
        "a metric | | area = time-to-market",
        "b metric | | area = current-value
        r reading | | metric = b | date = 2026-11-01 | value = 3",
    ),
    (
        "roadmap-feature-without-outcome-link",
        "a roadmap-item",
        "b metric
        a -aims-at-> b",
    ),
    (
        "roadmap-feature-without-outcome-link",
        "a roadmap-item
        s solution
        o opportunity
        a -bets-on-> s
        o -addressed-by-> s",
        "b objective
        b -pursued-through-> o",
    ),
    (
        "shipped-without-outcome-reading",
        "a roadmap-item | | shipped-on = 2026-11-01 | actual = 3",
        "r reading | | date = 2026-11-02 | value = 3
        a -reports-> r",
    ),
    (
        "building-without-validating",
        "a solution | | status = building",
        "b assumption
        c experiment
        a -depends-on-> b
        b -tested-by-> c",
    ),
    (
        "status-against-verdict",
        "a assumption | | status = supported
        x experiment | | criterion = share >= 40 % | planned-n = 100 | lock = 2026-10-05
        b arm | | experiment = x | n = 100 | successes = 5
        a -tested-by-> x",
        "a assumption | | status = refuted",
    ),
    (
        "evidence-against-verdict",
        "a assumption
        h hypothesis
        x experiment | | criterion = share >= 40 % | planned-n = 100 | lock = 2026-10-05
        b arm | | experiment = x | n = 100 | successes = 5
        e evidence | Five of a hundred | gilad = test-results
        a -stated-as-> h
        h -tested-by-> x
        x -produces-> e
        e -supports-> a",
        "! e -supports-> a",
    ),
    (
        "bet-on-refuted-claim",
        "a solution | | status = live
        b assumption | | status = refuted
        a -depends-on-> b",
        "a solution | | status = dropped",
    ),
    (
        "features-without-hypotheses",
        "a solution | | status = live",
        "b hypothesis
        a -depends-on-> b",
    ),
    (
        "feature-requests-without-provenance",
        "a backlog-item | | source = https://trello.com/c/x1",
        "a backlog-item | | requested-by = Kim",
    ),
    (
        "backlog-item-without-opportunity",
        "a backlog-item",
        "b opportunity
        a -aims-at-> b",
    ),
    (
        "done-without-outcome",
        "a backlog-item | Night mode | status = done",
        "b metric
        a -aims-at-> b",
    ),
    (
        "no-acknowledged-failures",
        "a experiment | | status = done
        b experiment | | status = done
        c experiment | | status = done
        d experiment | | status = done
        e experiment | | status = stopped
        h hypothesis | | expected = more | outcome = held",
        "h hypothesis | | expected = more | outcome = failed",
    ),
    (
        "no-acknowledged-failures",
        "a experiment | | status = done
        b experiment | | status = done
        c experiment | | status = done
        d experiment | | status = done
        e experiment | | status = done | criterion = share >= 40 % | planned-n = 100 | lock = 2026-10-05
        f arm | | experiment = e | n = 100 | successes = 5",
        "l learning | Nobody pays
        e -concludes-in-> l",
    ),
    (
        "evidence-undated",
        "a evidence | Six of ten
        b assumption
        a -refutes-> b",
        "a evidence | Six of ten | date = 2026-11-01",
    ),
    (
        "nudge-without-ethics",
        "a nudge",
        "a nudge | | ethics = yes",
    ),
];

/// And those that depend on the day.
const AGED: [(&str, &str, &str); 10] = [
    (
        "signal-reopens-assumption",
        "a assumption | | status = supported
        c evidence | | date = 2026-11-01
        c -refutes-> a",
        "b evidence | | date = 2026-11-02
        b -supports-> a",
    ),
    (
        "signal-reopens-assumption",
        "a assumption
        c signal | | seen-on = 2026-11-01
        c -touches-> a",
        "b evidence | | date = 2026-11-02
        b -supports-> a",
    ),
    (
        "signal-reopens-assumption",
        "a assumption
        h hypothesis | | expected = more
        a -stated-as-> h
        c signal | | seen-on = 2026-11-01
        c -touches-> h",
        "a assumption | | review-on = 2027-01-01",
    ),
    (
        "signal-reopens-assumption",
        "a assumption | | status = supported
        b evidence | | date = 2026-10-01
        b -supports-> a
        c evidence | | date = 2026-11-01
        c -refutes-> a",
        "a assumption | | status = testing",
    ),
    (
        "signal-reopens-assumption",
        "a assumption | | status = supported
        b evidence | | date = 2026-10-01
        b -supports-> a
        x experiment | | primary-metric = m
        a -tested-by-> x
        m metric | | line-in-the-sand = 40
        r reading | | metric = m | date = 2026-11-01 | value = 39",
        "s reading | | metric = m | date = 2026-11-02 | value = 41",
    ),
    (
        "evidence-stale",
        "a evidence | | date = 2026-01-01
        b assumption
        a -supports-> b",
        "a evidence | | date = 2026-10-01",
    ),
    (
        "signal-reopens-assumption",
        "a assumption
        b evidence | | date = 2026-10-01
        b -supports-> a
        c signal | | seen-on = 2026-11-01
        c -touches-> a",
        "b evidence | | date = 2026-11-02",
    ),
    (
        "review-overdue",
        "a decision | | review-on = 2026-11-21",
        "a decision | | review-on = 2026-11-21 | outcome = it held",
    ),
    (
        "no-kill-in-90-days",
        "a decision | | action = ship | decided-on = 2026-08-01",
        "b decision | | action = kill | decided-on = 2026-11-01",
    ),
    (
        "no-kill-in-90-days",
        "a decision | | action = ship | decided-on = 2026-08-01",
        "b roadmap-item | | status = killed | shipped-on = 2026-02-01",
    ),
];

/// Every breach with what mends it: check, graph, what is added to the graph.
pub(super) fn planted() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    PLANTED.into_iter().chain(AGED)
}

/// Locks are written with `;` in sketches, where `|` parts fields.
pub(super) fn add(graph: &mut Graph, lines: &str) {
    sketch::add(graph, lines);
    for entity in graph.entities.values_mut() {
        if let Some(crate::FieldValue::Text(lock)) = entity.fields.get_mut("lock") {
            *lock = lock.replace(';', "|");
        }
    }
}
