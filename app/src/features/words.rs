//! What the domain's things are called in the language of this tab: for every feature alike.

use domain::{
    Canvas, CanvasId, EntityId, FieldValue, Hue, PersonId, SlotId, UNPLACED, catalogue, trace,
};
use leptos::prelude::{Get, With};
use workspace::Session;

use crate::i18n::{language, t};
use crate::platform::settings;
use crate::ui::Swatch;

/// The kind of a note that has not become anything yet.
const NOTE: &str = "note";

/// A canvas by name; its id when neither the catalogue nor the workspace has it. Read in a view, it
/// follows.
pub(crate) fn canvas_title(session: &Session, canvas: &CanvasId) -> String {
    let known = session.workspace().projection().canvas(canvas);
    title_of(known.as_deref(), canvas)
}

/// A slot by name. What a canvas does not know stands in its tray, and is called so. Read in a view,
/// it follows.
pub(crate) fn slot_title(session: &Session, canvas: &CanvasId, slot: &SlotId) -> String {
    let known = session.workspace().projection().canvas(canvas);
    slot_title_of(known.as_deref(), slot)
}

/// The name of a canvas; the id of one that is not known.
pub(crate) fn title_of(canvas: Option<&Canvas>, id: &CanvasId) -> String {
    canvas.map_or_else(
        || id.to_string(),
        |known| known.title.text(language().code()).to_owned(),
    )
}

/// The name of a slot, or of the tray of what the canvas does not know.
pub(crate) fn slot_title_of(canvas: Option<&Canvas>, slot: &SlotId) -> String {
    match canvas.and_then(|canvas| canvas.slot(slot)) {
        Some(known) if *slot != UNPLACED => known.title.text(language().code()).to_owned(),
        _ => t("slots.unplaced"),
    }
}

/// What a note says; of one that says nothing what it is, and of what. Read in a view, it follows the
/// note.
pub(crate) fn note_words(session: &Session, id: &EntityId) -> String {
    let Some(note) = session.workspace().projection().note(id) else {
        return t("slots.empty_note");
    };
    let body = note.body.get();
    if !body.text.trim().is_empty() {
        return body.text;
    }
    let kind = catalogue::kind(&body.kind).filter(|kind| kind.id != *NOTE);
    let Some(kind) = kind else {
        return t("slots.empty_note");
    };
    let title = kind.title.text(language().code());
    let of = trace::belongs_by(body.kind.as_str()).find_map(|field| {
        let FieldValue::Text(owner) = body.fields.get(field)? else {
            return None;
        };
        let owner = session
            .workspace()
            .projection()
            .note(&owner.trim().into())?;
        Some(owner.body.with(|body| first_line(&body.text))).filter(|line| !line.is_empty())
    });
    of.map_or_else(|| title.to_owned(), |of| format!("{title}: {of}"))
}

/// The first line of a text that says anything, by which it stands in a list; empty where none does.
pub(crate) fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    line.unwrap_or_default().to_owned()
}

/// A person by name. Read in a view, it follows the name.
pub(crate) fn person_name(session: &Session, person: &PersonId) -> String {
    let people = session.workspace().projection().people.clone();
    let name = people.with(|people| people.get(person).map(|known| known.name.clone()));
    name.filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| t("people.someone"))
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
    Hue::ALL
        .into_iter()
        .map(|hue| Swatch {
            value: hue.name().to_owned(),
            label: label(hue),
        })
        .collect()
}

/// Whether that person is the one at this device.
pub(crate) fn is_me(person: &PersonId) -> bool {
    settings::identity().person == *person
}
