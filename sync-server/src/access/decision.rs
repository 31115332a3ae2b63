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
    /// They may not. To a stranger that looks as if there were no such document.
    Refused {
        /// Whether they might, had their link not run out.
        expired: bool,
    },
}

/// Decides what the keys of one connection open of a document. `open` says whether documents that
/// nobody owns are for whoever knows them; `now` is in milliseconds since 1970.
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
    let registration = store.registration(document)?;
    let mut best: Option<Grant> = None;
    let mut expired = false;
    // The keys are looked at in any case, so that an absent document takes as long as another's.
    for key in keys {
        let Some((workspace, link)) = store.link_of(key)? else {
            continue;
        };
        let Some(registration) = registration.filter(|it| it.workspace == workspace) else {
            continue;
        };
        if link.revoked.is_some() || link.role < registration.read {
            continue;
        }
        if link.expires.is_some_and(|expires| expires <= now) {
            expired = true;
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
    if let Some(Grant {
        link: Some(link), ..
    }) = &best
    {
        store.used(link, now)?;
    }
    Ok(best.map_or(Decision::Refused { expired }, Decision::Granted))
}

#[cfg(test)]
mod tests;
