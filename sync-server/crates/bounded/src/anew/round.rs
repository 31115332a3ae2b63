//! One round: of the changes that are out, those that contradict the document, and what builds on
//! them, get new names.

use std::collections::BTreeSet;

use automerge::{ActorId, Author, Automerge, Change, ChangeHash, ReadDoc as _};

use super::deed::deed;
use super::numbers::Numbers;
use super::renaming::{Renaming, actor_for};

/// How often changes are gone through that are not in order by their numbers.
const MOST_PASSES: usize = 64;

/// What Automerge puts before an author's name in a change.
const AUTHOR: u8 = 1;

/// What a round has come to.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) renaming: Renaming,
    /// What can be let in, as it came or made anew.
    pub(super) clean: Vec<Change>,
    numbers: Numbers,
    /// What was made anew and found taken once more, and what builds on something that is not there.
    pub(super) again: Vec<Change>,
}

/// Whether of two changes that do the same one stands for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twins {
    AreOne,
    AreTwo,
}

/// What the changes of a round are held against.
pub(super) struct Ground<'a> {
    pub(super) taken: &'a Numbers,
    pub(super) twins: Twins,
    pub(super) document: &'a Automerge,
    pub(super) waiting: &'a [Change],
}

impl Ground<'_> {
    fn has(&self, hash: &ChangeHash) -> bool {
        self.document.get_change_meta_by_hash(hash).is_some()
    }

    fn get(&self, hash: &ChangeHash) -> Option<Change> {
        let waiting = || self.waiting.iter().find(|one| one.hash() == *hash);
        let there = self.document.get_change_by_hash(hash);
        there.or_else(|| waiting().cloned())
    }
}

impl Round {
    /// Goes through what is out of the document.
    pub(super) fn of(mut pool: Vec<Change>, ground: &Ground<'_>) -> Self {
        let mut seen = BTreeSet::new();
        pool.retain(|change| !ground.has(&change.hash()) && seen.insert(change.hash()));
        pool.sort_by_key(|change| (change.start_op(), change.len(), change.seq()));
        let (mut round, mut waiting) = (Self::default(), pool);
        let mut clean: BTreeSet<ChangeHash> = BTreeSet::new();
        for _ in 0..MOST_PASSES {
            let before = waiting.len();
            for change in std::mem::take(&mut waiting) {
                let is_founded = |dep: &ChangeHash| {
                    let known = clean.contains(dep) || round.renaming.changes.contains_key(dep);
                    known || ground.has(dep)
                };
                if change.deps().iter().all(is_founded) {
                    round.place(change, ground, &mut clean);
                } else {
                    waiting.push(change);
                }
            }
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        round.again.extend(waiting);
        round
    }

    /// Puts a change where it belongs, of which everything is there that it builds on, as it is or
    /// by another name.
    fn place(&mut self, change: Change, ground: &Ground<'_>, clean: &mut BTreeSet<ChangeHash>) {
        if clean.contains(&change.hash()) {
            // Another one of the pool has been made into it.
            return;
        }
        let is_made_anew = |dep| self.renaming.changes.contains_key(dep);
        let follows = change.deps().iter().any(is_made_anew);
        let is_founded = self.is_founded(&change, ground, clean);
        let rival = self.rival(&change, ground);
        let twin = self.twin(&change, ground);
        let is_in_question =
            |twin: &Change| rival.is_some() || follows || clean.contains(&twin.hash());
        if let Some(twin) = twin
            .as_ref()
            .filter(|twin| is_founded && is_in_question(twin))
        {
            self.renaming.stand_in(twin, &change);
        } else if rival.is_none() && !follows {
            self.let_in(change, clean);
        } else {
            let is_taken = rival.is_some() && rival != twin.map(|twin| twin.hash());
            match self.make(&change, is_taken, ground.document) {
                Some(made) => self.call(&change, made, ground, clean),
                None => self.again.push(change),
            }
        }
    }

    /// What has this change's number, if that is another one.
    fn rival(&self, change: &Change, ground: &Ground<'_>) -> Option<ChangeHash> {
        let fresh = self.numbers.holder(change);
        let known = fresh.or_else(|| ground.taken.holder(change));
        known.filter(|known| *known != change.hash())
    }

    /// What does just what this change does, and is what somebody has made of it, or of what it was
    /// made of, who knew of more, or of less, that is taken.
    fn twin(&self, change: &Change, ground: &Ground<'_>) -> Option<Change> {
        if ground.twins == Twins::AreTwo {
            return None;
        }
        let there = ground.taken.alike(change);
        let there = there.filter_map(|hash| ground.get(&hash));
        let made = |hash| self.clean.iter().find(|one| one.hash() == hash).cloned();
        let made = self.numbers.alike(change).filter_map(made);
        let does_the_same = |other: &Change| deed(other) == deed(change);
        there.chain(made).find(does_the_same)
    }

    fn let_in(&mut self, change: Change, clean: &mut BTreeSet<ChangeHash>) {
        clean.insert(change.hash());
        self.numbers.add(std::slice::from_ref(&change));
        self.clean.push(change);
    }

    /// Whether a change is let in, as it is or by the name that it has in this round.
    fn is_in(&self, hash: &ChangeHash, ground: &Ground<'_>, clean: &BTreeSet<ChangeHash>) -> bool {
        let now = self.renaming.changes.get(hash).unwrap_or(hash);
        clean.contains(now) || ground.has(now)
    }

    /// Whether all is let in that a change builds on.
    fn is_founded(
        &self,
        change: &Change,
        ground: &Ground<'_>,
        clean: &BTreeSet<ChangeHash>,
    ) -> bool {
        let mut deps = change.deps().iter();
        deps.all(|dep| self.is_in(dep, ground, clean))
    }

    /// Makes a change anew: by another actor if its number is taken, or that of one before it; `None`
    /// if another change is in its place there, so that it has to wait for a round of its own.
    fn make(&mut self, change: &Change, is_taken: bool, document: &Automerge) -> Option<Change> {
        let mut made = change.decode();
        if is_taken && self.renaming.last(change.actor_id()).is_none() {
            self.renaming.hand_over(change, actor_for(change));
        }
        if let Some(renamed) = self.renaming.last(change.actor_id()) {
            if renamed.sequence.checked_add(1)? != change.seq() {
                return None;
            }
            renamed.sequence = change.seq();
            renamed.count = renamed.count.checked_add(1)?;
            made.actor_id = renamed.to.clone();
            made.seq = renamed.count;
            if made.seq == 1 && change.seq() != 1 {
                // Automerge takes the person's name with the first change of an actor alone.
                let person = author_of(change.actor_id(), document);
                made.extra_bytes = person.map(|name| footer(&name)).unwrap_or_default();
            }
        }
        for dep in &mut made.deps {
            if let Some(now) = self.renaming.changes.get(dep) {
                *dep = *now;
            }
        }
        made.deps.sort_unstable();
        made.deps.dedup();
        for operation in &mut made.operations {
            self.renaming.rename(operation);
        }
        Some(Change::from(made))
    }

    /// Takes down what a change is called now, and whether that can be let in.
    fn call(
        &mut self,
        change: &Change,
        made: Change,
        ground: &Ground<'_>,
        clean: &mut BTreeSet<ChangeHash>,
    ) {
        let hash = made.hash();
        self.renaming.changes.insert(change.hash(), hash);
        if self.is_in(&hash, ground, clean) {
            return;
        }
        if self.is_founded(&made, ground, clean) && self.rival(&made, ground).is_none() {
            self.let_in(made, clean);
        } else {
            self.again.push(made);
        }
    }
}

/// Whom an actor's changes in a document name as their author.
fn author_of(actor: &ActorId, document: &Automerge) -> Option<Author<'static>> {
    let changes = document.get_changes_meta(&[]);
    let own = changes.into_iter().find(|change| *change.actor == *actor);
    own?.author.map(Author::into_owned)
}

/// An author's name as it stands in a change: what it is, how long, and itself.
fn footer(author: &Author<'_>) -> Vec<u8> {
    let name = author.as_bytes();
    let mut footer = vec![AUTHOR];
    let mut length = name.len();
    while length >= 0x80 {
        footer.push(u8::try_from(length & 0x7f).unwrap_or_default() | 0x80);
        length >>= 7;
    }
    footer.push(u8::try_from(length).unwrap_or_default());
    footer.extend_from_slice(name);
    footer
}
