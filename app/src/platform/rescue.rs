//! The last resort for edits that are not yet in IndexedDB when the page is left or dies: they are
//! copied synchronously to `localStorage`, and handed to the store at the next start.
//!
//! Invariant: every chunk that the store has not confirmed is held here, and an entry of the
//! journal is removed only when its chunk has been confirmed. An entry is named by its content, so
//! that tabs never overwrite one another's.

mod crash;
mod screen;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::{Rc, Weak};
use std::str::FromStr;

use sync::DocumentId;

pub use crash::install;

use super::chunk::{Chunk, ChunkKey, ChunkKind};
use super::{page, storage};

const PREFIX: &str = "groundwork.rescue/";

thread_local! {
    static HELD: RefCell<BTreeMap<ChunkKey, Chunk>> = RefCell::default();
    static JOURNALED: RefCell<BTreeSet<ChunkKey>> = RefCell::default();
    static WITNESSES: RefCell<Vec<Weak<dyn Fn()>>> = RefCell::default();
}

/// Remembers a chunk that is not yet safe.
pub(crate) fn hold(chunk: &Chunk) {
    HELD.with_borrow_mut(|held| held.insert(chunk.key.clone(), chunk.clone()));
}

/// Forgets a chunk that is safe now, in the journal too.
pub(crate) fn release(key: &ChunkKey) {
    HELD.with_borrow_mut(|held| held.remove(key));
    if JOURNALED.with_borrow_mut(|journaled| journaled.remove(key))
        && let Some(storage) = storage::local()
    {
        // What cannot be removed is stored once more, which changes nothing.
        let _ = storage.remove_item(&entry_name(key));
    }
}

/// Copies what is not yet safe to `localStorage`. What does not fit there stays in memory. Tells
/// whether everything is safe now.
pub(crate) fn journal() -> bool {
    // This also runs while the page dies: nothing here may insist on a borrow.
    let held: Option<Vec<Chunk>> = HELD.with(|held| {
        let held = held.try_borrow().ok()?;
        Some(held.values().cloned().collect())
    });
    let Some(held) = held else { return false };
    if held.is_empty() {
        return true;
    }
    let Some(storage) = storage::local() else {
        return false;
    };
    let mut complete = true;
    for chunk in held {
        let known = JOURNALED.with(|journaled| {
            journaled
                .try_borrow()
                .is_ok_and(|journaled| journaled.contains(&chunk.key))
        });
        if known {
            continue;
        }
        let Some(text) = encode(&chunk.bytes) else {
            complete = false;
            continue;
        };
        let heads = chunk.heads.clone().unwrap_or_default();
        let entry = format!("{}:{text}:{heads}", chunk.kind.name());
        // An entry that does not fit must not keep smaller ones out: the rest is tried too.
        if storage.set_item(&entry_name(&chunk.key), &entry).is_ok() {
            JOURNALED.with(|journaled| {
                if let Ok(mut journaled) = journaled.try_borrow_mut() {
                    journaled.insert(chunk.key);
                }
            });
        } else {
            complete = false;
        }
    }
    complete
}

/// What earlier pages could not store. It stays in the journal until it is [released](release).
pub(crate) fn left_behind() -> Vec<Chunk> {
    let Some(storage) = storage::local() else {
        return Vec::new();
    };
    let names: Vec<String> = (0..storage.length().unwrap_or_default())
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|name| name.starts_with(PREFIX))
        .collect();
    let mut chunks = Vec::new();
    for name in names {
        let Some(entry) = storage.get_item(&name).ok().flatten() else {
            continue;
        };
        // An entry that does not read is left: deleting it could not make anything better.
        let Some(chunk) = read_entry(&name, &entry) else {
            continue;
        };
        JOURNALED.with_borrow_mut(|journaled| journaled.insert(chunk.key.clone()));
        chunks.push(chunk);
    }
    chunks
}

/// Whoever holds edits that are not chunks yet is asked for them when the page dies, until the
/// returned handle is dropped.
pub(crate) fn witness(speak: impl Fn() + 'static) -> Rc<dyn Fn()> {
    let speak: Rc<dyn Fn()> = Rc::new(speak);
    WITNESSES.with_borrow_mut(|witnesses| {
        witnesses.retain(|witness| witness.strong_count() > 0);
        witnesses.push(Rc::downgrade(&speak));
    });
    speak
}

/// Lets everyone who holds edits that are not chunks yet say them.
fn hear_witnesses() {
    let witnesses = WITNESSES.with(|witnesses| {
        witnesses
            .try_borrow()
            .map(|all| all.clone())
            .unwrap_or_default()
    });
    for witness in witnesses.iter().filter_map(Weak::upgrade) {
        witness();
    }
}

fn entry_name(key: &ChunkKey) -> String {
    format!("{PREFIX}{key}")
}

fn read_entry(name: &str, entry: &str) -> Option<Chunk> {
    let key = name.strip_prefix(PREFIX)?;
    let (document, _) = key.split_once('/')?;
    let document = DocumentId::from_str(document).ok()?;
    let (kind, text) = entry.split_once(':')?;
    // An entry of the first version has no heads.
    let (text, heads) = text.split_once(':').unwrap_or((text, ""));
    let chunk =
        Chunk::new(&document, ChunkKind::named(kind), &decode(text)?).at_heads(heads.parse().ok()?);
    (chunk.key.as_str() == key).then_some(chunk)
}

/// Bytes as base64, by the browser.
fn encode(bytes: &[u8]) -> Option<String> {
    let binary: String = bytes.iter().copied().map(char::from).collect();
    page::window()?.btoa(&binary).ok()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let binary = page::window()?.atob(text).ok()?;
    binary
        .chars()
        .map(|character| u8::try_from(u32::from(character)).ok())
        .collect()
}
