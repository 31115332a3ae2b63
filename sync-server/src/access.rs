//! Who may do what: workspaces with owners, links that open them, and the documents in them.
//!
//! A link is a capability: whoever has its key may do what its role allows in a workspace, until
//! the link expires or is revoked. Invariants: a key itself is never stored, logged or compared,
//! only its hash, and that in constant time; absent and forbidden are the same answer.

mod claim;
mod decision;
mod founding;
mod key;
mod link;
mod role;

pub use self::claim::Claim;
pub use self::decision::{Decision, Grant, Refusal, decide};
pub use self::founding::Founders;
pub use self::key::{Key, KeyHash};
pub use self::link::{Link, LinkChange, LinkId, Registration};
pub use self::role::Role;

use sync::DocumentId;

use crate::ServerError;
use crate::store::SessionId;

/// What is kept of a connection that has delivered something or might have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it was noted, in milliseconds since 1970.
    pub opened: i64,
    /// By which link it might write first.
    pub link: Option<LinkId>,
}

/// A place that keeps workspaces and links. All times are milliseconds since 1970, given by the
/// caller; every change is durable once its method returns.
pub trait AccessStore {
    /// Makes `workspace` one that is owned, with this link as its first, or says why not; then
    /// nothing has changed.
    fn claim(
        &mut self,
        workspace: &DocumentId,
        first: &Link,
        key: &KeyHash,
    ) -> Result<Claim, ServerError>;

    /// Which workspace a document is in, and what its roles must be; none when nobody owns it.
    fn registration(&mut self, document: &DocumentId) -> Result<Option<Registration>, ServerError>;

    /// Whether a document is kept for an owner who is not known (`Write::Reserve`).
    fn is_reserved(&mut self, document: &DocumentId) -> Result<bool, ServerError>;

    /// Puts a document into a workspace, or changes what roles it wants. False when it is in
    /// another workspace.
    fn register(&mut self, registration: &Registration, now: i64) -> Result<bool, ServerError>;

    /// Takes a document out of its workspace. False when it is not in this one.
    fn unregister(
        &mut self,
        workspace: &DocumentId,
        document: &DocumentId,
    ) -> Result<bool, ServerError>;

    /// Every document of a workspace, in the order in which they were registered.
    fn registered(&mut self, workspace: &DocumentId) -> Result<Vec<Registration>, ServerError>;

    /// The link that a key opens, whatever has become of it since, with its workspace.
    fn link_of(&mut self, key: &KeyHash) -> Result<Option<(DocumentId, Link)>, ServerError>;

    /// Every link of a workspace that is not revoked, oldest first.
    fn links(&mut self, workspace: &DocumentId) -> Result<Vec<Link>, ServerError>;

    /// Adds a link. False when there is one with this key already.
    fn add_link(
        &mut self,
        workspace: &DocumentId,
        link: &Link,
        key: &KeyHash,
    ) -> Result<bool, ServerError>;

    /// Changes a link, or revokes it. None when the workspace has no such link or it is revoked.
    fn change_link(
        &mut self,
        workspace: &DocumentId,
        id: &LinkId,
        change: &LinkChange,
    ) -> Result<Option<Link>, ServerError>;

    /// Notes that a link was used.
    fn used(&mut self, id: &LinkId, now: i64) -> Result<(), ServerError>;

    /// Since when a session is known, and by which link it might write first; no link when it
    /// needed none. None when it has neither delivered anything nor used a link.
    fn session(&mut self, session: SessionId) -> Result<Option<Session>, ServerError>;

    /// `now`, or the latest time that was asked for before when the clock has been set back since:
    /// a link that was over stays so.
    fn latest(&mut self, now: i64) -> i64;
}
