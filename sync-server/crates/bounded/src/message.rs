//! The framing of a sync message, either version.

use crate::budget::{Budget, within};
use crate::change::read_hashes;
use crate::reader::Reader;
use crate::{MessageReport, Refusal, What, chunk};

const PART: &str = "sync message";

/// The first byte of a message: the version that carries changes one by one, and the version that
/// carries them, or a whole document, in one piece.
const VERSIONS: [u8; 2] = [0x42, 0x43];

/// Checks a message and says what it states and carries.
pub(crate) fn check(bytes: &[u8], mut budget: Budget<'_>) -> Result<MessageReport, Refusal> {
    let reader = &mut Reader::new(bytes);
    let mut report = MessageReport::default();
    if !VERSIONS.contains(&reader.byte(PART)?) {
        return Err(Refusal::Malformed(PART));
    }
    let heads = reader.unsigned(PART)?;
    within(What::Dependencies, heads, budget.limits.dependencies)?;
    for _ in 0..heads {
        report.heads.push(reader.array(PART)?);
    }
    read_hashes(reader, &budget)?; // What the sender needs.
    let summaries = reader.unsigned(PART)?;
    within(What::Summaries, summaries, budget.limits.summaries)?;
    for _ in 0..summaries {
        read_hashes(reader, &budget)?;
        check_bloom_filter(reader.prefixed(PART)?, &budget)?;
    }
    let pieces = reader.unsigned(PART)?;
    within(What::Chunks, pieces, budget.limits.chunks)?;
    for _ in 0..pieces {
        chunk::check_all(reader.prefixed(PART)?, &mut budget, &mut report.chunks)?;
    }
    // Flags may follow, and what later versions append.
    if !reader.is_empty() {
        reader.prefixed(PART)?;
    }
    report.chunks.count(budget)?;
    Ok(report)
}

/// Automerge divides by the filter's size and makes a list as long as its number of probes.
fn check_bloom_filter(bytes: &[u8], budget: &Budget<'_>) -> Result<(), Refusal> {
    const PART: &str = "Bloom filter";
    if bytes.is_empty() {
        return Ok(());
    }
    let reader = &mut Reader::new(bytes);
    let entries = reader.unsigned(PART)?;
    let bits_per_entry = reader.unsigned(PART)?;
    let probes = reader.unsigned(PART)?;
    within(What::BloomProbes, probes, budget.limits.bloom_probes)?;
    let bits = entries
        .checked_mul(bits_per_entry)
        .ok_or(Refusal::Malformed(PART))?;
    let size = bits.div_ceil(8);
    if size > reader.remaining() || (entries > 0 && size == 0) || entries > u64::from(u32::MAX) {
        return Err(Refusal::Malformed(PART));
    }
    within(What::Bytes, bits, u64::from(u32::MAX))
}
