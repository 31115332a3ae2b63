//! The features: one folder each, with its views and their parts. A feature never imports another.

pub(crate) mod about;
pub(crate) mod details;
pub(crate) mod link;
pub(crate) mod move_to;
pub(crate) mod profile;
pub(crate) mod share;
pub(crate) mod slots;
pub(crate) mod start;
pub(crate) mod transfer;
pub(crate) mod trash;

use domain::{CanvasId, EntityId, Hue, PersonId, SlotId, UNPLACED, catalogue};
use leptos::prelude::{With, expect_context};
use workspace::{Session, UserCommand};

use crate::i18n::{language, t};
use crate::ui::{IconName, MenuItem, Swatch};

/// The session of the workspace on show. Provided by the frame, around every feature but `start`.
pub(crate) fn use_session() -> Session {
    expect_context::<Session>()
}

/// A command of the table as a row of a menu.
pub(crate) fn command_item(session: &Session, command: &'static UserCommand) -> MenuItem {
    let possible = (command.when)(session);
    let session = session.clone();
    MenuItem::new(t(command.title), move |()| {
        command.try_run(&session);
    })
    .icon(IconName::named(command.icon))
    .keys(command.keys.first().copied().unwrap_or_default())
    .disabled(!possible)
}

/// A canvas by name; its id when the catalogue does not have it.
pub(crate) fn canvas_title(canvas: &CanvasId) -> String {
    let known = catalogue::canvas(canvas);
    known.map_or_else(|| canvas.to_string(), |known| known.title.text(language().code()).to_owned())
}

/// A slot by name. What a canvas does not know stands in its tray, and is called so.
pub(crate) fn slot_title(canvas: &CanvasId, slot: &SlotId) -> String {
    let known = catalogue::canvas(canvas).and_then(|canvas| canvas.slot(slot));
    match known {
        Some(known) if *slot != UNPLACED => known.title.text(language().code()).to_owned(),
        _ => t("slots.unplaced"),
    }
}

/// What a note says, or that it says nothing. Read in a view, it follows the note.
pub(crate) fn note_words(session: &Session, id: &EntityId) -> String {
    let note = session.workspace().projection().note(id);
    let text = note.map(|note| note.body.with(|body| body.text.clone())).unwrap_or_default();
    if text.trim().is_empty() { t("slots.empty_note") } else { text }
}

/// A person by name. Read in a view, it follows the name.
pub(crate) fn person_name(session: &Session, person: &PersonId) -> String {
    let people = session.workspace().projection().people.clone();
    let name = people.with(|people| people.get(person).map(|known| known.name.clone()));
    name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| t("people.someone"))
}

/// The colours to choose from, by name.
pub(crate) fn hue_swatches() -> Vec<Swatch> {
    let label = |hue| match hue {
        Hue::Yellow => t("colour.yellow"),
        Hue::Orange => t("colour.orange"),
        Hue::Red => t("colour.red"),
        Hue::Violet => t("colour.violet"),
        Hue::Blue => t("colour.blue"),
        Hue::Cyan => t("colour.cyan"),
        Hue::Green => t("colour.green"),
        Hue::Grey => t("colour.grey"),
    };
    Hue::ALL.into_iter().map(|hue| Swatch { value: hue.name().to_owned(), label: label(hue) }).collect()
}
