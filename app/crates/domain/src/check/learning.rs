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
                "It is {days} days old and counts less than half; what rests on it may no longer hold.",
                "Er ist {days} Tage alt und zählt weniger als halb; was darauf ruht, gilt vielleicht nicht mehr.",
                "Tiene {days} días y cuenta menos de la mitad; lo que se apoya en ella quizá ya no valga.",
            ],
        ),
        run: Run::Entity(&["evidence"], stale),
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
                "A signal of {date} touches it, newer than its evidence. Look at it again.",
                "Ein Signal vom {date} berührt sie und ist neuer als ihre Belege. Sieh sie dir noch einmal an.",
                "Una señal del {date} la toca y es más reciente que sus pruebas. Revísala.",
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
];

fn stale(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(date) = ask.dated(handle) else {
        return;
    };
    let carries = ["supports", "refutes"]
        .iter()
        .any(|link| ask.has_from(handle, link));
    #[expect(clippy::cast_possible_truncation, reason = "a whole number of days")]
    let half_life = HALF_LIFE_DAYS as i64;
    if carries && !ask.flag(handle, "retracted") && ask.is_older(date, half_life) {
        let days = ask.today.days_since(date).to_string();
        report.add(
            ask.subject(handle),
            vec![("days", days)],
            Remedy::Add {
                kind: "experiment",
                field: "",
            },
        );
    }
}

fn reopened(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.text(handle, "status") == Some("retired") {
        return;
    }
    let evidence = ["supports", "refutes"]
        .iter()
        .flat_map(|link| ask.to(handle, link))
        .filter_map(|evidence| ask.dated(evidence))
        .max();
    let signals = ask
        .to(handle, "touches")
        .filter_map(|signal| Some((ask.date(signal, "seen-on")?, signal)));
    let latest = signals.max_by_key(|(date, _)| *date);
    // Without evidence nothing has been concluded that could be reopened.
    if let (Some((seen, signal)), Some(known)) = (latest, evidence)
        && seen > known
    {
        let mut subjects = ask.subject(handle);
        subjects.extend(ask.id(signal).cloned());
        report.add(
            subjects,
            vec![("date", seen.to_string())],
            Remedy::Enter("status".to_owned()),
        );
    }
}

fn overdue(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (field, answered) = match ask.kind(handle) {
        "decision" => ("review-on", "outcome"),
        "assumption" => ("review-on", ""),
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
            vec![("date", date.to_string())],
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
            vec![("days", days)],
            Remedy::Add {
                kind: "decision",
                field: "",
            },
        );
    }
}
