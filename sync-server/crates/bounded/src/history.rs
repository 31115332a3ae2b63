//! The table of changes in a document chunk: who depends on whom, and which operations each change
//! claims.
//!
//! Automerge makes room for the operations that a change claims, which is the difference between
//! two counters, and looks dependencies up by their index.

use crate::budget::Budget;
use crate::claims::Claim;
use crate::column::{Kind, numbers};
use crate::columns::ColumnData;
use crate::{Refusal, What, budget::within};

const PART: &str = "history";

/// The columns that are looked at here.
const ACTOR: u32 = 0x01;
const SEQUENCE: u32 = 0x03;
const MAX_OPERATION: u32 = 0x13;
const DEPENDENCY_COUNT: u32 = 0x40;
const DEPENDENCY: u32 = 0x43;

/// The columns of the table that decide its size, decoded.
#[derive(Debug, Default)]
pub(crate) struct History {
    actors: Vec<u64>,
    sequences: Vec<u64>,
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
            SEQUENCE => (&mut self.sequences, budget.limits.changes),
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
    /// of each that claims any its actor, its first operation and its last.
    pub(crate) fn claimed_operations(
        &self,
        actors: usize,
        budget: &Budget<'_>,
    ) -> Result<(u64, Vec<Claim>), Refusal> {
        const MALFORMED: Refusal = Refusal::Malformed(PART);
        let length = self.actors.len();
        let lengths = [
            self.sequences.len(),
            self.last_operations.len(),
            self.dependency_counts.len(),
        ];
        if lengths != [length; 3] {
            return Err(MALFORMED);
        }
        // How many changes of each actor there have been, and up to which operation.
        let mut standings = vec![(0_u64, 0_u64); actors];
        let (mut claimed, mut claims) = (0_u64, Vec::new());
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
                    .ok_or(MALFORMED)?;
                let reached = self.last_operations.get(dependency).copied().unwrap_or(0);
                before = before.max(reached);
            }
            let actor = self.actors.get(index).copied().ok_or(MALFORMED)?;
            let standing = usize::try_from(actor).ok();
            let standing = standing.and_then(|actor| standings.get_mut(actor));
            let (sequence, reached) = standing.ok_or(MALFORMED)?;
            *sequence += 1;
            if self.sequences.get(index) != Some(sequence) || last < reached {
                return Err(MALFORMED);
            }
            let before = before.max(*reached);
            *reached = *last;
            let own = last.checked_sub(before).ok_or(MALFORMED)?;
            claimed = claimed.saturating_add(own);
            if own > 0 {
                let fits = |value: u64| u32::try_from(value).map_err(|_| MALFORMED);
                claims.push(Claim {
                    actor: fits(actor)?,
                    first: fits(before + 1)?,
                    last: fits(*last)?,
                });
            }
        }
        if dependencies.next().is_some() {
            return Err(MALFORMED);
        }
        Ok((claimed, claims))
    }
}
