//! The framing that every chunk has: magic bytes, checksum, type and length.

use sha2::{Digest, Sha256};

use crate::budget::Budget;
use crate::inflate::inflate;
use crate::reader::Reader;
use crate::{ChunkReport, Refusal, change, document};

const PART: &str = "chunk header";

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

pub(crate) const DOCUMENT: u8 = 0;
const CHANGE: u8 = 1;
const DEFLATED_CHANGE: u8 = 2;

/// Checks every chunk of `bytes`, one after the other, and adds them to the report.
pub(crate) fn check_all(
    bytes: &[u8],
    budget: &mut Budget<'_>,
    report: &mut ChunkReport,
) -> Result<(), Refusal> {
    let mut reader = Reader::new(bytes);
    while !reader.is_empty() {
        check_next(&mut reader, budget, report)?;
    }
    Ok(())
}

fn check_next(
    reader: &mut Reader<'_>,
    budget: &mut Budget<'_>,
    report: &mut ChunkReport,
) -> Result<(), Refusal> {
    budget.add_chunk()?;
    if reader.array::<4>(PART)? != MAGIC {
        return Err(Refusal::Malformed(PART));
    }
    let checksum = reader.array::<4>(PART)?;
    let kind = reader.byte(PART)?;
    let data = reader.prefixed(PART)?;
    match kind {
        DOCUMENT => {
            verify(DOCUMENT, data, checksum)?;
            budget.add_inflated(data.len() as u64)?;
            document::check(data, budget, report)
        }
        CHANGE => {
            report.changes.push(verify(CHANGE, data, checksum)?);
            budget.add_inflated(data.len() as u64)?;
            change::check(data, budget, report)
        }
        DEFLATED_CHANGE => {
            // The checksum is that of the change as it was before it was deflated.
            let inflated = inflate(data, budget)?;
            report.changes.push(verify(CHANGE, &inflated, checksum)?);
            change::check(&inflated, budget, report)
        }
        other => Err(Refusal::ChunkType(other)),
    }
}

/// The hash of a chunk's type, length and data, if its first bytes are the checksum.
fn verify(kind: u8, data: &[u8], checksum: [u8; 4]) -> Result<[u8; 32], Refusal> {
    let mut hasher = Sha256::new();
    hasher.update([kind]);
    let mut length = data.len() as u64;
    loop {
        let low = (length & 0x7f) as u8;
        length >>= 7;
        if length == 0 {
            hasher.update([low]);
            break;
        }
        hasher.update([low | 0x80]);
    }
    hasher.update(data);
    let hash: [u8; 32] = hasher.finalize().into();
    if hash.starts_with(&checksum) {
        Ok(hash)
    } else {
        Err(Refusal::Checksum)
    }
}
