//! The menu of the focused note: rows of the table of commands, colours in a menu of their own.

use domain::{EntityId, Hue};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use workspace::Session;

use super::dom;
use super::surface::Surface;
use crate::features::{command_items, note_words};
use crate::i18n::{t, tf};
use crate::ui::{IconName, Menu, MenuItem, MenuPlace};

/// The open menu of a note; nothing while none is open.
#[component]
pub(super) fn NoteMenu(
    /// The canvas.
    surface: Surface,
) -> impl IntoView {
    let colours = RwSignal::new(None::<EntityId>);
    let menu = surface.session.menu();
    // A memo: commands close the menu whether or not it is open, and that must not mount it anew.
    let open = Memo::new(move |_| match (menu.get(), colours.get()) {
        (Some(id), _) => Some((id, false)),
        (None, Some(id)) => Some((id, true)),
        (None, None) => None,
    });
    move || {
        let (id, choosing) = open.get()?;
        let place = place(&surface, &id)?;
        let session = surface.session.clone();
        let (label, items) = untrack(|| {
            let label = tf("slots.actions_for", &[("text", &note_words(&session, &id))]);
            (
                label,
                if choosing {
                    colour_items(&session)
                } else {
                    items(&session, &id, colours)
                },
            )
        });
        let close = move || {
            if choosing {
                colours.set(None)
            } else {
                close_menu(&session, &id)
            }
        };
        Some(view! { <Menu label=label items=items place=place on_close=close/> })
    }
}

fn items(session: &Session, id: &EntityId, colours: RwSignal<Option<EntityId>>) -> Vec<MenuItem> {
    let rows = |ids: &[&str]| command_items(session, ids);
    let mut items = rows(&["note.edit", "note.move_to", "note.link", "note.details"]);
    if session.can_edit_now() {
        let (id, menu) = (id.clone(), session.menu());
        let colour = MenuItem::new(t("slots.colour"), move || {
            menu.set(None);
            colours.set(Some(id.clone()));
        });
        items.push(colour.icon(IconName::Palette));
    }
    let second = rows(&["note.duplicate", "note.copy", "note.cut", "note.paste"]).into_iter();
    items.extend(second.enumerate().map(
        |(at, item)| {
            if at == 0 { item.separated() } else { item }
        },
    ));
    let last = rows(&["note.delete"]).into_iter();
    items.extend(last.map(|item| item.danger().separated()));
    items
}

fn colour_items(session: &Session) -> Vec<MenuItem> {
    command_items(session, &Hue::ALL.map(colour_command))
}

const fn colour_command(hue: Hue) -> &'static str {
    match hue {
        Hue::Yellow => "note.colour.yellow",
        Hue::Orange => "note.colour.orange",
        Hue::Red => "note.colour.red",
        Hue::Violet => "note.colour.violet",
        Hue::Blue => "note.colour.blue",
        Hue::Cyan => "note.colour.cyan",
        Hue::Green => "note.colour.green",
        Hue::Grey => "note.colour.grey",
    }
}

fn place(surface: &Surface, id: &EntityId) -> Option<MenuPlace> {
    if let Some((x, y)) = surface.menu_point() {
        return Some(MenuPlace::Point { x, y });
    }
    let root = surface.root.get_untracked()?;
    let note = dom::find_note(&root, id)?;
    let button = note.query_selector(".note-actions").ok().flatten();
    Some(MenuPlace::Beside(
        button.unwrap_or_else(|| note.unchecked_into()),
    ))
}

/// Only its own: an item may have opened another menu meanwhile.
fn close_menu(session: &Session, id: &EntityId) {
    if session
        .menu()
        .with_untracked(|menu| menu.as_ref() == Some(id))
    {
        session.menu().set(None);
    }
}
