//! What a brace in a check's explanation stands for: a word of the catalogue, or what is wrong with
//! a value in detail.

use crate::catalogue::{self, CanvasError};
use crate::experiment::{CriterionError, Gap};
use crate::localised::{in_marks, pick};
use crate::value::Misfit;
use crate::{KindId, Localised};

/// A part of a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Stands as it is: a number, a day, an id, what somebody has entered.
    Text(String),
    /// Somebody's own words, in the quotation marks of the language.
    Quoted(String),
    /// What the catalogue calls a field, a kind, a link or a choice.
    Title(&'static Localised),
    /// Words in English, German and Spanish.
    Words([&'static str; 3]),
    /// Why a value does not fit its field. An interface has these words in its own languages.
    Misfit(Misfit),
    /// Why a criterion cannot be read.
    Criterion(CriterionError),
    /// Why a plan cannot be judged.
    Gap(Gap),
    /// Why a canvas cannot be used. An interface has these words in its own languages.
    Canvas(CanvasError),
}

impl Part {
    /// The part in that language. What an interface has words for is English here.
    #[must_use]
    pub fn text(&self, language: &str) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Quoted(text) => in_marks(text, language),
            Self::Title(title) => title.text(language).to_owned(),
            Self::Words(words) => pick(*words, language).to_owned(),
            Self::Misfit(misfit) => sentence(&misfit.to_string()),
            Self::Criterion(error) => error.text(language),
            Self::Gap(gap) => gap.text(language),
            Self::Canvas(error) => error.to_string(),
        }
    }

    /// What the catalogue calls the field of a kind; its id where it has no such field.
    pub(super) fn field(kind: &str, field: &str) -> Self {
        let known = catalogue::kind(&KindId::from(kind)).and_then(|kind| kind.field_at(field));
        known.map_or_else(
            || Self::Text(field.to_owned()),
            |known| Self::Title(&known.title),
        )
    }

    /// What the catalogue calls a choice of a field; its id where it has no such choice.
    pub(super) fn choice(kind: &str, field: &str, choice: &str) -> Self {
        let known = catalogue::kind(&KindId::from(kind)).and_then(|kind| kind.field_at(field));
        let mut options = known.map_or(&[][..], |known| known.options()).iter();
        let option = options.find(|option| option.id == choice);
        option.map_or_else(
            || Self::Text(choice.to_owned()),
            |option| Self::Title(&option.title),
        )
    }

    /// What the catalogue calls a kind; its id where it has no such kind.
    pub(super) fn kind(kind: &str) -> Self {
        let known = catalogue::kind(&KindId::from(kind));
        known.map_or_else(
            || Self::Text(kind.to_owned()),
            |known| Self::Title(&known.title),
        )
    }

    /// What the catalogue calls a kind of link; its id where it has no such kind.
    pub(super) fn link(link: &str) -> Self {
        let known = catalogue::link_kind(&link.into());
        known.map_or_else(
            || Self::Text(link.to_owned()),
            |known| Self::Title(&known.title),
        )
    }
}

/// A phrase as a sentence of its own.
fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
