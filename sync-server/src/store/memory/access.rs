//! Workspaces and links in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::MutexGuard;

use sync::DocumentId;

use super::State;
use crate::ServerError;
use crate::access::{
    AccessStore, Claim, KeyHash, Link, LinkChange, LinkId, Registration, Role, Session,
};
use crate::store::SessionId;

/// Workspaces and links, in the order in which they were made.
#[derive(Default)]
pub(super) struct Tables {
    registrations: Vec<Registration>,
    links: Vec<Row>,
    sessions: BTreeMap<SessionId, Session>,
    latest: i64,
    pub(super) reserved: BTreeSet<DocumentId>,
}

struct Row {
    workspace: DocumentId,
    key: KeyHash,
    link: Link,
}

/// The tables while the store is locked.
pub(super) struct MemoryAccess<'s>(pub(super) MutexGuard<'s, State>);

impl MemoryAccess<'_> {
    fn tables(&mut self) -> &mut Tables {
        &mut self.0.access
    }

    fn find(&mut self, key: &KeyHash) -> Option<&Row> {
        self.tables().links.iter().find(|row| row.key == *key)
    }
}

impl AccessStore for MemoryAccess<'_> {
    fn claim(
        &mut self,
        workspace: &DocumentId,
        first: &Link,
        key: &KeyHash,
    ) -> Result<Claim, ServerError> {
        self.0.may_write()?;
        if let Some(row) = self.find(key) {
            let again = row.workspace == *workspace
                && row.link.revoked.is_none()
                && row.link.role == Role::Own;
            return Ok(if again {
                Claim::Again(row.link.clone())
            } else {
                Claim::KeyInUse
            });
        }
        if self.registration(workspace)?.is_some() {
            return Ok(Claim::Owned);
        }
        self.register(&Registration::usual(*workspace, *workspace), first.created)?;
        self.add_link(workspace, first, key)?;
        Ok(Claim::Made(first.clone()))
    }

    fn registration(&mut self, document: &DocumentId) -> Result<Option<Registration>, ServerError> {
        let mut all = self.tables().registrations.iter();
        Ok(all.find(|it| it.document == *document).copied())
    }

    fn is_reserved(&mut self, document: &DocumentId) -> Result<bool, ServerError> {
        Ok(self.tables().reserved.contains(document))
    }

    fn register(&mut self, wanted: &Registration, _now: i64) -> Result<bool, ServerError> {
        self.0.may_write()?;
        let registrations = &mut self.tables().registrations;
        let there = registrations
            .iter_mut()
            .find(|it| it.document == wanted.document);
        match there {
            Some(there) if there.workspace == wanted.workspace => *there = *wanted,
            Some(_) => return Ok(false),
            None => registrations.push(*wanted),
        }
        Ok(true)
    }

    fn unregister(
        &mut self,
        workspace: &DocumentId,
        document: &DocumentId,
    ) -> Result<bool, ServerError> {
        self.0.may_write()?;
        let registrations = &mut self.tables().registrations;
        let before = registrations.len();
        registrations.retain(|it| it.document != *document || it.workspace != *workspace);
        Ok(registrations.len() < before)
    }

    fn registered(&mut self, workspace: &DocumentId) -> Result<Vec<Registration>, ServerError> {
        let all = self.tables().registrations.iter();
        Ok(all
            .filter(|it| it.workspace == *workspace)
            .copied()
            .collect())
    }

    fn link_of(&mut self, key: &KeyHash) -> Result<Option<(DocumentId, Link)>, ServerError> {
        let found = self.find(key);
        Ok(found.map(|row| (row.workspace, row.link.clone())))
    }

    fn links(&mut self, workspace: &DocumentId) -> Result<Vec<Link>, ServerError> {
        let all = self.tables().links.iter();
        let theirs = all.filter(|row| row.workspace == *workspace && row.link.revoked.is_none());
        Ok(theirs.map(|row| row.link.clone()).collect())
    }

    fn add_link(
        &mut self,
        workspace: &DocumentId,
        link: &Link,
        key: &KeyHash,
    ) -> Result<bool, ServerError> {
        self.0.may_write()?;
        if self.find(key).is_some() {
            return Ok(false);
        }
        self.tables().links.push(Row {
            workspace: *workspace,
            key: *key,
            link: link.clone(),
        });
        Ok(true)
    }

    fn change_link(
        &mut self,
        workspace: &DocumentId,
        id: &LinkId,
        change: &LinkChange,
    ) -> Result<Option<Link>, ServerError> {
        self.0.may_write()?;
        let row = self.tables().links.iter_mut().find(|row| {
            row.workspace == *workspace && row.link.id == *id && row.link.revoked.is_none()
        });
        let Some(Row { link, .. }) = row else {
            return Ok(None);
        };
        link.role = change.role.unwrap_or(link.role);
        if let Some(label) = &change.label {
            link.label.clone_from(label);
        }
        link.expires = change.expires.unwrap_or(link.expires);
        link.revoked = change.revoked;
        Ok(Some(link.clone()))
    }

    fn used(&mut self, id: &LinkId, now: i64) -> Result<(), ServerError> {
        self.0.may_write()?;
        self.tables().note_use(id, now);
        Ok(())
    }

    fn session(&mut self, session: SessionId) -> Result<Option<Session>, ServerError> {
        Ok(self.tables().sessions.get(&session).cloned())
    }

    fn latest(&mut self, now: i64) -> i64 {
        let tables = self.tables();
        tables.latest = tables.latest.max(now);
        tables.latest
    }
}

impl Tables {
    /// Notes that a link was used.
    pub(super) fn note_use(&mut self, id: &LinkId, now: i64) {
        const SAME_USE_MS: i64 = 60_000;
        let row = self.links.iter_mut().find(|row| row.link.id == *id);
        if let Some(Row { link, .. }) = row
            && link.last_used.is_none_or(|last| last <= now - SAME_USE_MS)
        {
            link.last_used = Some(now);
        }
    }

    /// Notes a session, and by which link it may write; the first one stays.
    pub(super) fn note_session(&mut self, session: SessionId, link: Option<&LinkId>, now: i64) {
        let noted = self.sessions.entry(session).or_insert(Session {
            opened: now,
            link: None,
        });
        if noted.link.is_none() {
            noted.link = link.cloned();
        }
    }
}
