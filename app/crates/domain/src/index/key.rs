//! What can be looked at in an index, and lists of it.

use super::Handle;
use crate::mark::mark;

/// One thing that was looked at or that changed: an entity's record, whether it is there and as
/// what, what hangs on it, the membership of a kind or of a canvas, or something computed.
///
/// Names are kept as hashes: two that share one cost a needless computation, never a missed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(u32);

/// The name by which the places of an entity hang on it.
pub(super) const PLACES: &str = "@places";

const BITS: u32 = 30;
const NUMBER: u32 = (1 << BITS) - 1;

/// The keys of one entity: its record, its being, all that hangs on it, what is worked out about it,
/// what hangs on it by one of the names that share the key, and the rest for its fields, each by one
/// of the names that share the key.
const SLOTS: u32 = 32;
const RECORD: u32 = 0;
const BEING: u32 = 1;
const ALL: u32 = 2;
const VERDICT: u32 = 3;
const REFUTED: u32 = 4;
const NAMED: u32 = 5;
const FIELDS: u32 = 16;

impl Key {
    /// An entity's record: its fields and texts, and whether it is there.
    #[must_use]
    pub fn entity(handle: Handle) -> Self {
        Self::about(handle, RECORD)
    }

    /// Whether an entity is there and of which kind; its fields are no part of it.
    #[must_use]
    pub fn being(handle: Handle) -> Self {
        Self::about(handle, BEING)
    }

    /// All that hangs on an entity: its links and the reference fields that name it.
    #[must_use]
    pub fn all_links(handle: Handle) -> Self {
        Self::about(handle, ALL)
    }

    /// What hangs on an entity by links of a kind or by a reference field of that name.
    #[must_use]
    pub fn links(handle: Handle, name: &str) -> Self {
        Self::about(handle, NAMED + spread(mark(name)) % (FIELDS - NAMED))
    }

    /// The value of a field of an entity, and whether the entity is there.
    #[must_use]
    pub fn field(handle: Handle, field: &str) -> Self {
        Self::about(handle, FIELDS + spread(mark(field)) % (SLOTS - FIELDS))
    }

    /// The word of the verdict on an experiment.
    pub(crate) fn verdict(experiment: Handle) -> Self {
        Self::about(experiment, VERDICT)
    }

    /// Whether a claim is refuted.
    pub(crate) fn refuted(claim: Handle) -> Self {
        Self::about(claim, REFUTED)
    }

    /// The keys of all fields of an entity.
    pub(super) fn all_fields(handle: Handle) -> impl Iterator<Item = Self> {
        (FIELDS..SLOTS).map(move |slot| Self::about(handle, slot))
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
        Self((1 << BITS) | (unit & NUMBER))
    }

    fn about(handle: Handle, slot: u32) -> Self {
        Self(handle.0.wrapping_mul(SLOTS).wrapping_add(slot) & NUMBER)
    }

    /// The entity whose being it is.
    fn as_being(self) -> Option<Handle> {
        let row = u32::try_from(self.row()?).ok()?;
        (row % SLOTS == BEING).then_some(Handle(row / SLOTS))
    }

    /// A small number of its own for each key that is about an entity.
    pub(super) fn row(self) -> Option<usize> {
        (self.0 >> BITS == 0).then_some(self.0 as usize)
    }

    /// A number between 0 and `limit` that most others do not have.
    pub(super) fn place(self, limit: usize) -> usize {
        spread(self.0) as usize % limit
    }
}

/// Sixteen bits in which numbers that are much alike differ.
fn spread(number: u32) -> u32 {
    number.wrapping_mul(0x9e37_79b1) >> 16
}

/// A set of keys; as long as [`Reads::tidy`] was not called a key may come several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(Vec<Key>);

impl Reads {
    /// Adds a key.
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

    /// The keys as they came.
    pub(super) fn keys(&self) -> &[Key] {
        &self.0
    }

    /// The entities among them that came, went or changed their kind.
    pub fn beings(&self) -> impl Iterator<Item = Handle> {
        self.iter().filter_map(Key::as_being)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps the room for the next use.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl FromIterator<Key> for Reads {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}

/// FNV-1a, 32 bits.
pub(super) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
