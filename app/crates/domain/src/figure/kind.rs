//! What a figure is: its title, its formula and where it comes from.

use crate::localised::pick;

/// A figure's description. It stands in the code once, and views, the command line and the page of
/// methods read it from there.
#[derive(Debug)]
pub struct FigureKind {
    /// Its name in files, such as `rice`.
    pub id: &'static str,
    /// Its title in English, German and Spanish.
    pub titles: [&'static str; 3],
    /// How it is computed, in English and in the names of its inputs.
    pub(super) formula: &'static str,
    /// Its unit where that is always the same; empty for plain numbers, words and what is computed
    /// in the unit of its inputs.
    pub unit: &'static str,
    /// The words that it can be, when it is a category.
    pub words: &'static [&'static str],
    /// The method that it belongs to, such as `M20`.
    pub method: &'static str,
    /// Where the formula was published.
    pub source: FigureSource,
    /// What it is about.
    pub scope: Scope,
}

/// Where a formula comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureSource {
    /// Author and work.
    pub title: &'static str,
    /// An address, where there is a public one; else empty.
    pub url: &'static str,
}

/// What a figure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each entity of these kinds.
    Entities(&'static [&'static str]),
    /// Each canvas on which something stands.
    Canvas,
    /// The workspace as a whole.
    Workspace,
}

impl FigureKind {
    /// A figure about the workspace; the rest is said by the methods that follow.
    pub(super) const fn new(
        id: &'static str,
        titles: [&'static str; 3],
        formula: &'static str,
        method: &'static str,
        source: FigureSource,
    ) -> Self {
        Self {
            id,
            titles,
            formula,
            unit: "",
            words: &[],
            method,
            source,
            scope: Scope::Workspace,
        }
    }

    pub(super) const fn of(mut self, kinds: &'static [&'static str]) -> Self {
        self.scope = Scope::Entities(kinds);
        self
    }

    pub(super) const fn of_canvas(mut self) -> Self {
        self.scope = Scope::Canvas;
        self
    }

    pub(super) const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    pub(super) const fn words(mut self, words: &'static [&'static str]) -> Self {
        self.words = words;
        self
    }

    /// Its title in that language, else in English.
    #[must_use]
    pub fn title(&self, language: &str) -> &'static str {
        pick(self.titles, language)
    }
}

impl PartialEq for FigureKind {
    /// Every kind stands in the code once, so that the place tells them apart.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl FigureSource {
    /// A published source.
    pub(super) const fn at(title: &'static str, url: &'static str) -> Self {
        Self { title, url }
    }

    /// A book or an article without a public address.
    pub(super) const fn book(title: &'static str) -> Self {
        Self { title, url: "" }
    }
}
