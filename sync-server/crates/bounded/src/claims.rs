//! Which operations the changes of a document claim, and whether each is there exactly once.
//!
//! A document does not say with which change an operation came. Automerge finds that out from its
//! number and its actor, and ends the process where two come to lie in one place.
//!
//! Invariant: takes as many bits as the changes claim operations.

use crate::Refusal;
use crate::rows::Id;

const MALFORMED: Refusal = Refusal::Malformed("operation");

/// The operations that one change may have, from a number to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Claim {
    pub(crate) actor: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
}

impl Claim {
    fn covers(&self, id: Id) -> bool {
        self.actor == id.actor && (self.first..=self.last).contains(&id.number)
    }

    fn len(&self) -> usize {
        (self.last - self.first) as usize + 1
    }
}

/// The operations of all changes.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// By actor and number, and the place of the first operation of each among all.
    claims: Vec<(Claim, usize)>,
    there: Vec<bool>,
    /// Which one was found last: the next is mostly the same.
    latest: usize,
}

impl Claims {
    /// The claims of changes, of which no two overlap and the first is never above the last.
    pub(crate) fn new(mut changes: Vec<Claim>) -> Self {
        changes.sort_unstable();
        let (mut claims, mut at) = (Vec::with_capacity(changes.len()), 0);
        for claim in changes {
            claims.push((claim, at));
            at += claim.len();
        }
        Self {
            claims,
            there: vec![false; at],
            latest: 0,
        }
    }

    /// Takes note of an operation, which no other may be the same as.
    pub(crate) fn take(&mut self, id: Id) -> Result<(), Refusal> {
        let present = self.claims.get(self.latest);
        if !present.is_some_and(|(claim, _)| claim.covers(id)) {
            let key = (id.actor, id.number);
            let is_before = |(claim, _): &(Claim, usize)| (claim.actor, claim.last) < key;
            self.latest = self.claims.partition_point(is_before);
        }
        let found = self.claims.get(self.latest);
        let (claim, at) = found.filter(|(it, _)| it.covers(id)).ok_or(MALFORMED)?;
        let place = at + (id.number - claim.first) as usize;
        match self.there.get_mut(place) {
            Some(there) if !*there => *there = true,
            _ => return Err(MALFORMED),
        }
        Ok(())
    }

    /// Whether every change has its operations without a gap up to the last. Whoever wrote apart
    /// from others may have begun with a higher number than the one behind what was built on.
    pub(crate) fn are_whole(&self) -> bool {
        self.claims.iter().all(|(claim, at)| {
            let own = self.there.get(*at..at + claim.len()).unwrap_or_default();
            own.last() == Some(&true) && own.iter().skip_while(|it| !**it).all(|it| *it)
        })
    }
}
