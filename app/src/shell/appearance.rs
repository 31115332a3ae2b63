//! How the app looks and speaks on this device: theme and language, chosen or from the system.

use leptos::prelude::{document, window};
use workspace::Theme;

use crate::i18n::{self, Language};
use crate::platform::assets::AssetError;
use crate::platform::settings;

/// Applies what was chosen on this device before; else what the browser's person prefers.
///
/// # Errors
///
/// The words of that language cannot be had.
pub(super) async fn apply() -> Result<(), AssetError> {
    show(settings::theme().as_deref());
    let chosen = settings::language().and_then(|code| Language::from_code(&code));
    i18n::speak(chosen.unwrap_or_else(|| {
        let preferred = settings::preferred_languages();
        Language::preferred(preferred.iter().map(String::as_str))
    }))
    .await
}

/// Changes the theme, now and for the next time.
pub(super) fn use_theme(theme: Theme) {
    let name = match theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    };
    settings::set_theme(name);
    show(name);
}

/// Whether a media query holds now; where the browser cannot say, it does not.
pub(super) fn matches_media(query: &str) -> bool {
    window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}

fn show(theme: Option<&str>) {
    let Some(root) = document().document_element() else {
        return;
    };
    // The style sheet reads the attribute; without it the system decides.
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}
