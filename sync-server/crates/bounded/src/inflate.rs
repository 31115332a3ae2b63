//! Inflation that knows its budget before it keeps a byte.
//!
//! Invariant: nothing is allocated for the output until its size has been counted in pieces of
//! 32 KiB and found to be within the budget.

use flate2::{Decompress, FlushDecompress, Status};

use crate::budget::{Budget, within};
use crate::{Refusal, What};

/// How much is inflated before it is counted.
const BUFFER: usize = 32 * 1024;

const PART: &str = "compressed data";

/// Inflates `compressed`, charging its size to the budget first.
pub(crate) fn inflate(compressed: &[u8], budget: &mut Budget<'_>) -> Result<Vec<u8>, Refusal> {
    let size = measure(compressed, budget)?;
    budget.add_inflated(size)?;
    keep(compressed, size)
}

/// Counts what `compressed` inflates to, and stops as soon as that is too much.
fn measure(compressed: &[u8], budget: &Budget<'_>) -> Result<u64, Refusal> {
    let limits = budget.limits;
    let by_ratio = limits
        .ratio
        .saturating_mul(compressed.len() as u64)
        .max(limits.ratio_from);
    let left = budget.inflated_left();

    let mut state = Decompress::new(false);
    let mut buffer = vec![0; BUFFER];
    loop {
        let before = state.total_out();
        let input = rest(compressed, &state)?;
        let status = state
            .decompress(input, &mut buffer, FlushDecompress::None)
            .map_err(|_| Refusal::Malformed(PART))?;
        let size = state.total_out();
        within(What::InflatedBytes, size, left).map_err(|_| Refusal::TooMuch {
            what: What::InflatedBytes,
            limit: limits.inflated,
        })?;
        if size > by_ratio {
            return Err(Refusal::Ratio(What::InflatedBytes));
        }
        match status {
            Status::StreamEnd if rest(compressed, &state)?.is_empty() => return Ok(size),
            Status::Ok if size > before => {}
            _ => return Err(Refusal::Malformed(PART)),
        }
    }
}

/// What `state` has not read yet.
fn rest<'a>(compressed: &'a [u8], state: &Decompress) -> Result<&'a [u8], Refusal> {
    let read = usize::try_from(state.total_in()).ok();
    read.and_then(|read| compressed.get(read..))
        .ok_or(Refusal::Malformed(PART))
}

/// Inflates `compressed` into exactly `size` bytes.
fn keep(compressed: &[u8], size: u64) -> Result<Vec<u8>, Refusal> {
    let size = usize::try_from(size).map_err(|_| Refusal::Malformed(PART))?;
    let mut output = vec![0; size];
    let status =
        Decompress::new(false).decompress(compressed, &mut output, FlushDecompress::Finish);
    match status {
        Ok(Status::StreamEnd) => Ok(output),
        _ => Err(Refusal::Malformed(PART)),
    }
}
