//! Not a feature factory: checks over the graph (M28, and the rules that other methods state).
//!
//! Each finding says what is wrong, names the source of the rule, and carries what mends it as
//! data. Nothing is refused because of a finding. Nothing here asks a clock: today is an input.
//!
//! [`CheckBook`] keeps the findings of a graph up to date; [`findings`] reads a graph once;
//! [`kinds`] lists every check.

mod age;
mod ask;
mod book;
mod consent;
mod delivery;
mod discovery;
mod experiments;
mod factory;
mod finding;
mod kind;
mod learning;
mod limits;
mod part;
mod plans;
mod records;
mod rule;
mod strategy;
mod verdicts;

pub use age::ages;
pub use book::CheckBook;
pub use finding::{Finding, Preset, Remedy, SUPERSEDES};
pub use kind::{CheckKind, CheckSource, Severity};
pub use part::Part;

use crate::Graph;
use crate::index::GraphIndex;
use crate::value::Date;
use rule::Rule;

/// Every rule, in the order in which findings are listed: what is broken first.
const RULES: [&[Rule]; 11] = [
    records::RULES,
    experiments::RULES,
    plans::RULES,
    verdicts::RULES,
    discovery::RULES,
    consent::RULES,
    strategy::RULES,
    limits::RULES,
    delivery::RULES,
    factory::RULES,
    learning::RULES,
];

/// Every check that there is.
pub fn kinds() -> impl Iterator<Item = &'static CheckKind> {
    rules().map(|rule| &rule.kind)
}

/// The check of that id.
#[must_use]
pub fn kind(id: &str) -> Option<&'static CheckKind> {
    kinds().find(|kind| kind.id == id)
}

/// The findings of a graph as it stands, by check and then by entity.
#[must_use]
pub fn findings(graph: &Graph, today: Date) -> Vec<Finding> {
    let index = GraphIndex::new(graph);
    let book = CheckBook::new(&index, today);
    book.findings(&index).into_iter().cloned().collect()
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.into_iter().flatten()
}

#[cfg(test)]
mod tests;
