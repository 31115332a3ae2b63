//! What a check is: its name, what it means, how grave it is and who says so; static data, from
//! which views and documentation are made.

use crate::localised::pick;

/// A rule of a method that a graph can break.
#[derive(Debug)]
pub struct CheckKind {
    /// Its id: that of UPG's anti-pattern where there is one.
    pub id: &'static str,
    /// How grave a finding is.
    pub severity: Severity,
    /// The method whose rule it is, such as `M11`.
    pub method: &'static str,
    /// Who says so.
    pub source: CheckSource,
    titles: [&'static str; 3],
    explanations: [&'static str; 3],
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something is broken: figures or verdicts would be wrong.
    Error,
    /// A rule of the method is broken.
    Warning,
    /// Worth a look.
    Hint,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckSource {
    /// Author and work.
    pub title: &'static str,
    /// An address, where there is a public one; else empty.
    pub url: &'static str,
}

impl CheckKind {
    pub(super) const fn new(
        id: &'static str,
        severity: Severity,
        method: &'static str,
        source: CheckSource,
        titles: [&'static str; 3],
        explanations: [&'static str; 3],
    ) -> Self {
        Self {
            id,
            severity,
            method,
            source,
            titles,
            explanations,
        }
    }

    /// Its title in that language, else in English.
    #[must_use]
    pub fn title(&self, language: &str) -> &'static str {
        pick(self.titles, language)
    }

    /// What it means and what to do, in that language, else in English. Words in braces stand for
    /// the parts of a finding.
    #[must_use]
    pub fn explanation(&self, language: &str) -> &'static str {
        pick(self.explanations, language)
    }
}

impl PartialEq for CheckKind {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Severity {
    /// `error`, `warning` or `hint`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// The Unified Product Graph's anti-patterns, whose ids the checks keep.
pub(super) const UPG: CheckSource = CheckSource {
    title: "Unified Product Graph, anti-patterns",
    url: "",
};
/// Rules that this product proposes.
pub(super) const OWN: CheckSource = CheckSource {
    title: "This product's proposal",
    url: "",
};
/// Torres on opportunity solution trees.
pub(super) const TORRES: CheckSource = CheckSource {
    title: "Teresa Torres: Opportunity Solution Trees",
    url: "https://www.producttalk.org/opportunity-solution-trees/",
};
/// The guide to Evidence-Based Management.
pub(super) const EBM: CheckSource = CheckSource {
    title: "Evidence-Based Management Guide, 2024",
    url: "https://www.scrum.org/resources/evidence-based-management-guide",
};
/// Cutler on feature factories.
pub(super) const CUTLER: CheckSource = CheckSource {
    title: "John Cutler: 12 Signs You’re Working in a Feature Factory",
    url: "",
};
