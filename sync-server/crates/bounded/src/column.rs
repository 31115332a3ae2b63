//! One column of operations or changes: what it would expand to, counted from its runs.
//!
//! Invariant: time is proportional to the column's bytes, whatever the runs claim.

use crate::budget::{Budget, within};
use crate::reader::Reader;
use crate::runs::{Run, Runs, Value};
use crate::{Refusal, What};

const PART: &str = "column";

/// How a column's values are encoded: the low three bits of its specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// How many rows of the grouped columns belong to each row.
    Group,
    /// An index into the chunk's actors.
    Actor,
    /// An unsigned number.
    Integer,
    /// A number as the difference from the one before.
    Delta,
    /// Alternating runs of false and true.
    Boolean,
    /// Text.
    Text,
    /// Type and length of a value in the next column.
    ValueMeta,
    /// The bytes of those values.
    Value,
}

impl Kind {
    pub(crate) fn of(specification: u32) -> Self {
        match specification & 0b111 {
            0 => Self::Group,
            1 => Self::Actor,
            2 => Self::Integer,
            3 => Self::Delta,
            4 => Self::Boolean,
            5 => Self::Text,
            6 => Self::ValueMeta,
            _ => Self::Value,
        }
    }
}

/// What a column expands to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// How many rows it has, nulls included.
    pub(crate) rows: u64,
    /// The sum of its numbers: grouped rows of a group, bytes of values for their metadata.
    pub(crate) total: u64,
    /// The largest of its numbers; of a delta column, the largest sum of differences.
    pub(crate) largest: u64,
    /// Whether a sum of differences is ever below zero.
    pub(crate) negative: bool,
    /// Whether any of its rows has no value.
    pub(crate) nulls: bool,
}

/// Measures a column of this kind, of at most `limit` rows.
pub(crate) fn measure(
    kind: Kind,
    data: &[u8],
    limit: u64,
    budget: &mut Budget<'_>,
) -> Result<Extent, Refusal> {
    let mut extent = Extent::default();
    match kind {
        Kind::Value => {}
        Kind::Boolean => {
            let mut reader = Reader::new(data);
            while !reader.is_empty() {
                extent.add_rows(reader.unsigned(PART)?, limit)?;
            }
        }
        _ => {
            let mut sum = 0;
            for run in Runs::new(kind, data) {
                let run = run?;
                extent.add_rows(run.rows, limit)?;
                match run.value {
                    Value::Null => extent.nulls = true,
                    Value::Number(number) if kind == Kind::ValueMeta => {
                        // The low four bits are the value's type.
                        extent.add_number(number >> 4, run.rows);
                    }
                    Value::Number(number) => extent.add_number(number, run.rows),
                    Value::Difference(_) => {
                        sum = advance(sum, &run)?;
                        extent.largest = extent.largest.max(u64::try_from(sum).unwrap_or(0));
                        extent.negative |= sum < 0;
                    }
                    Value::Text(text) => {
                        std::str::from_utf8(text).map_err(|_| Refusal::Malformed("text"))?;
                        budget.add_expanded(run.rows.saturating_mul(text.len() as u64))?;
                    }
                }
            }
        }
    }
    Ok(extent)
}

/// The running value of a delta column after a run, which must stay a number.
///
/// Within a run the value only rises or only falls, so its ends are its extremes; the first step
/// lies between the value before and the last.
fn advance(sum: i64, run: &Run<'_>) -> Result<i64, Refusal> {
    let Value::Difference(difference) = run.value else {
        return Ok(sum);
    };
    i64::try_from(run.rows)
        .ok()
        .and_then(|rows| difference.checked_mul(rows))
        .and_then(|step| sum.checked_add(step))
        .ok_or(Refusal::Malformed(PART))
}

/// The values of a column of numbers, one by one, of which there may be `limit`; nulls are left
/// out.
pub(crate) fn numbers(kind: Kind, data: &[u8], limit: u64) -> Result<Vec<u64>, Refusal> {
    let mut numbers = Vec::new();
    let mut sum: i64 = 0;
    for run in Runs::new(kind, data) {
        let run = run?;
        within(
            What::Operations,
            run.rows.saturating_add(numbers.len() as u64),
            limit,
        )?;
        for _ in 0..run.rows {
            match run.value {
                Value::Number(number) => numbers.push(number),
                Value::Difference(difference) => {
                    sum = sum
                        .checked_add(difference)
                        .ok_or(Refusal::Malformed(PART))?;
                    numbers.push(u64::try_from(sum).map_err(|_| Refusal::Malformed(PART))?);
                }
                Value::Null | Value::Text(_) => {}
            }
        }
    }
    Ok(numbers)
}

impl Extent {
    fn add_rows(&mut self, rows: u64, limit: u64) -> Result<(), Refusal> {
        self.rows = self.rows.saturating_add(rows);
        within(What::Operations, self.rows, limit)
    }

    fn add_number(&mut self, number: u64, rows: u64) {
        self.largest = self.largest.max(number);
        // Counters are summed too, where the sum means nothing: it saturates.
        self.total = self.total.saturating_add(number.saturating_mul(rows));
    }
}
