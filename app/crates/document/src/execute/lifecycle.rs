//! Deletion is a flag with the digest of what was deleted; restoring takes the flag off.

use automerge::ObjId;
use domain::{Deletion, EntityId, Stamp};

use crate::digest::entity_digest;
use crate::record::{Held, Record};
use crate::writer::Writer;
use crate::{CommandError, schema};

pub(super) fn delete(writer: &mut Writer<'_>, ids: &[EntityId]) -> Result<(), CommandError> {
    for id in ids {
        let (object, entity) = writer.entity(id)?;
        if entity.deleted.is_none() {
            flag(writer, &object, entity_digest(&entity))?;
        }
    }
    Ok(())
}

pub(super) fn restore(writer: &mut Writer<'_>, ids: &[EntityId]) -> Result<(), CommandError> {
    for id in ids {
        let (object, entity) = writer.entity(id)?;
        if entity.deleted.is_some() {
            unflag(writer, &object, entity_digest(&entity))?;
        }
    }
    Ok(())
}

/// Says of a new entity or link whether it is live, which undo can take back, or deleted as in the
/// file that it came from.
pub(super) fn init(
    writer: &mut Writer<'_>,
    object: &ObjId,
    digest: u64,
    deletion: Option<&Deletion>,
) -> Result<(), CommandError> {
    let Some(deletion) = deletion else {
        writer.note(Record::Revived {
            object: object.clone(),
            digest,
            flag: None,
        });
        return Ok(());
    };
    let stamp = Stamp {
        by: deletion.by.clone(),
        at: deletion.at,
    };
    // Any other digest says that the content was edited since.
    let digest = if deletion.edited_since {
        !digest
    } else {
        digest
    };
    writer.init(
        object,
        schema::DELETED,
        &schema::deletion_text(&stamp, digest),
    )
}

/// Flags a live entity or link whose content has this digest.
pub(crate) fn flag(
    writer: &mut Writer<'_>,
    object: &ObjId,
    digest: u64,
) -> Result<(), CommandError> {
    let text = schema::deletion_text(&writer.now, digest);
    let after = writer.overwrite(object, schema::DELETED, Some(text.into()))?;
    if let Held::Scalar { by: flag, .. } = after {
        writer.note(Record::Deleted {
            object: object.clone(),
            flag,
        });
    }
    Ok(())
}

/// Takes the flag off a deleted entity or link whose content has this digest.
pub(crate) fn unflag(
    writer: &mut Writer<'_>,
    object: &ObjId,
    digest: u64,
) -> Result<(), CommandError> {
    let flag = match writer.held(object, schema::DELETED)? {
        Held::Scalar { by, .. } => Some(by),
        Held::Nothing | Held::Object => None,
    };
    writer.overwrite(object, schema::DELETED, None)?;
    writer.note(Record::Revived {
        object: object.clone(),
        digest,
        flag,
    });
    Ok(())
}
