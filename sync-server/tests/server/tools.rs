//! Backup, restore and check, by the program itself on real files, with a server running.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use automerge::Automerge;
use rusqlite::Connection;
use sync::DocumentId;
use tempfile::TempDir;

use super::client::Client;
use super::program::Program;

const ID: DocumentId = DocumentId::from_bytes([9; 16]);

/// Runs the program with these arguments on the store in `data`.
fn tool(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sync-server"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn database(data: &TempDir) -> PathBuf {
    data.path().join("groundwork.sqlite")
}

/// Starts a server and writes two changes, each confirmed.
async fn written(data: &Path) -> (Program, Client) {
    let program = Program::start(data);
    let mut client = Client::connect(&program.sync_url(), "writer").await;
    client.open(ID, Automerge::new()).await;
    for key in ["one", "two"] {
        client.put(ID, key, 1).await;
        client.until("a receipt", |c| c.acknowledged(ID)).await;
    }
    (program, client)
}

/// A store with two changes that nobody has open.
async fn store() -> TempDir {
    let data = tempfile::tempdir().unwrap();
    drop(written(data.path()).await);
    data
}

/// Whether a server on `data` has what the client has.
async fn serves(data: &Path, heads: &[[u8; 32]]) {
    let program = Program::start(data);
    let mut reader = Client::connect(&program.sync_url(), "reader").await;
    reader.open(ID, Automerge::new()).await;
    reader.until("the document", |r| r.has(ID, heads)).await;
}

/// Flips a byte in the middle of one chunk.
fn damage(database: &Path) {
    let connection = Connection::open(database).unwrap();
    connection
        .execute_batch(
            // Another byte whatever it was: actors are random, and one in 256 has a zero there.
            "UPDATE chunk SET bytes = CAST(substr(bytes, 1, 20)
                 || CASE substr(bytes, 21, 1) WHEN x'00' THEN x'01' ELSE x'00' END
                 || substr(bytes, 22) AS BLOB)
             WHERE sequence = (SELECT min(sequence) FROM chunk)",
        )
        .unwrap();
}

#[tokio::test]
async fn a_backup_made_while_the_server_writes_restores_what_was_confirmed() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a.backup");
    let (_program, mut client) = written(data.path()).await;
    let heads = client.acknowledged_heads(ID);

    let text = printed(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    client.put(ID, "later", 1).await;
    client.until("a receipt", |c| c.acknowledged(ID)).await;

    assert!(text.contains("1 document in 2 chunks"), "{text}");
    let elsewhere = tempfile::tempdir().unwrap();
    printed(&tool(
        elsewhere.path(),
        &["restore", file.to_str().unwrap()],
    ));
    serves(elsewhere.path(), &heads).await;
}

/// S19: by whatever chunks it comes, the document is whole when it holds all that it held.
#[tokio::test]
async fn a_document_whose_damage_somebody_has_repaired_is_whole() {
    let data = tempfile::tempdir().unwrap();
    let (program, mut client) = written(data.path()).await;
    program.kill();
    damage(&database(&data));
    let program = Program::start(data.path());
    let mut reader = Client::connect(&program.sync_url(), "reader").await;
    reader.open(ID, Automerge::new()).await;
    reader.until("the answer", |r| r.is_unavailable(ID)).await;
    let text = refused(&tool(data.path(), &["check"]));
    assert!(text.contains("found damage"), "{text}");

    client.reconnect(&program.sync_url()).await;
    client.put(ID, "three", 1).await;
    client.until("a receipt", |c| c.acknowledged(ID)).await;
    let heads = client.heads(ID);
    reader.until("all of it", |r| r.has(ID, &heads)).await;
    program.kill();
    let text = printed(&tool(data.path(), &["check"]));
    assert!(text.contains("everything is whole"), "{text}");
}

/// As an operator does it for a service that has a user of its own.
#[cfg(unix)]
#[tokio::test]
async fn what_root_restores_belongs_to_the_directorys_owner() {
    use std::os::unix::fs::{MetadataExt, chown};
    let nobody = 65_534;
    let data = store().await;
    let file = data.path().join("a.backup");
    let name = file.to_str().unwrap();
    printed(&tool(data.path(), &["backup", name]));
    let theirs = tempfile::tempdir().unwrap();
    let is_root = chown(theirs.path(), Some(nobody), Some(nobody)).is_ok();
    printed(&tool(theirs.path(), &["restore", name]));
    for file in ["groundwork.sqlite", "groundwork.lock"] {
        let owner = fs::metadata(theirs.path().join(file)).unwrap().uid();
        assert_eq!(owner == nobody, is_root, "{file}");
    }
}

#[tokio::test]
async fn a_newer_backup_takes_the_place_of_an_older_one_and_of_nothing_else() {
    let data = store().await;
    let file = data.path().join("a.backup");
    let name = file.to_str().unwrap();
    printed(&tool(data.path(), &["backup", name]));
    printed(&tool(data.path(), &["backup", name]));
    printed(&tool(data.path(), &["check", name]));

    fs::write(&file, "someone's letter").unwrap();
    let text = refused(&tool(data.path(), &["backup", name]));
    assert!(text.contains("not a backup"), "{text}");
    assert_eq!(fs::read(&file).unwrap(), b"someone's letter");

    let itself = database(&data);
    let text = refused(&tool(data.path(), &["backup", itself.to_str().unwrap()]));
    assert!(text.contains("the store itself"), "{text}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_backup_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let data = store().await;
    let file = data.path().join("a.backup");
    printed(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn restoring_over_a_store_wants_force_and_keeps_the_old_one() {
    let data = store().await;
    let file = data.path().join("a.backup");
    printed(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    let restore = ["restore", file.to_str().unwrap()];
    let text = refused(&tool(data.path(), &restore));
    assert!(text.contains("--force"), "{text}");

    let text = printed(&tool(data.path(), &[&restore[..], &["--force"]].concat()));

    assert!(text.contains("replaced-1"), "{text}");
    assert!(text.contains("stays as it was there"), "{text}");
    let kept = data.path().join("groundwork.sqlite.replaced-1");
    printed(&tool(data.path(), &["check", kept.to_str().unwrap()]));
    printed(&tool(data.path(), &["check"]));
}

#[tokio::test]
async fn a_store_that_was_killed_is_kept_with_its_log() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a.backup");
    let (program, client) = written(data.path()).await;
    printed(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    let heads = client.acknowledged_heads(ID);
    program.kill();

    let arguments = ["restore", file.to_str().unwrap(), "--force"];
    printed(&tool(data.path(), &arguments));

    let kept = data.path().join("groundwork.sqlite.replaced-1");
    let elsewhere = tempfile::tempdir().unwrap();
    printed(&tool(
        elsewhere.path(),
        &["restore", kept.to_str().unwrap()],
    ));
    serves(elsewhere.path(), &heads).await;
    serves(data.path(), &heads).await;
}

#[tokio::test]
async fn nothing_is_restored_under_a_running_server() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a.backup");
    let (_program, _client) = written(data.path()).await;
    printed(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    let arguments = ["restore", file.to_str().unwrap(), "--force"];
    let text = refused(&tool(data.path(), &arguments));
    assert!(text.contains("another sync server"), "{text}");
}

#[tokio::test]
async fn a_check_says_that_a_store_is_whole_while_the_server_runs() {
    let data = tempfile::tempdir().unwrap();
    let (_program, _client) = written(data.path()).await;
    let text = printed(&tool(data.path(), &["check"]));
    assert!(
        text.ends_with(": everything is whole\n") && text.contains("1 document in 2 chunks"),
        "{text}"
    );
    assert!(!text.contains(&ID.to_string()), "the whole id is a key");
}

#[tokio::test]
async fn a_damaged_chunk_and_what_depends_on_it_are_named_and_left_alone() {
    let data = store().await;
    damage(&database(&data));
    let before = fs::read(database(&data)).unwrap();

    let output = tool(data.path(), &["check"]);

    let table = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(refused(&output).contains("found damage"));
    assert!(table.contains("do not have the hash"), "{table}");
    assert!(table.contains("others depend on it"), "{table}");
    assert_eq!(fs::read(database(&data)).unwrap(), before);
}

#[tokio::test]
async fn damage_is_backed_up_as_it_is_and_not_restored_by_accident() {
    let data = store().await;
    damage(&database(&data));
    let file = data.path().join("a.backup");
    let text = refused(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    assert!(text.contains("was written as the store is"), "{text}");

    let elsewhere = tempfile::tempdir().unwrap();
    let restore = ["restore", file.to_str().unwrap()];
    let text = refused(&tool(elsewhere.path(), &restore));
    assert!(text.contains("do not have their hash"), "{text}");
    assert!(!database(&elsewhere).exists());
    printed(&tool(
        elsewhere.path(),
        &[&restore[..], &["--force"]].concat(),
    ));
}

#[tokio::test]
async fn a_torn_file_is_reported_and_never_taken_for_a_backup() {
    let data = store().await;
    let file = data.path().join("a.backup");
    printed(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() / 2]).unwrap();

    let output = tool(data.path(), &["check", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let elsewhere = tempfile::tempdir().unwrap();
    refused(&tool(
        elsewhere.path(),
        &["restore", file.to_str().unwrap(), "--force"],
    ));
    assert!(!database(&elsewhere).exists());
    let left: Vec<_> = fs::read_dir(elsewhere.path()).unwrap().collect();
    assert_eq!(left.len(), 0, "nothing half done: {left:?}");
}

#[test]
fn there_is_nothing_to_back_up_where_there_is_no_store() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("a.backup");
    let text = refused(&tool(data.path(), &["backup", file.to_str().unwrap()]));
    assert!(text.contains("there is no database"), "{text}");
    assert!(!file.exists());
}
