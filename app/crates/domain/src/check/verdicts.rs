//! Whether people say what their own experiments say: a verdict that nobody looks at is none.

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::Warning;
use super::kind::{CheckKind, OWN};
use super::rule::{Rule, Run};
use crate::FieldValue;
use crate::experiment::{Word, claims, said_of};
use crate::index::{Handle, Linked};

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "status-against-verdict",
            Warning,
            "M14",
            OWN,
            [
                "A status against the verdict",
                "Ein Stand gegen das Urteil",
                "Un estado contra el veredicto",
            ],
            [
                "It is said to hold, or not to, and every experiment that came to a verdict says otherwise.",
                "Es heißt, es halte oder halte nicht, und jedes Experiment mit einem Urteil sagt das Gegenteil.",
                "Se dice que se cumple, o que no, y todo experimento con veredicto dice lo contrario.",
            ],
        ),
        run: Run::Entity(&["assumption", "hypothesis"], status),
    },
    Rule {
        kind: CheckKind::new(
            "evidence-against-verdict",
            Warning,
            "M14",
            OWN,
            [
                "Evidence against its verdict",
                "Ein Beleg gegen sein Urteil",
                "Una prueba contra su veredicto",
            ],
            [
                "It comes from an experiment whose verdict says the opposite of what it is linked as saying.",
                "Er stammt aus einem Experiment, dessen Urteil das Gegenteil dessen sagt, als was er verknüpft ist.",
                "Procede de un experimento cuyo veredicto dice lo contrario de aquello como lo que está enlazada.",
            ],
        ),
        run: Run::Entity(&["evidence"], evidence),
    },
];

fn status(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (field, holds, fails) = match ask.kind(handle) {
        "assumption" => ("status", "supported", "refuted"),
        _ => ("outcome", "held", "failed"),
    };
    let should = match (said_of(ask, handle, ask.today), ask.text(handle, field)) {
        (Some(Word::Refuted), Some(said)) if said == holds => fails,
        (Some(Word::Supported), Some(said)) if said == fails => holds,
        _ => return,
    };
    let should = FieldValue::Text(should.to_owned());
    let remedy = Remedy::Set(field.to_owned(), Some(should));
    ask.report(handle, report, remedy);
}

fn evidence(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    for experiment in ask.to(handle, "produces") {
        let against = match ask.verdict(experiment) {
            Word::Refuted => "supports",
            Word::Supported => "refutes",
            _ => continue,
        };
        let claims = claims(ask, experiment);
        let is_against = |link: &Linked<'_>| link.kind == against && claims.contains(&link.other);
        if let Some(link) = ask.links_from(handle).into_iter().find(is_against) {
            let mut subjects = ask.subject(handle);
            subjects.extend(ask.id(link.other).cloned());
            report.add(subjects, Vec::new(), Remedy::RemoveLink(link.link.clone()));
            return;
        }
    }
}
