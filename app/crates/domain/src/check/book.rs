//! The findings of a graph, kept up to date: after an edit only those rules run again that read
//! something which the edit touched.
//!
//! Invariant: a book kept by [`CheckBook::update`] has the findings of one made anew.

use std::collections::HashSet;

use super::ask::Ask;
use super::finding::{Finding, Report};
use super::kind::Run;
use super::rules;
use crate::index::{Dependents, GraphIndex, Handle, Reads, Unit};
use crate::value::Date;

/// The findings of a graph on a day.
#[derive(Clone, Debug)]
pub struct CheckBook {
    today: Date,
    /// How many rules are about the workspace; they are the first units, and those of the entities
    /// follow by their numbers.
    workspace: usize,
    /// By unit.
    findings: Vec<Vec<Finding>>,
    dependents: Dependents,
}

impl CheckBook {
    /// Every finding in an index.
    #[must_use]
    pub fn new(index: &GraphIndex, today: Date) -> Self {
        let is_workspace = |run: &Run| matches!(run, Run::Workspace(_));
        let mut book = Self {
            today,
            workspace: rules().filter(|rule| is_workspace(&rule.run)).count(),
            findings: Vec::new(),
            dependents: Dependents::default(),
        };
        for unit in 0..book.workspace {
            book.run_workspace(index, unit);
        }
        for (handle, _) in index.live() {
            book.run_entity(index, handle);
        }
        book
    }

    /// Runs again what an update of the index has touched.
    pub fn update(&mut self, index: &GraphIndex, touched: &Reads) {
        let mut units: Vec<Unit> = Vec::new();
        self.dependents.affected(touched, &mut units);
        let mut entities: HashSet<Handle> = touched.entities().collect();
        let mut workspace: HashSet<usize> = HashSet::new();
        for unit in units {
            let unit = unit as usize;
            match unit.checked_sub(self.workspace) {
                None => {
                    workspace.insert(unit);
                }
                Some(number) => entities.extend(index.at(number)),
            }
        }
        for unit in workspace {
            self.run_workspace(index, unit);
        }
        for handle in entities {
            self.run_entity(index, handle);
        }
    }

    /// The day for which the checks were made.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// All findings, by check and then by the id of the first subject.
    #[must_use]
    pub fn findings(&self, index: &GraphIndex) -> Vec<&Finding> {
        let place = |finding: &Finding| rules().position(|rule| rule.kind == *finding.check);
        let mut all: Vec<(Option<usize>, &Finding)> = Vec::new();
        let (workspace, entities) = self
            .findings
            .split_at_checked(self.workspace)
            .unwrap_or((&self.findings, &[]));
        for finding in workspace.iter().flatten() {
            all.push((place(finding), finding));
        }
        for (handle, _) in index.live() {
            for finding in entities.get(handle.number()).into_iter().flatten() {
                all.push((place(finding), finding));
            }
        }
        // Entities came in the order of their ids, which a stable sort keeps.
        all.sort_by_key(|(place, _)| *place);
        all.into_iter().map(|(_, finding)| finding).collect()
    }

    /// The findings that one entity is the first subject of.
    pub fn of(&self, entity: Handle) -> impl Iterator<Item = &Finding> {
        let unit = self.workspace + entity.number();
        self.findings.get(unit).into_iter().flatten()
    }

    fn run_workspace(&mut self, index: &GraphIndex, unit: usize) {
        let reader = index.reader();
        let ask = Ask {
            reader: &reader,
            today: self.today,
        };
        let mut findings = Vec::new();
        let workspace = rules().filter_map(|rule| match rule.run {
            Run::Workspace(run) => Some((rule, run)),
            Run::Entity(..) => None,
        });
        if let Some((rule, run)) = workspace.into_iter().nth(unit) {
            let mut report = Report {
                check: &rule.kind,
                findings: &mut findings,
            };
            run(&ask, &mut report);
        }
        let reads = reader.take_reads();
        self.keep(unit, findings, reads);
    }

    fn run_entity(&mut self, index: &GraphIndex, handle: Handle) {
        let reader = index.reader();
        let ask = Ask {
            reader: &reader,
            today: self.today,
        };
        let mut findings = Vec::new();
        let kind = reader.kind(handle);
        for rule in rules().filter(|_| !kind.is_empty()) {
            let Run::Entity(kinds, run) = rule.run else {
                continue;
            };
            if kinds.is_empty() || kinds.contains(&kind) {
                let mut report = Report {
                    check: &rule.kind,
                    findings: &mut findings,
                };
                run(&ask, handle, &mut report);
            }
        }
        let reads = reader.take_reads();
        self.keep(self.workspace + handle.number(), findings, reads);
    }

    fn keep(&mut self, unit: usize, findings: Vec<Finding>, reads: Reads) {
        if self.findings.len() <= unit {
            self.findings.resize(unit + 1, Vec::new());
        }
        if let Some(kept) = self.findings.get_mut(unit) {
            *kept = findings;
        }
        if let Ok(unit) = Unit::try_from(unit) {
            self.dependents.set(unit, reads);
        }
    }
}
