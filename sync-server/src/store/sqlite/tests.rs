//! What only the SQLite store must do: last, and refuse what it cannot keep safe.

use std::fs;

use super::*;
use crate::access::{KeyHash, Link, LinkChange, LinkId, Role};

const DOCUMENT: DocumentId = DocumentId::from_bytes([7; 16]);

fn append(bytes: &[u8]) -> Write {
    Write::Append {
        document: DOCUMENT,
        chunk: Chunk::new(bytes.to_vec()),
        from: Vec::new(),
    }
}

fn refusal(directory: &Path) -> ServerError {
    match SqliteStore::open(directory) {
        Ok(_) => panic!("the store should have been refused"),
        Err(error) => error,
    }
}

#[test]
fn what_was_written_is_there_when_the_file_is_opened_again() {
    let directory = tempfile::tempdir().unwrap();
    SqliteStore::open(directory.path())
        .unwrap()
        .write(&[append(b"kept")])
        .unwrap();
    let chunks = SqliteStore::open(directory.path())
        .unwrap()
        .load(&DOCUMENT)
        .unwrap();
    assert_eq!(chunks[0].bytes, b"kept");
}

#[test]
fn every_commit_is_synced() {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path()).unwrap();
    let pragma = |sql| {
        store
            .connection
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    let full = 2;
    assert_eq!(pragma("PRAGMA synchronous"), full);
    let mode: String = store
        .connection
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn a_group_that_fails_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(directory.path()).unwrap();
    store
        .connection
        .execute_batch(
            "CREATE TRIGGER full BEFORE INSERT ON chunk WHEN new.bytes = x'02'
             BEGIN SELECT raise(ABORT, 'disk full'); END",
        )
        .unwrap();
    let error = store.write(&[append(&[1]), append(&[2])]).unwrap_err();
    assert!(error.to_string().contains("disk full"), "{error}");
    assert_eq!(store.load(&DOCUMENT).unwrap(), []);
}

/// S33
#[test]
fn a_revocation_whose_commit_fails_is_told_as_failed() {
    // Given a store whose transactions fail at their very end when they touch a link.
    let directory = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(directory.path()).unwrap();
    let link = Link {
        id: LinkId::new(1),
        role: Role::View,
        label: String::new(),
        created: 0,
        expires: None,
        last_used: None,
        revoked: None,
    };
    let key = KeyHash::from_bytes([1; 32]);
    store.access().claim(&DOCUMENT, &link, &key).unwrap();
    let fails_at_the_commit = "
        CREATE TABLE never (id INTEGER PRIMARY KEY);
        CREATE TABLE due (id INTEGER REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER fails AFTER UPDATE ON link BEGIN INSERT INTO due VALUES (1); END;";
    store.connection.execute_batch(fails_at_the_commit).unwrap();
    let revoke = LinkChange {
        revoked: Some(5),
        ..LinkChange::default()
    };

    // When it is revoked, then that is told as failed, and it is not revoked.
    let id = LinkId::new(1);
    let revoked = store.access().change_link(&DOCUMENT, &id, &revoke);
    assert!(matches!(revoked, Err(ServerError::Store(_))), "{revoked:?}");
    assert_eq!(store.access().links(&DOCUMENT).unwrap(), [link]);

    // And the next try works where the store does.
    store
        .connection
        .execute_batch("DROP TRIGGER fails")
        .unwrap();
    let revoked = store.access().change_link(&DOCUMENT, &id, &revoke);
    assert!(revoked.unwrap().is_some());
    assert_eq!(store.access().links(&DOCUMENT).unwrap(), []);
}

/// S33
#[test]
fn the_latest_time_outlives_the_program() {
    let directory = tempfile::tempdir().unwrap();
    let late = now_ms() + 1_000_000;
    let mut store = SqliteStore::open(directory.path()).unwrap();
    assert_eq!(store.access().latest(late), late);
    let visit = Write::Visit {
        link: None,
        session: None,
        at: late,
    };
    store.write(&[visit]).unwrap();
    drop(store);
    let mut store = SqliteStore::open(directory.path()).unwrap();
    assert_eq!(store.access().latest(now_ms()), late);
}

#[test]
fn what_was_put_into_a_board_is_found_in_the_boards_workspace() {
    // Given a store of the version that let people do that.
    let directory = tempfile::tempdir().unwrap();
    drop(SqliteStore::open(directory.path()).unwrap());
    let old = Connection::open(database(directory.path())).unwrap();
    let back = "
        DROP TABLE reserved; DROP TABLE clock; ALTER TABLE chunk DROP COLUMN heads;
        ALTER TABLE quarantine DROP COLUMN heads; PRAGMA user_version = 3;
        INSERT INTO registration VALUES
            (x'01010101010101010101010101010101', x'01010101010101010101010101010101', 'view', 'edit', 0),
            (x'02020202020202020202020202020202', x'01010101010101010101010101010101', 'view', 'edit', 0),
            (x'03030303030303030303030303030303', x'02020202020202020202020202020202', 'view', 'edit', 0);
        INSERT INTO link VALUES ('a', x'02020202020202020202020202020202', zeroblob(32), 'view', '', 0,
            NULL, NULL, NULL);";
    old.execute_batch(back).unwrap();
    drop(old);
    let mut store = SqliteStore::open(directory.path()).unwrap();
    let [workspace, board, put] = [1, 2, 3].map(|n| DocumentId::from_bytes([n; 16]));
    let documents = store.access().registered(&workspace).unwrap();
    let documents: Vec<_> = documents.iter().map(|it| it.document).collect();
    assert_eq!(documents, [workspace, board, put]);
    assert!(store.access().unregister(&workspace, &board).unwrap());
}

#[test]
fn a_second_server_on_the_same_directory_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let first = SqliteStore::open(directory.path()).unwrap();
    assert!(matches!(
        refusal(directory.path()),
        ServerError::DataInUse { .. }
    ));
    drop(first);
    SqliteStore::open(directory.path()).unwrap();
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = database(directory.path());
    let text = "not a database at all, but long enough to be taken for one. ".repeat(100);
    fs::write(&path, &text).unwrap();
    assert!(matches!(
        refusal(directory.path()),
        ServerError::Unreadable { .. }
    ));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_file_with_a_damaged_schema_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    SqliteStore::open(directory.path())
        .unwrap()
        .write(&[append(b"kept")])
        .unwrap();
    let path = database(directory.path());
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..600].fill(0xA5);
    fs::write(&path, bytes).unwrap();
    let error = refusal(directory.path());
    assert!(matches!(error, ServerError::Unreadable { .. }), "{error}");
}

#[test]
fn another_programs_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let stranger = Connection::open(database(directory.path())).unwrap();
    stranger
        .execute_batch("CREATE TABLE recipes (name TEXT)")
        .unwrap();
    drop(stranger);
    assert!(matches!(
        refusal(directory.path()),
        ServerError::Unreadable { .. }
    ));
}

#[test]
fn a_store_of_a_newer_server_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path()).unwrap();
    store
        .connection
        .pragma_update(None, "user_version", 99)
        .unwrap();
    drop(store);
    assert!(matches!(
        refusal(directory.path()),
        ServerError::Newer { found: 99, .. }
    ));
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let error = refusal(&file.join("data"));
    assert!(matches!(error, ServerError::DataDirectory { .. }));
    assert!(error.to_string().contains("file/data"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_directory_made_for_the_store_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("data");
    let _store = SqliteStore::open(&directory).unwrap();
    assert_eq!(
        fs::metadata(&directory).unwrap().permissions().mode() & 0o777,
        0o700
    );
}

#[cfg(unix)]
#[test]
fn the_database_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().unwrap();
    std::fs::set_permissions(directory.path(), std::fs::Permissions::from_mode(0o755)).unwrap();

    let store = SqliteStore::open(directory.path()).unwrap();

    let mode = std::fs::metadata(super::database(directory.path()))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    drop(store);
}
