//! Chunks of bytes: a whole document, one change, or any number of those, one after the other.
//!
//! The framing is walked here, byte by byte accounted for, and every checksum is compared before
//! the document library sees the content: that library reads what it can and says nothing about
//! the rest.

use automerge::{Automerge, Change};
use flate2::{Decompress, FlushDecompress, Status};
use sha2::{Digest, Sha256};

use crate::ChunkError;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const DOCUMENT: u8 = 0;
const CHANGE: u8 = 1;
const COMPRESSED_CHANGE: u8 = 2;
/// A compressed change that inflates beyond this is refused: no gesture of ours comes near.
const LARGEST_CHANGE: usize = 64 << 20;
/// How much room inflation starts with.
const SMALLEST_BUFFER: usize = 4096;

/// What a chunk holds, verified.
#[derive(Default)]
pub(crate) struct Content {
    pub(crate) documents: Vec<Automerge>,
    pub(crate) changes: Vec<Change>,
}

impl Content {
    /// Every change, those within whole documents too.
    pub(crate) fn into_changes(self) -> Vec<Change> {
        let mut changes: Vec<Change> = self
            .documents
            .iter()
            .flat_map(|document| document.get_changes(&[]))
            .collect();
        changes.extend(self.changes);
        changes
    }
}

/// Reads and verifies a whole chunk, or nothing of it.
pub(crate) fn read(bytes: &[u8]) -> Result<Content, ChunkError> {
    if bytes.is_empty() {
        return Err(ChunkError::Empty);
    }
    let mut content = Content::default();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let piece = Piece::parse(rest, at)?;
        piece.read_into(at, &mut content)?;
        at += piece.whole.len();
    }
    Ok(content)
}

/// One framed piece: magic, checksum, type, length, data.
struct Piece<'a> {
    whole: &'a [u8],
    checksum: [u8; 4],
    kind: u8,
    data: &'a [u8],
}

impl<'a> Piece<'a> {
    fn parse(bytes: &'a [u8], at: usize) -> Result<Self, ChunkError> {
        let truncated = ChunkError::Truncated { at };
        let (magic, rest) = bytes.split_first_chunk::<4>().ok_or(truncated.clone())?;
        if *magic != MAGIC {
            return Err(ChunkError::NotAChunk { at });
        }
        let (checksum, rest) = rest.split_first_chunk::<4>().ok_or(truncated.clone())?;
        let (kind, rest) = rest.split_first().ok_or(truncated.clone())?;
        if ![DOCUMENT, CHANGE, COMPRESSED_CHANGE].contains(kind) {
            return Err(ChunkError::UnknownType { at, kind: *kind });
        }
        let (length, rest) = leb128(rest).ok_or(truncated.clone())?;
        let length = usize::try_from(length).map_err(|_| truncated.clone())?;
        let (data, after) = rest.split_at_checked(length).ok_or(truncated)?;
        let whole = bytes.strip_suffix(after).unwrap_or(bytes);
        Ok(Self {
            whole,
            checksum: *checksum,
            kind: *kind,
            data,
        })
    }

    fn read_into(&self, at: usize, content: &mut Content) -> Result<(), ChunkError> {
        let unreadable = |reason: String| ChunkError::Unreadable { at, reason };
        match self.kind {
            DOCUMENT => {
                self.verify(at, DOCUMENT, self.data)?;
                let document =
                    Automerge::load(self.whole).map_err(|error| unreadable(error.to_string()))?;
                content.documents.push(document);
            }
            COMPRESSED_CHANGE => {
                let data = inflate(self.data, LARGEST_CHANGE).map_err(unreadable)?;
                self.verify(at, CHANGE, &data)?;
                content
                    .changes
                    .push(read_change(frame(self.checksum, &data), at)?);
            }
            _ => {
                self.verify(at, CHANGE, self.data)?;
                content.changes.push(read_change(self.whole.to_vec(), at)?);
            }
        }
        Ok(())
    }

    /// The checksum is the beginning of the hash over type, length and data; that of a compressed
    /// change is the one of the change itself.
    fn verify(&self, at: usize, kind: u8, data: &[u8]) -> Result<(), ChunkError> {
        let mut hasher = Sha256::new();
        hasher.update([kind]);
        hasher.update(to_leb128(data.len()));
        hasher.update(data);
        if hasher.finalize().starts_with(&self.checksum) {
            return Ok(());
        }
        Err(ChunkError::Damaged { at })
    }
}

/// Inflates `compressed` into no more than `limit` bytes.
fn inflate(compressed: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    let mut state = Decompress::new(false);
    let mut inflated = Vec::new();
    loop {
        let before = (state.total_in(), inflated.len());
        let read = usize::try_from(state.total_in()).unwrap_or(usize::MAX);
        let rest = compressed.get(read..).unwrap_or_default();
        // One byte above the limit tells that it is too much.
        let room = inflated.len().max(SMALLEST_BUFFER);
        inflated.reserve_exact(room.min(limit + 1 - inflated.len()));
        let status = state
            .decompress_vec(rest, &mut inflated, FlushDecompress::None)
            .map_err(|error| error.to_string())?;
        if inflated.len() > limit {
            return Err(format!("it inflates to more than {limit} bytes"));
        }
        match status {
            Status::StreamEnd => return Ok(inflated),
            _ if before != (state.total_in(), inflated.len()) => {}
            _ => return Err("its compressed data ends early".to_owned()),
        }
    }
}

fn read_change(bytes: Vec<u8>, at: usize) -> Result<Change, ChunkError> {
    Change::from_bytes(bytes).map_err(|error| ChunkError::Unreadable {
        at,
        reason: error.to_string(),
    })
}

/// A plain change around inflated data.
fn frame(checksum: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(checksum);
    bytes.push(CHANGE);
    bytes.extend(to_leb128(data.len()));
    bytes.extend(data);
    bytes
}

fn to_leb128(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

/// An unsigned number in its shortest form, and what follows it.
fn leb128(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().enumerate() {
        let shifted = u64::from(byte & 0x7f).checked_shl(u32::try_from(index).ok()? * 7)?;
        if shifted >> (index * 7) != u64::from(byte & 0x7f) {
            return None;
        }
        value |= shifted;
        if byte & 0x80 == 0 {
            let is_shortest = *byte != 0 || index == 0;
            return Some((value, bytes.get(index + 1..)?)).filter(|_| is_shortest);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_written() {
        for value in [0, 1, 127, 128, 300, 1 << 20, usize::MAX] {
            assert_eq!(leb128(&to_leb128(value)), Some((value as u64, &[][..])));
        }
    }

    #[test]
    fn long_and_endless_numbers_are_refused() {
        for bytes in [&[][..], &[0x80], &[0x80, 0], &[0xff; 10], &[0xff; 20]] {
            assert_eq!(leb128(bytes), None, "{bytes:?}");
        }
    }
}
