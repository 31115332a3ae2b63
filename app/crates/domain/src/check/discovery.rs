//! Needs that nobody has, insights from nowhere, and the rules of the opportunity solution tree.

use super::ask::Ask;
use super::consent;
use super::finding::{Remedy, Report};
use super::kind::Severity::{Error, Hint, Warning};
use super::kind::{CheckKind, CheckSource, OWN, TORRES, UPG};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::index::{Handle, Linked};

/// So many solutions are compared before one is chosen.
const ALTERNATIVES: usize = 3;

const NEEDS: [&str; 5] = ["job", "pain", "need", "problem", "desired-outcome"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "opportunity-without-need",
            Warning,
            "M11",
            UPG,
            [
                "Opportunity without a need",
                "Chance ohne Bedürfnis",
                "Oportunidad sin necesidad",
            ],
            [
                "It is neither called a need, a pain or a desire, nor linked with one.",
                "Sie ist weder als Bedürfnis, Schmerz oder Wunsch bezeichnet noch mit einem verknüpft.",
                "Ni se llama necesidad, dolor o deseo ni está enlazada con alguno.",
            ],
        ),
        run: Run::Entity(&["opportunity"], without_need),
    },
    Rule {
        kind: CheckKind::new(
            "opportunity-without-evidence",
            Warning,
            "M11",
            TORRES,
            [
                "Opportunity without evidence",
                "Chance ohne Beleg",
                "Oportunidad sin pruebas",
            ],
            [
                "No interview, quote, insight or evidence has revealed it: it may be our own idea.",
                "Kein Interview, Zitat, keine Einsicht und kein Beleg hat sie gezeigt: Vielleicht ist sie unsere eigene Idee.",
                "Ninguna entrevista, cita, hallazgo ni prueba la ha revelado: quizá sea idea nuestra.",
            ],
        ),
        run: Run::Entity(&["opportunity"], without_evidence),
    },
    Rule {
        kind: CheckKind::new(
            "fewer-than-three-solutions",
            Hint,
            "M11",
            TORRES,
            [
                "Chosen without comparing",
                "Gewählt ohne Vergleich",
                "Elegida sin comparar",
            ],
            [
                "A solution was chosen out of {count}. Compare at least three for one opportunity.",
                "Eine Lösung wurde aus {count} gewählt. Vergleiche mindestens drei für eine Chance.",
                "Se eligió una solución entre {count}. Compara al menos tres para una oportunidad.",
            ],
        ),
        run: Run::Entity(&["opportunity"], few_solutions),
    },
    Rule {
        kind: CheckKind::new(
            "solution-with-several-opportunities",
            Warning,
            "M11",
            TORRES,
            [
                "Solution with several targets",
                "Lösung mit mehreren Zielen",
                "Solución con varios objetivos",
            ],
            [
                "It addresses {count} opportunities. A solution has one target, else nothing can be compared.",
                "Sie gilt {count} Chancen. Eine Lösung hat ein Ziel, sonst ist nichts vergleichbar.",
                "Aborda {count} oportunidades. Una solución tiene un objetivo; si no, no hay nada que comparar.",
            ],
        ),
        run: Run::Entity(&["solution"], several_targets),
    },
    Rule {
        kind: CheckKind::new(
            "solution-without-opportunity",
            Hint,
            "M11",
            TORRES,
            [
                "Solution without an opportunity",
                "Lösung ohne Chance",
                "Solución sin oportunidad",
            ],
            [
                "The workspace has opportunities, and this solution addresses none of them.",
                "Der Arbeitsbereich hat Chancen, und diese Lösung gilt keiner davon.",
                "El espacio tiene oportunidades y esta solución no aborda ninguna.",
            ],
        ),
        run: Run::Entity(&["solution"], without_target),
    },
    Rule {
        kind: CheckKind::new(
            "insights-without-evidence",
            Warning,
            "M11",
            UPG,
            [
                "Insight without evidence",
                "Einsicht ohne Beleg",
                "Hallazgo sin pruebas",
            ],
            [
                "It is drawn from no quote, observation or evidence.",
                "Sie stammt aus keinem Zitat, keiner Beobachtung und keinem Beleg.",
                "No procede de ninguna cita, observación ni prueba.",
            ],
        ),
        run: Run::Entity(&["insight"], insight),
    },
    Rule {
        kind: CheckKind::new(
            "personas-without-jobs",
            Warning,
            "M10",
            UPG,
            [
                "Persona without jobs",
                "Persona ohne Aufgaben",
                "Persona sin tareas",
            ],
            [
                "Nothing says what this person wants to get done, so it decides nothing.",
                "Nichts sagt, was diese Person erledigen will; so entscheidet sie nichts.",
                "Nada dice qué quiere lograr esta persona, así que no decide nada.",
            ],
        ),
        run: Run::Entity(&["persona"], persona),
    },
    Rule {
        kind: CheckKind::new(
            "persona-without-evidence",
            Warning,
            "M10",
            OWN,
            [
                "Persona without evidence",
                "Persona ohne Beleg",
                "Persona sin pruebas",
            ],
            [
                "It is drawn from no interview, quote, observation or evidence: it may be imagined.",
                "Sie stammt aus keinem Interview, keinem Zitat, keiner Beobachtung und keinem Beleg: Vielleicht ist sie erdacht.",
                "No procede de ninguna entrevista, cita, observación ni prueba: quizá sea imaginada.",
            ],
        ),
        run: Run::Entity(&["persona"], imagined),
    },
    Rule {
        kind: CheckKind::new(
            "consent-withdrawn",
            Error,
            "M11",
            OWN,
            [
                "Used without consent",
                "Ohne Einwilligung verwendet",
                "Usado sin consentimiento",
            ],
            [
                "Its consent says “{consent}”, and what was said in it is kept (records: {count}).",
                "Die Einwilligung lautet „{consent}“, und was darin gesagt wurde, ist aufbewahrt (Einträge: {count}).",
                "El consentimiento dice «{consent}» y se guarda lo que se dijo (registros: {count}).",
            ],
        ),
        run: Run::Entity(&["interview"], consent),
    },
    Rule {
        kind: CheckKind::new(
            "unlinked-reliever",
            Hint,
            "M4",
            CheckSource {
                title: "Osterwalder et al.: Value Proposition Design",
                url: "https://www.strategyzer.com/library/value-proposition-design",
            },
            [
                "Answer to nothing",
                "Antwort auf nichts",
                "Respuesta a nada",
            ],
            [
                "It relieves no pain, creates no gain and does no job.",
                "Es lindert keinen Schmerz, schafft keinen Nutzen und erledigt keine Aufgabe.",
                "No alivia ningún dolor, no crea ningún beneficio ni hace ninguna tarea.",
            ],
        ),
        run: Run::Entity(
            &["pain-reliever", "gain-creator", "product-service"],
            reliever,
        ),
    },
    Rule {
        kind: CheckKind::new(
            "orphan-loose-thoughts",
            Hint,
            "M28",
            UPG,
            ["Loose thought", "Loser Gedanke", "Idea suelta"],
            [
                "The idea is linked with nothing. Link it or let it go.",
                "Die Idee ist mit nichts verknüpft. Verknüpfe sie oder lass sie los.",
                "La idea no está enlazada con nada. Enlázala o déjala ir.",
            ],
        ),
        run: Run::Entity(&["idea"], orphan),
    },
];

fn without_need(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_need = |other: Handle| NEEDS.contains(&ask.kind(other));
    let mut linked = ask.links_from(handle);
    linked.extend(ask.links_to(handle));
    // A part of a larger opportunity has the need of the whole.
    let has_need = linked
        .iter()
        .any(|link| is_need(link.other) || link.kind == "part-of");
    if ask.text(handle, "type").is_none() && !has_need {
        ask.report(handle, report, Remedy::Enter("type".to_owned()));
    }
}

fn without_evidence(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let has_evidence = |one: Handle| ask.has_to(one, "reveals") || ask.is_supported(one);
    let mut parts = ask.to(handle, "part-of");
    if !has_evidence(handle) && !parts.any(has_evidence) {
        let sources = &["insight", "interview", "quote", "observation"];
        ask.report(handle, report, Remedy::link_from("reveals", sources));
    }
}

fn few_solutions(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let mut solutions: Vec<Handle> = ask.from(handle, "addressed-by").collect();
    solutions.sort_unstable();
    solutions.dedup();
    let is_chosen =
        |solution: &Handle| ask.is_one_of(*solution, "status", &["chosen", "building", "live"]);
    if solutions.iter().any(is_chosen) && solutions.len() < ALTERNATIVES {
        report.add(
            ask.subject(handle),
            vec![("count", solutions.len().to_string().into())],
            Remedy::link_to("addressed-by", &["solution"]),
        );
    }
}

/// The opportunities that a solution addresses, each once.
fn targets(ask: &Ask<'_>, solution: Handle) -> Vec<Handle> {
    let is_opportunity = |other: &Handle| ask.is(*other, "opportunity");
    let mut targets: Vec<Handle> = ask
        .to(solution, "addressed-by")
        .chain(ask.from(solution, "addresses"))
        .filter(is_opportunity)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn several_targets(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let targets = targets(ask, handle);
    let mut links = ask.links_to(handle);
    links.extend(ask.links_from(handle));
    // The last of them goes; by how many links it is a target, so often the remedy is due.
    let is_extra = |link: &Linked<'_>| {
        ["addressed-by", "addresses"].contains(&link.kind) && targets.last() == Some(&link.other)
    };
    let extra = links.into_iter().rfind(is_extra);
    if targets.len() > 1
        && let Some(extra) = extra
    {
        let mut subjects = ask.subject(handle);
        subjects.extend(targets.iter().filter_map(|target| ask.id(*target).cloned()));
        report.add(
            subjects,
            vec![("count", targets.len().to_string().into())],
            Remedy::RemoveLink(extra.link.clone()),
        );
    }
}

fn without_target(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let is_dropped = ask.text(handle, "status") == Some("dropped");
    let is_addressing = ask.has_to(handle, "addressed-by") || ask.has_from(handle, "addresses");
    if !is_dropped && !is_addressing && ask.all("opportunity").next().is_some() {
        ask.report(
            handle,
            report,
            Remedy::link_from("addressed-by", &["opportunity"]),
        );
    }
}

fn insight(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if !ask.has_from(handle, "drawn-from") && !ask.is_supported(handle) {
        let sources = &["quote", "observation", "interview", "evidence"];
        ask.report(handle, report, Remedy::link_to("drawn-from", sources));
    }
}

fn persona(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let segment = ask.reference(handle, "segment");
    let has_job = |one: Handle| ask.has_from(one, "has-job");
    if !has_job(handle) && !segment.is_some_and(has_job) {
        ask.report(handle, report, Remedy::link_to("has-job", &["job"]));
    }
}

fn imagined(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if !ask.has_from(handle, "drawn-from") && !ask.is_supported(handle) {
        let sources = &["interview", "quote", "observation", "evidence"];
        ask.report(handle, report, Remedy::link_to("drawn-from", sources));
    }
}

fn consent(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(ended) = consent::ended(ask, handle) else {
        return;
    };
    let mut kept: Vec<Handle> = ask.referring(handle, "source").collect();
    kept.extend(ask.to(handle, "said-in"));
    let said = ("consent", Part::choice("interview", "consent", ended));
    consent::delete(ask, handle, said, kept, report);
}

fn reliever(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let answers = ["relieves", "creates", "does", "serves", "addresses"];
    if answers.iter().any(|link| ask.has_from(handle, link)) {
        return;
    }
    let remedy = match ask.kind(handle) {
        "pain-reliever" => Remedy::link_to("relieves", &["pain"]),
        "gain-creator" => Remedy::link_to("creates", &["gain"]),
        _ => Remedy::link_to("does", &["job"]),
    };
    ask.report(handle, report, remedy);
}

fn orphan(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.links_from(handle).is_empty() && ask.links_to(handle).is_empty() {
        ask.report(handle, report, Remedy::link_to("relates-to", &[]));
    }
}
