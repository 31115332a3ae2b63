//! The content of a file, added as one gesture. Nothing that is here is overwritten.

mod locked;
mod outlook;

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ObjId, ReadDoc};
use domain::experiment::{LOCK, LOCKED_PLAN};
use domain::{
    CanvasId, Entity, EntityId, FieldType, FieldValue, Graph, Link, LinkId, Placement, Rank,
    SlotId, compact,
};

use locked::Locked;
pub use outlook::ImportOutlook;
pub(crate) use outlook::outlook;

use super::{entity, lifecycle, links, places, rename, set_person};
use crate::digest::{entity_digest, link_digest};
use crate::writer::Writer;
use crate::{CommandError, read, schema};

const ID_LENGTH: usize = 20;

pub(super) fn import(writer: &mut Writer<'_>, graph: &Graph) -> Result<(), CommandError> {
    check_room(writer, graph)?;
    if !graph.name.is_empty() && read::name(&writer.transaction).is_empty() {
        rename(writer, &graph.name)?;
    }
    let people = writer.roots.people.clone();
    for (id, person) in &graph.people {
        if !writer.is_taken(&people, id.as_str())? {
            set_person(writer, id, person)?;
        }
    }
    let relocked = locked::relocked(writer, graph);
    let graph = relocked.as_ref().unwrap_or(graph);
    let ids = import_entities(writer, graph)?;
    for (canvas, placed) in &graph.placements {
        schema::check_canvas(canvas)?;
        import_placements(writer, canvas, placed, &ids)?;
    }
    import_links(writer, graph, &ids)
}

/// Each letter is an operation, and a document of more than four million is refused by every device
/// and every server that should load it: what is imported leaves room for what is written after it.
const MOST_LETTERS: u64 = 3_000_000;

/// Refuses what the document could hold and nobody could load.
fn check_room(writer: &Writer<'_>, graph: &Graph) -> Result<(), CommandError> {
    let here = writer.transaction.stats().num_ops;
    if here.saturating_add(letters(graph)) > MOST_LETTERS {
        return Err(CommandError::TooMuch);
    }
    Ok(())
}

/// Whether a graph has more text than any document takes, an empty one included.
#[must_use]
pub fn is_too_much(graph: &Graph) -> bool {
    letters(graph) > MOST_LETTERS
}

fn letters(graph: &Graph) -> u64 {
    let bytes: usize = graph
        .entities
        .values()
        .map(|entity| entity.text.len())
        .sum();
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// Under which id an entity of the file is here now.
struct Here {
    id: EntityId,
    is_new: bool,
}

/// What becomes of an entity of the file.
enum Fate {
    /// It is here as it is; the object holds it.
    Here,
    /// It is here as it is, and deleted: it comes back.
    Restored(ObjId, u64),
    /// It comes in under its own id.
    New,
    /// It comes in under another id, beside what has its own.
    Beside,
}

/// What becomes of each entity of the file, whose locks are as they are [here](locked::relocked).
fn fates<'g>(
    writer: &Writer<'_>,
    graph: &'g Graph,
    locked: &[Locked<'g>],
) -> Result<BTreeMap<&'g EntityId, Fate>, CommandError> {
    let anew = apart(writer, graph, locked)?;
    let entities = writer.roots.entities.clone();
    let mut fates = BTreeMap::new();
    for (id, entity) in &graph.entities {
        let digest = entity_digest(entity);
        let existing = writer.entity(id).ok();
        let same = existing
            .filter(|(_, existing)| entity_digest(existing) == digest && !anew.contains(id));
        let fate = match same {
            Some((object, existing)) if existing.deleted.is_some() && entity.deleted.is_none() => {
                Fate::Restored(object, digest)
            }
            Some(_) => Fate::Here,
            None if writer.is_taken(&entities, id.as_str())? => Fate::Beside,
            None => Fate::New,
        };
        fates.insert(id, fate);
    }
    Ok(fates)
}

fn import_entities<'g>(
    writer: &mut Writer<'_>,
    graph: &'g Graph,
) -> Result<BTreeMap<&'g EntityId, Here>, CommandError> {
    let locked = locked::locked(graph);
    let mut ids: BTreeMap<&EntityId, Here> = BTreeMap::new();
    // Ids that new entities will have, since all are named before any is made.
    let mut taken: BTreeSet<EntityId> = BTreeSet::new();
    let entities = writer.roots.entities.clone();
    for (id, fate) in fates(writer, graph, &locked)? {
        if let Fate::Restored(object, digest) = &fate {
            lifecycle::unflag(writer, object, *digest)?;
        }
        let (mine, is_new) = match fate {
            Fate::Here | Fate::Restored(..) => (id.clone(), false),
            Fate::New | Fate::Beside => {
                let free = free_id(writer, &entities, id.as_str(), |id| {
                    taken.contains(id) || graph.entities.contains_key(id)
                })?;
                let mine = EntityId::from(free);
                taken.insert(mine.clone());
                (mine, true)
            }
        };
        ids.insert(id, Here { id: mine, is_new });
    }
    let here = |id: &EntityId| ids.get(id).map_or(id, |here| &here.id).clone();
    let pinned: BTreeMap<&EntityId, (String, String)> = locked
        .iter()
        .filter_map(|locked| locked.pinned_anew(&here, &|entity| renamed(entity, &ids)))
        .collect();
    for (id, entity) in &graph.entities {
        if let Some(here) = ids.get(id).filter(|here| here.is_new) {
            let mut entity = renamed(entity, &ids);
            if let Some((lock, promise)) = pinned.get(id) {
                let text = |text: &String| FieldValue::Text(text.clone());
                entity.fields.insert(LOCK.to_owned(), text(lock));
                if entity.fields.contains_key(LOCKED_PLAN) {
                    let promise = text(promise);
                    entity.fields.insert(LOCKED_PLAN.to_owned(), promise);
                }
            }
            entity::create(writer, &here.id, &entity)?;
        }
    }
    Ok(ids)
}

/// What cannot be what is here under its id, although its own content is the same: the parts of
/// locked experiments of which another part differs.
fn apart<'g>(
    writer: &Writer<'_>,
    graph: &'g Graph,
    locked: &[Locked<'g>],
) -> Result<BTreeSet<&'g EntityId>, CommandError> {
    let entities = writer.roots.entities.clone();
    let mut others: BTreeSet<&EntityId> = BTreeSet::new();
    for (id, entity) in &graph.entities {
        let same = |(_, existing): (_, Entity)| entity_digest(&existing) == entity_digest(entity);
        let is_same = !locked.is_empty() && writer.entity(id).is_ok_and(same);
        if !is_same && !locked.is_empty() && writer.is_taken(&entities, id.as_str())? {
            others.insert(id);
        }
    }
    let mut anew = BTreeSet::new();
    for locked in locked {
        anew.extend(locked.come_in_anew(|id| others.contains(id)));
    }
    Ok(anew)
}

/// The entity with its reference fields leading to what they led to in the file.
fn renamed(entity: &Entity, ids: &BTreeMap<&EntityId, Here>) -> Entity {
    let mut entity = entity.clone();
    let Some(kind) = domain::kind(&entity.kind) else {
        return entity;
    };
    for field in &kind.fields {
        if let FieldType::Reference { .. } = field.takes
            && let Some(FieldValue::Text(named)) = entity.fields.get_mut(&field.id)
            && let Some(here) = ids.get(&EntityId::from(named.trim()))
            && here.id.as_str() != named.trim()
        {
            *named = here.id.to_string();
        }
    }
    entity
}

/// Notes of a slot that is empty here keep the file's ranks; into one that has notes they come
/// behind those, in the file's order.
fn import_placements(
    writer: &mut Writer<'_>,
    canvas: &CanvasId,
    placed: &BTreeMap<EntityId, Placement>,
    ids: &BTreeMap<&EntityId, Here>,
) -> Result<(), CommandError> {
    let present = read::canvas_placements(&writer.transaction, canvas);
    let mut last: BTreeMap<&SlotId, &Rank> = BTreeMap::new();
    for placement in present.values() {
        let rank = last.entry(&placement.slot).or_insert(&placement.rank);
        *rank = (*rank).max(&placement.rank);
    }
    let mut ordered: Vec<(&EntityId, &Placement)> = placed.iter().collect();
    compact::sort_by(&mut ordered, |(a_id, a), (b_id, b)| {
        (&a.rank, a_id).cmp(&(&b.rank, b_id))
    });

    let mut added: BTreeMap<&SlotId, Rank> = BTreeMap::new();
    for (id, placement) in ordered {
        schema::check_name(placement.slot.as_str())?;
        let Some(mine) = ids.get(id).filter(|mine| !present.contains_key(&mine.id)) else {
            continue;
        };
        let mut placement = placement.clone();
        if let Some((slot, rank)) = last.get_key_value(&placement.slot) {
            let before = added.get(*slot).unwrap_or(rank);
            placement.rank = Rank::between(Some(before), None, &mut writer.next_random());
            added.insert(slot, placement.rank.clone());
        }
        if mine.is_new {
            places::write_new(writer, canvas, &mine.id, &placement)?;
        } else {
            places::write(writer, canvas, &mine.id, &placement)?;
        }
    }
    Ok(())
}

fn import_links(
    writer: &mut Writer<'_>,
    graph: &Graph,
    ids: &BTreeMap<&EntityId, Here>,
) -> Result<(), CommandError> {
    let links = writer.roots.links.clone();
    let here = |id: &EntityId| ids.get(id).map_or(id, |here| &here.id).clone();
    for (id, link) in &graph.links {
        let link = Link {
            from: here(&link.from),
            to: here(&link.to),
            ..link.clone()
        };
        let digest = link_digest(&link);
        let existing = writer.link(id).ok();
        if let Some((object, existing)) = existing
            && link_digest(&existing) == digest
        {
            if existing.deleted.is_some() && link.deleted.is_none() {
                lifecycle::unflag(writer, &object, digest)?;
            }
            continue;
        }
        let mine: LinkId = free_id(writer, &links, id.as_str(), |_| false)?.into();
        links::create(writer, &mine, &link)?;
    }
    Ok(())
}

/// The wished id if it is free here, else a fresh one that is not promised to another.
fn free_id(
    writer: &mut Writer<'_>,
    container: &ObjId,
    wish: &str,
    is_promised: impl Fn(&str) -> bool,
) -> Result<String, CommandError> {
    let mut id = wish.to_owned();
    while writer.is_taken(container, &id)? || (id != wish && is_promised(&id)) {
        id = (0..ID_LENGTH)
            .map(|_| writer.random.alphanumeric())
            .collect();
    }
    Ok(id)
}
