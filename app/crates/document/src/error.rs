//! What can go wrong: a command that is refused, a chunk that cannot be read.

use bounded::{GateError, Refusal};
use domain::catalogue::CanvasError;
use domain::experiment::Gap;
use domain::{CanvasId, EntityId, LinkId, Quoted};

/// Why a command was refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The document has not arrived yet.
    #[error("the workspace has not been loaded yet")]
    NotReady,
    /// The document was made by a newer version and is read-only here.
    #[error("the workspace was made by a newer version and can only be read here")]
    Newer,
    /// The person may look at the workspace and not change it.
    #[error("the workspace can only be looked at by this link")]
    NotAllowed,
    /// There is no such note, or it cannot be read.
    #[error("there is no note {0}")]
    UnknownEntity(EntityId),
    /// There is no such link, or it cannot be read.
    #[error("there is no link {0}")]
    UnknownLink(LinkId),
    /// The id of a new note or link is taken.
    #[error("the id {} is already taken", Quoted(.0))]
    AlreadyExists(String),
    /// An id, a slot or a field's name is empty, too long, or has a `/` where it must not.
    #[error("{} cannot be used as a name", Quoted(.0))]
    InvalidName(String),
    /// A number that is not finite.
    #[error("the field {} takes only finite numbers", Quoted(.0))]
    InvalidNumber(String),
    /// A splice reaches beyond the text.
    #[error("the edit reaches {end}, beyond the text's end at {length}")]
    OutOfBounds {
        /// Where the splice ends, in UTF-16 units.
        end: usize,
        /// The text's length at that moment, in UTF-16 units.
        length: usize,
    },
    /// A splice begins or ends between the two halves of a character.
    #[error("the edit splits the character at {at}")]
    SplitsCharacter {
        /// The offset, in UTF-16 units.
        at: usize,
    },
    /// A text would become longer than [`LONGEST_TEXT`](crate::LONGEST_TEXT).
    #[error("the text is longer than {} characters", crate::LONGEST_TEXT)]
    TooLong,
    /// With this file the document would become larger than devices and servers take.
    #[error("a workspace has no room for so much: import it in parts, each into one of its own")]
    TooMuch,
    /// The original of a copy is not on that canvas.
    #[error("the note {id} is not on the canvas {canvas}")]
    NotPlaced {
        /// The original.
        id: EntityId,
        /// The canvas on which it was looked for.
        canvas: CanvasId,
    },
    /// A field that only its own command writes, such as an experiment's lock.
    #[error("the field {} is written by its own command alone", Quoted(.0))]
    Protected(String),
    /// Something else than an experiment, or one that is deleted, cannot be locked.
    #[error("{0} is not an experiment")]
    NotAnExperiment(EntityId),
    /// A lock is taken once.
    #[error("the experiment {0} is locked already")]
    AlreadyLocked(EntityId),
    /// The plan of an experiment is not ready to be locked.
    #[error("the experiment cannot be locked: {0}")]
    Unplanned(Gap),
    /// There are data already, which the criterion may have been chosen by.
    #[error(
        "there are data already: a plan is locked before them, so plan the experiment {0} anew"
    )]
    DataBeforeLock(EntityId),
    /// Something else than a decision, or one that is deleted, cannot be taken.
    #[error("{0} is not a decision")]
    NotADecision(EntityId),
    /// The figures of a decision are frozen once.
    #[error("the decision {0} has been taken already")]
    AlreadyDecided(EntityId),
    /// The frozen figures of a decision are not a JSON object.
    #[error("the figures of the decision are not a JSON object")]
    InvalidFigures,
    /// The canvas cannot be read, or cannot be used as it is.
    #[error("the canvas cannot be used: {0}")]
    InvalidCanvas(CanvasError),
    /// The workspace or the catalogue has a canvas of that id.
    #[error("there is a canvas {0} already")]
    CanvasExists(CanvasId),
    /// A canvas that is replaced keeps its id: its notes and its address hang on it.
    #[error("the canvas {0} keeps its id")]
    CanvasIdChanged(CanvasId),
    /// The entity holds no canvas.
    #[error("{0} is not a canvas of this workspace")]
    NotACanvas(EntityId),
    /// Something else than a container stands where the document keeps its content.
    #[error("the workspace is damaged: {} is missing", Quoted(.0))]
    Damaged(&'static str),
    /// The document library refused.
    #[error("the change could not be made: {0}")]
    Document(String),
}

impl From<automerge::AutomergeError> for CommandError {
    fn from(error: automerge::AutomergeError) -> Self {
        CommandError::Document(error.to_string())
    }
}

/// Why a chunk cannot be read. Nothing of it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// It is cut off, damaged, not what a document is made of, or over a limit.
    #[error("the chunk cannot be read: {0}")]
    Unreadable(#[from] Refusal),
    /// The changes contradict the document, or build on something that does not exist.
    #[error("the changes do not fit the document: {0}")]
    Refused(String),
    /// Another change stands under the actor and number of one of them.
    #[error("the changes do not fit the document: {}", Refusal::Doubled)]
    Contested,
    /// The code that takes it in has not come.
    #[error("the workspace has not been loaded yet")]
    NotReady,
    /// There are no bytes at all.
    #[error("the chunk is empty")]
    Empty,
}

impl From<GateError> for ChunkError {
    fn from(error: GateError) -> Self {
        match error {
            GateError::Refused(Refusal::Doubled) => Self::Contested,
            GateError::Refused(refusal @ Refusal::Unfounded(_)) => {
                Self::Refused(refusal.to_string())
            }
            GateError::Refused(refusal) => Self::Unreadable(refusal),
            GateError::Rejected(reason) => Self::Refused(reason),
        }
    }
}

/// A chunk that [`load`](crate::ProductDocument::load) left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedChunk {
    /// Its place in the list that was given.
    pub index: usize,
    /// What is wrong with it.
    pub error: String,
    /// Whether nothing is but that another change stands under the actor and number of one of its
    /// changes. Then it is kept aside, and taken in when [`take_up`](crate::ProductDocument::take_up)
    /// is called.
    pub contested: bool,
}
