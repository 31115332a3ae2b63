//! Whether a note stands elsewhere than this person has put it, because somebody moved it at the same
//! time and that move has prevailed.
//!
//! A place is one scalar, so one of two moves holds whole; the other stays beside it until somebody
//! moves the note knowing of both.

use automerge::{Automerge, ObjId, ReadDoc};
use domain::{CanvasId, EntityId, PersonId, Placement, SlotId};

use crate::{genesis, identity, read, schema};

/// The slot into which this person had moved the note.
pub(crate) fn outmoved(
    document: &Automerge,
    person: &PersonId,
    canvas: &CanvasId,
    id: &EntityId,
) -> Option<SlotId> {
    let stands = read::placement(document, canvas, id)?;
    let placements = genesis::container(document, schema::PLACEMENTS)?;
    let key = schema::placement_key(canvas, id);
    let mut moves = document.get_all(&placements, &key).ok()?;
    let (_, prevailed) = moves.pop()?;
    if moves.is_empty() || is_by(document, &prevailed, person) {
        return None;
    }
    let own = moves
        .iter()
        .rev()
        .find(|(_, name)| is_by(document, name, person))?;
    let wanted: Placement = own.0.as_str()?.parse().ok()?;
    (wanted.slot != stands.slot).then_some(wanted.slot)
}

/// Whether the operation of this name was this person's.
fn is_by(document: &Automerge, name: &ObjId, person: &PersonId) -> bool {
    let change = document.hash_for_opid(name);
    change.is_some_and(|change| identity::is_author(document, &change, person))
}
