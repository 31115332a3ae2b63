//! From Automerge's patches to the things of a workspace.
//!
//! A patch that cannot be attributed makes the whole set dirty; one under a key that is never read
//! makes nothing dirty.

use automerge::{Patch, PatchAction, Prop};

use super::DirtySet;
use crate::schema::{self, ABOUT, ENTITIES, LINKS, PEOPLE, PLACEMENTS, SCHEMA};

pub(crate) fn attribute(patches: &[Patch]) -> DirtySet {
    let mut dirty = DirtySet::default();
    for patch in patches {
        mark(patch, &mut dirty);
        if dirty.everything {
            return DirtySet::everything();
        }
    }
    dirty
}

fn mark(patch: &Patch, dirty: &mut DirtySet) {
    // The path names the object that changed; the action's own key completes it.
    let mut keys = patch
        .path
        .iter()
        .map(|(_, prop)| prop.clone())
        .chain(changed_prop(&patch.action));
    let Some(Prop::Map(container)) = keys.next() else {
        dirty.everything = true;
        return;
    };
    let is_read =
        [SCHEMA, ABOUT, ENTITIES, LINKS, PLACEMENTS, PEOPLE].contains(&container.as_str());
    if !is_read {
        return;
    }
    match (container.as_str(), keys.next()) {
        (ABOUT, Some(_)) => dirty.about = true,
        (ENTITIES, Some(Prop::Map(id))) => {
            dirty.entities.insert(id.as_str().into());
        }
        (LINKS, Some(Prop::Map(id))) => {
            dirty.links.insert(id.as_str().into());
        }
        (PEOPLE, Some(Prop::Map(id))) => {
            dirty.people.insert(id.as_str().into());
        }
        (PLACEMENTS, Some(Prop::Map(key))) => {
            // A key of another form is never read.
            dirty.placements.extend(schema::parse_placement_key(&key));
        }
        // A container itself came, went or was replaced, or is not a map.
        _ => dirty.everything = true,
    }
}

fn changed_prop(action: &PatchAction) -> Option<Prop> {
    match action {
        PatchAction::PutMap { key, .. } | PatchAction::DeleteMap { key } => {
            Some(Prop::Map(key.clone()))
        }
        PatchAction::Increment { prop, .. } | PatchAction::Conflict { prop } => Some(prop.clone()),
        PatchAction::PutSeq { index, .. }
        | PatchAction::Insert { index, .. }
        | PatchAction::SpliceText { index, .. }
        | PatchAction::DeleteSeq { index, .. } => Some(Prop::Seq(*index)),
        PatchAction::Mark { .. } => None,
    }
}
