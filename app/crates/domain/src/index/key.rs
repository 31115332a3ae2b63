//! What can be looked at in an index, and lists of it.

use super::Handle;

/// One thing that was looked at or that changed: an entity's record, what hangs on it, the
/// membership of a kind or of a canvas, or something computed.
///
/// Names are kept as hashes: two that share one cost a needless computation, never a missed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u32);

const BITS: u32 = 30;
const NUMBER: u32 = (1 << BITS) - 1;

impl Key {
    /// An entity's record: its kind, its fields, whether it is there.
    #[must_use]
    pub fn entity(handle: Handle) -> Self {
        Self(handle.0 & NUMBER)
    }

    /// What hangs on an entity: its links and the reference fields that name it.
    #[must_use]
    pub fn links(handle: Handle) -> Self {
        Self((1 << BITS) | (handle.0 & NUMBER))
    }

    /// Which live entities a kind has.
    #[must_use]
    pub fn kind(kind: &str) -> Self {
        Self((2 << BITS) | (hash(kind) & NUMBER))
    }

    /// What stands on a canvas.
    #[must_use]
    pub fn canvas(canvas: &str) -> Self {
        Self((2 << BITS) | (hash(canvas).rotate_left(7) & NUMBER))
    }

    /// The result of a computation.
    #[must_use]
    pub fn unit(unit: u32) -> Self {
        Self((3 << BITS) | (unit & NUMBER))
    }

    /// The entity whose record it is.
    fn as_entity(self) -> Option<Handle> {
        (self.0 >> BITS == 0).then_some(Handle(self.0))
    }

    /// A small number of its own for each key that is about an entity.
    pub(super) fn row(self) -> Option<usize> {
        let number = (self.0 & NUMBER) as usize;
        let tag = (self.0 >> BITS) as usize;
        (tag < 2).then_some(2 * number + tag)
    }
}

/// A set of keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(Vec<Key>);

impl Reads {
    /// Adds a key. After the last one comes [`Reads::tidy`].
    pub fn add(&mut self, key: Key) {
        if self.0.last() != Some(&key) {
            self.0.push(key);
        }
    }

    /// Puts the keys in order, each once.
    pub fn tidy(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// The keys.
    pub fn iter(&self) -> impl Iterator<Item = Key> {
        self.0.iter().copied()
    }

    /// The entities among them whose records they name.
    pub fn entities(&self) -> impl Iterator<Item = Handle> {
        self.iter().filter_map(Key::as_entity)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the key is in it; after [`Reads::tidy`].
    #[must_use]
    pub fn contains(&self, key: Key) -> bool {
        self.0.binary_search(&key).is_ok()
    }

    /// Keeps the room for the next use.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// FNV-1a, 32 bits.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
