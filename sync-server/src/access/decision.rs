//! The one place where it is decided who may do what.

use sync::DocumentId;

use super::{AccessStore, KeyHash, LinkId, Role};
use crate::ServerError;

/// What someone may do with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// By which role.
    pub role: Role,
    /// Whether it may be written to.
    pub write: bool,
    /// When that ends, in milliseconds since 1970.
    pub expires: Option<i64>,
    /// By which link; none for a document that nobody owns.
    pub link: Option<LinkId>,
}

/// May they, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They may.
    Granted(Grant),
    /// They may not. To a stranger that looks as if there were no such document, whatever the
    /// reason.
    Refused(Refusal),
}

/// Why not; for whoever might before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody owns the document, and such documents are not open here.
    Unowned,
    /// It has owners, and none of these keys is a link of theirs.
    NoLink,
    /// A link of theirs was revoked, or opens less than this.
    Less,
    /// A link of theirs has run out.
    Expired,
}

/// Decides what the keys of one connection open of a document. `open` says whether documents that
/// nobody owns are for whoever knows them; `now` is in milliseconds since 1970. It only reads, so
/// that a store that cannot be written to shows what it has to whoever may see it.
///
/// # Errors
/// When the store fails.
pub fn decide(
    store: &mut dyn AccessStore,
    document: &DocumentId,
    keys: &[KeyHash],
    open: bool,
    now: i64,
) -> Result<Decision, ServerError> {
    let now = store.latest(now);
    let registration = store.registration(document)?;
    let mut best: Option<Grant> = None;
    let mut refusal = match registration {
        None => Refusal::Unowned,
        Some(_) => Refusal::NoLink,
    };
    // Of several links that open nothing any more, the one that did so last is the reason.
    let mut last_ended = i64::MIN;
    // The keys are looked at in any case, so that an absent document takes as long as another's.
    for key in keys {
        let Some((workspace, link)) = store.link_of(key)? else {
            continue;
        };
        let Some(registration) = registration.filter(|it| it.workspace == workspace) else {
            continue;
        };
        let expired = link.expires.filter(|expires| *expires <= now);
        let ended = match (link.revoked, expired) {
            // One that had run out before was of no use to anybody who revokes it.
            (Some(revoked), Some(expired)) if expired < revoked => {
                Some((expired, Refusal::Expired))
            }
            (Some(revoked), _) => Some((revoked, Refusal::Less)),
            (None, Some(expired)) => Some((expired, Refusal::Expired)),
            (None, None) if link.role < registration.read => Some((now, Refusal::Less)),
            (None, None) => None,
        };
        if let Some((at, reason)) = ended {
            if at >= last_ended {
                (last_ended, refusal) = (at, reason);
            }
            continue;
        }
        if best.as_ref().is_none_or(|best| best.role < link.role) {
            best = Some(Grant {
                role: link.role,
                write: link.role >= registration.write,
                expires: link.expires,
                link: Some(link.id),
            });
        }
    }
    if registration.is_none() && open {
        best = Some(Grant {
            role: Role::Edit,
            write: true,
            expires: None,
            link: None,
        });
    }
    Ok(best.map_or(Decision::Refused(refusal), Decision::Granted))
}

#[cfg(test)]
mod tests;
