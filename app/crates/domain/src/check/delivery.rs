//! What is built: for which outcome, on which evidence, asked by whom, and what came of it.

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::{Hint, Warning};
use super::kind::{CUTLER, CheckKind, CheckSource, OWN, UPG};
use super::rule::{Rule, Run};
use crate::FieldValue;
use crate::evidence::is_refuted;
use crate::experiment::{Word, wordings};
use crate::index::Handle;
use crate::outcome::{measured, outcome};

const BUILDING: [&str; 2] = ["building", "live"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "roadmap-feature-without-outcome-link",
            Warning,
            "M21",
            UPG,
            [
                "Roadmap item without an outcome",
                "Roadmap-Punkt ohne Wirkung",
                "Elemento de la hoja de ruta sin resultado",
            ],
            [
                "It aims at no key result, metric, goal or opportunity, and its bet meets none that an outcome is pursued through: a feature, not an outcome.",
                "Er zielt auf kein Schlüsselergebnis, keine Kennzahl, kein Ziel und keine Chance, und seine Wette bedient keine, durch die eine Wirkung verfolgt wird: eine Funktion, keine Wirkung.",
                "No apunta a ningún resultado clave, métrica, objetivo ni oportunidad, y su apuesta no atiende ninguna por la que se persiga un resultado: una función, no un resultado.",
            ],
        ),
        run: Run::Entity(&["roadmap-item"], without_outcome),
    },
    Rule {
        kind: CheckKind::new(
            "shipped-without-outcome-reading",
            Warning,
            "M21",
            CUTLER,
            [
                "Shipped, and nobody looked",
                "Ausgeliefert, und niemand hat hingesehen",
                "Entregado y nadie miró",
            ],
            [
                "It counts as done only once what it was to change was read after it shipped; until then it is being measured.",
                "Fertig ist es erst, wenn nach der Auslieferung gemessen ist, was es ändern sollte; bis dahin wird gemessen.",
                "Solo está hecho cuando, tras la entrega, se midió lo que debía cambiar; hasta entonces se está midiendo.",
            ],
        ),
        run: Run::Entity(&["roadmap-item"], unmeasured),
    },
    Rule {
        kind: CheckKind::new(
            "building-without-validating",
            Warning,
            "M28",
            UPG,
            [
                "Building without validating",
                "Bauen ohne Prüfen",
                "Construir sin validar",
            ],
            [
                "It is being built or was kept, and no experiment or evidence speaks for it or for what it depends on.",
                "Es wird gebaut oder wurde behalten, und kein Experiment und kein Beleg spricht dafür oder für das, wovon es abhängt.",
                "Se está construyendo o se ha conservado, y ningún experimento ni prueba habla por ello ni por aquello de lo que depende.",
            ],
        ),
        run: Run::Entity(&["solution", "roadmap-item"], unvalidated),
    },
    Rule {
        kind: CheckKind::new(
            "bet-on-refuted-claim",
            Warning,
            "M28",
            OWN,
            [
                "A bet on what was refuted",
                "Eine Wette auf Widerlegtes",
                "Una apuesta por lo refutado",
            ],
            [
                "It goes on, and what it depends on was refuted.",
                "Es geht weiter, und wovon es abhängt, ist widerlegt.",
                "Sigue adelante y aquello de lo que depende quedó refutado.",
            ],
        ),
        run: Run::Entity(&["solution", "roadmap-item"], refuted),
    },
    Rule {
        kind: CheckKind::new(
            "features-without-hypotheses",
            Warning,
            "M13",
            UPG,
            [
                "Feature without a hypothesis",
                "Funktion ohne Hypothese",
                "Función sin hipótesis",
            ],
            [
                "Nothing says what must be true for it to work.",
                "Nichts sagt, was wahr sein muss, damit es wirkt.",
                "Nada dice qué debe ser cierto para que funcione.",
            ],
        ),
        run: Run::Entity(&["solution"], without_hypothesis),
    },
    Rule {
        kind: CheckKind::new(
            "feature-requests-without-provenance",
            Warning,
            "M28",
            UPG,
            [
                "Request from nobody",
                "Wunsch von niemandem",
                "Petición de nadie",
            ],
            [
                "Neither a source nor who asked for it is known.",
                "Weder eine Quelle ist bekannt noch wer darum gebeten hat.",
                "No se conoce ni la fuente ni quién lo pidió.",
            ],
        ),
        run: Run::Entity(&["backlog-item"], from_nobody),
    },
    Rule {
        kind: CheckKind::new(
            "backlog-item-without-opportunity",
            Warning,
            "M28",
            OWN,
            [
                "Backlog item without an opportunity",
                "Backlog-Eintrag ohne Chance",
                "Elemento del backlog sin oportunidad",
            ],
            [
                "It leads to no opportunity and no outcome: why build it?",
                "Er führt zu keiner Chance und keiner Wirkung: Wozu bauen?",
                "No lleva a ninguna oportunidad ni resultado: ¿para qué construirlo?",
            ],
        ),
        run: Run::Entity(&["backlog-item"], without_opportunity),
    },
    Rule {
        kind: CheckKind::new(
            "done-without-outcome",
            Hint,
            "M28",
            CUTLER,
            [
                "Done, and what changed?",
                "Erledigt, und was hat sich geändert?",
                "Hecho, ¿y qué cambió?",
            ],
            [
                "It is done and leads to no metric, key result or opportunity: what is different since, and for whom?",
                "Es ist erledigt und führt zu keiner Kennzahl, keinem Schlüsselergebnis und keiner Chance: Was ist seither anders, und für wen?",
                "Está hecho y no lleva a ninguna métrica, resultado clave ni oportunidad: ¿qué es distinto desde entonces y para quién?",
            ],
        ),
        run: Run::Entity(&["backlog-item"], done_for_nothing),
    },
    Rule {
        kind: CheckKind::new(
            "nudge-without-ethics",
            Hint,
            "M24",
            CheckSource {
                title: "Behavioural Insights Team: EAST",
                url: "https://www.bi.team/publications/east-four-simple-ways-to-apply-behavioural-insights/",
            },
            [
                "Nudge without an ethics check",
                "Anstoß ohne Ethikprüfung",
                "Empujón sin examen ético",
            ],
            [
                "Would we say openly what it does? Write the answer down.",
                "Würden wir offen sagen, was er tut? Schreibt die Antwort auf.",
                "¿Diríamos abiertamente lo que hace? Anota la respuesta.",
            ],
        ),
        run: Run::Entity(&["nudge"], without_ethics),
    },
];

fn without_outcome(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let has_aim = ask.has_from(handle, "measured-by") || outcome(ask, handle).is_some();
    if !has_aim {
        let aims = &["key-result", "metric", "objective", "goal", "opportunity"];
        ask.report(handle, report, Remedy::link_to("aims-at", aims));
    }
}

fn unmeasured(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let shipped = ask.date(handle, "shipped-on");
    let is_done = ask.text(handle, "lane") == Some("done")
        || ask.text(handle, "status") == Some("kept")
        || shipped.is_some_and(|date| date <= ask.today);
    // What somebody typed was read by nobody.
    let has_reading = measured(ask, handle, ask.today).is_some();
    // What was rolled back or killed has been looked at.
    let is_gone = ask.is_one_of(handle, "status", &["rolled-back", "killed"]);
    if is_done && !has_reading && !is_gone {
        ask.report(handle, report, Remedy::link_to("reports", &["reading"]));
    }
}

fn unvalidated(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_built = match ask.kind(handle) {
        "solution" => ask.is_one_of(handle, "status", &BUILDING),
        _ => ask.is_one_of(handle, "status", &["doing", "measuring", "kept"]),
    };
    if !is_built {
        return;
    }
    let mut bets: Vec<Handle> = vec![handle];
    bets.extend(ask.from(handle, "bets-on"));
    // An idea for an experiment is no test, and one that refuted it does not speak for it.
    let speaks = |test: Handle| {
        let is_idea = ask.is_one_of(test, "status", &["idea"]);
        !is_idea && !matches!(ask.verdict(test), Word::Refuted | Word::Invalid(_))
    };
    let is_tested = |claim: Handle| {
        wordings(ask, claim)
            .into_iter()
            .any(|one| ask.is_supported(one) || ask.from(one, "tested-by").any(speaks))
    };
    let mut claims: Vec<Handle> = Vec::new();
    for bet in &bets {
        claims.extend(ask.from(*bet, "depends-on"));
    }
    if bets.iter().chain(&claims).any(|one| is_tested(*one)) {
        return;
    }
    // A claim is tested; what claims nothing needs evidence that speaks for itself.
    let remedy = match claims.first().and_then(|claim| ask.id(*claim)) {
        Some(claim) => {
            let test = Remedy::link_to("tested-by", &["experiment"]);
            test.with(&[("status", "planned")]).at(claim.clone())
        }
        None => Remedy::link_from("supports", &["evidence"]),
    };
    let mut subjects = ask.subject(handle);
    subjects.extend(claims.iter().filter_map(|claim| ask.id(*claim).cloned()));
    report.add(subjects, Vec::new(), remedy);
}

fn without_hypothesis(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_under_way = ask.is_one_of(handle, "status", &["chosen", "building", "live"]);
    if is_under_way && !ask.has_from(handle, "depends-on") {
        let claims = &["assumption", "hypothesis"];
        ask.report(handle, report, Remedy::link_to("depends-on", claims));
    }
}

fn is_open(ask: &Ask<'_>, handle: Handle) -> bool {
    !ask.is_one_of(handle, "status", &["done", "dropped"])
}

/// Whether it is the address of the card itself on the board that it was imported from: where it
/// stands is not who asked for it.
fn is_own_address(source: &str) -> bool {
    let is_address = source.starts_with("https://") || source.starts_with("http://");
    let own = ["//trello.com/c/", "/browse/", "/rest/api/"];
    is_address && own.iter().any(|part| source.contains(part))
}

fn from_nobody(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let says = |field| ask.text(handle, field).is_some();
    let is_linked = || !ask.links_to(handle).is_empty() || !ask.links_from(handle).is_empty();
    let has_source = || {
        let source = ask.text(handle, "source");
        source.is_some_and(|source| !is_own_address(source))
    };
    if is_open(ask, handle) && !has_source() && !says("requested-by") && !is_linked() {
        ask.report(handle, report, Remedy::Enter("requested-by".to_owned()));
    }
}

/// Whether it leads to what somebody needs or to what is to change.
fn has_aim(ask: &Ask<'_>, handle: Handle) -> bool {
    let aims = [
        "opportunity",
        "key-result",
        "objective",
        "goal",
        "metric",
        "need",
        "problem",
    ];
    let mut linked = ask.links_from(handle);
    linked.extend(ask.links_to(handle));
    let mut ends = linked.iter().map(|link| link.other);
    let leads = |end: Handle| {
        // A part of a solution or of a roadmap item has the aim of that.
        aims.contains(&ask.kind(end))
            || ask.has_to(end, "addressed-by")
            || ask.has_from(end, "aims-at")
    };
    ends.any(leads)
}

fn without_opportunity(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if is_open(ask, handle) && !has_aim(ask, handle) {
        ask.report(handle, report, Remedy::link_to("aims-at", &["opportunity"]));
    }
}

fn done_for_nothing(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.text(handle, "status") == Some("done") && !has_aim(ask, handle) {
        let aims = &["metric", "key-result", "opportunity"];
        ask.report(handle, report, Remedy::link_to("aims-at", aims));
    }
}

fn without_ethics(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.text(handle, "ethics").is_none() {
        ask.report(handle, report, Remedy::Enter("ethics".to_owned()));
    }
}

fn refuted(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (is_live, ended) = match ask.kind(handle) {
        "solution" => (
            ask.is_one_of(handle, "status", &["chosen", "building", "live"]),
            "dropped",
        ),
        _ => (
            ask.is_one_of(handle, "status", &["doing", "measuring"])
                || ask.is_one_of(handle, "lane", &["now"])
                    && !ask.is_one_of(handle, "status", &["kept", "rolled-back", "killed"]),
            "killed",
        ),
    };
    if !is_live {
        return;
    }
    let bets = std::iter::once(handle).chain(ask.from(handle, "bets-on"));
    let claims = bets.flat_map(|bet| ask.from(bet, "depends-on"));
    let mut refuted: Vec<Handle> = claims
        .filter(|claim| is_refuted(ask, *claim, ask.today))
        .collect();
    refuted.sort_unstable_by_key(|claim| ask.id(*claim));
    refuted.dedup();
    if refuted.is_empty() {
        return;
    }
    let mut subjects = ask.subject(handle);
    subjects.extend(refuted.iter().filter_map(|claim| ask.id(*claim).cloned()));
    let ended = FieldValue::Text(ended.to_owned());
    let remedy = Remedy::Set("status".to_owned(), Some(ended));
    report.add(subjects, Vec::new(), remedy);
}
