//! Experiments that are not honest, or from which nothing was learned.

use super::ask::Ask;
use super::finding::{Preset, Remedy, Report, SUPERSEDES};
use super::kind::Severity::{Error, Warning};
use super::kind::{CheckKind, CheckSource, OWN, UPG};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::FieldValue;
use crate::experiment::{
    ARM, EXPERIMENT_OF_ARM, Gap, LOCK, Lock, METRIC, REPORTS, Reason, Word, has_data, is_read,
    plan, planned_split,
};
use crate::index::Handle;

/// A test that is to come.
const PLANNED: Preset = &[("status", "planned")];

/// So many claims may wait for a test.
const PILE: usize = 5;

const BLAND: CheckSource = CheckSource {
    title: "Bland and Osterwalder: Testing Business Ideas",
    url: "https://www.strategyzer.com/library/testing-business-ideas",
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "criterion-changed-after-data",
            Error,
            "M14",
            OWN,
            [
                "Criterion changed after data",
                "Kriterium nach den Daten geändert",
                "Criterio cambiado tras los datos",
            ],
            [
                "The locked plan was changed (“{field}”), so the result proves nothing. It stays invalid; plan it anew.",
                "Der gesperrte Plan wurde geändert („{field}“), das Ergebnis beweist daher nichts. Es bleibt ungültig; plane es neu.",
                "El plan bloqueado se cambió («{field}»), así que el resultado no prueba nada. Sigue siendo inválido; planéalo de nuevo.",
            ],
        ),
        run: Run::Entity(&["experiment"], changed),
    },
    Rule {
        kind: CheckKind::new(
            "planned-split-unclear",
            Warning,
            "M14",
            OWN,
            [
                "Planned shares are no split",
                "Geplante Anteile sind keine Aufteilung",
                "Las proporciones previstas no son un reparto",
            ],
            [
                "The planned shares of the arms make {sum} %, not 100 %: whether people were split as planned cannot be tested.",
                "Die geplanten Anteile der Arme machen {sum} % und nicht 100 %: Ob wie geplant aufgeteilt wurde, lässt sich nicht prüfen.",
                "Las proporciones previstas de los brazos suman {sum} % y no 100 %: no se puede comprobar si el reparto fue el previsto.",
            ],
        ),
        run: Run::Entity(&["experiment"], unclear_split),
    },
    Rule {
        kind: CheckKind::new(
            "sample-ratio-mismatch",
            Error,
            "M14",
            OWN,
            [
                "Arms not as planned",
                "Gruppen nicht wie geplant",
                "Grupos distintos de lo previsto",
            ],
            [
                "The arms are not as large as the planned split makes likely (p = {p}): something sorted people. Do not read the result.",
                "Die Gruppen sind nicht so groß, wie es die geplante Aufteilung erwarten lässt (p = {p}): Etwas hat die Leute sortiert. Lies das Ergebnis nicht.",
                "Los grupos no tienen el tamaño que hace probable el reparto previsto (p = {p}): algo ha separado a la gente. No leas el resultado.",
            ],
        ),
        run: Run::Entity(&["experiment"], mismatch),
    },
    Rule {
        kind: CheckKind::new(
            "locked-after-data",
            Error,
            "M14",
            OWN,
            [
                "Locked after data",
                "Nach den Daten gesperrt",
                "Bloqueado después de los datos",
            ],
            [
                "The lock is dated after the experiment’s end, after its first reading or ahead of today, so the criterion was set when the data were known. Plan it anew.",
                "Die Sperre ist nach dem Ende des Experiments, nach seinem ersten Messwert oder in die Zukunft datiert; das Kriterium stand also fest, als die Daten bekannt waren. Plane es neu.",
                "El bloqueo lleva fecha posterior al final del experimento, a su primera medición o al día de hoy, así que el criterio se fijó con los datos ya conocidos. Planéalo de nuevo.",
            ],
        ),
        run: Run::Entity(&["experiment"], late),
    },
    Rule {
        kind: CheckKind::new(
            "experiment-stopped-early",
            Warning,
            "M14",
            OWN,
            [
                "Experiment stopped early",
                "Experiment zu früh beendet",
                "Experimento detenido antes de tiempo",
            ],
            [
                "It ended before the planned number of participants, without one, or is said to have. Looking early makes chance look like success; choose a sequential design next time.",
                "Es endete vor der geplanten Zahl an Teilnehmenden, ohne eine, oder so heißt es. Wer früh hinsieht, hält Zufall für Erfolg; wähle nächstes Mal ein sequenzielles Design.",
                "Terminó antes del número previsto de participantes, sin ninguno, o eso se dice. Mirar antes hace pasar el azar por éxito; la próxima vez elige un diseño secuencial.",
            ],
        ),
        run: Run::Entity(&["experiment"], stopped),
    },
    Rule {
        kind: CheckKind::new(
            "experiment-not-locked",
            Warning,
            "M14",
            OWN,
            [
                "Running without a lock",
                "Läuft ohne Sperre",
                "En marcha sin bloqueo",
            ],
            [
                "Data come in and the plan is not locked, or its lock cannot be read: the criterion can still be bent to them.",
                "Es kommen Daten, und der Plan ist nicht gesperrt oder seine Sperre nicht lesbar: Das Kriterium lässt sich noch nach ihnen biegen.",
                "Llegan datos y el plan no está bloqueado, o su bloqueo no se puede leer: el criterio aún puede torcerse según ellos.",
            ],
        ),
        run: Run::Entity(&["experiment"], unlocked),
    },
    Rule {
        kind: CheckKind::new(
            "experiment-run-without-learning",
            Warning,
            "M6",
            UPG,
            [
                "Experiment without learning",
                "Experiment ohne Erkenntnis",
                "Experimento sin aprendizaje",
            ],
            [
                "It is over, and nobody has written down what was learned.",
                "Es ist vorbei, und niemand hat aufgeschrieben, was gelernt wurde.",
                "Ha terminado y nadie ha escrito lo que se aprendió.",
            ],
        ),
        run: Run::Entity(&["experiment", "mvp"], without_learning),
    },
    Rule {
        kind: CheckKind::new(
            "untested-hypothesis-pile-up",
            Warning,
            "M13",
            UPG,
            [
                "Untested hypotheses pile up",
                "Ungeprüfte Hypothesen häufen sich",
                "Se acumulan hipótesis sin probar",
            ],
            [
                "{count} assumptions and hypotheses are open and no experiment tests them. Test the riskiest first.",
                "{count} Annahmen und Hypothesen sind offen, und kein Experiment prüft sie. Prüfe die riskanteste zuerst.",
                "{count} suposiciones e hipótesis están abiertas y ningún experimento las prueba. Prueba primero la más arriesgada.",
            ],
        ),
        run: Run::Workspace(pile_up),
    },
    Rule {
        kind: CheckKind::new(
            "hypothesis-without-measure",
            Warning,
            "M13",
            BLAND,
            [
                "Hypothesis nobody can refute",
                "Hypothese, die niemand widerlegen kann",
                "Hipótesis que nadie puede refutar",
            ],
            [
                "It does not say what would show that it holds: neither a signal nor an expected outcome.",
                "Sie sagt nicht, woran man sähe, dass sie stimmt: weder ein Signal noch ein erwartetes Ergebnis.",
                "No dice qué mostraría que se cumple: ni una señal ni un resultado esperado.",
            ],
        ),
        run: Run::Entity(&["hypothesis"], unfalsifiable),
    },
];

/// What a plan is called whose changed part is not known.
const PLAN: Part = Part::Words(["plan", "Plan", "plan"]);

/// What the part of a plan is called that was changed.
fn unclear_split(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let arms: Vec<Handle> = ask.children(handle, ARM, EXPERIMENT_OF_ARM).collect();
    let shares: Vec<Option<f64>> = arms.iter().map(|arm| ask.number(*arm, "share")).collect();
    if arms.len() < 2 || planned_split(&shares).is_some() {
        return;
    }
    let sum: f64 = shares.iter().flatten().sum();
    // The one that says nothing, else the last, gets what the others leave of the hundred.
    let unsaid = shares.iter().filter(|share| share.is_none()).count();
    let place = shares.iter().position(Option::is_none);
    let place = place.unwrap_or(arms.len() - 1);
    let others = sum - shares.get(place).copied().flatten().unwrap_or_default();
    let rest = (100.0 - others) / unsaid.max(1) as f64;
    let share = (rest > 0.0).then_some(FieldValue::Number(rest));
    let sum = ((sum * 10.0).round() / 10.0).to_string();
    let first = arms.get(place).copied();
    let subjects = first.into_iter().chain([handle]);
    let subjects = subjects.filter_map(|subject| ask.id(subject).cloned());
    let remedy = Remedy::Set("share".to_owned(), share);
    report.add(subjects.collect(), vec![("sum", sum.into())], remedy);
}

fn part_of_plan(field: &str) -> Part {
    match field {
        "plan" => PLAN,
        "arms" => Part::kind(ARM),
        "hypotheses" => Part::kind("hypothesis"),
        field => Part::field("experiment", field),
    }
}

/// Why the data must not be judged; nothing once it was planned anew.
fn reason(ask: &Ask<'_>, handle: Handle) -> Option<Reason> {
    if ask.has_to(handle, SUPERSEDES) {
        return None;
    }
    match ask.verdict(handle) {
        Word::Invalid(reason) => Some(reason),
        _ => None,
    }
}

fn changed(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if let Some(Reason::CriterionChanged { field }) = reason(ask, handle) {
        let field = field.map_or(PLAN, |field| part_of_plan(&field));
        report.add(ask.subject(handle), vec![("field", field)], Remedy::Renew);
    }
}

fn mismatch(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if let Some(Reason::SampleRatioMismatch { p_value }) = reason(ask, handle) {
        let p = format!("{p_value:.2e}");
        report.add(ask.subject(handle), vec![("p", p.into())], Remedy::Renew);
    }
}

fn late(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if reason(ask, handle) == Some(Reason::LockedAfterData) {
        ask.report(handle, report, Remedy::Renew);
    }
}

fn stopped(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let early = [Reason::StoppedEarly, Reason::Unplanned];
    if reason(ask, handle).is_some_and(|reason| early.contains(&reason)) {
        ask.report(handle, report, Remedy::Renew);
    }
}

fn unlocked(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_running = ask.text(handle, "status") == Some("running");
    let mut arms = ask.children(handle, ARM, EXPERIMENT_OF_ARM);
    let mut reported = ask.from(handle, REPORTS);
    let has_data = arms.any(|arm| ask.entity(arm).is_some_and(has_data))
        || reported.any(|reading| ask.entity(reading).is_some_and(is_read));
    // Only what has a criterion can be bent: an interview is an experiment, too.
    let is_judged = ask.text(handle, "criterion").is_some();
    let is_renewed = || ask.has_to(handle, SUPERSEDES);
    let lock = ask.text(handle, LOCK);
    // What cannot be read locks nothing, and stands in the way of a lock that does.
    let is_none = lock.is_some_and(|lock| lock.parse::<Lock>().is_err());
    let is_unlocked = is_none || lock.is_none() && (is_running || has_data);
    if is_judged && is_unlocked && !is_renewed() {
        // A lock that comes after the data proves nothing, and a plan with a gap cannot be locked.
        let gap = || {
            plan(ask, handle)?
                .gap()
                .or_else(|| unknown_metric(ask, handle))
        };
        let remedy = match (has_data || is_none, gap()) {
            (true, _) => Remedy::Renew,
            (false, Some(gap)) => Remedy::Enter(gap.field().to_owned()),
            (false, None) => Remedy::Lock,
        };
        ask.report(handle, report, remedy);
    }
}

/// What a lock refuses beside a gap in the plan itself.
fn unknown_metric(ask: &Ask<'_>, handle: Handle) -> Option<Gap> {
    let metric = ask.reference(handle, "primary-metric");
    let is_known = metric.is_some_and(|metric| ask.is(metric, METRIC));
    (!is_known).then_some(Gap::UnknownMetric)
}

fn without_learning(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_over = ask.is_one_of(handle, "status", &["done", "stopped"]);
    let in_loop = || {
        ask.children(handle, "loop", "experiment")
            .any(|one| ask.text(one, "learned").is_some())
    };
    if is_over && !ask.has_from(handle, "concludes-in") && !in_loop() {
        ask.report(
            handle,
            report,
            Remedy::link_to("concludes-in", &["learning"]),
        );
    }
}

fn pile_up(ask: &Ask<'_>, report: &mut Report<'_>) {
    let mut waiting: Vec<Handle> = Vec::new();
    for kind in ["assumption", "hypothesis"] {
        for claim in ask.all(kind) {
            let is_closed = ask.is_one_of(claim, "status", &["supported", "refuted", "retired"])
                || ask.is_one_of(claim, "outcome", &["held", "failed"]);
            // An assumption that was stated as a hypothesis waits as that.
            let is_stated = ask.has_from(claim, "stated-as");
            if !is_closed && !is_stated && !ask.has_from(claim, "tested-by") {
                waiting.push(claim);
            }
        }
    }
    if waiting.len() >= PILE {
        let count = waiting.len().to_string();
        // What matters most comes first: the remedy is for that.
        let importance = |claim: &Handle| ask.number(*claim, "importance").unwrap_or_default();
        waiting.sort_by(|one, other| importance(other).total_cmp(&importance(one)));
        let waiting = waiting.iter().filter_map(|claim| ask.id(*claim).cloned());
        report.add(
            waiting.collect(),
            vec![("count", count.into())],
            Remedy::link_to("tested-by", &["experiment"]).with(PLANNED),
        );
    }
}

fn unfalsifiable(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let says = |field| ask.text(handle, field).is_some();
    if !says("we-know-when") && !says("expected") && !ask.has_from(handle, "tested-by") {
        ask.report(handle, report, Remedy::Enter("we-know-when".to_owned()));
    }
}
