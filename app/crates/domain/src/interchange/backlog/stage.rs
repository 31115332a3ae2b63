//! What the name of a list or a state says of how far its cards are, in English, German and Spanish.
//!
//! Invariant: only a whole name that is known says something. "Not done yet" or "Definition of Done"
//! hold the word and mean another thing; who guesses there turns open work into finished work.

/// How far a card or a ticket is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::interchange) enum Status {
    #[default]
    Open,
    Doing,
    Done,
    Dropped,
}

impl Status {
    /// Its id among the options of a backlog item's status.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}

/// The names that are known, as [`Stage::new`] spells them.
const NAMES: [(Status, &[&str]); 4] = [
    (
        Status::Open,
        &[
            // English
            "backlog",
            "idea",
            "ideas",
            "icebox",
            "inbox",
            "incoming",
            "later",
            "new",
            "next",
            "next up",
            "not started",
            "open",
            "planned",
            "product backlog",
            "ready",
            "ready for dev",
            "ready for development",
            "ready to start",
            "reopened",
            "requested",
            "requests",
            "selected for development",
            "soon",
            "sprint backlog",
            "to be done",
            "to do",
            "todo",
            "todos",
            "to dos",
            "triage",
            "undone",
            "up next",
            "wish list",
            "wishlist",
            // German
            "als nächstes",
            "bereit",
            "demnächst",
            "eingang",
            "geplant",
            "ideen",
            "neu",
            "nicht begonnen",
            "offen",
            "später",
            "wünsche",
            "zu erledigen",
            "zu tun",
            // Spanish
            "abierta",
            "abierto",
            "bandeja de entrada",
            "más tarde",
            "nueva",
            "nuevo",
            "pendiente",
            "pendientes",
            "planificado",
            "por hacer",
            "próximo",
            "próximos",
            "sin empezar",
            "tareas por hacer",
        ],
    ),
    (
        Status::Doing,
        &[
            // English
            "active",
            "code review",
            "developing",
            "development",
            "doing",
            "in development",
            "in progress",
            "in qa",
            "in review",
            "in test",
            "in testing",
            // The key that Jira gives its category of work in progress.
            "indeterminate",
            "ongoing",
            "review",
            "started",
            "testing",
            "wip",
            "work in progress",
            // German
            "angefangen",
            "begonnen",
            "im review",
            "im test",
            "in arbeit",
            "in bearbeitung",
            "in entwicklung",
            "in prüfung",
            "in umsetzung",
            // Spanish
            "en curso",
            "en desarrollo",
            "en proceso",
            "en progreso",
            "en pruebas",
            "en revisión",
            "haciendo",
        ],
    ),
    (
        Status::Done,
        &[
            // English
            "closed",
            "complete",
            "completed",
            "delivered",
            "deployed",
            "done",
            "finished",
            "fixed",
            "in production",
            "live",
            "released",
            "resolved",
            "shipped",
            // German
            "abgeschlossen",
            "ausgeliefert",
            "behoben",
            "beendet",
            "erledigt",
            "fertig",
            "gelöst",
            "geschlossen",
            "umgesetzt",
            "veröffentlicht",
            // Spanish
            "cerrada",
            "cerrado",
            "completada",
            "completado",
            "entregado",
            "finalizada",
            "finalizado",
            "hecha",
            "hecho",
            "hechos",
            // What Jira calls its category of finished work in Spanish.
            "listo",
            "publicado",
            "resuelto",
            "terminada",
            "terminado",
        ],
    ),
    (
        Status::Dropped,
        &[
            // English
            "abandoned",
            "canceled",
            "cancelled",
            "declined",
            "discarded",
            "dropped",
            "duplicate",
            "rejected",
            "will not do",
            "wont do",
            "wont fix",
            "wontdo",
            "wontfix",
            // German
            "abgebrochen",
            "abgelehnt",
            "duplikat",
            "verworfen",
            "wird nicht erledigt",
            "wird nicht gemacht",
            "zurückgezogen",
            // Spanish
            "cancelada",
            "cancelado",
            "descartada",
            "descartado",
            "duplicada",
            "duplicado",
            "no se hará",
            "rechazada",
            "rechazado",
        ],
    ),
];

/// The name of a list or a state: its words in lower case, without the marks and pictures around
/// them and without a number before or behind, as in "3. ✅ Done" or "Done 2026".
pub(in crate::interchange) struct Stage(String);

impl Stage {
    /// The name as another tool writes it.
    pub(in crate::interchange) fn new(name: &str) -> Self {
        let lower = name.to_lowercase().replace(['\'', '’'], "");
        let words = lower.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let is_word = |word: &&str| !word.bytes().all(|byte| byte.is_ascii_digit());
        let first = words.iter().position(is_word).unwrap_or(words.len());
        let end = words
            .iter()
            .rposition(is_word)
            .map_or(first, |last| last + 1);
        Self(words.get(first..end).unwrap_or_default().join(" "))
    }

    /// How far the cards are; nothing when the name does not say so.
    pub(in crate::interchange) fn status(&self) -> Option<Status> {
        let mut known = NAMES.iter();
        let found = known.find(|(_, names)| names.contains(&self.0.as_str()));
        found.map(|(status, _)| *status)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_name_says_how_far_its_cards_are() {
        let cases = [
            (
                Status::Done,
                "Done|✅ Done!|DONE 2026|3. Completed|Closed|Erledigt|Fertig|Hecho|Listo",
            ),
            (
                Status::Doing,
                "Doing|In-Progress|in_review|In Arbeit|In Bearbeitung|En curso|indeterminate",
            ),
            (
                Status::Open,
                "To Do|To-do|Not started|To be done|Undone|Zu erledigen|Por hacer|2 Backlog",
            ),
            (
                Status::Dropped,
                "Won't Do|Won’t fix|Cancelled|Duplicate|Verworfen|Rechazado",
            ),
        ];
        for (status, names) in cases {
            for name in names.split('|') {
                assert_eq!(Stage::new(name).status(), Some(status), "{name}");
            }
        }
    }

    #[test]
    fn a_name_that_only_holds_a_known_word_says_nothing() {
        for name in [
            "Not done yet",
            "Almost done",
            "In progress (not done)",
            "Review done by QA pending",
            "Definition of Done",
            "Closed won",
            "What we've done wrong",
            "Stop doing",
            "Incomplete",
            "Live chat",
            "Contest",
            "2026",
            "",
        ] {
            assert_eq!(Stage::new(name).status(), None, "{name}");
        }
    }

    #[test]
    fn no_name_says_two_things_and_each_is_spelt_as_it_is_looked_up() {
        let mut seen: Vec<&str> = Vec::new();
        for name in NAMES.iter().flat_map(|(_, names)| names.iter().copied()) {
            assert_eq!(Stage::new(name).0, name);
            assert!(!seen.contains(&name), "{name}");
            seen.push(name);
        }
    }
}
