//! Managing who may open the workspace: claiming it, and its links, at the server.

use leptos::prelude::GetUntracked;
use workspace::{Access, Role};

use super::{Inner, Node};
use crate::platform::api::{self, ApiError, Link, Wanted};
use crate::platform::keyring::Keys;

impl Node {
    /// The key that this device has the workspace open by; none when it is open by its id alone or
    /// the server has not been asked yet.
    pub fn own_key(&self) -> Option<String> {
        let inner = self.inner();
        let best = inner.rights.best().map(|(key, _, _)| key);
        best.or_else(|| {
            let keys = inner.rights.keys.borrow();
            let usable = keys.ended().is_none();
            let first = keys.keys.first().filter(|_| usable);
            first.map(|key| key.key.clone())
        })
    }

    /// How far the server's clock is ahead of this device's, in milliseconds, as far as is known.
    pub fn server_ahead(&self) -> f64 {
        let best = self.inner().rights.best();
        best.map_or(0.0, |(_, _, ahead)| ahead)
    }

    /// Whether the workspace was made on this device, which owns it once it has an owner.
    pub fn is_made_here(&self) -> bool {
        let keys = self.inner().rights.keys.borrow();
        keys.keys.iter().any(|key| key.made_here)
    }

    /// The workspace's links, oldest first; none while nobody owns it.
    ///
    /// # Errors
    /// When the server cannot be reached, or this device has no owner's key.
    pub async fn links(&self) -> Result<Vec<Link>, ApiError> {
        if self.is_open() {
            return Ok(Vec::new());
        }
        api::links(&self.id, &self.owner_key().await?).await
    }

    /// Makes a link and returns its key, which the server tells this once. The first link of a
    /// workspace that was made here makes this device its owner, see [`claim`](Self::claim): everyone
    /// else needs a link then.
    ///
    /// # Errors
    /// As for [`links`](Self::links); [`ApiError::Conflict`] when there are too many.
    pub async fn create_link(
        &self,
        wanted: &Wanted,
        token: Option<&str>,
    ) -> Result<String, ApiError> {
        if self.is_open() && self.is_made_here() {
            self.claim(token).await?;
        }
        api::create(&self.id, &self.owner_key().await?, wanted).await
    }

    /// Changes a link; whoever has the workspace open by it feels it at once.
    ///
    /// # Errors
    /// As for [`links`](Self::links); [`ApiError::Conflict`] when nobody would own it for good.
    pub async fn change_link(&self, link: &str, wanted: &Wanted) -> Result<(), ApiError> {
        api::change(&self.id, &self.owner_key().await?, link, wanted).await
    }

    /// Revokes a link for good.
    ///
    /// # Errors
    /// As for [`change_link`](Self::change_link).
    pub async fn revoke_link(&self, link: &str) -> Result<(), ApiError> {
        api::revoke(&self.id, &self.owner_key().await?, link).await
    }

    /// Makes this device the owner of a workspace that nobody owns. Everyone else needs a link then.
    /// Some servers want a token from whoever makes a workspace.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when somebody owns it, [`ApiError::Closed`] when the server does not
    /// make it without its token, [`ApiError::NotKept`] when this device cannot keep the key.
    pub async fn claim(&self, token: Option<&str>) -> Result<(), ApiError> {
        let inner = self.inner();
        let kept = inner.rights.keys.borrow().clone();
        let mut all = kept.clone();
        if !self.is_made_here() {
            all = Keys::new_owner();
            all.keys.extend(kept.keys.iter().cloned());
        }
        let Some(key) = all.keys.iter().find(|key| key.made_here).cloned() else {
            return Err(ApiError::NotKept);
        };
        all.claim();
        let keyring = self.inner().device.keyring();
        if keyring.put(&self.id, &all).await.is_err() {
            return Err(ApiError::NotKept);
        }
        if let Err(error) = api::claim(&self.id, &key.key, token).await {
            let is_new = !kept.keys.contains(&key);
            if is_new
                && matches!(
                    error,
                    ApiError::NotFound | ApiError::Closed | ApiError::Conflict
                )
            {
                // A key that owns nothing is not kept. When it cannot be forgotten either, the next
                // opening claims with it what is nobody's then.
                let _ = keyring.forget(&self.id, &key.key).await;
            } else {
                // The answer did not come: perhaps this device is the owner by now. The next time
                // that the server is asked shows it.
                *inner.rights.keys.borrow_mut() = all;
                inner.ask_rights();
            }
            return Err(error);
        }
        *inner.rights.keys.borrow_mut() = all;
        inner.server.show_key(&key.key);
        inner.ask_rights();
        Ok(())
    }

    /// Where others in the room find the server, likeliest first; empty unless it was started for
    /// one.
    pub async fn room(&self) -> Vec<String> {
        api::room().await
    }

    fn is_open(&self) -> bool {
        self.inner().workspace.access().get_untracked() == Access::Open
    }

    /// An owner's key, after asking the server if need be.
    async fn owner_key(&self) -> Result<String, ApiError> {
        let owner = |inner: &Inner| {
            let best = inner.rights.best();
            best.filter(|(_, role, _)| *role == Role::Own)
                .map(|(key, _, _)| key)
        };
        let inner = self.inner();
        if owner(inner).is_none() {
            inner.settle_rights().await?;
        }
        owner(inner).ok_or(ApiError::NotFound)
    }
}
