//! Goals that cannot be measured, key results that count work, and metrics that watch only speed.

use std::ops::RangeInclusive;

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::{Hint, Warning};
use super::kind::{CheckKind, CheckSource, EBM, TORRES, UPG};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::figure::{is_watched, latest_reading};
use crate::index::Handle;

const OKR: CheckSource = CheckSource {
    title: "Google re:Work: Set goals with OKRs",
    url: "https://rework.withgoogle.com/guides/set-goals-with-okrs/",
};

/// So many key results are advised.
const FEW_TO_MANY: RangeInclusive<usize> = 2..=5;

const METRIC: Part = Part::Words(["metric", "Kennzahl", "métrica"]);
const OWNER: Part = Part::Words(["owner", "Verantwortliche", "responsable"]);

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
                "Its key results: {count}; two to five are advised.",
                "Schlüsselergebnisse: {count}; geraten werden zwei bis fünf.",
                "Resultados clave: {count}; se aconsejan de dos a cinco.",
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
                "Its metric is of the class “{class}”: what we do, not what changes for those we do it for.",
                "Seine Kennzahl ist von der Art „{class}“: was wir tun, nicht was sich für andere ändert.",
                "Su métrica es de la clase «{class}»: lo que hacemos, no lo que cambia para quienes lo hacemos.",
            ],
        ),
        run: Run::Entity(&["key-result"], output),
    },
    Rule {
        kind: CheckKind::new(
            "objective-of-outputs",
            Warning,
            "M22",
            EBM,
            [
                "Objective of outputs alone",
                "Ziel aus lauter Outputs",
                "Objetivo hecho solo de productos",
            ],
            [
                "What measures it ({count}) counts what we put in, do or deliver, and nothing counts what changes for anybody.",
                "Was es misst ({count}), zählt, was wir einsetzen, tun oder liefern, und nichts zählt, was sich für jemanden ändert.",
                "Lo que lo mide ({count}) cuenta lo que ponemos, hacemos o entregamos y nada cuenta lo que cambia para alguien.",
            ],
        ),
        run: Run::Entity(&["objective"], outputs_alone),
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
                "Watched are the ability to innovate and time to market (metrics: {count}), and nothing that was read in the last three months tells current or unrealised value: faster, and nobody knows to what end.",
                "Beobachtet werden Innovationsfähigkeit und Time-to-Market (Kennzahlen: {count}), und keine, die in den letzten drei Monaten gemessen wurde, zeigt den aktuellen oder unrealisierten Wert: schneller, und niemand weiß wofür.",
                "Se miran la capacidad de innovar o el tiempo de salida (métricas: {count}) y ninguna con mediciones de los últimos tres meses el valor actual o por realizar: más rápido, sin saber para qué.",
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
        let remedy = Remedy::link_to("measured-by", &["key-result", "metric"]);
        ask.report(handle, report, remedy);
    }
}

fn number_of_key_results(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_result = |measure: &Handle| ask.is(*measure, "key-result");
    let count = measures(ask, handle).into_iter().filter(is_result).count();
    if count == 0 || FEW_TO_MANY.contains(&count) {
        return;
    }
    let links = ask.links_from(handle);
    let last = links
        .iter()
        .rfind(|link| link.kind == "measured-by" && is_result(&link.other));
    let remedy = match last.filter(|_| count > *FEW_TO_MANY.end()) {
        Some(last) => Remedy::RemoveLink(last.link.clone()),
        None => Remedy::link_to("measured-by", &["key-result"]),
    };
    let parts = vec![("count", count.to_string().into())];
    report.add(ask.subject(handle), parts, remedy);
}

fn output(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let class = |metric: Handle| ask.text(metric, "class").unwrap_or_default();
    let mut metrics = ask.from(handle, "on");
    let counted = metrics.find(|metric| matches!(class(*metric), "input" | "activity" | "output"));
    let mut metrics = ask.from(handle, "on");
    // One metric of what changes is enough: the others then show what was done for it.
    let has_outcome = metrics.any(|metric| matches!(class(metric), "outcome" | "impact"));
    if let Some(metric) = counted.filter(|_| !has_outcome) {
        let mut subjects = ask.subject(handle);
        subjects.extend(ask.id(metric).cloned());
        let class = Part::choice("metric", "class", class(metric));
        let remedy = Remedy::link_to("on", &["metric"]).with(&[("class", "outcome")]);
        report.add(subjects, vec![("class", class)], remedy);
    }
}

/// The classes of the metrics of a key result, or that of a metric.
fn classes<'a>(ask: &Ask<'a>, measure: Handle) -> Vec<&'a str> {
    let metrics: Vec<Handle> = match ask.is(measure, "metric") {
        true => vec![measure],
        false => ask.from(measure, "on").collect(),
    };
    let classes = metrics.into_iter().map(|metric| ask.text(metric, "class"));
    classes.map(Option::unwrap_or_default).collect()
}

/// Only where each of them says what it counts.
fn outputs_alone(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let measures = measures(ask, handle);
    let is_output = |class: &&str| matches!(*class, "input" | "activity" | "output");
    let counts_output = |measure: &Handle| {
        let classes = classes(ask, *measure);
        !classes.is_empty() && classes.iter().all(is_output)
    };
    if !measures.is_empty() && measures.iter().all(counts_output) {
        let mut subjects = ask.subject(handle);
        subjects.extend(measures.iter().filter_map(|one| ask.id(*one).cloned()));
        let parts = vec![("count", measures.len().to_string().into())];
        let remedy = Remedy::link_to("measured-by", &["metric"]).with(&[("class", "outcome")]);
        report.add(subjects, parts, remedy);
    }
}

fn unmeasured(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if !ask.has_from(handle, "pursued-through") {
        return;
    }
    if measures(ask, handle).is_empty() {
        let remedy = Remedy::link_to("measured-by", &["metric"]);
        report.add(ask.subject(handle), vec![("missing", METRIC)], remedy);
    }
    if ask.text(handle, "owner").is_none() {
        let remedy = Remedy::Enter("owner".to_owned());
        report.add(ask.subject(handle), vec![("missing", OWNER)], remedy);
    }
}

fn only_speed(ask: &Ask<'_>, report: &mut Report<'_>) {
    let mut speed = Vec::new();
    // Of value that nobody reads, or reads no more, nothing is known.
    let mut unread = None;
    for metric in ask.all("metric") {
        match ask.text(metric, "area") {
            Some("current-value" | "unrealised-value") => {
                if is_watched(ask, metric, ask.today) {
                    return;
                }
                unread = unread.or(ask.id(metric).cloned());
            }
            Some("time-to-market" | "ability-to-innovate")
                if is_watched(ask, metric, ask.today)
                    || latest_reading(ask, metric, ask.today).is_none() =>
            {
                speed.extend(ask.id(metric).cloned());
            }
            _ => {}
        }
    }
    if !speed.is_empty() {
        let count = speed.len().to_string();
        let remedy = match unread {
            Some(of) => Remedy::AddTo {
                kind: "reading",
                field: "metric",
                of,
            },
            None => Remedy::Add {
                kind: "metric",
                with: &[("area", "current-value")],
            },
        };
        report.add(speed, vec![("count", count.into())], remedy);
    }
}
