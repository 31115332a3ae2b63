//! What an import would do, told before it is done: the same questions, and no write.

use std::collections::BTreeSet;

use domain::{CanvasId, EntityId, Graph};

use super::{Fate, fates, locked};
use crate::digest::link_digest;
use crate::writer::Writer;
use crate::{CommandError, read};

/// What importing a file would do. Only what is live in the file counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOutlook {
    /// Notes that come in under their own ids.
    pub added: usize,
    /// Notes that differ from what has their ids here, and come in beside it.
    pub beside: usize,
    /// Notes that are here, deleted, and come back.
    pub restored: usize,
    /// Notes that are here as they are.
    pub here: usize,
    /// Links that come in or come back.
    pub links: usize,
    /// The places of the file, by canvas and note, that change nothing: the note has one there.
    pub placed: BTreeSet<(CanvasId, EntityId)>,
}

impl ImportOutlook {
    /// How many notes come in or come back.
    #[must_use]
    pub const fn notes(&self) -> usize {
        self.added + self.beside + self.restored
    }

    /// Whether no note, no link and no place would come in.
    #[must_use]
    pub fn is_empty(&self, graph: &Graph) -> bool {
        let places = graph.placements.iter();
        let mut places =
            places.flat_map(|(canvas, placed)| placed.keys().map(move |id| (canvas, id)));
        self.notes() + self.links == 0
            && places.all(|(canvas, id)| {
                !graph.is_live(id) || self.placed.contains(&(canvas.clone(), id.clone()))
            })
    }
}

/// What importing that would do now.
pub(crate) fn outlook(writer: &Writer<'_>, graph: &Graph) -> Result<ImportOutlook, CommandError> {
    super::check_room(writer, graph)?;
    let relocked = locked::relocked(writer, graph);
    let graph = relocked.as_ref().unwrap_or(graph);
    let locked = locked::locked(graph);
    let fates = fates(writer, graph, &locked)?;
    let mut outlook = ImportOutlook::default();
    for (id, fate) in &fates {
        let count = match fate {
            _ if !graph.is_live(id) => continue,
            Fate::Here => &mut outlook.here,
            Fate::Restored(..) => &mut outlook.restored,
            Fate::New => &mut outlook.added,
            Fate::Beside => &mut outlook.beside,
        };
        *count += 1;
    }
    let moves = |id: &EntityId| matches!(fates.get(id), Some(Fate::Beside));
    for (canvas, placed) in &graph.placements {
        let present = read::canvas_placements(&writer.transaction, canvas);
        let known = placed
            .keys()
            .filter(|id| present.contains_key(*id) && !moves(id));
        outlook
            .placed
            .extend(known.map(|id| (canvas.clone(), id.clone())));
    }
    for (id, link) in &graph.links {
        let is_here = !moves(&link.from)
            && !moves(&link.to)
            && writer.link(id).is_ok_and(|(_, existing)| {
                link_digest(&existing) == link_digest(link) && existing.deleted.is_none()
            });
        outlook.links += usize::from(link.deleted.is_none() && !is_here);
    }
    Ok(outlook)
}
