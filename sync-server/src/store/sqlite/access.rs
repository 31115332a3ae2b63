//! Workspaces and links in SQLite.

use std::cell::Cell;

use rusqlite::{Connection, OptionalExtension, Row, params};
use sync::DocumentId;

use crate::ServerError;
use crate::access::{
    AccessStore, Claim, KeyHash, Link, LinkChange, LinkId, Registration, Role, Session,
};
use crate::store::SessionId;

/// How long a use of a link is not noted again, in milliseconds: each note is a synced write.
const SAME_USE_MS: i64 = 60_000;

/// The columns of a link, in the order that [`link`] reads.
macro_rules! link_columns {
    () => {
        "link.id, role, label, created, expires, last_used, revoked"
    };
}

/// The access tables of a connection that migrations have prepared.
pub(super) struct SqliteAccess<'s> {
    pub(super) connection: &'s Connection,
    /// The latest time that was asked for.
    pub(super) latest: &'s Cell<i64>,
}

impl AccessStore for SqliteAccess<'_> {
    fn claim(
        &mut self,
        workspace: &DocumentId,
        first: &Link,
        key: &KeyHash,
    ) -> Result<Claim, ServerError> {
        if let Some((of, link)) = self.link_of(key)? {
            let again = of == *workspace && link.revoked.is_none() && link.role == Role::Own;
            return Ok(if again {
                Claim::Again(link)
            } else {
                Claim::KeyInUse
            });
        }
        let transaction = self.connection.unchecked_transaction()?;
        let usual = Registration::usual(*workspace, *workspace);
        if !insert_registration(&transaction, &usual, first.created)? {
            return Ok(Claim::Owned);
        }
        if !insert_link(&transaction, workspace, first, key)? {
            return Ok(Claim::KeyInUse);
        }
        transaction.commit()?;
        Ok(Claim::Made(first.clone()))
    }

    fn registration(&mut self, document: &DocumentId) -> Result<Option<Registration>, ServerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, workspace, read, write FROM registration WHERE document = ?1",
        )?;
        Ok(statement
            .query_row([document.as_bytes()], registration)
            .optional()?)
    }

    fn is_reserved(&mut self, document: &DocumentId) -> Result<bool, ServerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM reserved WHERE document = ?1")?;
        Ok(statement.exists([document.as_bytes()])?)
    }

    fn register(&mut self, wanted: &Registration, now: i64) -> Result<bool, ServerError> {
        let changed = self
            .connection
            .prepare_cached(
                "INSERT INTO registration (document, workspace, read, write, created)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (document) DO UPDATE SET read = excluded.read, write = excluded.write
                 WHERE workspace = excluded.workspace",
            )?
            .execute(params![
                wanted.document.as_bytes(),
                wanted.workspace.as_bytes(),
                wanted.read.name(),
                wanted.write.name(),
                now
            ])?;
        Ok(changed > 0)
    }

    fn unregister(
        &mut self,
        workspace: &DocumentId,
        document: &DocumentId,
    ) -> Result<bool, ServerError> {
        let removed = self
            .connection
            .prepare_cached("DELETE FROM registration WHERE document = ?1 AND workspace = ?2")?
            .execute([document.as_bytes(), workspace.as_bytes()])?;
        Ok(removed > 0)
    }

    fn registered(&mut self, workspace: &DocumentId) -> Result<Vec<Registration>, ServerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, workspace, read, write FROM registration
             WHERE workspace = ?1 ORDER BY rowid",
        )?;
        let found = statement.query_map([workspace.as_bytes()], registration)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn link_of(&mut self, key: &KeyHash) -> Result<Option<(DocumentId, Link)>, ServerError> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT ",
            link_columns!(),
            ", workspace, hash FROM link WHERE hash = ?1"
        ))?;
        let found = statement
            .query_row([key.as_bytes()], |row| {
                let hash = KeyHash::from_bytes(row.get(8)?);
                let workspace = DocumentId::from_bytes(row.get(7)?);
                Ok((hash, workspace, link(row)?))
            })
            .optional()?;
        Ok(found
            .filter(|(hash, ..)| hash == key)
            .map(|(_, workspace, link)| (workspace, link)))
    }

    fn links(&mut self, workspace: &DocumentId) -> Result<Vec<Link>, ServerError> {
        let mut statement = self.connection.prepare_cached(concat!(
            "SELECT ",
            link_columns!(),
            " FROM link WHERE workspace = ?1 AND revoked IS NULL ORDER BY rowid"
        ))?;
        let found = statement.query_map([workspace.as_bytes()], link)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn add_link(
        &mut self,
        workspace: &DocumentId,
        link: &Link,
        key: &KeyHash,
    ) -> Result<bool, ServerError> {
        insert_link(self.connection, workspace, link, key)
    }

    fn change_link(
        &mut self,
        workspace: &DocumentId,
        id: &LinkId,
        change: &LinkChange,
    ) -> Result<Option<Link>, ServerError> {
        // Not by `RETURNING`: a row that is read before the transaction ends hides that its commit
        // has failed, and a revocation would be confirmed that is not there.
        let transaction = self.connection.unchecked_transaction()?;
        let changed = transaction
            .prepare_cached(
                "UPDATE link SET role = coalesce(?3, role), label = coalesce(?4, label),
                 expires = CASE WHEN ?5 THEN ?6 ELSE expires END, revoked = ?7
                 WHERE workspace = ?1 AND id = ?2 AND revoked IS NULL",
            )?
            .execute(params![
                workspace.as_bytes(),
                id.as_str(),
                change.role.map(Role::name),
                change.label,
                change.expires.is_some(),
                change.expires.flatten(),
                change.revoked
            ])?;
        if changed == 0 {
            return Ok(None);
        }
        let changed = transaction
            .prepare_cached(concat!(
                "SELECT ",
                link_columns!(),
                " FROM link WHERE id = ?1"
            ))?
            .query_row([id.as_str()], link)?;
        transaction.commit()?;
        Ok(Some(changed))
    }

    fn used(&mut self, id: &LinkId, now: i64) -> Result<(), ServerError> {
        note_use(self.connection, id, now)
    }

    fn session(&mut self, session: SessionId) -> Result<Option<Session>, ServerError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT opened, link FROM session WHERE id = ?1")?;
        let found = statement.query_row([session.0], |row| {
            let link: Option<String> = row.get(1)?;
            Ok(Session {
                opened: row.get(0)?,
                link: link.map(LinkId::from_text),
            })
        });
        Ok(found.optional()?)
    }

    fn latest(&mut self, now: i64) -> i64 {
        self.latest.set(self.latest.get().max(now));
        self.latest.get()
    }
}

/// Notes that a link was used.
pub(super) fn note_use(connection: &Connection, id: &LinkId, now: i64) -> Result<(), ServerError> {
    connection
        .prepare_cached(
            "UPDATE link SET last_used = ?2
             WHERE id = ?1 AND (last_used IS NULL OR last_used <= ?2 - ?3)",
        )?
        .execute(params![id.as_str(), now, SAME_USE_MS])?;
    Ok(())
}

/// Notes a session, and by which link it may write; the first one stays.
pub(super) fn note_session(
    connection: &Connection,
    session: SessionId,
    link: Option<&LinkId>,
    now: i64,
) -> Result<(), ServerError> {
    connection
        .prepare_cached(
            "INSERT INTO session (id, link, opened) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET link = excluded.link
             WHERE link IS NULL AND excluded.link IS NOT NULL",
        )?
        .execute(params![session.0, link.map(LinkId::as_str), now])?;
    Ok(())
}

fn insert_registration(
    connection: &Connection,
    registration: &Registration,
    now: i64,
) -> Result<bool, ServerError> {
    let inserted = connection
        .prepare_cached(
            "INSERT INTO registration (document, workspace, read, write, created)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (document) DO NOTHING",
        )?
        .execute(params![
            registration.document.as_bytes(),
            registration.workspace.as_bytes(),
            registration.read.name(),
            registration.write.name(),
            now
        ])?;
    Ok(inserted > 0)
}

fn insert_link(
    connection: &Connection,
    workspace: &DocumentId,
    link: &Link,
    key: &KeyHash,
) -> Result<bool, ServerError> {
    let inserted = connection
        .prepare_cached(
            "INSERT INTO link (id, workspace, hash, role, label, created, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (hash) DO NOTHING",
        )?
        .execute(params![
            link.id.as_str(),
            workspace.as_bytes(),
            key.as_bytes(),
            link.role.name(),
            link.label,
            link.created,
            link.expires
        ])?;
    Ok(inserted > 0)
}

fn registration(row: &Row<'_>) -> rusqlite::Result<Registration> {
    Ok(Registration {
        document: DocumentId::from_bytes(row.get(0)?),
        workspace: DocumentId::from_bytes(row.get(1)?),
        read: role(row, 2)?,
        write: role(row, 3)?,
    })
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        id: LinkId::from_text(row.get(0)?),
        role: role(row, 1)?,
        label: row.get(2)?,
        created: row.get(3)?,
        expires: row.get(4)?,
        last_used: row.get(5)?,
        revoked: row.get(6)?,
    })
}

fn role(row: &Row<'_>, index: usize) -> rusqlite::Result<Role> {
    let name: String = row.get(index)?;
    name.parse()
        .map_err(|_| rusqlite::Error::InvalidColumnType(index, name, rusqlite::types::Type::Text))
}
