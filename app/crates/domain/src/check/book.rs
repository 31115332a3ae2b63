//! The findings of a graph, kept up to date: after an edit only those rules run again that read
//! something which the edit touched.
//!
//! Invariant: a book kept by [`CheckBook::update`] has the findings of one made anew.

use super::ask::Ask;
use super::finding::{Finding, Report};
use super::rule::{Rule, Run};
use super::rules;
use crate::index::{Dependents, GraphIndex, Handle, Notes, Reader, Reads, Unit};
use crate::parallel::by_stretches;
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
    /// The rules about the entities of a kind, by the number of the kind.
    rules: Vec<Option<Vec<EntityRule>>>,
    dependents: Dependents,
}

/// A rule about entities, and how it is carried out.
type EntityRule = (&'static Rule, fn(&Ask<'_>, Handle, &mut Report<'_>));

impl CheckBook {
    /// Every finding in an index.
    #[must_use]
    pub fn new(index: &GraphIndex, today: Date) -> Self {
        let is_workspace = |run: &Run| matches!(run, Run::Workspace(_));
        let mut book = Self {
            today,
            workspace: rules().filter(|rule| is_workspace(&rule.run)).count(),
            findings: Vec::new(),
            rules: Vec::new(),
            dependents: Dependents::default(),
        };
        let mut units: Vec<usize> = (0..book.workspace).collect();
        for (handle, _) in index.live() {
            book.know_rules(index, handle);
            units.push(book.unit_of(handle));
        }
        let run = |reader: &Reader<'_>, units: &[usize]| {
            units.iter().map(|unit| book.run(reader, *unit)).collect()
        };
        let results = by_stretches(&units, || index.reader(), run);
        book.findings
            .resize(book.workspace + index.len(), Vec::new());
        for (unit, (findings, notes)) in units.into_iter().zip(results) {
            book.keep(unit, findings, notes);
        }
        book
    }

    /// Runs again what an update of the index has touched.
    pub fn update(&mut self, index: &GraphIndex, touched: &Reads) {
        let mut units: Vec<Unit> = Vec::new();
        self.dependents.affected(touched, &mut units);
        let number = |handle: Handle| Unit::try_from(self.unit_of(handle)).ok();
        units.extend(touched.beings().filter_map(number));
        units.sort_unstable();
        units.dedup();
        let reader = index.reader();
        for unit in units {
            let unit = unit as usize;
            if let Some(handle) = self.entity_of(index, unit) {
                self.know_rules(index, handle);
            }
            let (findings, notes) = self.run(&reader, unit);
            self.keep(unit, findings, notes);
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
        self.findings
            .get(self.unit_of(entity))
            .into_iter()
            .flatten()
    }

    /// What the rules of a unit find, and what they looked at.
    fn run(&self, reader: &Reader<'_>, unit: usize) -> (Vec<Finding>, Notes) {
        let mut findings = Vec::new();
        match self.entity_of(reader.index(), unit) {
            Some(handle) => self.run_entity(reader, handle, &mut findings),
            None => self.run_workspace(reader, unit, &mut findings),
        }
        (findings, reader.take_notes())
    }

    fn run_workspace(&self, reader: &Reader<'_>, unit: usize, findings: &mut Vec<Finding>) {
        let ask = Ask::new(reader, self.today);
        let mut workspace = rules().filter_map(|rule| match rule.run {
            Run::Workspace(run) => Some((rule, run)),
            Run::Entity(..) => None,
        });
        if let Some((rule, run)) = workspace.nth(unit) {
            reader.note_by_field(true);
            let check = &rule.kind;
            run(&ask, &mut Report { check, findings });
            reader.note_by_field(false);
        }
    }

    fn run_entity(&self, reader: &Reader<'_>, handle: Handle, findings: &mut Vec<Finding>) {
        let ask = Ask::new(reader, self.today);
        // Noted even where no rule is about it: another kind has other rules.
        let _ = reader.kind(handle);
        for (rule, run) in self.rules_for(reader.index(), handle) {
            let mut report = Report {
                check: &rule.kind,
                findings,
            };
            run(&ask, handle, &mut report);
        }
    }

    /// Finds the rules about entities of this one's kind, once for each kind.
    fn know_rules(&mut self, index: &GraphIndex, handle: Handle) {
        let (Some(kind), Some(number)) = (index.kind_id(handle), index.kind_number_of(handle))
        else {
            return;
        };
        let row = usize::from(number);
        if self.rules.len() <= row {
            self.rules.resize(row + 1, None);
        }
        let of_kind = |rule: &'static Rule| match rule.run {
            Run::Entity(kinds, run) if kinds.is_empty() || kinds.contains(&kind.as_str()) => {
                Some((rule, run))
            }
            _ => None,
        };
        if let Some(known) = self.rules.get_mut(row) {
            known.get_or_insert_with(|| rules().filter_map(of_kind).collect());
        }
    }

    /// The rules about a live entity, when those of its kind are known.
    fn rules_for(&self, index: &GraphIndex, handle: Handle) -> &[EntityRule] {
        let row = index.kind_number_of(handle).map(usize::from);
        let known = row.and_then(|row| self.rules.get(row)?.as_deref());
        known.unwrap_or_default()
    }

    fn unit_of(&self, entity: Handle) -> usize {
        self.workspace + entity.number()
    }

    fn entity_of(&self, index: &GraphIndex, unit: usize) -> Option<Handle> {
        index.at(unit.checked_sub(self.workspace)?)
    }

    fn keep(&mut self, unit: usize, findings: Vec<Finding>, notes: Notes) {
        if self.findings.len() <= unit {
            self.findings.resize(unit + 1, Vec::new());
        }
        if let Some(kept) = self.findings.get_mut(unit) {
            *kept = findings;
        }
        if let Ok(unit) = Unit::try_from(unit) {
            self.dependents.keep(unit, notes);
        }
    }
}
