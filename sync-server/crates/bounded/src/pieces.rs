//! The pieces of a checked chunk.

use crate::chunk::DOCUMENT;
use crate::reader::Reader;
use automerge::{Automerge, Change};

use crate::{GateError, Limits, check_chunk};

/// A whole document or one change, with its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) is_document: bool,
}

impl Piece<'_> {
    /// The change that it is, which is not a document.
    pub(crate) fn change(&self) -> Result<Change, GateError> {
        let change = Change::from_bytes(self.bytes.to_vec());
        change.map_err(|error| GateError::Rejected(error.to_string()))
    }

    /// The document that it is.
    pub(crate) fn document(&self) -> Result<Automerge, GateError> {
        let whole = Automerge::load(self.bytes);
        whole.map_err(|error| GateError::Rejected(error.to_string()))
    }
}

/// The pieces of `bytes`, which have passed [`crate::check_chunk`]; what has not is left out from
/// the first fault on.
pub(crate) fn pieces(bytes: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some((piece, after)) = first(rest) {
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// `bytes`, which have passed [`check_chunk`], in portions of whole changes and documents that hold
/// about so many operations at most, or only one piece: for whoever has room for so much at a time.
pub fn portions<'a>(bytes: &'a [u8], operations: u64, limits: &Limits) -> Vec<&'a [u8]> {
    let mut portions = Vec::new();
    let (mut rest, mut length, mut held) = (bytes, 0, 0_u64);
    for piece in pieces(bytes) {
        let more = check_chunk(piece.bytes, limits).map_or(0, |report| report.operations);
        if length > 0 && held.saturating_add(more) > operations {
            let (portion, after) = rest.split_at(length);
            portions.push(portion);
            (rest, length, held) = (after, 0, 0);
        }
        length += piece.bytes.len();
        held = held.saturating_add(more);
    }
    portions.push(rest);
    portions
}

fn first(bytes: &[u8]) -> Option<(Piece<'_>, &[u8])> {
    let mut reader = Reader::new(bytes);
    reader.array::<8>("piece").ok()?;
    let is_document = reader.byte("piece").ok()? == DOCUMENT;
    reader.prefixed("piece").ok()?;
    let (bytes, after) = bytes.split_at_checked(bytes.len() - reader.rest().len())?;
    Some((Piece { bytes, is_document }, after))
}
