//! A samod repository that is connected to a server of ours.

#[path = "../../harness/samod.rs"]
mod connected;

use automerge::transaction::Transactable;
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc};
use futures_util::StreamExt;
use samod::{DocHandle, Repo};

use super::ours::soon;

/// A samod repository in memory, connected to the server.
pub(crate) async fn repository(url: &str, name: &str) -> Repo {
    soon("samod's handshake", connected::repository(url, name))
        .await
        .unwrap()
}

/// A document with an empty map of notes.
pub(crate) fn empty() -> Automerge {
    let mut document = Automerge::new();
    change(&mut document, |transaction| {
        transaction
            .put_object(ROOT, "notes", ObjType::Map)
            .map(drop)
    });
    document
}

/// Waits until the document is as `done` wants it.
pub(crate) async fn until(handle: &DocHandle, what: &str, done: impl Fn(&Automerge) -> bool) {
    let mut changes = Box::pin(handle.changes());
    soon(what, async {
        while !handle.with_document(|document| done(document)) {
            changes.next().await;
        }
    })
    .await;
}

/// Puts a value into the map of notes.
pub(crate) fn put(handle: &DocHandle, key: &str, value: &str) {
    handle.with_document(|document| {
        let notes = descend(document, &["notes"]);
        change(document, |transaction| transaction.put(&notes, key, value));
    });
}

/// A value in the map of notes.
pub(crate) fn get(document: &Automerge, key: &str) -> Option<String> {
    let (_, notes) = document.get(ROOT, "notes").unwrap()?;
    let (value, _) = document.get(&notes, key).unwrap()?;
    value.into_string().ok()
}

/// Writes into a text of a workspace of ours.
pub(crate) fn splice(handle: &DocHandle, note: &str, at: usize, insert: &str) {
    handle.with_document(|document| {
        let text = descend(document, &["entities", note, "text"]);
        change(document, |transaction| {
            transaction.splice_text(&text, at, 0, insert)
        });
    });
}

/// The text of a note in a workspace of ours.
pub(crate) fn text(document: &Automerge, note: &str) -> String {
    document
        .text(descend(document, &["entities", note, "text"]))
        .unwrap()
}

fn descend(document: &Automerge, path: &[&str]) -> ObjId {
    path.iter().fold(ROOT, |object, key| {
        document.get(&object, *key).unwrap().unwrap().1
    })
}

fn change(
    document: &mut Automerge,
    edit: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), AutomergeError>,
) {
    document.transact(edit).unwrap();
}
