//! The document of one workspace in one tab session.
//!
//! It is ready once it holds genesis; until then, and when it comes from a newer version, commands
//! are refused. Every change made here has the session's actor and the person as its author.

use automerge::{ActorId, Author, Automerge, Patch, PatchLog};
use bounded::Gate;
use domain::{
    CanvasId, Entity, EntityId, Graph, Link, LinkId, Person, PersonId, Placement, SlotId,
};

use crate::anew::Aside;
use crate::history::{Direction, History};
use crate::later::Later;
use crate::plans::{self, Plans};
use crate::writer::Writer;
use crate::{
    ChunkError, Command, CommandError, Context, DirtySet, GestureLabel, Heads, Intrusion, LastEdit,
    RejectedChunk, SessionIdentity, UndoOutcome, dirty, execute, genesis, last_edit, later, merge,
    outmoved, read,
};

/// A workspace's document.
#[derive(Debug)]
pub struct ProductDocument {
    pub(crate) document: Automerge,
    /// Everything from outside comes in through it; what comes early waits there.
    pub(crate) gate: Gate,
    identity: SessionIdentity,
    pub(crate) actor: ActorId,
    random: fastrand::Rng,
    pub(crate) history: History,
    /// Made when the first command asks for it.
    pub(crate) plans: Option<Plans>,
    /// What contradicts it and is not given up.
    pub(crate) aside: Aside,
    is_ready: bool,
    is_from_newer_version: bool,
}

impl ProductDocument {
    /// A new, empty workspace. Every device makes the same one.
    #[must_use]
    pub fn create(identity: SessionIdentity) -> Self {
        let mut product = Self::awaiting(identity);
        // Fresh maps cannot fail to be made; if they did, the document would stay not ready.
        let applied = genesis::apply(
            &mut product.document,
            genesis::chain(),
            &mut PatchLog::inactive(),
        );
        debug_assert!(applied.is_ok(), "{applied:?}");
        product.settle();
        product
    }

    /// A workspace of which nothing has arrived yet, opened by its link. Commands fail with
    /// [`CommandError::NotReady`] until it has.
    #[must_use]
    pub fn awaiting(identity: SessionIdentity) -> Self {
        Self::of(Automerge::new(), Gate::default(), identity)
    }

    /// A workspace from its chunks, in any order. Those that cannot be read are named and left
    /// out; the others are loaded. Those that are contested are kept aside besides.
    #[must_use]
    pub fn load(
        identity: SessionIdentity,
        chunks: &[impl AsRef<[u8]>],
    ) -> (Self, Vec<RejectedChunk>) {
        let (mut document, mut gate) = (Automerge::new(), Gate::default());
        let rejected = merge::load(&mut document, &mut gate, chunks);
        let mut product = Self::of(document, gate, identity);
        let contested = rejected.iter().filter(|chunk| chunk.contested);
        let contested = contested.filter_map(|chunk| chunks.get(chunk.index));
        product.set_aside(contested.map(|chunk| chunk.as_ref().to_vec()));
        (product, rejected)
    }

    fn of(mut document: Automerge, gate: Gate, identity: SessionIdentity) -> Self {
        let mut random = fastrand::Rng::with_seed(identity.seed);
        let mut actor = ActorId::from(identity.actor);
        // Two sessions with one actor corrupt the document, so one that has written here already
        // is not used again.
        while has_written(&mut document, &actor) {
            actor = any_actor(&mut random);
        }
        let mut product = Self {
            document,
            gate,
            identity,
            actor,
            random,
            history: History::default(),
            plans: None,
            aside: Aside::default(),
            is_ready: false,
            is_from_newer_version: false,
        };
        product.settle();
        product
    }

    /// Goes on under a name that nobody has had.
    pub(crate) fn draw_actor(&mut self) {
        self.actor = any_actor(&mut self.random);
    }

    /// After anything from outside: whose the next change is, whether genesis is here, and the
    /// migrations that are missing. Automerge forgets the author when it loads into an empty
    /// document.
    pub(crate) fn settle(&mut self) -> DirtySet {
        let author = Author::from(self.identity.person.as_str().as_bytes().to_vec());
        if self.document.get_author() != Some(&author) {
            self.document.set_author(Some(author));
        }
        self.document.set_actor(self.actor.clone());
        let chain = genesis::chain();
        self.is_from_newer_version = genesis::is_from_newer_version(&self.document, chain);
        if self.is_ready {
            return DirtySet::default();
        }
        self.is_ready = genesis::is_present(&self.document);
        let mut log = PatchLog::active();
        // It adds what is missing of the chain.
        if self.is_ready && genesis::apply(&mut self.document, chain, &mut log).is_err() {
            self.is_ready = false;
        }
        dirty::attribute(&self.document.make_patches(&mut log))
    }

    /// Whether genesis is here, so that the workspace can be changed.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.is_ready
    }

    /// Whether a newer version has migrated the document; then it is read-only here. A schema's number
    /// that is not of a migration says nothing.
    #[must_use]
    pub fn is_from_newer_version(&self) -> bool {
        self.is_from_newer_version
    }

    /// What another program has put where it does not belong. Nothing of the workspace is hidden by
    /// it; every entry is looked at.
    #[must_use]
    pub fn intrusion(&self) -> Intrusion {
        Intrusion {
            displaced: genesis::displaced(&self.document),
            unreadable: read::unreadable(&self.document),
        }
    }

    /// Notes and links that another program has taken out of the workspace, or has written over, so
    /// that no command brings them back: what to import to have them again. The whole history is
    /// looked through, so this is for when somebody asks; nothing while the code for it is on its way.
    #[must_use]
    pub fn wiped(&self) -> Graph {
        let later = later::get();
        later.map_or_else(Graph::default, |later| (later.wiped)(&self.document))
    }

    /// How many changes are missing on which changes that have arrived depend.
    #[must_use]
    pub fn missing_dependencies(&self) -> usize {
        self.gate.missing(&self.document).len()
    }

    /// Carries a command out.
    ///
    /// # Errors
    /// A refused command changes nothing.
    pub fn execute(
        &mut self,
        command: &Command,
        context: Context,
    ) -> Result<DirtySet, CommandError> {
        self.execute_by(later::get(), command, context)
    }

    /// Whether a command can be carried out with the code that is here. Where something is locked,
    /// none can without that which watches it.
    #[must_use]
    pub fn can_carry_out(&self, command: &Command) -> bool {
        self.can_carry_out_by(later::get(), command)
    }

    fn can_carry_out_by(&self, later: Option<Later>, command: &Command) -> bool {
        later.is_some() || (command.is_at_once() && !plans::any_locked(&self.document))
    }

    fn execute_by(
        &mut self,
        later: Option<Later>,
        command: &Command,
        context: Context,
    ) -> Result<DirtySet, CommandError> {
        self.check_writable()?;
        if !self.can_carry_out_by(later, command) {
            return Err(CommandError::NotReady);
        }
        let before = self.document.get_heads();
        let Self {
            document,
            identity,
            random,
            plans,
            ..
        } = self;
        let watch = later.and_then(|later| {
            let plans = plans.get_or_insert_with(|| (later.plans)(document));
            Some((later.mark, (later.watch)(plans, document, command)?))
        });
        let mut writer = Writer::begin(document, identity, random, context.at)?;
        execute::run(&mut writer, command, later)?;
        if let (Some((mark, watch)), Some(plans)) = (watch, plans) {
            mark(watch, &mut writer, plans)?;
        }
        let (mut written, mut log) = writer.commit(command.label().name());
        if self.document.get_heads() == before {
            return Ok(DirtySet::default());
        }
        written.patches = self.document.make_patches(&mut log);
        let dirty = self.touched(&written.patches);
        let label = command.label();
        if label.is_undoable() {
            self.history
                .remember(&self.document, written, &before, label, context.gesture);
        }
        if label == GestureLabel::Lock {
            // One Ctrl+Z too many would take back an edit of the plan, and break the lock for ever.
            self.history.seal();
        }
        Ok(dirty)
    }

    /// Whether carrying a command out would break the lock of an experiment, for ever: whoever gives
    /// it may be asked first. Nothing is written. What is refused breaks nothing, and of what must
    /// wait for its code nothing is known.
    #[must_use]
    pub fn would_break(&mut self, command: &Command) -> bool {
        self.broken_by(later::get(), command).unwrap_or(false)
    }

    fn broken_by(&mut self, later: Option<Later>, command: &Command) -> Option<bool> {
        self.check_writable().ok()?;
        let later = later?;
        let Self {
            document,
            identity,
            random,
            plans,
            ..
        } = self;
        let plans = plans.get_or_insert_with(|| (later.plans)(document));
        let watch = (later.watch)(plans, document, command)?;
        // A transaction that is dropped leaves the document as it was.
        let mut writer = Writer::begin(document, identity, random, 0).ok()?;
        execute::run(&mut writer, command, Some(later)).ok()?;
        Some((later.breaks)(watch, &writer, plans))
    }

    /// What importing a file would do now; nothing is written.
    ///
    /// # Errors
    /// When the document cannot be written to.
    pub fn import_outlook(&mut self, graph: &Graph) -> Result<crate::ImportOutlook, CommandError> {
        self.check_writable()?;
        let later = later::get().ok_or(CommandError::NotReady)?;
        // A transaction that is dropped leaves the document as it was.
        let writer = Writer::begin(&mut self.document, &self.identity, &mut self.random, 0)?;
        (later.outlook)(&writer, graph)
    }

    /// What patches have touched; the plans are kept up to date with it.
    fn touched(&mut self, patches: &[Patch]) -> DirtySet {
        let mut dirty = dirty::attribute(patches);
        if genesis::displaced(&self.document) > 0 {
            dirty = DirtySet::everything();
        }
        if dirty.everything {
            self.plans = None;
        } else if let (Some(plans), Some(later)) = (&mut self.plans, later::get()) {
            (later.update)(plans, &self.document, &dirty);
        }
        dirty
    }

    fn check_writable(&self) -> Result<(), CommandError> {
        if !self.is_ready {
            return Err(CommandError::NotReady);
        }
        if self.is_from_newer_version() {
            return Err(CommandError::Newer);
        }
        Ok(())
    }

    /// Whether there is a gesture of this session to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is an undone gesture to redo.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// What [`undo`](Self::undo) would undo.
    #[must_use]
    pub fn next_undo(&self) -> Option<GestureLabel> {
        self.history
            .latest(Direction::Undo)
            .map(|step| step.label())
    }

    /// What [`redo`](Self::redo) would do again.
    #[must_use]
    pub fn next_redo(&self) -> Option<GestureLabel> {
        self.history
            .latest(Direction::Redo)
            .map(|step| step.label())
    }

    /// Undoes one's own latest gesture, as far as colleagues have not changed its values since.
    /// `None` when there is none. `at` is the time in milliseconds since 1970.
    ///
    /// # Errors
    /// When the document can only be read; the step stays.
    pub fn undo(&mut self, at: i64) -> Result<Option<UndoOutcome>, CommandError> {
        self.revert(at, Direction::Undo)
    }

    /// Does again what was undone last. `None` when there is nothing.
    ///
    /// # Errors
    /// When the document can only be read; the step stays.
    pub fn redo(&mut self, at: i64) -> Result<Option<UndoOutcome>, CommandError> {
        self.revert(at, Direction::Redo)
    }

    fn revert(
        &mut self,
        at: i64,
        direction: Direction,
    ) -> Result<Option<UndoOutcome>, CommandError> {
        let Some(step) = self.history.latest(direction) else {
            return Ok(None);
        };
        self.check_writable()?;
        let later = later::get().ok_or(CommandError::NotReady)?;
        let label = step.label();
        let Self {
            document,
            identity,
            random,
            plans,
            ..
        } = self;
        let plans = plans.get_or_insert_with(|| (later.plans)(document));
        let reverted = (later.revert)(document, identity, random, at, direction, step, plans)?;
        let changed = self.touched(&reverted.patches);
        let (skipped, by_same_person) = (reverted.skipped, reverted.by_same_person);
        self.history.reverted(&self.document, direction, reverted);
        Ok(Some(UndoOutcome {
            changed,
            label,
            skipped,
            by_same_person,
        }))
    }

    /// Takes in a chunk from another tab or from a file.
    ///
    /// # Errors
    /// When the chunk cannot be read or does not fit the document.
    pub fn apply_chunk(&mut self, bytes: &[u8]) -> Result<DirtySet, ChunkError> {
        let mut log = PatchLog::active();
        let waited = self.gate.waiting().to_vec();
        let taken = merge::take(&mut self.document, &mut self.gate, bytes, &mut log);
        self.aside.keep(waited, &self.document, &self.gate);
        let patches = self.document.make_patches(&mut log);
        let mut dirty = self.touched(&patches);
        dirty.merge(self.settle());
        taken.map(|_| dirty)
    }

    /// Hands the document to the sync shell, which lets what arrived in through the gate and logs it
    /// in the patch log; answers what that changed. The shell makes no changes of its own.
    pub fn exchange<R>(
        &mut self,
        merge: impl FnOnce(&mut Automerge, &mut Gate, &mut PatchLog) -> R,
    ) -> (R, DirtySet) {
        let before = self.document.get_heads();
        let mut log = PatchLog::active();
        let waited = self.gate.waiting().to_vec();
        let result = merge(&mut self.document, &mut self.gate, &mut log);
        self.aside.keep(waited, &self.document, &self.gate);
        let patches = self.document.make_patches(&mut log);
        let mut dirty = self.touched(&patches);
        if patches.is_empty() && self.document.get_heads() != before {
            // Perhaps nothing that shows has changed, perhaps it was merged without the log.
            dirty = DirtySet::everything();
            self.plans = None;
        }
        dirty.merge(self.settle());
        (result, dirty)
    }

    /// Shows the document to the sync shell.
    pub fn peek<R>(&self, look: impl FnOnce(&Automerge) -> R) -> R {
        look(&self.document)
    }

    /// The point in history at which the document is.
    #[must_use]
    pub fn heads(&self) -> Heads {
        self.document.get_heads().into()
    }

    /// The changes after `heads` as one chunk, `None` when there are none. Heads that are unknown
    /// here are ignored.
    #[must_use]
    pub fn chunk_since(&self, heads: &Heads) -> Option<Vec<u8>> {
        Some(self.document.save_after(&heads.hashes())).filter(|bytes| !bytes.is_empty())
    }

    /// Whether all changes up to `heads` are here.
    #[must_use]
    pub fn has(&self, heads: &Heads) -> bool {
        heads
            .hashes()
            .iter()
            .all(|hash| genesis::has_change(&self.document, hash))
    }

    /// How many changes there are after `heads`.
    #[must_use]
    pub fn changes_since(&self, heads: &Heads) -> usize {
        self.document.get_changes_meta(&heads.hashes()).len()
    }

    /// The whole document as one compact chunk, waiting changes included.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let waiting = self.gate.waiting();
        let mut bytes = self.document.save();
        bytes.extend(waiting.iter().flat_map(|change| change.raw_bytes()));
        bytes
    }

    /// Everything that can be read, as plain data.
    #[must_use]
    pub fn graph(&self) -> Graph {
        read::graph(&self.document)
    }

    /// The workspace's name; may be empty.
    #[must_use]
    pub fn name(&self) -> String {
        read::name(&self.document)
    }

    /// A note, deleted or not.
    #[must_use]
    pub fn entity(&self, id: &EntityId) -> Option<Entity> {
        read::entity(&self.document, id)
    }

    /// Who changed a note last, and when; `None` for one that is not here or was
    /// not edited since it was made. It is read from the
    /// history, at a cost in proportion to the note and to the changes after its last edit: for the
    /// one note that somebody looks at.
    #[must_use]
    pub fn last_edit(&self, id: &EntityId) -> Option<LastEdit> {
        last_edit::last_edit(&self.document, id)
    }

    /// Where a note is on a canvas.
    #[must_use]
    pub fn placement(&self, canvas: &CanvasId, id: &EntityId) -> Option<Placement> {
        read::placement(&self.document, canvas, id)
    }

    /// The slot into which this person has moved a note of a canvas that stands elsewhere, because
    /// somebody moved it at the same time and that move has prevailed.
    #[must_use]
    pub fn outmoved(&self, canvas: &CanvasId, id: &EntityId) -> Option<SlotId> {
        outmoved::outmoved(&self.document, &self.identity.person, canvas, id)
    }

    /// A link, deleted or not.
    #[must_use]
    pub fn link(&self, id: &LinkId) -> Option<Link> {
        read::link(&self.document, id)
    }

    /// Someone who took part.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<Person> {
        read::person(&self.document, id)
    }
}

fn any_actor(random: &mut fastrand::Rng) -> ActorId {
    ActorId::from(std::array::from_fn::<u8, 16, _>(|_| random.u8(..)))
}

/// Makes the actor the document's own and looks for a change of its.
fn has_written(document: &mut Automerge, actor: &ActorId) -> bool {
    document.set_actor(actor.clone());
    document.get_last_local_change().is_some()
}

#[cfg(test)]
mod tests;
