//! Inflation that knows its budget before it keeps a byte.
//!
//! Invariant: nothing is allocated for the output until its size has been counted with a window of
//! 32 KiB and found to be within the budget.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::budget::{Budget, within};
use super::{Refusal, What};

/// How far back DEFLATE may refer.
const WINDOW: usize = 32 * 1024;

const PART: &str = "compressed data";

/// Inflates `compressed`, charging its size to the budget first.
pub(super) fn inflate(compressed: &[u8], budget: &mut Budget<'_>) -> Result<Vec<u8>, Refusal> {
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

    let mut state = Box::new(DecompressorOxide::new());
    let mut window = vec![0; WINDOW];
    let mut at = 0;
    let mut input = compressed;
    let mut size = 0_u64;
    loop {
        let (status, read, written) = decompress(&mut state, input, &mut window, at, 0);
        input = input.get(read..).ok_or(Refusal::Malformed(PART))?;
        size = size.saturating_add(written as u64);
        at = (at + written) % WINDOW;
        within(What::InflatedBytes, size, left).map_err(|_| Refusal::TooMuch {
            what: What::InflatedBytes,
            limit: limits.inflated,
        })?;
        if size > by_ratio {
            return Err(Refusal::Ratio(What::InflatedBytes));
        }
        match status {
            TINFLStatus::HasMoreOutput if written > 0 => {}
            TINFLStatus::Done if input.is_empty() => return Ok(size),
            _ => return Err(Refusal::Malformed(PART)),
        }
    }
}

/// Inflates `compressed` into exactly `size` bytes.
fn keep(compressed: &[u8], size: u64) -> Result<Vec<u8>, Refusal> {
    let size = usize::try_from(size).map_err(|_| Refusal::Malformed(PART))?;
    let mut output = vec![0; size];
    let mut state = Box::new(DecompressorOxide::new());
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, _, written) = decompress(&mut state, compressed, &mut output, 0, flags);
    if status == TINFLStatus::Done && written == size {
        Ok(output)
    } else {
        Err(Refusal::Malformed(PART))
    }
}
