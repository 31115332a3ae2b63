//! The dialog "Link…": what the note has to do with another, and which one, found by typing.
//!
//! Invariant: it offers only what the catalogue allows between the two kinds, read from either end.

use document::Command;
use domain::{EntityId, KindId, LinkId, LinkKind, LinkKindId, catalogue};
use leptos::prelude::*;
use workspace::search::{Hit, search};
use workspace::{Message, Session, Tone};

use crate::features::{note_words, slot_title, use_session};
use crate::i18n::{language, t, tf};
use crate::ui::{Action, Choice, Combobox, Dialog, IconName, Select, SelectOption, lower_case};

/// How many notes are offered.
const OFFERED: usize = 50;
/// The relation that fits any two notes.
const ANY: &str = "relates-to";

/// A kind of link, read from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    kind: LinkKindId,
    /// Whether the note of the dialog is where the link ends.
    inverse: bool,
}

/// Links a note to another.
#[component]
pub(crate) fn LinkDialog(
    /// The note.
    id: EntityId,
    /// What the link is to mean, at first.
    #[prop(default = Relation::new(LinkKindId::from(ANY), false))]
    relation: Relation,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let query = RwSignal::new(String::new());
    let relation = RwSignal::new(relation);
    let said = {
        let (session, id) = (session.clone(), id.clone());
        move || tf("link.which", &[("text", &note_words(&session, &id))])
    };
    let options = {
        let (session, id) = (session.clone(), id.clone());
        move || {
            relations(kind_of(&session, &id).as_ref())
                .iter()
                .map(option)
                .collect::<Vec<_>>()
        }
    };
    let choices = {
        let (session, id) = (session.clone(), id.clone());
        move || choices(&session, &id, &relation.get(), &query.get())
    };
    let choose = move |other: String| {
        let other = EntityId::from(other);
        session.close_dialog();
        connect(&session, &relation.get_untracked(), &id, &other);
    };
    view! {
        <Dialog title=move || t("command.note.link") on_close=on_close>
            <p class="dialog-note">{said}</p>
            <Select
                label=move || t("link.relation")
                options=options
                value=Signal::derive(move || relation.with(Relation::value))
                on_choose=move |value: String| relation.set(Relation::of_value(&value))
            />
            <Combobox
                label=move || t("link.other")
                placeholder=Signal::derive(|| Some(t("link.search")))
                nothing=Signal::derive(|| Some(t("link.nothing")))
                query=query
                choices=choices
                on_choose=choose
                always_open=true
                show_label=true
                autofocus=true
            />
        </Dialog>
    }
}

impl Relation {
    /// A kind of link, read from its start or from its end.
    pub(crate) fn new(kind: LinkKindId, inverse: bool) -> Self {
        Self { kind, inverse }
    }

    fn value(&self) -> String {
        format!("{}{}", if self.inverse { "<" } else { "" }, self.kind)
    }

    fn of_value(value: &str) -> Self {
        match value.strip_prefix('<') {
            Some(kind) => Self {
                kind: LinkKindId::from(kind),
                inverse: true,
            },
            None => Self {
                kind: LinkKindId::from(value),
                inverse: false,
            },
        }
    }

    /// Whether it may hold between a note of the kind `here` and one of the kind `there`.
    fn joins(&self, here: &KindId, there: &KindId) -> bool {
        let (from, to) = if self.inverse {
            (there, here)
        } else {
            (here, there)
        };
        catalogue::link_kind(&self.kind).is_some_and(|kind| kind.joins(from, to))
    }
}

/// What a note of a kind can have to do with others; what fits any two notes comes first.
fn relations(kind: Option<&KindId>) -> Vec<(&'static LinkKind, bool)> {
    let allowed =
        |kinds: &[KindId]| kinds.is_empty() || kind.is_some_and(|kind| kinds.contains(kind));
    let mut found = Vec::new();
    for link in catalogue::link_kinds() {
        if allowed(&link.from) {
            found.push((link, false));
        }
        // Read from the end only where that says something else.
        if allowed(&link.to) && link.inverse != link.title {
            found.push((link, true));
        }
    }
    found.sort_by_key(|(link, _)| link.id.as_str() != ANY);
    found
}

fn option((kind, inverse): &(&'static LinkKind, bool)) -> SelectOption {
    let words = if *inverse { &kind.inverse } else { &kind.title };
    SelectOption {
        value: Relation {
            kind: kind.id.clone(),
            inverse: *inverse,
        }
        .value(),
        label: words.text(language().code()).to_owned(),
    }
}

/// The notes that may stand at the other end and are not linked so already.
fn choices(session: &Session, id: &EntityId, relation: &Relation, query: &str) -> Vec<Choice> {
    let Some(here) = kind_of(session, id) else {
        return Vec::new();
    };
    let linked: Vec<EntityId> = session.workspace().projection().links_of(id).with(|links| {
        let same = links.iter().filter(|(_, link)| link.kind == relation.kind);
        same.map(|(_, link)| {
            if link.from == *id {
                link.to.clone()
            } else {
                link.from.clone()
            }
        })
        .collect()
    });
    matching(session, query)
        .into_iter()
        .filter(|hit| hit.id != *id && !linked.contains(&hit.id))
        .filter(|hit| kind_of(session, &hit.id).is_some_and(|there| relation.joins(&here, &there)))
        .take(OFFERED)
        .map(|hit| Choice {
            value: hit.id.to_string(),
            label: note_words(session, &hit.id),
            detail: hit
                .place
                .map(|(canvas, slot)| slot_title(session, &canvas, &slot))
                .unwrap_or_default(),
            icon: Some(IconName::StickyNote),
            ..Choice::default()
        })
        .collect()
}

/// The notes with all words of the query; without one, all notes by their words.
fn matching(session: &Session, query: &str) -> Vec<Hit> {
    let projection = session.workspace().projection();
    if !query.trim().is_empty() {
        return search(projection, query, usize::MAX, lower_case);
    }
    let here = session.canvas_now();
    let mut all: Vec<Hit> = projection
        .live_notes()
        .into_iter()
        .map(|(id, note)| {
            let place = projection
                .slot_of(&here, &id)
                .map(|slot| (here.clone(), slot));
            Hit {
                text: note.body.with(|body| body.text.clone()),
                id,
                place,
            }
        })
        .collect();
    // Records without words of their own come last.
    let is_blank = |hit: &Hit| hit.text.trim().is_empty();
    all.sort_by(|one, other| {
        (is_blank(one), &one.text, &one.id).cmp(&(is_blank(other), &other.text, &other.id))
    });
    all
}

fn connect(session: &Session, relation: &Relation, id: &EntityId, other: &EntityId) {
    let (from, to) = if relation.inverse {
        (other, id)
    } else {
        (id, other)
    };
    let command = Command::AddLink {
        id: LinkId::from(session.workspace().environment().id()),
        kind: relation.kind.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    let message = Message::plain("link.linked").with("text", note_words(session, other));
    // A refusal has been told in a toast.
    if session.dispatch(command).is_ok() {
        session.toast(message, Tone::Calm, Some("edit.undo"));
    }
}

fn kind_of(session: &Session, id: &EntityId) -> Option<KindId> {
    let note = session.workspace().projection().note(id)?;
    Some(note.body.with(|body| body.kind.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_offered_what_fits_any_two_notes_first_and_nothing_that_joins_nothing() {
        for kind in catalogue::kinds() {
            let offered = relations(Some(&kind.id));
            assert_eq!(offered.first().map(|(link, _)| link.id.as_str()), Some(ANY));
            for (link, inverse) in offered {
                let relation = Relation {
                    kind: link.id.clone(),
                    inverse,
                };
                let fits = catalogue::kinds()
                    .iter()
                    .any(|other| relation.joins(&kind.id, &other.id));
                assert!(fits, "{} for {}", relation.value(), kind.id);
            }
        }
    }

    #[test]
    fn a_relation_is_read_back_from_its_value() {
        for (kind, inverse) in relations(None) {
            let relation = Relation {
                kind: kind.id.clone(),
                inverse,
            };
            assert_eq!(Relation::of_value(&relation.value()), relation);
        }
    }
}
