//! What this device remembers of its person: who they are, and how the app looks and speaks.
//! Kept in `localStorage`, because it is needed before anything has loaded.

use document::Heads;
use domain::{Hue, PersonId};
use serde::{Deserialize, Serialize};
use sync::DocumentId;

use super::{random, storage};

const IDENTITY: &str = "groundwork.identity";
const DEVICE: &str = "groundwork.device";
const THEME: &str = "groundwork.theme";
const LANGUAGE: &str = "groundwork.language";
const NAME_ASKED: &str = "groundwork.name-asked";
const VIEWS_FOLDED: &str = "groundwork.views-folded";
const LOST: &str = "groundwork.lost.";
const DISMISSED_DAMAGE: &str = "groundwork.dismissed-damage.";

/// The person at this device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// Drawn once, on the first use of this device.
    pub person: PersonId,
    /// Empty until they have said it.
    pub name: String,
    /// The colour by which others know them.
    pub colour: Hue,
}

/// Who uses this device; made up at the first time.
pub fn identity() -> Identity {
    if let Some(known) = storage::get(IDENTITY).and_then(|text| serde_json::from_str(&text).ok()) {
        return known;
    }
    let [drawn] = random::bytes::<1>();
    let colour = Hue::ALL
        .get(usize::from(drawn) % Hue::ALL.len())
        .copied()
        .unwrap_or_default();
    let person = PersonId::from(random::hex(&random::bytes::<16>()));
    let identity = Identity {
        person,
        name: String::new(),
        colour,
    };
    set_identity(&identity);
    identity
}

/// Remembers who uses this device.
pub fn set_identity(identity: &Identity) {
    // Strings and names only: this always becomes JSON.
    if let Ok(text) = serde_json::to_string(identity) {
        storage::set(IDENTITY, &text);
    }
}

/// The name of this device's storage, drawn once; all its tabs have the same.
pub(crate) fn device() -> String {
    storage::get(DEVICE).unwrap_or_else(|| {
        let drawn = random::hex(&random::bytes::<16>());
        storage::set(DEVICE, &drawn);
        drawn
    })
}

/// The chosen theme's name; `None` follows the system.
pub fn theme() -> Option<String> {
    storage::get(THEME)
}

/// Remembers a theme; `None` follows the system again.
pub fn set_theme(name: Option<&str>) {
    remember(THEME, name);
}

/// The chosen language's code; `None` follows the browser.
pub fn language() -> Option<String> {
    storage::get(LANGUAGE)
}

/// Remembers a language; `None` follows the browser again.
pub fn set_language(code: Option<&str>) {
    remember(LANGUAGE, code);
}

/// Whether the views beside a canvas are folded away.
pub fn views_folded() -> bool {
    storage::get(VIEWS_FOLDED).is_some()
}

/// Remembers whether the views are folded away.
pub fn set_views_folded(folded: bool) {
    remember(VIEWS_FOLDED, folded.then_some("1"));
}

/// How many damaged chunks of a workspace had been reported when the report was dismissed.
pub fn dismissed_damage(document: &DocumentId) -> usize {
    let seen = storage::get(&format!("{DISMISSED_DAMAGE}{document}"));
    seen.and_then(|seen| seen.parse().ok()).unwrap_or_default()
}

/// Remembers that so many damaged chunks of a workspace need no report any more.
pub fn set_dismissed_damage(document: &DocumentId, count: usize) {
    storage::set(&format!("{DISMISSED_DAMAGE}{document}"), &count.to_string());
}

/// Whether the person has answered, or waved aside, the question who they are.
pub fn name_asked() -> bool {
    storage::get(NAME_ASKED).is_some()
}

/// Remembers that the question has been answered or waved aside.
pub fn set_name_asked() {
    storage::set(NAME_ASKED, "1");
}

/// How many notes of a workspace were found missing and have not been waved aside, and the point in
/// its history at which they were there.
pub fn lost(document: &DocumentId) -> Option<(usize, Heads)> {
    let text = storage::get(&format!("{LOST}{document}"))?;
    let (count, heads) = text.split_once(' ')?;
    Some((count.parse().ok()?, heads.parse().ok()?))
}

/// Remembers how many notes of a workspace are missing; `None` when they are back or the person has
/// seen it.
pub fn set_lost(document: &DocumentId, lost: Option<(usize, &Heads)>) {
    let text = lost.map(|(count, heads)| format!("{count} {heads}"));
    remember(&format!("{LOST}{document}"), text.as_deref());
}

/// The languages that the browser's person prefers, best first.
pub fn preferred_languages() -> Vec<String> {
    super::page::window().map_or_else(Vec::new, |window| {
        window
            .navigator()
            .languages()
            .iter()
            .filter_map(|tag| tag.as_string())
            .collect()
    })
}

fn remember(key: &str, value: Option<&str>) {
    match value {
        Some(value) => storage::set(key, value),
        None => storage::remove(key),
    }
}
