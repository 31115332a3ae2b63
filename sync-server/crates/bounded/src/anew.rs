//! The way out for changes that cannot go on since somebody has written others under their author's
//! numbers.
//!
//! A document takes of two changes with one actor and number whichever comes first. Where the two
//! sides have taken different ones, one side gives way: what it alone has is made anew, operation
//! by operation: under an actor that has written nothing yet, as far as its numbers are taken, and
//! else as it was, upon what was made anew. Such an actor is named after the first change that it
//! makes anew, so that everybody who does it comes to the same changes, and merging them adds
//! nothing. Who knew of more that is taken comes to others that do the same, and of these one stands.
//!
//! Invariant: nothing that was written is given up. What is made anew does, after what it was built
//! on, just what it did before, under the same person's name and at the same time.

mod deed;
mod numbers;
mod renaming;
mod round;

use std::collections::BTreeSet;

use automerge::{Automerge, Change, ChangeHash, PatchLog};

use crate::pieces::pieces;
use crate::{Gate, GateError, Limits, check_chunk};

use numbers::Numbers;
pub use renaming::Renaming;
use round::{Ground, Round, Twins};

/// How often what was made anew may itself be found taken: each time, somebody has had to know the
/// changes and to write under the names that follow from them.
const MOST_ROUNDS: usize = 16;

/// A document after it has given way.
#[derive(Clone, Debug)]
pub struct GaveWay {
    /// The document, with theirs and with what was made anew.
    pub document: Automerge,
    /// What is in front of it.
    pub gate: Gate,
    /// What is called otherwise now, in the order in which that came about.
    pub renamings: Vec<Renaming>,
    /// The changes that were made anew, as they were.
    pub lost: Vec<Change>,
}

/// Gives way to `theirs`, chunks that another side has and will not part with: what was written here
/// under a number that they have taken, and all that builds on it, is made anew. `None` if they
/// contradict nothing here.
///
/// # Errors
/// When theirs are malformed or fit no document.
pub fn give_way(
    document: &Automerge,
    gate: &Gate,
    theirs: &[u8],
    limits: &Limits,
) -> Result<Option<GaveWay>, GateError> {
    let theirs = changes_of(theirs, limits)?;
    let doubled = Numbers::of(document).contradicted_by(&theirs);
    if doubled.is_empty() {
        return Ok(None);
    }
    let (mut kept, mut lost, mut gone) = (Vec::new(), Vec::new(), BTreeSet::new());
    for change in document.get_changes(&[]) {
        let hash = change.hash();
        if doubled.contains(&hash) || change.deps().iter().any(|dep| gone.contains(dep)) {
            gone.insert(hash);
            lost.push(change);
        } else {
            kept.push(change);
        }
    }
    let mut document = Automerge::new();
    document
        .apply_changes(kept)
        .map_err(|error| GateError::Rejected(error.to_string()))?;
    // What waits comes after theirs, which may be the same under another name.
    let (mut gate_of_both, waiting) = (Gate::default(), gate.waiting());
    let patches = &mut PatchLog::inactive();
    gate_of_both.admit(theirs.clone(), limits, &mut document, patches)?;
    let both = GaveWay {
        document,
        gate: gate_of_both,
        renamings: Vec::new(),
        lost,
    };
    let with = |twins| both.clone().with_lost(waiting, &theirs, twins, limits);
    // Where a server has forgotten what others had given way to, what they made anew may be there
    // beside what it was. Then what does the same as another does it to the other of the two, and
    // does not stand for it.
    with(Twins::AreOne)
        .or_else(|| with(Twins::AreTwo))
        .map(Some)
        .ok_or_else(|| GateError::Rejected("what was made anew does not fit".to_owned()))
}

impl GaveWay {
    /// Lets what was lost in, made anew, and then what waited; `None` if not all of it fits.
    fn with_lost(
        mut self,
        waiting: &[Change],
        theirs: &[Change],
        twins: Twins,
        limits: &Limits,
    ) -> Option<Self> {
        let mut taken = Numbers::default();
        taken.add(theirs);
        self.renamings = rounds(
            waiting.iter().chain(&self.lost).cloned().collect(),
            &taken,
            twins,
            limits,
            &mut self.document,
            &mut self.gate,
        );
        let is_there = |change: &Change| {
            let name = called(change.hash(), &self.renamings);
            self.document.get_change_meta_by_hash(&name).is_some()
        };
        if !self.lost.iter().all(is_there) {
            return None;
        }
        let left = waiting.iter();
        let left = left.filter(|change| called(change.hash(), &self.renamings) == change.hash());
        let left = left.cloned().collect();
        admit_what_fits(left, limits, &mut self.document, &mut self.gate);
        Some(self)
    }
}

/// What a change is called now.
fn called(hash: ChangeHash, renamings: &[Renaming]) -> ChangeHash {
    let now = |hash, renaming: &Renaming| renaming.change(&hash).unwrap_or(hash);
    renamings.iter().fold(hash, now)
}

/// Lets in what a document has not taken because it contradicts it, made anew, and so what waits in
/// front of its gate for such changes. Only what builds on something that is nowhere stays out.
/// What fits no document stays out as well.
pub fn take_up(
    pool: &[Change],
    limits: &Limits,
    document: &mut Automerge,
    gate: &mut Gate,
) -> Vec<Renaming> {
    let (pool, theirs) = (pool.to_vec(), Numbers::default());
    rounds(pool, &theirs, Twins::AreOne, limits, document, gate)
}

fn rounds(
    mut pool: Vec<Change>,
    theirs: &Numbers,
    twins: Twins,
    limits: &Limits,
    document: &mut Automerge,
    gate: &mut Gate,
) -> Vec<Renaming> {
    pool.extend(gate.waiting().iter().cloned());
    let mut renamings = Vec::new();
    for _ in 0..MOST_ROUNDS {
        // What had waited may have come in with the round before.
        let taken = theirs.with(document);
        let ground = Ground {
            taken: &taken,
            twins,
            document,
            waiting: gate.waiting(),
        };
        let round = Round::of(pool, &ground);
        gate.let_go(|hash| round.renaming.change(hash).is_some());
        let refused = admit_what_fits(round.clean, limits, document, gate);
        let is_stuck = round.renaming.is_empty() && refused.is_empty();
        pool = round.again;
        pool.extend(refused);
        if is_stuck {
            break;
        }
        renamings.push(round.renaming);
    }
    renamings
}

/// Lets these in together or, if one of them does not fit, one by one; returns those that do not.
fn admit_what_fits(
    changes: Vec<Change>,
    limits: &Limits,
    document: &mut Automerge,
    gate: &mut Gate,
) -> Vec<Change> {
    let patches = &mut PatchLog::inactive();
    let together = gate.admit(changes.clone(), limits, document, patches);
    if together.is_ok() {
        return Vec::new();
    }
    let mut refused = Vec::new();
    for change in changes {
        let alone = vec![change.clone()];
        if gate.admit(alone, limits, document, patches).is_err() {
            refused.push(change);
        }
    }
    refused
}

/// Whether everything in a chunk is in the document, as it is or, by these, made anew.
#[must_use]
pub fn holds(
    chunk: &[u8],
    document: &Automerge,
    is_made_anew: impl Fn(&ChangeHash) -> bool,
) -> bool {
    changes_of(chunk, &Limits::default()).is_ok_and(|changes| {
        changes.iter().all(|change| {
            let hash = change.hash();
            is_made_anew(&hash) || document.get_change_meta_by_hash(&hash).is_some()
        })
    })
}

/// Every change of these chunks, those inside whole documents included.
///
/// # Errors
/// When they are malformed or over a limit.
pub fn changes_of(bytes: &[u8], limits: &Limits) -> Result<Vec<Change>, GateError> {
    check_chunk(bytes, limits)?;
    let mut changes = Vec::new();
    for piece in pieces(bytes) {
        if piece.is_document {
            changes.extend(piece.document()?.get_changes(&[]));
        } else {
            changes.push(piece.change()?);
        }
    }
    Ok(changes)
}
