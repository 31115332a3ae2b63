//! What locks hold and prove, asked of the open workspace.

use document::Heads;
use domain::EntityId;
use domain::experiment::locked_by;
use workspace::Session;

use crate::features::UseFigures;

/// Which point of the workspace's history a lock, or what a decision has kept, names.
pub(super) enum Point {
    /// None: whoever wrote it says when it was, and nothing proves that.
    None,
    /// One that this workspace's history contains.
    Here,
    /// One that it does not contain: it came from another workspace, as in an imported file.
    Elsewhere,
}

/// The point that these heads name.
pub(super) fn point(session: &Session, heads: &str) -> Point {
    if heads.is_empty() {
        return Point::None;
    }
    let known = heads.parse::<Heads>().ok();
    let is_here = known.and_then(|heads| {
        let workspace = session.workspace();
        workspace.with_document(|document| document.has(&heads))
    });
    match is_here {
        Some(true) => Point::Here,
        _ => Point::Elsewhere,
    }
}

/// Whether a change of a field of a note, or of its text, breaks the lock of an experiment.
pub(super) fn is_locked(figures: &UseFigures, id: &EntityId, field: &str) -> bool {
    figures.get().with(|_, book| {
        let index = book.index();
        let handle = index.find(id.as_str());
        handle.is_some_and(|handle| locked_by(&index.reader(), handle, field).is_some())
    })
}
