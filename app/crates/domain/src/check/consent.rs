//! What is kept of people who agree to it no longer, wherever their consent stands: at the
//! conversation or at the person. What was said in a conversation whose own consent is gone is the
//! matter of `consent-withdrawn`, and is not reported twice.

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::Error;
use super::kind::{CheckKind, OWN};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::EntityId;
use crate::index::Handle;

/// The fields of a conversation that hold what the person said, or a picture of them.
const OWN_WORDS: [&str; 3] = ["memorable-quote", "experience-map", "photo"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "words-without-consent",
            Error,
            "M11",
            OWN,
            [
                "Words kept without consent",
                "Worte ohne Einwilligung",
                "Palabras sin consentimiento",
            ],
            [
                "The person’s consent says “{consent}”, and “{field}” is still filled in: clear it.",
                "Die Einwilligung der Person lautet „{consent}“, und „{field}“ ist noch ausgefüllt: Leere das Feld.",
                "El consentimiento de la persona dice «{consent}» y «{field}» sigue relleno: vacíalo.",
            ],
        ),
        run: Run::Entity(&["interview"], own_words),
    },
    Rule {
        kind: CheckKind::new(
            "participant-consent-withdrawn",
            Error,
            "M11",
            OWN,
            [
                "Person used without consent",
                "Person ohne Einwilligung verwendet",
                "Persona usada sin consentimiento",
            ],
            [
                "The person’s consent says “{consent}”, and what they said and did in conversations and tests is kept (records: {count}).",
                "Die Einwilligung der Person lautet „{consent}“, und was sie in Gesprächen und Tests sagte und tat, ist aufbewahrt (Einträge: {count}).",
                "El consentimiento de la persona dice «{consent}» y se guarda lo que dijo e hizo en conversaciones y pruebas (registros: {count}).",
            ],
        ),
        run: Run::Entity(&["participant"], said),
    },
    Rule {
        kind: CheckKind::new(
            "earlyvangelist-without-consent",
            Error,
            "M5",
            OWN,
            [
                "Earlyvangelist without consent",
                "Fürsprecher ohne Einwilligung",
                "Defensor sin consentimiento",
            ],
            [
                "It says what is known about a person whose consent says “{consent}”: delete it.",
                "Es sagt, was über eine Person bekannt ist, deren Einwilligung „{consent}“ lautet: Lösche es.",
                "Dice lo que se sabe de una persona cuyo consentimiento dice «{consent}»: elimínalo.",
            ],
        ),
        run: Run::Entity(&["earlyvangelist"], earlyvangelist),
    },
];

/// The consent of a conversation or a person, where it is refused or withdrawn.
pub(super) fn ended<'a>(ask: &Ask<'a>, handle: Handle) -> Option<&'a str> {
    let consent = ask.text(handle, "consent")?;
    matches!(consent, "refused" | "withdrawn").then_some(consent)
}

fn consent(consent: &str) -> (&'static str, Part) {
    ("consent", Part::choice("participant", "consent", consent))
}

fn own_words(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let mut people = ask.from(handle, "with");
    let ended =
        ended(ask, handle).or_else(|| people.find_map(|participant| ended(ask, participant)));
    let Some(ended) = ended else { return };
    for field in OWN_WORDS {
        if ask.text(handle, field).is_some() {
            let parts = vec![consent(ended), ("field", Part::field("interview", field))];
            let remedy = Remedy::Set(field.to_owned(), None);
            report.add(ask.subject(handle), parts, remedy);
        }
    }
}

fn said(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(ended_by) = ended(ask, handle) else {
        return;
    };
    let mut kept: Vec<Handle> = Vec::new();
    let sessions = ask
        .to(handle, "with")
        .chain(ask.referring(handle, "participant"));
    for session in sessions.filter(|session| ended(ask, *session).is_none()) {
        kept.extend(ask.referring(session, "source"));
        kept.extend(ask.referring(session, "interview"));
        kept.extend(ask.to(session, "said-in"));
    }
    delete(ask, handle, consent(ended_by), kept, report);
}

/// Reports what is kept of a conversation or a person all the same, to be deleted.
pub(super) fn delete(
    ask: &Ask<'_>,
    handle: Handle,
    consent: (&'static str, Part),
    mut kept: Vec<Handle>,
    report: &mut Report<'_>,
) {
    kept.sort_unstable();
    kept.dedup();
    let kept: Vec<EntityId> = kept
        .into_iter()
        .filter_map(|one| ask.id(one).cloned())
        .collect();
    if !kept.is_empty() {
        let parts = vec![consent, ("count", kept.len().to_string().into())];
        report.add(ask.subject(handle), parts, Remedy::Delete(kept));
    }
}

fn earlyvangelist(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let person = ask.reference(handle, "person");
    if let Some(ended) = person.and_then(|person| ended(ask, person)) {
        let remedy = Remedy::Delete(ask.subject(handle));
        report.add(ask.subject(handle), vec![consent(ended)], remedy);
    }
}
