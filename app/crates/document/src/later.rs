//! Work on a document whose code a browser fetches after what adds a note and edits its text: all
//! other commands, undo and redo, the watch over locked plans, and making changes anew.
//!
//! Natively it is compiled in. In a browser [`install`] alone names it, so that it can lie in a file
//! of its own; until that has come, such work fails with [`CommandError::NotReady`].

use std::hint::black_box;
use std::sync::OnceLock;

use automerge::Automerge;
use domain::Graph;

use crate::execute::ImportOutlook;
use crate::history::{self, Direction, Reverted, Step};
use crate::plans::{Plans, Watch};
use crate::writer::Writer;
use crate::{
    ChunkError, Command, CommandError, DirtySet, ProductDocument, SessionIdentity, anew, execute,
    wiped,
};

/// The code.
#[derive(Clone, Copy)]
pub(crate) struct Later {
    /// Carries out a command that is not carried out at once.
    pub(crate) run: fn(&mut Writer<'_>, &Command) -> Result<(), CommandError>,
    /// Everything that the document says about experiments.
    pub(crate) plans: fn(&Automerge) -> Plans,
    /// Reads again what a dirty set names.
    pub(crate) update: fn(&mut Plans, &Automerge, &DirtySet),
    /// The locked plans that a command may change.
    pub(crate) watch: fn(&Plans, &Automerge, &Command) -> Option<Watch>,
    /// Marks those that it has changed.
    pub(crate) mark: fn(Watch, &mut Writer<'_>, &Plans) -> Result<(), CommandError>,
    /// Whether it would mark any.
    pub(crate) breaks: fn(Watch, &Writer<'_>, &Plans) -> bool,
    /// What importing a file would do.
    pub(crate) outlook: fn(&Writer<'_>, &Graph) -> Result<ImportOutlook, CommandError>,
    /// Reverts a step of one's own.
    pub(crate) revert: Revert,
    /// Gives way to what contradicts a document.
    pub(crate) give_way: fn(&mut ProductDocument, &[u8]) -> Result<bool, ChunkError>,
    /// Takes in what is beside it.
    pub(crate) take_up: fn(&mut ProductDocument) -> bool,
    /// Whether everything in a chunk is in it, or was made anew.
    pub(crate) holds: fn(&ProductDocument, &[u8]) -> bool,
    /// What another program has taken out of it.
    pub(crate) wiped: fn(&Automerge) -> Graph,
}

type Revert = fn(
    &mut Automerge,
    &SessionIdentity,
    &mut fastrand::Rng,
    i64,
    Direction,
    &Step,
    &Plans,
) -> Result<Reverted, CommandError>;

const ALL: Later = Later {
    run: execute::run_later,
    plans: Plans::read,
    update: Plans::update,
    watch: Plans::watch,
    mark: Watch::mark,
    breaks: Watch::breaks,
    outlook: execute::outlook,
    revert: history::revert,
    give_way: anew::give_way,
    take_up: anew::take_up,
    holds: anew::holds,
    wiped: wiped::wiped,
};

static INSTALLED: OnceLock<Later> = OnceLock::new();

/// Hands the code over; once is enough.
pub fn install() {
    // Whoever was first handed over the same. A compiler that saw that there is no other would call
    // the code by its names wherever it is asked for, and so bring it along.
    let _ = INSTALLED.set(black_box(ALL));
}

/// Whether the code is here.
#[must_use]
pub fn is_here() -> bool {
    get().is_some()
}

/// The code; nothing while it is on its way.
pub(crate) fn get() -> Option<Later> {
    if cfg!(target_arch = "wasm32") {
        INSTALLED.get().copied()
    } else {
        Some(ALL)
    }
}
