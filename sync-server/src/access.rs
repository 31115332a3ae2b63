//! Who may do what: workspaces with owners, links that open them, and the documents in them.
//!
//! A link is a capability: whoever has its key may do what its role allows in a workspace, until
//! the link expires or is revoked. Invariants: a key itself is never stored, logged or compared,
//! only its hash, and that in constant time; absent and forbidden are the same answer.

mod decision;
mod key;
mod link;
mod role;

pub use self::decision::{Decision, Grant, decide};
pub use self::key::{Key, KeyHash};
pub use self::link::{Link, LinkChange, LinkId, Registration};
pub use self::role::Role;

use sync::DocumentId;

use crate::ServerError;
use crate::store::SessionId;

/// A place that keeps workspaces and links. All times are milliseconds since 1970, given by the
/// caller; every change is durable once its method returns.
pub trait AccessStore {
    /// Makes `workspace` one that is owned, with this link as its first. False when the document
    /// is in a workspace already, unless that is this one and it has a link with the same key.
    fn claim(
        &mut self,
        workspace: &DocumentId,
        first: &Link,
        key: &KeyHash,
    ) -> Result<bool, ServerError>;

    /// Which workspace a document is in, and what its roles must be; none when nobody owns it.
    fn registration(&mut self, document: &DocumentId) -> Result<Option<Registration>, ServerError>;

    /// Puts a document into a workspace, or changes what roles it wants. False when it is in
    /// another workspace.
    fn register(&mut self, registration: &Registration, now: i64) -> Result<bool, ServerError>;

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

    /// Notes that a session may write by a link; the first link stays.
    fn opened(&mut self, session: SessionId, link: &LinkId, now: i64) -> Result<(), ServerError>;

    /// By which link a session might write first; none when it needed none.
    fn session(&mut self, session: SessionId) -> Result<Option<LinkId>, ServerError>;
}
