//! The document that is measured on: notes of eight values and some forty-five characters each.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc};

use crate::harness::Step;

const FIELDS: [&str; 8] = [
    "kind", "made", "maker", "edited", "editor", "x", "y", "colour",
];

/// A document of so many notes.
pub(crate) fn document(count: usize) -> Step<Automerge> {
    let mut document = Automerge::new().with_actor(ActorId::from([0_u8; 16]));
    document
        .transact::<_, _, AutomergeError>(|edit| {
            let notes = edit.put_object(ROOT, "notes", ObjType::Map)?;
            for number in 0..count {
                let note = edit.put_object(&notes, number.to_string(), ObjType::Map)?;
                for field in FIELDS {
                    edit.put(&note, field, "some value")?;
                }
                let text = edit.put_object(&note, "text", ObjType::Text)?;
                edit.splice_text(
                    &text,
                    0,
                    0,
                    "A note with some forty-five characters of text",
                )?;
            }
            Ok(())
        })
        .map_err(|failure| failure.error)?;
    Ok(document)
}

/// The same document for someone else to write in.
pub(crate) fn copy(document: &Automerge, writer: usize) -> Automerge {
    let mut actor = [1_u8; 16];
    for (byte, part) in actor.iter_mut().zip(writer.to_be_bytes()) {
        *byte = part;
    }
    document.clone().with_actor(ActorId::from(actor))
}

/// Moves one note: one change.
pub(crate) fn edit(document: &mut Automerge, note: usize, number: usize) -> Step {
    let note = find(document, note)?;
    document
        .transact::<_, _, AutomergeError>(|edit| edit.put(&note, "x", format!("at {number}")))
        .map_err(|failure| failure.error)?;
    Ok(())
}

/// Which edit a note was moved by last, if any.
pub(crate) fn edited(document: &Automerge, note: usize) -> Step<Option<usize>> {
    let note = find(document, note)?;
    let value = document.get(&note, "x")?;
    let text = value.and_then(|(value, _)| value.into_string().ok());
    Ok(text.and_then(|text| text.strip_prefix("at ")?.parse().ok()))
}

fn find(document: &Automerge, note: usize) -> Step<ObjId> {
    let (_, notes) = document.get(ROOT, "notes")?.ok_or("no notes")?;
    let (_, note) = document.get(&notes, note.to_string())?.ok_or("no note")?;
    Ok(note)
}
