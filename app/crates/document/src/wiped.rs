//! Notes and links that another program has taken out of their containers, or has put something else
//! in place of: no command does that, so they can be brought back.
//!
//! Automerge keeps an object that its parent no longer shows. It lists none of them, so every
//! operation of the history is asked whether it made one.

use std::collections::BTreeSet;

use automerge::{Automerge, ObjId, ObjType, Prop, ReadDoc};
use domain::{Entity, Graph, compact};

use crate::digest::entity_digest;
use crate::genesis::container;
use crate::{read, schema};

/// What cannot be found under its id any more, as a file would hold it: the latest that had the id,
/// with its places, unless it was deleted. At a cost in proportion to the whole history, for when
/// somebody asks.
pub(crate) fn wiped(document: &Automerge) -> Graph {
    let mut graph = Graph::default();
    let containers = [schema::ENTITIES, schema::LINKS].map(|name| container(document, name));
    let [Some(entities), Some(links)] = containers else {
        return graph;
    };
    // Under an id that is taken it would come back once more each time.
    let mut known: BTreeSet<u64> = BTreeSet::new();
    read::each_entity(document, |_, object| {
        let entity = read::read_entity(document, object);
        known.extend(entity.map(|entity| entity_digest(&entity)));
    });
    let is_new = |id: &str, entity: &Entity| {
        let is_free = matches!(document.get(&entities, id), Ok(None));
        entity.deleted.is_none() && (is_free || !known.contains(&entity_digest(entity)))
    };
    let mut changes = document.get_changes_meta(&[]);
    compact::sort_by_key(&mut changes, |change| change.start_op);
    for change in changes {
        for number in change.start_op..=change.max_op {
            let object = ObjId::Id(number, change.actor.as_ref().clone(), 0);
            let Some((parent, id)) = map_in(document, &object) else {
                continue;
            };
            if parent == entities && read::entity_at(document, &entities, &id).is_none() {
                let entity = read::read_entity(document, &object);
                if let Some(entity) = entity.filter(|entity| is_new(&id, entity)) {
                    graph.entities.insert(id.as_str().into(), entity);
                }
            } else if parent == links && read::link_at(document, &links, &id).is_none() {
                let link = read::read_link(document, &object);
                if let Some(link) = link.filter(|link| link.deleted.is_none()) {
                    graph.links.insert(id.as_str().into(), link);
                }
            }
        }
    }
    let ids: Vec<_> = graph.entities.keys().cloned().collect();
    for id in ids {
        for (canvas, placement) in read::places_of(document, &id) {
            graph.place(canvas, id.clone(), placement);
        }
    }
    graph
}

/// Where a map was made, and under which id; `None` for whatever is none in a map.
fn map_in(document: &Automerge, object: &ObjId) -> Option<(ObjId, String)> {
    if document.object_type(object) != Ok(ObjType::Map) {
        return None;
    }
    let parent = document.parents(object).ok()?.next()?;
    match parent.prop {
        Prop::Map(id) if schema::is_name(&id) => Some((parent.obj, id)),
        _ => None,
    }
}
