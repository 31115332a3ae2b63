//! Figures in words, in the interface's languages: names of inputs, parts and units, formulas, and
//! why there is no value. Files and the command line keep the short English names.
//!
//! Invariant: a language that is not known here gets English, and a name that nobody knows is shown
//! as it is.

use super::kind::{FigureKind, Scope};
use super::record::{Figure, Outcome};
use crate::catalogue;
use crate::experiment::Criterion;
use crate::localised::{in_marks, known, pick, row};

impl FigureKind {
    /// How it is computed, in that language, else in English.
    #[must_use]
    pub fn formula(&self, language: &str) -> &'static str {
        match row(FORMULAS, self.id) {
            Some([german, spanish]) => pick([self.formula, german, spanish], language),
            None => self.formula,
        }
    }

    /// What a name in one of its figures – of an input, a row or a category – is called in that
    /// language: the title of the field of that name, if it is one.
    #[must_use]
    pub fn name(&self, name: &str, language: &str) -> String {
        // What somebody has said is nobody's name.
        let said = name.strip_prefix('“').and_then(|it| it.strip_suffix('”'));
        if let Some(said) = said {
            return in_marks(said, language);
        }
        let scope = match self.scope {
            Scope::Entities(kinds) => kinds,
            _ => &[],
        };
        let kinds = catalogue::kinds();
        let own = kinds
            .iter()
            .filter(|kind| scope.contains(&kind.id.as_str()));
        let mut own = own.filter_map(|kind| kind.field(name));
        // A part of a part, such as a step of a stage.
        if let Some((whole, part)) = name.split_once(": ") {
            let (whole, part) = (self.name(whole, language), self.name(part, language));
            return format!("{whole}: {part}");
        }
        let table = || known(NAMES, name, language).map(str::to_owned);
        let figure = || {
            let kind = super::kinds().into_iter().find(|kind| kind.id == name)?;
            Some(kind.title(language).to_owned())
        };
        let kind = || {
            let kind = kinds.iter().find(|kind| kind.id == name)?;
            Some(kind.title.text(language).to_owned())
        };
        let field = || {
            let mut others = kinds.iter().filter_map(|kind| kind.field(name));
            Some(others.next()?.title.text(language).to_owned())
        };
        let own = own
            .next()
            .map(|field| field.title.text(language).to_owned());
        own.or_else(table)
            .or_else(figure)
            .or_else(field)
            .or_else(kind)
            .or_else(|| self.condition(name, language))
            .unwrap_or_else(|| name.to_owned())
    }
}

impl FigureKind {
    /// A row of a verdict is called by its condition, which says its number in the language.
    fn condition(&self, name: &str, language: &str) -> Option<String> {
        let criterion: Criterion = name.parse().ok()?;
        (self.id == "verdict").then(|| criterion.words(language))
    }
}

impl Figure {
    /// Why it has no value, in that language, else in English; nothing when it has one.
    #[must_use]
    pub fn reason(&self, language: &str) -> Option<String> {
        match &self.outcome {
            Outcome::Missing(reason) => {
                let name = |name: &str| within_a_sentence(self.kind.name(name, language), language);
                Some(reason.words(language, &name))
            }
            _ => None,
        }
    }
}

/// A title as it stands amid a sentence: small, but for German nouns and abbreviations.
fn within_a_sentence(title: String, language: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            let small = pick([true, false, true], language);
            let first = if small {
                first.to_lowercase().to_string()
            } else {
                first.to_string()
            };
            format!("{first}{second}{}", letters.as_str())
        }
        _ => title,
    }
}

/// What the parts of figures are called that are no fields: categories, rows, sums, and what a reason
/// misses. A line has the short name, which files keep, and the words in English, German and
/// Spanish, with tabs between them.
const NAMES: &str = include_str!("words/names.tsv");
/// The ids of figures whose formulas are more than symbols, and the formulas in German and Spanish.
const FORMULAS: &str = include_str!("words/formulas.tsv");

#[cfg(test)]
mod tests;
