//! What is to be said about a figure beside its value, in the interface's languages.

use std::fmt;

use super::FigureKind;
use super::sentence;
use crate::EntityId;
use crate::localised::{fill, written};

mod asking;
mod deciding;
mod testing;

pub use sentence::RemarkKind;

pub(super) use asking::*;
pub(super) use deciding::*;
pub(super) use testing::*;

/// Something worth knowing about a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// What is said.
    pub kind: &'static RemarkKind,
    /// What stands for `{0}`, `{1}`, … in its sentence.
    pub parts: Vec<Part>,
}

/// A part of a remark's sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A number.
    Number(f64),
    /// An entity.
    Entity(EntityId),
    /// The name of an input, a category or a reason: see [`FigureKind::name`].
    Name(&'static str),
    /// A unit or a day, which are the same in every language.
    Unit(String),
}

impl Remark {
    /// The sentence in that language, else in English, about a figure of that kind; `entity` says
    /// what an entity is called.
    #[must_use]
    pub fn text(
        &self,
        figure: &FigureKind,
        language: &str,
        entity: &dyn Fn(&EntityId) -> String,
    ) -> String {
        let part = |part: &Part| match part {
            Part::Number(number) => written(*number, language),
            Part::Entity(id) => entity(id),
            Part::Name(name) => figure.name(name, language),
            Part::Unit(unit) => unit.clone(),
        };
        let parts: Vec<String> = self.parts.iter().map(part).collect();
        fill(self.kind.text(language), &parts)
    }
}

/// The sentence in English, with names and entities as they stand in files.
impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |part: &Part| match part {
            Part::Number(number) => number.to_string(),
            Part::Entity(id) => id.to_string(),
            Part::Name(name) => (*name).to_owned(),
            Part::Unit(unit) => unit.clone(),
        };
        let parts: Vec<String> = self.parts.iter().map(part).collect();
        formatter.write_str(&fill(self.kind.text("en"), &parts))
    }
}

/// Every sentence that can be said about a figure.
#[must_use]
pub fn remark_kinds() -> Vec<&'static RemarkKind> {
    [testing::ALL, deciding::ALL, asking::ALL].concat()
}
