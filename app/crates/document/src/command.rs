//! What a person can do to a workspace, as plain data that can be kept, logged and sent to a
//! worker.

use std::collections::BTreeMap;

use domain::{CanvasId, EntityId, FieldValue, Graph, KindId, LinkId, LinkKindId, Person, SlotId};
use serde::{Deserialize, Serialize};

use crate::GestureLabel;

/// One change that a person wants. A refused command changes nothing; one that would change
/// nothing makes no change and no undo step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Gives the workspace a name.
    RenameWorkspace {
        /// The new name; may be empty.
        name: String,
    },
    /// Makes a note and places it.
    AddNote {
        /// A fresh random id.
        id: EntityId,
        /// What it is.
        kind: KindId,
        /// What it says.
        text: String,
        /// Further values.
        fields: BTreeMap<String, FieldValue>,
        /// Where it is shown.
        place: Position,
    },
    /// Makes an entity that is on no canvas (a rating, a reading, an arm), with its links, as one
    /// gesture.
    AddEntity {
        /// A fresh random id.
        id: EntityId,
        /// What it is.
        kind: KindId,
        /// What it says.
        text: String,
        /// Further values.
        fields: BTreeMap<String, FieldValue>,
        /// Links that come with it; either end may be the new entity.
        links: Vec<NewLink>,
    },
    /// Changes parts of a note's text; the way for typing. Deleted notes can be edited too: the
    /// edit survives and the note is offered back.
    EditText {
        /// The note.
        id: EntityId,
        /// Applied in order, each to the text that the one before has left.
        splices: Vec<TextSplice>,
    },
    /// Replaces a note's whole text, changing only what differs; the way for paste and replace.
    ReplaceText {
        /// The note.
        id: EntityId,
        /// The new text.
        text: String,
    },
    /// Sets or clears a field of a note.
    SetField {
        /// The note.
        id: EntityId,
        /// The field's name.
        field: String,
        /// The value; `None` clears it.
        value: Option<FieldValue>,
    },
    /// Sets or clears several fields of a note at once.
    SetFields {
        /// The note.
        id: EntityId,
        /// The fields by name; `None` clears one.
        fields: BTreeMap<String, Option<FieldValue>>,
    },
    /// Makes a note another kind of thing; its text, fields, places and links stay.
    ConvertKind {
        /// The note.
        id: EntityId,
        /// What it becomes.
        kind: KindId,
    },
    /// Moves a note within a canvas, or places it on one where it was not.
    Place {
        /// The note.
        id: EntityId,
        /// Where to.
        place: Position,
        /// What it becomes, when the slot takes another kind.
        kind: Option<KindId>,
        /// What the slot stands for, as values of the note; without any it says nothing about them.
        #[serde(default)]
        fields: BTreeMap<String, FieldValue>,
    },
    /// Takes a note off a canvas; it stays in the workspace.
    Unplace {
        /// The note.
        id: EntityId,
        /// The canvas.
        canvas: CanvasId,
    },
    /// Flags notes as deleted; those that are already, stay as they are.
    Delete {
        /// The notes.
        ids: Vec<EntityId>,
    },
    /// Takes the flag off again.
    Restore {
        /// The notes.
        ids: Vec<EntityId>,
    },
    /// Copies a note; the copy follows the original on that canvas.
    Duplicate {
        /// The original.
        id: EntityId,
        /// A fresh random id for the copy.
        copy: EntityId,
        /// The canvas on which the copy is placed.
        canvas: CanvasId,
    },
    /// Connects two notes.
    AddLink {
        /// A fresh random id.
        id: LinkId,
        /// What the link means.
        kind: LinkKindId,
        /// Where it starts.
        from: EntityId,
        /// Where it ends.
        to: EntityId,
    },
    /// Flags a link as deleted.
    RemoveLink {
        /// The link.
        id: LinkId,
    },
    /// Locks the plan of an experiment, so that a change after the data shows; cannot be undone.
    LockExperiment {
        /// The experiment.
        id: EntityId,
    },
    /// Records a decision with the figures as they are now.
    Decide {
        /// A fresh random id, or a decision that has no frozen figures yet.
        id: EntityId,
        /// What was decided.
        text: String,
        /// Further values: the action, the rationale, who decided.
        fields: BTreeMap<String, FieldValue>,
        /// What led to it and what it changes; either end may be the decision.
        links: Vec<NewLink>,
        /// The figures as a JSON object; kept with the document's heads.
        figures: String,
    },
    /// Adds a canvas of one's own to the workspace.
    AddCanvas {
        /// A fresh random id of the entity that holds it.
        id: EntityId,
        /// The canvas, as JSON in the form of the catalogue's files.
        definition: String,
    },
    /// Replaces a canvas of one's own; notes whose slot is no more stand in its tray.
    ReplaceCanvas {
        /// The entity that holds it.
        id: EntityId,
        /// The canvas as it becomes, under the id that it has.
        definition: String,
    },
    /// Takes a canvas of one's own out of the workspace; the notes on it stay.
    RemoveCanvas {
        /// The entity that holds it.
        id: EntityId,
    },
    /// Tells the others one's own name and colour; cannot be undone.
    SetPerson {
        /// Name and colour.
        person: Person,
    },
    /// Adds the content of a file as one gesture. An id that is here with equal content is
    /// skipped, or restored if it is deleted here; with other content the imported one gets a
    /// fresh id. Nothing is overwritten; the name is taken only where ours is empty.
    Import {
        /// What to add.
        graph: Graph,
    },
}

impl Command {
    /// What the gesture is called in "Undo …" and in the document's history.
    #[must_use]
    pub fn label(&self) -> GestureLabel {
        match self {
            Command::RenameWorkspace { .. } => GestureLabel::Rename,
            Command::AddNote { .. } | Command::AddEntity { .. } => GestureLabel::Add,
            Command::EditText { .. } | Command::ReplaceText { .. } => GestureLabel::Edit,
            Command::SetField { .. } | Command::SetFields { .. } => GestureLabel::SetField,
            Command::ConvertKind { .. } => GestureLabel::Convert,
            Command::Place { .. } => GestureLabel::Move,
            Command::Unplace { .. } => GestureLabel::Unplace,
            Command::Delete { .. } => GestureLabel::Delete,
            Command::Restore { .. } => GestureLabel::Restore,
            Command::Duplicate { .. } => GestureLabel::Duplicate,
            Command::AddLink { .. } => GestureLabel::Link,
            Command::RemoveLink { .. } => GestureLabel::Unlink,
            Command::LockExperiment { .. } => GestureLabel::Lock,
            Command::Decide { .. } => GestureLabel::Decide,
            Command::AddCanvas { .. } => GestureLabel::AddCanvas,
            Command::ReplaceCanvas { .. } => GestureLabel::EditCanvas,
            Command::RemoveCanvas { .. } => GestureLabel::RemoveCanvas,
            Command::SetPerson { .. } => GestureLabel::Person,
            Command::Import { .. } => GestureLabel::Import,
        }
    }

    /// Whether it is carried out without the code that a browser fetches later.
    #[must_use]
    pub fn is_at_once(&self) -> bool {
        matches!(self, Command::AddNote { .. } | Command::EditText { .. })
    }
}

/// A link that is made together with an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// A fresh random id.
    pub id: LinkId,
    /// What the link means.
    pub kind: LinkKindId,
    /// Where it starts.
    pub from: EntityId,
    /// Where it ends.
    pub to: EntityId,
}

/// Deletes `delete` units at `at`, then inserts there. Lengths are UTF-16 units, as in a textarea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSplice {
    /// Where, in UTF-16 units from the start.
    pub at: usize,
    /// How many UTF-16 units go.
    pub delete: usize,
    /// What comes in their place.
    pub insert: String,
}

/// A place in a slot of a canvas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// On which canvas; it need not be in the catalogue.
    pub canvas: CanvasId,
    /// The slot; [`domain::UNPLACED`] for the tray.
    pub slot: SlotId,
    /// Where among the notes there.
    pub anchor: Anchor,
}

/// Where among the live notes of a slot. An anchor that is not there means the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Right before that note.
    Before(EntityId),
    /// Right after that note.
    After(EntityId),
}

/// When a command was given, and in which gesture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Milliseconds since 1970; advisory only, since clocks differ.
    pub at: i64,
    /// Consecutive commands with the same number are one undo step.
    pub gesture: u64,
}
