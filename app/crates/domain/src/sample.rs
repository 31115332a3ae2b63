//! "Open a sample": a workspace of our own writing that shows what a filled canvas looks like.
//!
//! Natively the files are compiled in; a browser asks for the one that it shows.

use crate::Graph;
use crate::catalogue::files::SAMPLES;
use crate::interchange::import;
use crate::localised::FALLBACK;

/// The sample workspace in `language`, else in its base language, else in English.
#[must_use]
pub fn sample(language: &str) -> Graph {
    let base = language.split(['-', '_']).next().unwrap_or_default();
    let file = [language, base, FALLBACK]
        .into_iter()
        .find_map(|tag| SAMPLES.iter().find(|(name, _)| *name == tag));
    // Every sample is read by a test, so nothing is left to go wrong here.
    file.and_then(|(name, text)| import(&format!("{name}.json"), text.as_bytes()).ok())
        .map(|imported| imported.graph)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
