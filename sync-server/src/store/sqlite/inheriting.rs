//! What a restored backup takes over from the store in whose place it comes: who may open what.
//!
//! Invariants: contents stay the backup's; a workspace that had an owner has them again, and a link
//! that was revoked or changed since the backup is so again: going back in time opens nothing. All
//! of it is taken over, or nothing.

use std::path::Path;

use rusqlite::Connection;

use super::schema;
use crate::ServerError;

const TAKE_OVER: &str = "
    INSERT INTO registration SELECT * FROM replaced.registration WHERE true
        ON CONFLICT (document) DO UPDATE SET
            workspace = excluded.workspace, read = excluded.read, write = excluded.write;
    INSERT OR IGNORE INTO link SELECT * FROM replaced.link;
    UPDATE link SET
        role = it.role, label = it.label, expires = it.expires, last_used = it.last_used,
        revoked = it.revoked
        FROM replaced.link it WHERE it.hash = link.hash;
    INSERT OR IGNORE INTO reserved SELECT * FROM replaced.reserved;
    INSERT INTO clock SELECT * FROM replaced.clock WHERE true
        ON CONFLICT (id) DO UPDATE SET latest = max(latest, excluded.latest);
";

/// Takes it over into the database `heir`, which no server has open, from `replaced`, which is only
/// read.
///
/// # Errors
/// When either cannot be read or is of another version, or the heir cannot be written.
pub(crate) fn inherit_access(heir: &Path, replaced: &Path) -> Result<(), ServerError> {
    let mut connection = Connection::open(heir)?;
    let known = schema::update(&mut connection, heir)?;
    let found = schema::check(&Connection::open(replaced)?, replaced)?;
    if found != known {
        return Err(ServerError::Store(format!(
            "it is of version {found}, and not {known}"
        )));
    }
    let name = replaced.to_string_lossy();
    connection.execute("ATTACH ?1 AS replaced", [&*name])?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(TAKE_OVER)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &Path, sql: &str) -> i64 {
        let connection = Connection::open(path).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// S31
    #[test]
    fn an_older_backup_opens_nothing_that_was_closed_since() {
        let directory = tempfile::tempdir().unwrap();
        let [heir, replaced] = ["heir", "replaced"].map(|name| directory.path().join(name));
        for path in [&heir, &replaced] {
            schema::update(&mut Connection::open(path).unwrap(), path).unwrap();
        }
        // Given a link that was revoked after the backup, and a workspace that was claimed then.
        let workspace = |n: u8| {
            format!("INSERT INTO registration VALUES (x'{n:032}', x'{n:032}', 'view', 'edit', 1);")
        };
        let link = |n: u8, revoked| {
            format!(
                "INSERT INTO link VALUES
                    ('l{n}', x'{:032}', x'{n:064}', 'own', '', 1, NULL, NULL, {revoked});",
                1
            )
        };
        let old = [workspace(1), link(1, "NULL"), link(2, "NULL")].concat();
        Connection::open(&heir)
            .unwrap()
            .execute_batch(&old)
            .unwrap();
        let new = [workspace(1), workspace(2), link(1, "7"), link(2, "NULL")].concat();
        let replacing = Connection::open(&replaced).unwrap();
        replacing.execute_batch(&new).unwrap();

        inherit_access(&heir, &replaced).unwrap();

        assert_eq!(count(&heir, "SELECT count(*) FROM registration"), 2);
        assert_eq!(count(&heir, "SELECT count(*) FROM link"), 2);
        assert_eq!(count(&heir, "SELECT revoked FROM link WHERE id = 'l1'"), 7);
    }
}
