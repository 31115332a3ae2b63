//! Key chords as people read them: `Ctrl+Shift+Z`, `⇧⌘Z` on a Mac, `Strg+Umschalt+Z` in German.
//!
//! Invariant: a chord is written once, in the table of commands, with `Ctrl` for "the command key".

use crate::i18n::t;
use leptos::prelude::*;

/// Whether the keyboard is an Apple one, where ⌘ does what Ctrl does elsewhere.
pub fn is_apple() -> bool {
    thread_local! {
        static APPLE: bool = window().navigator().platform().is_ok_and(|platform| {
            ["Mac", "iPhone", "iPad"].iter().any(|start| platform.starts_with(start))
        });
    }
    APPLE.with(|apple| *apple)
}

/// The chord as a person reads it.
pub fn chord_text(keys: &str) -> String {
    if is_apple() {
        // Apple writes modifiers first and without plus signs: ⌃⌥⇧⌘.
        let mut parts: Vec<&str> = split(keys);
        let key = parts.pop().unwrap_or_default();
        let modifiers: String = [("Alt", "⌥"), ("Shift", "⇧"), ("Ctrl", "⌘")]
            .into_iter()
            .filter_map(|(name, symbol)| parts.contains(&name).then_some(symbol))
            .collect();
        modifiers + &key_text(key)
    } else {
        split(keys)
            .into_iter()
            .map(key_text)
            .collect::<Vec<_>>()
            .join("+")
    }
}

/// The chord as `aria-keyshortcuts` wants it.
pub fn chord_for_assistive_technology(keys: &str) -> String {
    let command = if is_apple() { "Meta" } else { "Control" };
    split(keys)
        .into_iter()
        .map(|part| if part == "Ctrl" { command } else { part })
        .collect::<Vec<_>>()
        .join("+")
}

/// A key chord, drawn as keys.
#[component]
pub fn Kbd(
    /// The chord as the table of commands writes it, such as `Ctrl+Shift+Z`.
    #[prop(into)]
    keys: String,
) -> impl IntoView {
    view! { <kbd class="ui-kbd">{move || chord_text(&keys)}</kbd> }
}

/// The parts of a chord; the last may itself be a plus.
fn split(keys: &str) -> Vec<&str> {
    match keys.strip_suffix("++") {
        Some(modifiers) => modifiers.split('+').chain(["+"]).collect(),
        None if keys == "+" => vec!["+"],
        None => keys.split('+').collect(),
    }
}

fn key_text(key: &str) -> String {
    match key {
        "Ctrl" => t("ui.key.ctrl"),
        "Shift" => t("ui.key.shift"),
        "Alt" => t("ui.key.alt"),
        "Enter" => t("ui.key.enter"),
        "Escape" => t("ui.key.escape"),
        "Delete" => t("ui.key.delete"),
        "Backspace" => t("ui.key.backspace"),
        "Space" => t("ui.key.space"),
        "Home" => t("ui.key.home"),
        "End" => t("ui.key.end"),
        "ContextMenu" => t("ui.key.menu"),
        "Tab" => "Tab".to_owned(),
        "ArrowUp" => "↑".to_owned(),
        "ArrowDown" => "↓".to_owned(),
        "ArrowLeft" => "←".to_owned(),
        "ArrowRight" => "→".to_owned(),
        // Chords are named by the letters and signs of ASCII alone.
        other => other.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_chord_ends_in_its_key_even_if_that_is_a_plus() {
        assert_eq!(split("Ctrl+Shift+Z"), ["Ctrl", "Shift", "Z"]);
        assert_eq!(split("Ctrl++"), ["Ctrl", "+"]);
        assert_eq!(split("+"), ["+"]);
        assert_eq!(split("?"), ["?"]);
    }
}
