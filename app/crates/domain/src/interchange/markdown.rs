//! Canvases in Markdown: headings are slots and bullets are notes.
//!
//! What people and other programs write is read as it is. Our own export carries, behind each note,
//! an HTML comment with what has no place in the text, and is told by the comment in its title.
//! Invariant: nothing that a file says is silently lost; what fits nowhere goes to the tray, and
//! what cannot become a note is named in a warning. See `app/docs/format.md`.

mod attributes;
mod blocks;
mod escape;
mod own;
mod read;
mod write;

pub use read::headings;
pub(super) use read::read;
pub use write::to_markdown;

/// The last line of our own export: without it the file was cut short.
const END: &str = "<!-- end -->";

/// The sections of our own export that are not canvases.
mod section {
    pub(super) const UNPLACED: &str = "Unplaced";
    pub(super) const LOOSE: &str = "Not on a canvas";
    pub(super) const DELETED: &str = "Deleted notes";
    pub(super) const LINKS: &str = "Links";
    pub(super) const PEOPLE: &str = "People";
    pub(super) const OTHER: &str = "Other data";
}
