//! What a gesture is called, so that the interface can say "Undo move" in any language.

use serde::{Deserialize, Serialize};

/// The name of an undo step. Plain data: the words shown belong to the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GestureLabel {
    /// A note was made.
    Add,
    /// A text was edited.
    Edit,
    /// A field was set or cleared.
    SetField,
    /// A note became another kind of thing.
    Convert,
    /// A note was placed or moved.
    Move,
    /// A note was taken off a canvas.
    Unplace,
    /// Notes were deleted.
    Delete,
    /// Notes were restored.
    Restore,
    /// A note was copied.
    Duplicate,
    /// Two notes were connected.
    Link,
    /// A link was removed.
    Unlink,
    /// The workspace was renamed.
    Rename,
    /// A file was imported.
    Import,
    /// A decision was recorded.
    Decide,
    /// A canvas of one's own was added.
    AddCanvas,
    /// A canvas of one's own was replaced.
    EditCanvas,
    /// A canvas of one's own was taken out.
    RemoveCanvas,
    /// The plan of an experiment was locked; no undo step.
    Lock,
    /// A person told their name and colour; no undo step.
    Person,
}

impl GestureLabel {
    /// Whether such a gesture can be undone. Telling one's name is none, and a lock that could be
    /// taken off would prove nothing.
    #[must_use]
    pub fn is_undoable(self) -> bool {
        !matches!(self, GestureLabel::Person | GestureLabel::Lock)
    }

    /// A stable name, for message keys such as `undo.move`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            GestureLabel::Add => "add",
            GestureLabel::Edit => "edit",
            GestureLabel::SetField => "set-field",
            GestureLabel::Convert => "convert",
            GestureLabel::Move => "move",
            GestureLabel::Unplace => "unplace",
            GestureLabel::Delete => "delete",
            GestureLabel::Restore => "restore",
            GestureLabel::Duplicate => "duplicate",
            GestureLabel::Link => "link",
            GestureLabel::Unlink => "unlink",
            GestureLabel::Rename => "rename",
            GestureLabel::Import => "import",
            GestureLabel::Decide => "decide",
            GestureLabel::AddCanvas => "add-canvas",
            GestureLabel::EditCanvas => "edit-canvas",
            GestureLabel::RemoveCanvas => "remove-canvas",
            GestureLabel::Lock => "lock",
            GestureLabel::Person => "person",
        }
    }
}
