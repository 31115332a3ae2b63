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
    /// A person told their name and colour.
    Person,
}

impl GestureLabel {
    /// A stable name, for message keys such as `undo.move`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            GestureLabel::Add => "add",
            GestureLabel::Edit => "edit",
            GestureLabel::SetField => "set-field",
            GestureLabel::Move => "move",
            GestureLabel::Unplace => "unplace",
            GestureLabel::Delete => "delete",
            GestureLabel::Restore => "restore",
            GestureLabel::Duplicate => "duplicate",
            GestureLabel::Link => "link",
            GestureLabel::Unlink => "unlink",
            GestureLabel::Rename => "rename",
            GestureLabel::Import => "import",
            GestureLabel::Person => "person",
        }
    }
}
