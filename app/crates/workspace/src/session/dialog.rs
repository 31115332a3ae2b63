//! The dialogs of a workspace.

use domain::{EntityId, LinkKindId};

/// The dialogs of a workspace; at most one is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// "Share workspace".
    Share,
    /// Bring a file in.
    Import,
    /// Take the workspace out.
    Export,
    /// All fields of a note.
    Details(EntityId),
    /// The same, with the field that is to be entered.
    Field(EntityId, String),
    /// Another slot or canvas for a note.
    MoveTo(EntityId),
    /// A link from a note to another.
    Link(EntityId),
    /// The same, with what the link is to mean.
    Relate {
        /// The note.
        id: EntityId,
        /// What the link means.
        link: LinkKindId,
        /// Whether it leads to that note.
        inverse: bool,
    },
    /// A decision to be taken: one that stands there, or what leads to one.
    Decide(EntityId),
    /// A canvas of one's own, to be written.
    AddCanvas,
    /// A canvas of one's own, to be changed; the entity holds it.
    EditCanvas(EntityId),
    /// The command palette.
    Palette,
    /// The sheet of shortcuts.
    Shortcuts,
    /// Deleted notes.
    Trash,
    /// One's own name and colour.
    Profile,
    /// What this is, by whom, under which licences.
    About,
}

impl Dialog {
    /// Whether it serves nothing but changing the workspace.
    pub const fn changes(&self) -> bool {
        match self {
            Self::Import
            | Self::MoveTo(_)
            | Self::Link(_)
            | Self::Relate { .. }
            | Self::Decide(_)
            | Self::AddCanvas
            | Self::EditCanvas(_) => true,
            Self::Share
            | Self::Export
            | Self::Details(_)
            | Self::Field(..)
            | Self::Palette
            | Self::Shortcuts
            | Self::Trash
            | Self::Profile
            | Self::About => false,
        }
    }
}
