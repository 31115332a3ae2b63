//! The manifest of a bundle: which chunks of which documents follow.
//!
//! Members that a later version adds are passed over.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

use super::{Bundle, MOST_DOCUMENTS};
use crate::{Chunk, DocumentId};

/// A chunk's hash and length.
type Listed = ([u8; 32], usize);

/// What a manifest says.
pub(super) struct Contents {
    pub(super) name: String,
    pub(super) made: i64,
    pub(super) documents: Vec<(DocumentId, Vec<Listed>)>,
}

/// The manifest of a bundle.
pub(super) fn encode(bundle: &Bundle) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into memory cannot fail.
    let _ = write(&mut Encoder::new(&mut bytes), bundle);
    bytes
}

fn write(
    to: &mut Encoder<&mut Vec<u8>>,
    bundle: &Bundle,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    to.map(3)?.str("name")?.str(&bundle.name)?;
    to.str("made")?.i64(bundle.made)?;
    to.str("documents")?.array(bundle.documents.len() as u64)?;
    for document in &bundle.documents {
        to.map(2)?.str("id")?.bytes(document.id.as_bytes())?;
        to.str("chunks")?.array(document.chunks.len() as u64)?;
        for chunk in &document.chunks {
            to.map(2)?.str("hash")?.bytes(&Chunk::hash_of(chunk))?;
            to.str("length")?.u64(chunk.len() as u64)?;
        }
    }
    Ok(())
}

/// Reads a manifest; `None` when it is none.
pub(super) fn decode(bytes: &[u8]) -> Option<Contents> {
    let mut from = Decoder::new(bytes);
    let mut contents = Contents {
        name: String::new(),
        made: 0,
        documents: Vec::new(),
    };
    each_member(&mut from, |name, from| {
        match name {
            "name" => from.str().ok()?.clone_into(&mut contents.name),
            "made" => contents.made = from.i64().ok()?,
            "documents" => contents.documents = list(from, document)?,
            _ => skip(from)?,
        }
        Some(())
    })?;
    let is_all = from.position() == bytes.len() && contents.documents.len() <= MOST_DOCUMENTS;
    is_all.then_some(contents)
}

fn document(from: &mut Decoder<'_>) -> Option<(DocumentId, Vec<Listed>)> {
    let (mut id, mut chunks) = (None, Vec::new());
    each_member(from, |name, from| {
        match name {
            "id" => id = <[u8; 16]>::try_from(from.bytes().ok()?).ok(),
            "chunks" => chunks = list(from, chunk)?,
            _ => skip(from)?,
        }
        Some(())
    })?;
    Some((DocumentId::from_bytes(id?), chunks))
}

fn chunk(from: &mut Decoder<'_>) -> Option<Listed> {
    let (mut hash, mut length) = (None, None);
    each_member(from, |name, from| {
        match name {
            "hash" => hash = <[u8; 32]>::try_from(from.bytes().ok()?).ok(),
            "length" => length = usize::try_from(from.u64().ok()?).ok(),
            _ => skip(from)?,
        }
        Some(())
    })?;
    Some((hash?, length?))
}

fn each_member<'b>(
    from: &mut Decoder<'b>,
    mut read: impl FnMut(&'b str, &mut Decoder<'b>) -> Option<()>,
) -> Option<()> {
    for _ in 0..from.map().ok()?? {
        let name = from.str().ok()?;
        read(name, from)?;
    }
    Some(())
}

/// A list of definite length; the room for it is taken item by item.
fn list<'b, T>(
    from: &mut Decoder<'b>,
    mut read: impl FnMut(&mut Decoder<'b>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut items = Vec::new();
    for _ in 0..from.array().ok()?? {
        items.push(read(from)?);
    }
    Some(items)
}

/// Passes over one value of a later version: a number, a text or bytes.
fn skip(from: &mut Decoder<'_>) -> Option<()> {
    match from.datatype().ok()? {
        Type::Array | Type::ArrayIndef | Type::Map | Type::MapIndef | Type::Tag => None,
        _ => from.skip().ok(),
    }
}
