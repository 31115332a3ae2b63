//! The menu at the end of the bar: what is not needed every minute, and on a phone the rest.

use leptos::prelude::*;
use workspace::Session;

use crate::features::{command_items, part_missing};
use crate::i18n::t;
use crate::shell::appearance;
use crate::shell::appearance_menu::languages;
use crate::ui::{IconName, MenuButton, MenuItem};

/// Narrower than this the bar has no room for these; they are in the menu instead.
const WIDE: &str = "(width >= 48rem)";
const IN_BAR: [&str; 4] = [
    "edit.redo",
    "view.search",
    "workspace.import",
    "workspace.export",
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
    let in_bar = if appearance::matches_media(WIDE) {
        Vec::new()
    } else {
        rows(&IN_BAR)
    };
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
