//! Links between notes: made and flagged.

use automerge::ObjType;
use automerge::transaction::Transactable;
use domain::{EntityId, Link, LinkId, LinkKindId};

use super::lifecycle;
use crate::digest::link_digest;
use crate::writer::Writer;
use crate::{CommandError, schema};

pub(super) fn add(
    writer: &mut Writer<'_>,
    id: &LinkId,
    kind: &LinkKindId,
    from: &EntityId,
    to: &EntityId,
) -> Result<(), CommandError> {
    writer.entity(from)?;
    writer.entity(to)?;
    let created = Some(writer.now.clone());
    let link = Link {
        kind: kind.clone(),
        from: from.clone(),
        to: to.clone(),
        created,
        deleted: None,
    };
    create(writer, id, &link)
}

/// Makes a link under a free id; its ends need not be here. Deleted from the start if a file says
/// so.
pub(super) fn create(
    writer: &mut Writer<'_>,
    id: &LinkId,
    link: &Link,
) -> Result<(), CommandError> {
    for name in [
        id.as_str(),
        link.kind.as_str(),
        link.from.as_str(),
        link.to.as_str(),
    ] {
        schema::check_name(name)?;
    }
    let links = writer.roots.links.clone();
    if writer.is_taken(&links, id.as_str())? {
        return Err(CommandError::AlreadyExists(id.to_string()));
    }
    let object = writer
        .transaction
        .put_object(&links, id.as_str(), ObjType::Map)?;
    writer.init(&object, schema::KIND, link.kind.as_str())?;
    writer.init(&object, schema::FROM, link.from.as_str())?;
    writer.init(&object, schema::TO, link.to.as_str())?;
    let created = schema::stamp_text(link.created.as_ref().unwrap_or(&writer.now));
    writer.init(&object, schema::CREATED, &created)?;
    lifecycle::init(writer, &object, link_digest(link), link.deleted.as_ref())
}

pub(super) fn remove(writer: &mut Writer<'_>, id: &LinkId) -> Result<(), CommandError> {
    let (object, link) = writer.link(id)?;
    if link.deleted.is_some() {
        return Ok(());
    }
    lifecycle::flag(writer, &object, link_digest(&link))
}
