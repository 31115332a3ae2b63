//! One round: of the changes that are out, those that contradict the document, and what builds on
//! them, get new names.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, Author, Automerge, Change, ChangeHash, ReadDoc as _};

use super::deed::deed;
use super::renaming::{Renamed, Renaming, actor_for};

/// How often changes are gone through that are not in order by their numbers.
const MOST_PASSES: usize = 64;

/// What Automerge puts before an author's name in a change.
const AUTHOR: u8 = 1;

/// Which change has which number of its actor.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    changes: BTreeMap<(ActorId, u64), ChangeHash>,
}

impl Numbers {
    /// Those of a document.
    pub(super) fn of(document: &Automerge) -> Self {
        Self::default().with(document)
    }

    /// These, and those of a document.
    pub(super) fn with(&self, document: &Automerge) -> Self {
        let mut all = self.clone();
        let changes = document.get_changes_meta(&[]).into_iter();
        let changes = changes.map(|change| ((change.actor.into_owned(), change.seq), change.hash));
        all.changes.extend(changes);
        all
    }

    /// Those of mine that others have under the same number.
    pub(super) fn contradicted_by(&self, theirs: &[Change]) -> BTreeSet<ChangeHash> {
        let doubled = theirs.iter().filter(|change| self.is_taken(change));
        let mine = |change: &Change| self.changes.get(&number(change)).copied();
        doubled.filter_map(mine).collect()
    }

    /// Whether another change has this one's number.
    pub(super) fn is_taken(&self, change: &Change) -> bool {
        let known = self.changes.get(&number(change));
        known.is_some_and(|known| *known != change.hash())
    }

    /// Adds those of these.
    pub(super) fn add(&mut self, changes: &[Change]) {
        let changes = changes.iter();
        self.changes
            .extend(changes.map(|change| (number(change), change.hash())));
    }
}

fn number(change: &Change) -> (ActorId, u64) {
    (change.actor_id().clone(), change.seq())
}

/// What a round has come to.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) renaming: Renaming,
    /// What can be let in, as it came or made anew.
    pub(super) clean: Vec<Change>,
    numbers: Numbers,
    /// What was made anew, as it was, by its number.
    renamed: BTreeMap<(ActorId, u64), Vec<Change>>,
    /// What was made anew and found taken once more, and what builds on something that is not there.
    pub(super) again: Vec<Change>,
}

/// Whether of two changes that do the same under one number one stands for both.
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
        let is_made_anew = |dep| self.renaming.changes.contains_key(dep);
        let follows = change.deps().iter().any(is_made_anew);
        if let Some(name) = self.made_already(&change, ground, clean) {
            self.renaming.changes.insert(change.hash(), name);
            return;
        }
        let rival = self.rival(&change, ground);
        let same = rival.filter(|rival| self.does_the_same(rival, &change, ground));
        if let Some(same) = same
            && change
                .deps()
                .iter()
                .all(|dep| self.is_in(dep, ground, clean))
        {
            self.renaming.changes.insert(change.hash(), same);
        } else if rival.is_none() && !follows {
            self.let_in(change, clean);
        } else if let Some(made) = self.make(&change, rival != same, ground.document) {
            self.call(&change, made, ground, clean);
        } else {
            self.again.push(change);
        }
    }

    /// What this change is called already if another one of its number, which was made anew in this
    /// round, does the same: one of the two is what the other was made into before.
    fn made_already(
        &self,
        change: &Change,
        ground: &Ground<'_>,
        clean: &BTreeSet<ChangeHash>,
    ) -> Option<ChangeHash> {
        let others = self.renamed.get(&number(change))?;
        if ground.twins == Twins::AreTwo {
            return None;
        }
        let founded = change
            .deps()
            .iter()
            .all(|dep| self.is_in(dep, ground, clean));
        let own = founded.then(|| deed(change))?;
        let twin = others.iter().find(|other| deed(other) == own)?;
        self.renaming.changes.get(&twin.hash()).copied()
    }

    /// What has this change's number, if that is another one.
    fn rival(&self, change: &Change, ground: &Ground<'_>) -> Option<ChangeHash> {
        let number = number(change);
        let fresh = self.numbers.changes.get(&number);
        let known = fresh.or_else(|| ground.taken.changes.get(&number)).copied();
        known.filter(|known| *known != change.hash())
    }

    /// Whether a rival does just what this change does: then somebody has made the same anew who
    /// knew of more, or of less, that is taken.
    fn does_the_same(&self, rival: &ChangeHash, change: &Change, ground: &Ground<'_>) -> bool {
        if ground.twins == Twins::AreTwo {
            return false;
        }
        let fresh = || self.clean.iter().find(|one| one.hash() == *rival).cloned();
        let rival = ground.get(rival).or_else(fresh);
        rival.is_some_and(|rival| deed(&rival) == deed(change))
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

    /// Makes a change anew: by another actor if its number is taken, or that of one before it; `None`
    /// if another change is in its place there, so that it has to wait for a round of its own.
    fn make(&mut self, change: &Change, is_taken: bool, document: &Automerge) -> Option<Change> {
        let mut made = change.decode();
        let actors = &mut self.renaming.actors;
        if is_taken && !actors.contains_key(change.actor_id()) {
            let renamed = Renamed {
                to: actor_for(change),
                sequence: change.seq(),
                operation: change.start_op().get(),
                count: 0,
            };
            actors.insert(change.actor_id().clone(), renamed);
        }
        if let Some(renamed) = actors.get_mut(change.actor_id()) {
            if renamed.sequence.checked_add(renamed.count)? != change.seq() {
                return None;
            }
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
        let renamed = self.renamed.entry(number(change)).or_default();
        renamed.push(change.clone());
        if self.is_in(&hash, ground, clean) {
            return;
        }
        if !made.deps().iter().all(|dep| self.is_in(dep, ground, clean)) {
            self.again.push(made);
            return;
        }
        match self.rival(&made, ground) {
            None => self.let_in(made, clean),
            Some(rival) if self.does_the_same(&rival, &made, ground) => {
                self.renaming.changes.insert(change.hash(), rival);
            }
            Some(_) => self.again.push(made),
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
