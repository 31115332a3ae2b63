//! The menu at the end of the bar: what is not needed every minute, and on a phone the rest.

use leptos::prelude::*;
use workspace::Session;

use crate::features::{command_items, part_missing};
use crate::i18n::t;
use crate::shell::appearance;
use crate::shell::appearance_menu::languages;
use crate::ui::{IconName, MenuButton, MenuItem};

/// Below these widths the bar has no room for these, as `style/layout.css` says: they are here instead.
const IN_BAR: [(&str, &[&str]); 3] = [
    ("(width < 24rem)", &["edit.undo"]),
    (
        "(width < 60rem)",
        &["edit.redo", "workspace.import", "workspace.export"],
    ),
    ("(width < 48rem)", &["view.search"]),
];
const ALWAYS: [&str; 4] = [
    "view.palette",
    "workspace.print",
    "workspace.trash",
    "view.profile",
];
const THEMES: [&str; 3] = ["view.theme_light", "view.theme_dark", "view.theme_system"];
const HELP: [&str; 2] = ["view.shortcuts", "view.about"];

/// The menu "More".
#[component]
pub(in crate::shell) fn More(
    /// The session.
    session: Session,
) -> impl IntoView {
    let items = move || items(&session);
    view! { <MenuButton label=move || t("frame.more") icon=IconName::Ellipsis items=items/> }
}

fn items(session: &Session) -> Vec<MenuItem> {
    let rows = |ids: &[&str]| command_items(session, ids);
    let no_room = IN_BAR
        .into_iter()
        .filter(|(narrow, _)| appearance::matches_media(narrow));
    let in_bar = no_room.flat_map(|(_, ids)| rows(ids)).collect();
    [
        in_bar,
        rows(&ALWAYS),
        rows(&THEMES),
        languages(&part_missing(session)),
        rows(&HELP),
    ]
    .into_iter()
    .filter(|group| !group.is_empty())
    .enumerate()
    .flat_map(|(at, group)| if at == 0 { group } else { separated(group) })
    .collect()
}

/// Sets a group apart from the one before.
fn separated(group: Vec<MenuItem>) -> Vec<MenuItem> {
    group
        .into_iter()
        .enumerate()
        .map(|(at, item)| if at == 0 { item.separated() } else { item })
        .collect()
}
