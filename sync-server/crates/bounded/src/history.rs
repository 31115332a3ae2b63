//! The table of changes in a document chunk: who depends on whom, and how many operations each
//! change claims.
//!
//! Automerge makes room for the operations that a change claims, which is the difference between
//! two counters, and looks dependencies up by their index.

use crate::budget::Budget;
use crate::column::{Kind, numbers};
use crate::columns::ColumnData;
use crate::{Refusal, What, budget::within};

const PART: &str = "history";

/// The columns that are looked at here.
const ACTOR: u32 = 0x01;
const MAX_OPERATION: u32 = 0x13;
const DEPENDENCY_COUNT: u32 = 0x40;
const DEPENDENCY: u32 = 0x43;

/// The columns of the table that decide its size, decoded.
#[derive(Debug, Default)]
pub(crate) struct History {
    actors: Vec<u64>,
    last_operations: Vec<u64>,
    dependency_counts: Vec<u64>,
    dependencies: Vec<u64>,
}

impl History {
    /// Decodes the column if it is one of those looked at; the column was measured before.
    pub(crate) fn add(
        &mut self,
        column: &ColumnData<'_>,
        budget: &Budget<'_>,
    ) -> Result<(), Refusal> {
        let (list, limit) = match column.specification {
            ACTOR => (&mut self.actors, budget.limits.changes),
            MAX_OPERATION => (&mut self.last_operations, budget.limits.changes),
            DEPENDENCY_COUNT => (&mut self.dependency_counts, budget.limits.changes),
            DEPENDENCY => (&mut self.dependencies, budget.rows_limit()),
            _ => return Ok(()),
        };
        *list = numbers(Kind::of(column.specification), &column.data, limit)?;
        Ok(())
    }

    /// How many changes there are.
    pub(crate) fn len(&self) -> u64 {
        self.actors.len() as u64
    }

    /// Checks that the columns fit together, and returns how many operations the changes claim, and
    /// the last one of each that claims any.
    pub(crate) fn claimed_operations(
        &self,
        budget: &Budget<'_>,
    ) -> Result<(u64, Vec<(u64, u64)>), Refusal> {
        let length = self.actors.len();
        if self.last_operations.len() != length || self.dependency_counts.len() != length {
            return Err(Refusal::Malformed(PART));
        }
        let (mut claimed, mut ends) = (0_u64, Vec::new());
        let mut dependencies = self.dependencies.iter();
        for (index, (last, count)) in self
            .last_operations
            .iter()
            .zip(&self.dependency_counts)
            .enumerate()
        {
            within(What::Dependencies, *count, budget.limits.dependencies)?;
            let mut before = 0;
            for _ in 0..*count {
                let dependency = dependencies
                    .next()
                    .and_then(|dependency| usize::try_from(*dependency).ok())
                    .filter(|dependency| *dependency < index)
                    .ok_or(Refusal::Malformed(PART))?;
                let reached = self.last_operations.get(dependency).copied().unwrap_or(0);
                before = before.max(reached);
            }
            let own = last.checked_sub(before).ok_or(Refusal::Malformed(PART))?;
            claimed = claimed.saturating_add(own);
            if let Some(actor) = self.actors.get(index).filter(|_| own > 0) {
                ends.push((*actor, *last));
            }
        }
        if dependencies.next().is_some() {
            return Err(Refusal::Malformed(PART));
        }
        Ok((claimed, ends))
    }
}
