//! Goals that cannot be measured, key results that count work, and metrics that watch only speed.

use super::ask::Ask;
use super::finding::{Remedy, Report, link_to};
use super::kind::Severity::{Hint, Warning};
use super::kind::{CheckKind, CheckSource, EBM, TORRES, UPG};
use super::rule::{Rule, Run};
use crate::index::Handle;

const OKR: CheckSource = CheckSource {
    title: "Google re:Work: Set goals with OKRs",
    url: "https://rework.withgoogle.com/guides/set-goals-with-okrs/",
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "objective-without-key-results",
            Warning,
            "M22",
            UPG,
            [
                "Objective without key results",
                "Ziel ohne Schlüsselergebnisse",
                "Objetivo sin resultados clave",
            ],
            [
                "Nothing says when it is reached.",
                "Nichts sagt, wann es erreicht ist.",
                "Nada dice cuándo se alcanza.",
            ],
        ),
        run: Run::Entity(&["objective"], without_key_results),
    },
    Rule {
        kind: CheckKind::new(
            "number-of-key-results",
            Hint,
            "M22",
            OKR,
            [
                "Too few or too many key results",
                "Zu wenige oder zu viele Schlüsselergebnisse",
                "Demasiados o muy pocos resultados clave",
            ],
            [
                "It has {count} key results; two to five are advised.",
                "Es hat {count} Schlüsselergebnisse; geraten werden zwei bis fünf.",
                "Tiene {count} resultados clave; se aconsejan de dos a cinco.",
            ],
        ),
        run: Run::Entity(&["objective"], number_of_key_results),
    },
    Rule {
        kind: CheckKind::new(
            "kr-is-an-output",
            Warning,
            "M22",
            EBM,
            [
                "Key result is an output",
                "Schlüsselergebnis ist ein Output",
                "El resultado clave es un producto",
            ],
            [
                "Its metric counts {class}, what we do, not what changes for those we do it for.",
                "Seine Kennzahl zählt {class}: was wir tun, nicht was sich für andere ändert.",
                "Su métrica cuenta {class}: lo que hacemos, no lo que cambia para quienes lo hacemos.",
            ],
        ),
        run: Run::Entity(&["key-result"], output),
    },
    Rule {
        kind: CheckKind::new(
            "outcome-without-metric-or-owner",
            Warning,
            "M11",
            TORRES,
            [
                "Outcome without metric or owner",
                "Wirkung ohne Kennzahl oder Verantwortliche",
                "Resultado sin métrica o responsable",
            ],
            [
                "Opportunities are pursued for it, and it has no {missing}.",
                "Dafür werden Chancen verfolgt, und es fehlt: {missing}.",
                "Se persiguen oportunidades por él y le falta: {missing}.",
            ],
        ),
        run: Run::Entity(&["objective", "goal"], unmeasured),
    },
    Rule {
        kind: CheckKind::new(
            "only-a2i-t2m",
            Warning,
            "M25",
            EBM,
            [
                "Only speed is watched",
                "Nur Tempo wird beobachtet",
                "Solo se mira la velocidad",
            ],
            [
                "{count} metrics watch the ability to innovate or time to market, and none current or unrealised value: faster, and nobody knows to what end.",
                "{count} Kennzahlen beobachten Innovationsfähigkeit oder Time-to-Market, keine den aktuellen oder unrealisierten Wert: schneller, und niemand weiß wofür.",
                "{count} métricas miran la capacidad de innovar o el tiempo de salida y ninguna el valor actual o por realizar: más rápido, sin saber para qué.",
            ],
        ),
        run: Run::Workspace(only_speed),
    },
];

/// The key results and metrics by which something is measured, each once.
fn measures(ask: &Ask<'_>, handle: Handle) -> Vec<Handle> {
    let mut measures: Vec<Handle> = ask.from(handle, "measured-by").collect();
    measures.sort_unstable();
    measures.dedup();
    measures
}

fn without_key_results(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if measures(ask, handle).is_empty() {
        let remedy = link_to("measured-by", &["key-result", "metric"]);
        ask.report(handle, report, remedy);
    }
}

fn number_of_key_results(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_result = |measure: &Handle| ask.is(*measure, "key-result");
    let count = measures(ask, handle).into_iter().filter(is_result).count();
    if count > 0 && !(2..=5).contains(&count) {
        report.add(
            ask.subject(handle),
            vec![("count", count.to_string())],
            link_to("measured-by", &["key-result"]),
        );
    }
}

fn output(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    for metric in ask.from(handle, "on") {
        let class = ask.text(metric, "class").unwrap_or_default();
        if matches!(class, "input" | "activity" | "output") {
            let mut subjects = ask.subject(handle);
            subjects.extend(ask.id(metric).cloned());
            report.add(
                subjects,
                vec![(
                    "class",
                    format!("{class}s").replace("activitys", "activities"),
                )],
                link_to("on", &["metric"]),
            );
        }
    }
}

fn unmeasured(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if !ask.has_from(handle, "pursued-through") {
        return;
    }
    let add = |missing: &str, remedy, report: &mut Report<'_>| {
        report.add(
            ask.subject(handle),
            vec![("missing", missing.to_owned())],
            remedy,
        );
    };
    if measures(ask, handle).is_empty() {
        add("metric", link_to("measured-by", &["metric"]), report);
    }
    if ask.text(handle, "owner").is_none() {
        add("owner", Remedy::Enter("owner".to_owned()), report);
    }
}

fn only_speed(ask: &Ask<'_>, report: &mut Report<'_>) {
    let mut speed = Vec::new();
    for metric in ask.all("metric") {
        match ask.text(metric, "area") {
            Some("current-value" | "unrealised-value") => return,
            Some("time-to-market" | "ability-to-innovate") => {
                speed.extend(ask.id(metric).cloned());
            }
            _ => {}
        }
    }
    if !speed.is_empty() {
        let count = speed.len().to_string();
        let remedy = Remedy::Add {
            kind: "metric",
            field: "",
        };
        report.add(speed, vec![("count", count)], remedy);
    }
}
