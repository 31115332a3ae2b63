//! Language and theme as rows of a menu, for every page that has one.

use std::rc::Rc;

use leptos::prelude::*;
use workspace::Theme;

use super::appearance;
use crate::features::speak;
use crate::i18n::{Language, language, t};
use crate::ui::{IconName, MenuButton, MenuItem};

/// The menu of pages that have no workspace, and therefore no menu "More".
#[component]
pub(super) fn AppearanceMenu(
    /// Called when a language cannot be had.
    missing: Rc<dyn Fn()>,
) -> impl IntoView {
    let items = move || {
        let mut items = languages(&missing);
        let themes = [
            ("command.view.theme_light", IconName::Sun, Theme::Light),
            ("command.view.theme_dark", IconName::Moon, Theme::Dark),
            (
                "command.view.theme_system",
                IconName::Monitor,
                Theme::System,
            ),
        ];
        items.extend(
            themes
                .into_iter()
                .enumerate()
                .map(|(at, (title, icon, theme))| {
                    let item =
                        MenuItem::new(t(title), move || appearance::use_theme(theme)).icon(icon);
                    if at == 0 { item.separated() } else { item }
                }),
        );
        items
    };
    view! {
        <MenuButton
            label=move || t("start.appearance")
            words=Signal::derive(|| Some(t("start.appearance")))
            icon=IconName::Languages
            items=items
        />
    }
}

/// Whether a language can be chosen: one that is in use cannot, and the pseudo-language is for those
/// who make the app.
pub(super) fn is_offered(offered: Language) -> bool {
    offered != language() && (offered != Language::Pseudo || cfg!(debug_assertions))
}

/// The languages that are not in use now; `missing` is called when one cannot be had.
pub(super) fn languages(missing: &Rc<dyn Fn()>) -> Vec<MenuItem> {
    Language::ALL
        .into_iter()
        .filter(|offered| is_offered(*offered))
        .map(|offered| {
            let missing = Rc::clone(missing);
            MenuItem::new(offered.name().to_owned(), move || {
                speak(offered, Rc::clone(&missing))
            })
            .icon(IconName::Languages)
        })
        .collect()
}
