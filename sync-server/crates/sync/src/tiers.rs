//! When stored chunks are worth writing again as one: the rule that a server's store and a device's
//! share.
//!
//! Invariant: every byte is written again once for each tier that it passes, and once more when as
//! much is new as the last snapshot has: the cost stays in proportion to what is new, and the
//! number of chunks to the logarithm of that.

/// So many bytes of changes are worth a snapshot, in however few chunks they came: in one they take
/// a tenth of the room, and of the time of whoever loads them.
const WEIGHTY: usize = 128 << 10;

/// Chunks up to this size are of the first tier; each further tier goes up to [`FAN`] times as much.
const FIRST_TIER: usize = 4 << 10;

/// So many chunks of a tier above the first are folded into one of the next.
const FAN: usize = 8;

/// A stored chunk, as far as the rule is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// How long it is.
    pub bytes: usize,
    /// Whether it is a whole document.
    pub is_snapshot: bool,
    /// Whether it may be folded: it is no snapshot, and the document contains all of it.
    pub may_fold: bool,
}

/// What is worth doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// One snapshot in the place of everything.
    Snapshot,
    /// One chunk in the place of so many of the latest ones, two at least. They are all small
    /// beside what was stored before them.
    Fold(usize),
}

/// What is worth doing with these chunks, the latest last. `at_least` so many small ones are worth
/// one chunk.
pub fn due(
    chunks: impl DoubleEndedIterator<Item = Stored> + Clone,
    at_least: usize,
) -> Option<Due> {
    let size = |snapshots: bool| {
        let of_kind = chunks.clone().filter(|one| one.is_snapshot == snapshots);
        of_kind.fold((0, 0_usize), |(count, bytes), one| {
            (count + 1, bytes.saturating_add(one.bytes))
        })
    };
    let (increments, new) = size(false);
    let (_, old) = size(true);
    if (increments >= at_least || new >= WEIGHTY) && new >= old {
        return Some(Due::Snapshot);
    }
    foldable(&chunks, at_least).map(Due::Fold)
}

/// How many of the latest chunks are worth folding into one: those of the highest tier that is
/// full, and of every tier below.
fn foldable(
    chunks: &(impl DoubleEndedIterator<Item = Stored> + Clone),
    at_least: usize,
) -> Option<usize> {
    let (mut bound, mut below, mut needed) = (FIRST_TIER, 0, at_least);
    let mut count = None;
    loop {
        let latest = chunks.clone().rev();
        let run = latest.take_while(|one| one.may_fold && one.bytes <= bound);
        let (run, of_tier) = run.fold((0, 0), |(run, of_tier), one| {
            (run + 1, of_tier + usize::from(one.bytes > below))
        });
        if of_tier >= needed {
            count = Some(run);
        }
        if chunks.clone().all(|one| one.bytes <= bound) {
            return count.filter(|run| *run > 1);
        }
        (below, bound, needed) = (bound, bound.saturating_mul(FAN), FAN);
    }
}
