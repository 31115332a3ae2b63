//! What a method allows at most, and more stands there: notes of a Lean Canvas, work that must be done.

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::Warning;
use super::kind::{CheckKind, CheckSource};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::figure::efforts;
use crate::index::Handle;
use crate::method::moscow::{self, Warning as Split};
use crate::{FieldValue, canvas};

/// The canvas whose slots the method limits.
const LEAN_CANVAS: &str = "lean-canvas";

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "lean-canvas-overfull",
            Warning,
            "M2",
            CheckSource {
                title: "Ash Maurya: Running Lean",
                url: "https://leanstack.com/lean-canvas",
            },
            [
                "More than a Lean Canvas takes",
                "Mehr, als ein Lean Canvas fasst",
                "Más de lo que admite un Lean Canvas",
            ],
            [
                "“{slot}” has {count} notes, and its limit is {limit}. {advice}",
                "„{slot}“ hat {count} Notizen; die Höchstzahl dort ist {limit}. {advice}",
                "«{slot}» tiene {count} notas y el máximo es {limit}. {advice}",
            ],
        ),
        run: Run::Workspace(overfull),
    },
    Rule {
        kind: CheckKind::new(
            "too-much-must",
            Warning,
            "M20",
            CheckSource {
                title: "DSDM Handbook, chapter 10: MoSCoW prioritisation",
                url: "https://www.agilebusiness.org/dsdm-project-framework/moscow-prioririsation.html",
            },
            [
                "Too much that must be done",
                "Zu viel, das sein muss",
                "Demasiado que debe hacerse",
            ],
            [
                "{share} % of the effort is Must have, and 60 % at most is advised: nothing can give way when time runs short.",
                "{share} % des Aufwands sind Must have, und geraten werden höchstens 60 %: Wird die Zeit knapp, kann nichts weichen.",
                "El {share} % del esfuerzo es Must have y se aconseja un 60 % como mucho: si falta tiempo, nada puede ceder.",
            ],
        ),
        run: Run::Workspace(too_much_must),
    },
];

/// M2: problems and solutions one to three, one clear message, a canvas for each segment.
fn overfull(ask: &Ask<'_>, report: &mut Report<'_>) {
    let slots = canvas(&LEAN_CANVAS.into()).map(|canvas| canvas.slots.as_slice());
    for slot in slots.unwrap_or_default() {
        let Some(limit) = slot.limit.and_then(|limit| usize::try_from(limit).ok()) else {
            continue;
        };
        let mut notes: Vec<Handle> = ask.in_slot(LEAN_CANVAS, slot.id.as_str()).collect();
        notes.retain(|note| !ask.is_blank(*note));
        if notes.len() <= limit {
            continue;
        }
        let notes_by_id = notes.iter().filter_map(|note| ask.id(*note).cloned());
        let advice = slot.advice.as_ref();
        let parts = vec![
            ("slot", Part::Title(&slot.title)),
            ("count", notes.len().to_string().into()),
            ("limit", limit.to_string().into()),
            (
                "advice",
                advice.map_or_else(|| String::new().into(), Part::Title),
            ),
        ];
        report.add(notes_by_id.collect(), parts, Remedy::Move(LEAN_CANVAS));
    }
}

/// By effort and not by count.
fn too_much_must(ask: &Ask<'_>, report: &mut Report<'_>) {
    let sorted = efforts(ask, ask.today);
    let Ok(split) = moscow::split(sorted.efforts) else {
        return;
    };
    if !split.warnings.contains(&Split::TooMuchMust) {
        return;
    }
    let must = sorted.items.iter().filter(|(_, class, _)| *class == "must");
    let mut must: Vec<(Handle, f64)> = must
        .filter_map(|(item, _, effort)| Some((*item, (*effort)?)))
        .collect();
    must.sort_by(|one, other| other.1.total_cmp(&one.1));
    let must = must.iter().filter_map(|(item, _)| ask.id(*item).cloned());
    let share = (split.must * 1_000.0).round() / 10.0;
    let should = FieldValue::Text("should".to_owned());
    let remedy = Remedy::Set("moscow".to_owned(), Some(should));
    report.add(
        must.collect(),
        vec![("share", share.to_string().into())],
        remedy,
    );
}
