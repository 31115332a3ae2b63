//! Whether a team still learns: evidence that has aged, signals nobody took up, reviews that are
//! due, and that something is ever stopped.

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::{Hint, Warning};
use super::kind::{CUTLER, CheckKind, OWN};
use super::rule::{Rule, Run};
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
                "A signal of {date} touches it, newer than its evidence. Look at it again, and enter when the next review is.",
                "Ein Signal vom {date} berührt sie und ist neuer als ihre Belege. Sieh sie dir noch einmal an und trage ein, wann die nächste Überprüfung ist.",
                "Una señal del {date} la toca y es más reciente que sus pruebas. Revísala y anota cuándo será la próxima revisión.",
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
                "{count} tests are over, and not one belief was refuted or given up. Either every belief was true, or no test could fail.",
                "{count} Tests sind vorbei, und keine einzige Überzeugung wurde widerlegt oder aufgegeben. Entweder war jede wahr, oder kein Test konnte scheitern.",
                "Han acabado {count} pruebas y no se refutó ni abandonó ninguna creencia. O todas eran ciertas o ninguna prueba podía fallar.",
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

fn reopened(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.text(handle, "status") == Some("retired") {
        return;
    }
    let evidence = SPEAKS
        .iter()
        .flat_map(|link| ask.to(handle, link))
        .filter(|evidence| !ask.flag(*evidence, "retracted"))
        .filter_map(|evidence| ask.dated(evidence))
        .max();
    let signals = ask
        .to(handle, "touches")
        .filter_map(|signal| Some((ask.date(signal, "seen-on")?, signal)));
    let latest = signals.max_by_key(|(date, _)| *date);
    // Without evidence nothing has been concluded that could be reopened.
    if let (Some((seen, signal)), Some(known)) = (latest, evidence)
        && seen > known
        && ask.date(handle, REVIEW).is_none_or(|review| review <= seen)
    {
        let mut subjects = ask.subject(handle);
        subjects.extend(ask.id(signal).cloned());
        let parts = vec![("date", seen.to_string().into())];
        report.add(subjects, parts, Remedy::Enter(REVIEW.to_owned()));
    }
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
        let is_gone = ask.is_one_of(item, "status", &["rolled-back", "killed"]);
        saw(ask.date(item, "shipped-on"), is_gone);
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

/// What people have written down counts, not what a verdict says: a failure that nobody names is
/// not acknowledged.
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
    if !has_failed {
        let subjects = over.iter().filter_map(|test| ask.id(*test).cloned());
        let remedy = Remedy::Add {
            kind: "learning",
            with: &[("action", "kill")],
        };
        let parts = vec![("count", over.len().to_string().into())];
        report.add(subjects.collect(), parts, remedy);
    }
}
