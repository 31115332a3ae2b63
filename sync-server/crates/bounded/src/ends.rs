//! Whether the last operation of every change of a document is there.
//!
//! A document says of each change which number its last operation has. Automerge believes it, loads
//! the document, and ends the process when it is asked for a change of which operations are missing.
//!
//! Invariant: time is proportional to the runs of the columns and to the changes that they pass, up
//! to a limit.

use crate::Refusal;
use crate::column::Kind;
use crate::runs::{Run, Runs, Value};

/// How many changes the runs of a document may pass without naming their ends.
const MOST_PASSED: u64 = 20_000_000;

const MALFORMED: Refusal = Refusal::Malformed("operation");

/// The names of operations that are looked for, by index of their actor and by number.
#[derive(Debug)]
pub(crate) struct Ends {
    names: Vec<(u64, u64)>,
    found: Vec<bool>,
    passed: u64,
}

impl Ends {
    pub(crate) fn new(mut names: Vec<(u64, u64)>) -> Self {
        names.sort_unstable();
        names.dedup();
        Self {
            found: vec![false; names.len()],
            names,
            passed: 0,
        }
    }

    /// Looks for them in two columns that name operations together.
    pub(crate) fn look(
        &mut self,
        (actor, actors): (u32, &[u8]),
        (counter, counters): (u32, &[u8]),
    ) -> Result<(), Refusal> {
        let mut actors = Runs::new(Kind::of(actor), actors);
        let mut counters = Runs::new(Kind::of(counter), counters);
        let (mut by, mut step, mut before) = (EMPTY, EMPTY, 0_i64);
        loop {
            // Not every row of either may be empty, so that this ends with the columns.
            if by.rows == 0 {
                let Some(run) = actors.next() else {
                    return Ok(());
                };
                by = run?;
                continue;
            }
            if step.rows == 0 {
                let Some(run) = counters.next() else {
                    return Ok(());
                };
                step = run?;
                continue;
            }
            let rows = by.rows.min(step.rows);
            let (Value::Number(actor), Value::Difference(each)) = (by.value, step.value) else {
                return Err(MALFORMED);
            };
            let far = i64::try_from(rows)
                .ok()
                .and_then(|rows| each.checked_mul(rows));
            let last = far
                .and_then(|far| before.checked_add(far))
                .ok_or(MALFORMED)?;
            self.pass(actor, before.saturating_add(each), each, last)?;
            before = last;
            by.rows -= rows;
            step.rows -= rows;
        }
    }

    /// The operations of an actor from `first` to `last`, each so far from the one before.
    fn pass(&mut self, actor: u64, first: i64, each: i64, last: i64) -> Result<(), Refusal> {
        let number = |value: i64| u64::try_from(value).map_err(|_| MALFORMED);
        let (low, high) = (number(first.min(last))?, number(first.max(last))?);
        let from = self.names.partition_point(|name| *name < (actor, low));
        let named = self.names.iter().zip(&mut self.found).skip(from);
        for ((_, end), found) in named.take_while(|(name, _)| **name <= (actor, high)) {
            self.passed += 1;
            let apart = (end - low).checked_rem(each.unsigned_abs());
            *found |= apart.unwrap_or(0) == 0;
        }
        if self.passed > MOST_PASSED {
            return Err(MALFORMED);
        }
        Ok(())
    }

    /// Whether every one was there.
    pub(crate) fn are_there(&self) -> bool {
        self.found.iter().all(|found| *found)
    }
}

const EMPTY: Run<'static> = Run {
    rows: 0,
    value: Value::Null,
};
