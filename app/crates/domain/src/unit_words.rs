//! What units are called in the interface's languages: of figures and of fields alike. Files keep the
//! short English names.
//!
//! Invariant: a unit that nobody knows is shown as it is.

use crate::localised::known;

/// Units and their words: a line has the name in files, and the words in English, German and Spanish,
/// with tabs between them.
pub(crate) const UNITS: &str = include_str!("figure/words/units.tsv");
/// Units behind a one, by their plural, in the same form.
pub(crate) const SINGULARS: &str = include_str!("figure/words/singulars.tsv");

/// What a unit is called in that language: `EUR/month` is `EUR/Monat` in German.
#[must_use]
pub fn unit(unit: &str, language: &str) -> String {
    let word = |word: &str| known(UNITS, word, language).map(str::to_owned);
    if let Some(known) = word(unit) {
        return known;
    }
    let parts = |separator: &str| {
        let (before, period) = unit.rsplit_once(separator)?;
        let before = word(before).unwrap_or_else(|| before.to_owned());
        Some(format!("{before}{separator}{}", word(period)?))
    };
    parts("/")
        .or_else(|| parts(" "))
        .unwrap_or_else(|| unit.to_owned())
}

/// What a unit is called behind that number: "1 day", and not "1 days". A number that is written as
/// one with two digits is one.
#[must_use]
pub fn unit_of(value: f64, unit_name: &str, language: &str) -> String {
    let is_one = (value.abs() * 100.0).round() == 100.0;
    let singular = || known(SINGULARS, unit_name, language).map(str::to_owned);
    let singular = if is_one { singular() } else { None };
    singular.unwrap_or_else(|| unit(unit_name, language))
}
