//! Whether a team still learns: evidence that has aged, signals nobody took up, reviews that are
//! due, and that something is ever stopped.

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::{Hint, Warning};
use super::kind::{CUTLER, CheckKind, OWN};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::counts;
use crate::direction::is_worse;
use crate::experiment::{Word, wordings};
use crate::figure::latest_reading;
use crate::index::Handle;
use crate::method::confidence::HALF_LIFE_DAYS;
use crate::value::Date;

/// So many days may pass without anything being stopped.
const WITHOUT_KILL: i64 = 90;

/// From so many tests on, one should have failed.
const TESTS: usize = 5;

/// The field that says when something is looked at again.
const REVIEW: &str = "review-on";

/// The links from evidence to what it speaks for or against.
const SPEAKS: [&str; 2] = ["supports", "refutes"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "evidence-stale",
            Warning,
            "M28",
            OWN,
            [
                "Evidence has aged",
                "Beleg ist veraltet",
                "Prueba envejecida",
            ],
            [
                "It is {days} days old and counts less than half, and nothing newer speaks for or against what rests on it.",
                "Er ist {days} Tage alt und zählt weniger als halb, und nichts Neueres spricht für oder gegen das, was darauf ruht.",
                "Tiene {days} días y cuenta menos de la mitad, y nada más reciente habla a favor o en contra de lo que se apoya en ella.",
            ],
        ),
        run: Run::Entity(&["evidence"], stale),
    },
    Rule {
        kind: CheckKind::new(
            "evidence-undated",
            Hint,
            "M14",
            OWN,
            [
                "Evidence without a date",
                "Beleg ohne Datum",
                "Prueba sin fecha",
            ],
            [
                "Nothing says when it was found, so it does not age as it should. Set the date.",
                "Nichts sagt, wann er gefunden wurde; so altert er nicht, wie er sollte. Trage das Datum ein.",
                "Nada dice cuándo se halló, así que no envejece como debería. Pon la fecha.",
            ],
        ),
        run: Run::Entity(&["evidence"], undated),
    },
    Rule {
        kind: CheckKind::new(
            "signal-reopens-assumption",
            Hint,
            "M8",
            OWN,
            [
                "Signal asks for a review",
                "Signal verlangt eine Prüfung",
                "Una señal pide revisión",
            ],
            [
                "{news} of {date} touches it, newer than what it was judged by. Look at it again, and enter when the next review is.",
                "{news} vom {date} betrifft sie und ist neuer als das, wonach sie beurteilt wurde. Sieh sie dir noch einmal an und trage ein, wann die nächste Überprüfung ist.",
                "{news} del {date} la afecta y es más reciente que aquello por lo que se juzgó. Revísala y anota cuándo será la próxima revisión.",
            ],
        ),
        run: Run::Entity(&["assumption"], reopened),
    },
    Rule {
        kind: CheckKind::new(
            "review-overdue",
            Hint,
            "M27",
            OWN,
            [
                "Review is due",
                "Überprüfung ist fällig",
                "Revisión pendiente",
            ],
            [
                "It was to be reviewed on {date}.",
                "Es sollte am {date} überprüft werden.",
                "Debía revisarse el {date}.",
            ],
        ),
        run: Run::Entity(&["decision", "assumption", "decision-area"], overdue),
    },
    Rule {
        kind: CheckKind::new(
            "no-kill-in-90-days",
            Warning,
            "M28",
            CUTLER,
            [
                "Nothing was ever stopped",
                "Nichts wurde je gestoppt",
                "Nunca se detuvo nada",
            ],
            [
                "In {days} days nothing was killed, rolled back or dropped. Either every idea was good, or nobody looked.",
                "In {days} Tagen wurde nichts beendet, zurückgenommen oder verworfen. Entweder war jede Idee gut, oder niemand hat hingesehen.",
                "En {days} días no se detuvo, revirtió ni descartó nada. O todas las ideas eran buenas o nadie miró.",
            ],
        ),
        run: Run::Workspace(no_kill),
    },
    Rule {
        kind: CheckKind::new(
            "no-acknowledged-failures",
            Warning,
            "M28",
            CUTLER,
            [
                "Nothing ever failed",
                "Nichts ist je gescheitert",
                "Nada ha fallado nunca",
            ],
            [
                "{count} tests are over, {failures}.",
                "{count} Tests sind vorbei, {failures}.",
                "Han acabado {count} pruebas {failures}.",
            ],
        ),
        run: Run::Workspace(no_failure),
    },
];

/// From so many days on, evidence counts less than half.
#[expect(clippy::cast_possible_truncation, reason = "a whole number of days")]
const HALF_LIFE: i64 = HALF_LIFE_DAYS as i64;

/// Whether what speaks for or against a claim includes something that has not aged.
fn is_fresh(ask: &Ask<'_>, claim: Handle) -> bool {
    SPEAKS
        .iter()
        .flat_map(|link| ask.to(claim, link))
        .any(|one| {
            let date = ask.dated(one);
            !ask.flag(one, "retracted") && date.is_some_and(|date| !ask.is_older(date, HALF_LIFE))
        })
}

fn stale(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(date) = ask.dated(handle) else {
        return;
    };
    if ask.flag(handle, "retracted") || !ask.is_older(date, HALF_LIFE) {
        return;
    }
    let days = ask.today.days_since(date).to_string();
    let mut claims: Vec<Handle> = SPEAKS
        .iter()
        .flat_map(|link| ask.from(handle, link))
        .collect();
    claims.sort_unstable_by_key(|claim| ask.id(*claim));
    claims.dedup();
    // What something newer speaks for or against does not rest on the old alone.
    for claim in claims.into_iter().filter(|claim| !is_fresh(ask, *claim)) {
        let Some(claim) = ask.id(claim).cloned() else {
            continue;
        };
        let mut subjects = ask.subject(handle);
        subjects.push(claim.clone());
        let remedy = Remedy::link_from("supports", &["evidence"]).at(claim);
        report.add(subjects, vec![("days", days.clone().into())], remedy);
    }
}

/// Only what speaks for or against something weighs anything.
fn undated(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let speaks = SPEAKS.iter().any(|link| ask.has_from(handle, link));
    if speaks && !ask.flag(handle, "retracted") && ask.date(handle, "date").is_none() {
        ask.report(handle, report, Remedy::Enter("date".to_owned()));
    }
}

/// What makes a claim worth another look, each with what it is called.
const SIGNAL: Part = Part::Words(["A signal", "Ein Signal", "Una señal"]);
const CONTRARY: Part = Part::Words([
    "Evidence against it",
    "Ein Beleg dagegen",
    "Una prueba en contra",
]);
const BEYOND: Part = Part::Words([
    "A reading beyond the line in the sand",
    "Ein Messwert jenseits der roten Linie",
    "Una medición más allá de la línea roja",
]);

/// News of an assumption in any of its wordings, after what it was judged by: its evidence, else the
/// day on which it was entered.
fn reopened(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.text(handle, "status") == Some("retired") {
        return;
    }
    let claims = wordings(ask, handle);
    let found = |links: &[&'static str]| {
        let of_claim = |claim: &Handle| {
            let pieces = links.iter().flat_map(|link| ask.to(*claim, link));
            pieces.collect::<Vec<Handle>>()
        };
        let standing = |piece: &Handle| !ask.flag(*piece, "retracted");
        let pieces = claims.iter().flat_map(of_claim).filter(standing);
        let dated = pieces.filter_map(|piece| Some((ask.dated(piece)?, piece)));
        dated
            .filter(|(date, _)| *date <= ask.today)
            .max_by_key(|(date, _)| *date)
    };
    let judged = found(&SPEAKS).map(|(date, _)| date);
    let known = judged.or_else(|| ask.dated(handle));
    let signals = claims.iter().flat_map(|claim| ask.to(*claim, "touches"));
    let signals = signals.filter_map(|signal| Some((ask.date(signal, "seen-on")?, signal)));
    let signal = signals.max_by_key(|(date, _)| *date);
    let mut news = vec![(SIGNAL, known, signal)];
    // What is still open was never closed.
    if ask.text(handle, "status") == Some("supported") {
        let before = found(&["supports"]).map(|(date, _)| date);
        let before = before.or_else(|| ask.dated(handle));
        news.push((CONTRARY, before, found(&["refutes"])));
        news.push((BEYOND, known, beyond(ask, &claims)));
    }
    let review = ask.date(handle, REVIEW);
    let mut news = news.into_iter().filter_map(|(what, known, newer)| {
        let (date, by) = newer?;
        let is_news =
            known.is_none_or(|known| known < date) && review.is_none_or(|review| review <= date);
        is_news.then_some((what, date, by))
    });
    if let Some((what, date, by)) = news.next() {
        let mut subjects = ask.subject(handle);
        subjects.extend(ask.id(by).cloned());
        let parts = vec![("news", what), ("date", date.to_string().into())];
        report.add(subjects, parts, Remedy::Enter(REVIEW.to_owned()));
    }
}

/// The latest reading of a metric by which these claims were tested, where it lies beyond that
/// metric's line in the sand.
fn beyond(ask: &Ask<'_>, claims: &[Handle]) -> Option<(Date, Handle)> {
    let tests = claims
        .iter()
        .flat_map(|claim| ask.from(*claim, "tested-by"));
    let metrics = tests.filter_map(|test| ask.reference(test, "primary-metric"));
    let fallen = metrics.filter_map(|metric| {
        let line = ask.number(metric, "line-in-the-sand")?;
        let reading = latest_reading(ask, metric, ask.today)?;
        let value = counts::value(ask, reading)?;
        is_worse(ask, metric, value, line).then_some((ask.date(reading, "date")?, reading))
    });
    fallen.max_by_key(|(date, _)| *date)
}

fn overdue(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (field, answered) = match ask.kind(handle) {
        "decision" => (REVIEW, "outcome"),
        "assumption" => (REVIEW, ""),
        _ => ("next-review", ""),
    };
    let is_answered = ask.text(handle, answered).is_some()
        || ask.is_one_of(handle, "status", &["supported", "refuted", "retired"]);
    if let Some(date) = ask.date(handle, field)
        && date < ask.today
        && !is_answered
    {
        report.add(
            ask.subject(handle),
            vec![("date", date.to_string().into())],
            Remedy::Enter(if answered.is_empty() { field } else { answered }.to_owned()),
        );
    }
}

/// Only a team that has decided or shipped for longer than that can have failed to stop anything.
fn no_kill(ask: &Ask<'_>, report: &mut Report<'_>) {
    let mut first: Option<Date> = None;
    let mut last_kill: Option<Date> = None;
    // When it was stopped nobody says: it may have been yesterday.
    let is_killed_someday = |handle: Handle, killed: &[&str], date: Option<&str>| {
        let is_dated = date.is_some_and(|date| ask.date(handle, date).is_some());
        ask.is_one_of(handle, "status", killed) && !is_dated
    };
    let undated = [
        ("roadmap-item", &["rolled-back", "killed"][..], None),
        ("backlog-item", &["dropped"], Some("done-on")),
        ("solution", &["dropped"], None),
    ];
    for (kind, killed, date) in undated {
        let mut all = ask.all(kind);
        if all.any(|handle| is_killed_someday(handle, killed, date)) {
            return;
        }
    }
    let mut saw = |date: Option<Date>, is_kill: bool| {
        let Some(date) = date.filter(|date| *date <= ask.today) else {
            return;
        };
        first = Some(first.map_or(date, |first| first.min(date)));
        if is_kill {
            last_kill = last_kill.max(Some(date));
        }
    };
    for decision in ask.all("decision") {
        let date = ask.date(decision, "decided-on");
        saw(date, ask.is_one_of(decision, "action", &["kill", "stop"]));
    }
    for item in ask.all("roadmap-item") {
        saw(ask.date(item, "shipped-on"), false);
    }
    for learning in ask.all("learning") {
        let date = ask.date(learning, "date");
        saw(date, ask.text(learning, "action") == Some("kill"));
    }
    for item in ask.all("backlog-item") {
        let is_gone = ask.text(item, "status") == Some("dropped");
        if is_gone {
            saw(ask.date(item, "done-on"), true);
        }
    }
    let Some(since) = last_kill.or(first) else {
        return;
    };
    if ask.is_older(since, WITHOUT_KILL) {
        let days = ask.today.days_since(since).to_string();
        report.add(
            Vec::new(),
            vec![("days", days.into())],
            Remedy::Add {
                kind: "decision",
                with: &[("action", "kill")],
            },
        );
    }
}

/// What people have written down counts: a failure that a verdict tells and nobody names is not
/// acknowledged, though it happened.
fn no_failure(ask: &Ask<'_>, report: &mut Report<'_>) {
    let is_over = |test: &Handle| ask.is_one_of(*test, "status", &["done", "stopped"]);
    let over: Vec<Handle> = ask.all("experiment").filter(is_over).collect();
    if over.len() < TESTS {
        return;
    }
    let failures: [(&str, &str, &[&str]); 5] = [
        ("assumption", "status", &["refuted", "retired"]),
        ("hypothesis", "outcome", &["failed"]),
        ("learning", "action", &["kill", "pivot"]),
        ("decision", "action", &["kill", "stop", "pivot"]),
        ("roadmap-item", "status", &["rolled-back", "killed"]),
    ];
    let has_failed = failures.iter().any(|(kind, field, says)| {
        let mut all = ask.all(kind);
        all.any(|one| ask.is_one_of(one, field, says))
    });
    if has_failed {
        return;
    }
    let count = over.len().to_string();
    let is_refuted = |test: &Handle| ask.verdict(*test) == Word::Refuted;
    let refuted: Vec<Handle> = over.iter().copied().filter(is_refuted).collect();
    if refuted
        .iter()
        .any(|test| ask.has_from(*test, "concludes-in"))
    {
        return;
    }
    let (tests, failures, remedy) = match refuted.first().and_then(|first| ask.id(*first)) {
        Some(first) => {
            let remedy = Remedy::link_to("concludes-in", &["learning"]).at(first.clone());
            (&refuted, UNNAMED, remedy)
        }
        None => {
            let remedy = Remedy::Add {
                kind: "learning",
                with: &[("action", "kill")],
            };
            (&over, NONE_FAILED, remedy)
        }
    };
    let subjects = tests.iter().filter_map(|test| ask.id(*test).cloned());
    let parts = vec![("count", count.into()), ("failures", failures)];
    report.add(subjects.collect(), parts, remedy);
}

/// No test says that a belief is wrong.
const NONE_FAILED: Part = Part::Words([
    "and not one belief was refuted or given up: either every belief was true, or no test could fail",
    "und keine einzige Überzeugung wurde widerlegt oder aufgegeben: Entweder war jede wahr, oder kein Test konnte scheitern",
    "y no se refutó ni abandonó ninguna creencia: o todas eran ciertas o ninguna prueba podía fallar",
]);

/// Some tests do, and no person does.
const UNNAMED: Part = Part::Words([
    "and of those that refuted what was believed nobody has written down what was learned: no belief was given up",
    "und zu denen, die eine Überzeugung widerlegt haben, hat niemand eine Erkenntnis aufgeschrieben: Aufgegeben wurde keine",
    "y de las que refutaron lo que se creía nadie ha escrito lo que se aprendió: no se abandonó ninguna creencia",
]);
