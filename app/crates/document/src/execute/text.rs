//! Texts: spliced as typed, or replaced as a whole.

use automerge::transaction::Transactable;
use automerge::{ObjId, ReadDoc};
use domain::EntityId;

use crate::delta::{Delta, between_texts, split, width};
use crate::writer::Writer;
use crate::{CommandError, TextSplice, read, schema};

/// Above this many comparisons a whole-text diff would take noticeable time, and the two texts have
/// little in common anyway.
const LARGEST_DIFF: usize = 1_000_000;

pub(super) fn edit(
    writer: &mut Writer<'_>,
    id: &EntityId,
    splices: &[TextSplice],
) -> Result<(), CommandError> {
    let (object, before) = text_of(writer, id)?;
    let mut after = before.clone();
    for splice in splices {
        check_splice(&after, splice)?;
        after = Delta::splice(splice.at, splice.delete, &splice.insert).apply(&after);
        schema::check_text(&after)?;
    }
    if after == before {
        return Ok(());
    }
    writer.will_edit(&object, before);
    for splice in splices {
        splice_text(writer, &object, splice.at, splice.delete, &splice.insert)?;
    }
    Ok(())
}

/// A splice that splits a character is refused rather than widened: whoever made it counts
/// differently from us, and would go on doing so.
fn check_splice(text: &str, splice: &TextSplice) -> Result<(), CommandError> {
    let length = width(text);
    let end = splice.at.saturating_add(splice.delete);
    if end > length {
        return Err(CommandError::OutOfBounds { end, length });
    }
    for at in [splice.at, end] {
        if width(split(text, at).0) != at {
            return Err(CommandError::SplitsCharacter { at });
        }
    }
    Ok(())
}

pub(super) fn replace(
    writer: &mut Writer<'_>,
    id: &EntityId,
    text: &str,
) -> Result<(), CommandError> {
    schema::check_text(text)?;
    let (object, before) = text_of(writer, id)?;
    if before == text {
        return Ok(());
    }
    let difference = between_texts(&before, text);
    let size = difference
        .splices()
        .iter()
        .map(|(_, delete, insert)| delete.saturating_mul(width(insert)))
        .max();
    writer.will_edit(&object, before);
    if size.unwrap_or(0) <= LARGEST_DIFF {
        writer.transaction.update_text(&object, text)?;
        return Ok(());
    }
    apply(writer, &object, &difference)
}

/// Makes a change to a text object.
pub(crate) fn apply(
    writer: &mut Writer<'_>,
    object: &ObjId,
    delta: &Delta,
) -> Result<(), CommandError> {
    for (at, delete, insert) in delta.splices() {
        splice_text(writer, object, at, delete, insert)?;
    }
    Ok(())
}

fn splice_text(
    writer: &mut Writer<'_>,
    object: &ObjId,
    at: usize,
    delete: usize,
    insert: &str,
) -> Result<(), CommandError> {
    let delete = isize::try_from(delete).map_err(|_| CommandError::TooLong)?;
    Ok(writer.transaction.splice_text(object, at, delete, insert)?)
}

fn text_of(writer: &Writer<'_>, id: &EntityId) -> Result<(ObjId, String), CommandError> {
    let (entity, _) = writer.entity(id)?;
    let object = read::text_at(&writer.transaction, &entity, schema::TEXT)
        .ok_or_else(|| CommandError::UnknownEntity(id.clone()))?;
    let text = writer.transaction.text(&object)?;
    Ok((object, text))
}
