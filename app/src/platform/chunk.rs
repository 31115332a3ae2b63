//! One stored chunk and its form in IndexedDB: under the key "document/sha256", an object with
//! the bytes, their kind, when they were written, and the point that the document had reached.

use std::fmt;
use std::rc::Rc;

use document::Heads;
use js_sys::{Object, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use sync::DocumentId;
use wasm_bindgen::{JsCast, JsValue};

use super::{clock, random};

/// What a chunk's name is: its document and the hash of its bytes. Equal names, equal bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct ChunkKey(String);

impl ChunkKey {
    /// The key that these bytes have.
    pub(crate) fn of(document: &DocumentId, bytes: &[u8]) -> Self {
        Self(format!("{document}/{}", hash(bytes)))
    }

    /// A key as it was stored.
    pub(crate) fn stored(key: String) -> Self {
        Self(key)
    }

    /// Whether the bytes are those that the key promises.
    pub(crate) fn matches(&self, bytes: &[u8]) -> bool {
        self.0
            .rsplit_once('/')
            .is_some_and(|(_, promised)| promised == hash(bytes))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChunkKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The lower-case hexadecimal SHA-256 of `bytes`.
pub(crate) fn hash(bytes: &[u8]) -> String {
    random::hex(&Sha256::digest(bytes))
}

/// Whether a chunk is a whole document or some changes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum ChunkKind {
    /// A whole document; sorts first, so that changes find what they build on.
    Snapshot,
    /// Some changes.
    Changes,
}

impl ChunkKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::Changes => "changes",
        }
    }

    /// The kind of that name. An unknown one is read as changes: it says only what comes first.
    pub(crate) fn named(name: &str) -> Self {
        if name == "snapshot" {
            Self::Snapshot
        } else {
            Self::Changes
        }
    }
}

/// A chunk with its bytes.
#[derive(Clone)]
pub(crate) struct Chunk {
    pub(crate) key: ChunkKey,
    pub(crate) document: DocumentId,
    pub(crate) kind: ChunkKind,
    pub(crate) bytes: Rc<[u8]>,
    /// When it was written; chunks load in this order.
    pub(crate) at: i64,
    /// The point that the document had reached with it: a document that has been there misses
    /// nothing of this chunk. `None` where nobody knew.
    pub(crate) heads: Option<Heads>,
}

impl AsRef<[u8]> for Chunk {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Chunk {
    /// A chunk written now, by someone who does not know the document.
    pub(crate) fn new(document: &DocumentId, kind: ChunkKind, bytes: &[u8]) -> Self {
        Self {
            key: ChunkKey::of(document, bytes),
            document: *document,
            kind,
            bytes: bytes.into(),
            at: clock::now(),
            heads: None,
        }
    }

    /// The chunk, of which it is known that the document was at `heads` with it.
    pub(crate) fn at_heads(self, heads: Heads) -> Self {
        Self {
            heads: Some(heads).filter(|heads| !heads.is_empty()),
            ..self
        }
    }

    /// The chunk as stored under `key`; `None` when the record is not one.
    pub(crate) fn decode(document: &DocumentId, key: String, value: &JsValue) -> Option<Self> {
        let bytes = Reflect::get(value, &"bytes".into())
            .ok()?
            .dyn_into::<Uint8Array>()
            .ok()?;
        let kind = Reflect::get(value, &"kind".into())
            .ok()?
            .as_string()
            .unwrap_or_default();
        let at = Reflect::get(value, &"at".into())
            .ok()?
            .as_f64()
            .unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it orders chunks and nothing more"
        )]
        let at = at as i64;
        // Records of the first version have none. No heads would be everywhere, and prove nothing.
        let heads = Reflect::get(value, &"heads".into())
            .ok()
            .and_then(|heads| heads.as_string()?.parse().ok())
            .filter(|heads: &Heads| !heads.is_empty());
        Some(Self {
            key: ChunkKey::stored(key),
            document: *document,
            kind: ChunkKind::named(&kind),
            bytes: bytes.to_vec().into(),
            at,
            heads,
        })
    }

    /// The record to store.
    pub(crate) fn encode(&self) -> JsValue {
        let record = Object::new();
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds fit for 285,000 years"
        )]
        let at = self.at as f64;
        set(&record, "bytes", &Uint8Array::from(&*self.bytes).into());
        set(&record, "kind", &self.kind.name().into());
        set(&record, "at", &at.into());
        if let Some(heads) = &self.heads {
            set(&record, "heads", &heads.to_string().into());
        }
        record.into()
    }
}

/// Why a record is in the quarantine.
pub(crate) fn reason(record: &JsValue) -> Option<String> {
    Reflect::get(record, &"reason".into()).ok()?.as_string()
}

/// Sets a property of a plain object, which cannot fail.
pub(crate) fn set(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}
