//! The pieces of a checked chunk.

use crate::chunk::DOCUMENT;
use crate::reader::Reader;

/// A whole document or one change, with its frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) is_document: bool,
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

fn first(bytes: &[u8]) -> Option<(Piece<'_>, &[u8])> {
    let mut reader = Reader::new(bytes);
    reader.array::<8>("piece").ok()?;
    let is_document = reader.byte("piece").ok()? == DOCUMENT;
    reader.prefixed("piece").ok()?;
    let (bytes, after) = bytes.split_at_checked(bytes.len() - reader.rest().len())?;
    Some((Piece { bytes, is_document }, after))
}
