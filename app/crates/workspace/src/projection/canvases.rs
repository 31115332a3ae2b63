//! The canvases of a workspace: those of the catalogue and its own.

use std::sync::Arc;

use domain::catalogue::{self, CANVAS, CanvasRef};
use domain::localised::FALLBACK;
use domain::{Canvas, CanvasId, Entity, EntityId, SlotId, UNPLACED, compact};
use reactive_graph::graph::Observer;
use reactive_graph::traits::{With, WithUntracked};

use super::{Note, Projection, entity_of};

/// A canvas that the workspace brings, and the entity that holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnCanvas {
    /// The entity that holds its text.
    pub entity: EntityId,
    /// What its text says, which has been checked.
    pub canvas: Arc<Canvas>,
}

impl Projection {
    /// The canvas of that id, the catalogue's or the workspace's own. Read in a view, it follows.
    pub fn canvas(&self, id: &CanvasId) -> Option<CanvasRef> {
        match catalogue::canvas(id) {
            Some(known) => Some(CanvasRef::Known(known)),
            None => Some(CanvasRef::Own(self.own_canvas(id)?.canvas)),
        }
    }

    /// The workspace's own canvas of that id. Read in a view, it follows.
    pub fn own_canvas(&self, id: &CanvasId) -> Option<OwnCanvas> {
        let find = |own: &Vec<OwnCanvas>| own.iter().find(|own| own.canvas.id == *id).cloned();
        self.with_own(find)
    }

    /// The text of a canvas of one's own, by the entity that holds it; nothing for a deleted one.
    pub fn definition(&self, holder: &EntityId) -> Option<String> {
        let entity = self.entity(holder)?;
        catalogue::definition(&entity).map(ToOwned::to_owned)
    }

    /// The workspace's own canvases, by position and title. Read in a view, it follows.
    pub fn own_canvases(&self) -> Vec<OwnCanvas> {
        self.with_own(Clone::clone)
    }

    /// Every canvas: the catalogue's in its order, then the workspace's own. Read in a view, it
    /// follows.
    pub fn canvases(&self) -> Vec<CanvasRef> {
        let own = self.own_canvases().into_iter();
        let known = catalogue::canvases().iter().map(CanvasRef::Known);
        known
            .chain(own.map(|own| CanvasRef::Own(own.canvas)))
            .collect()
    }

    /// Handlers ask, too, and have nothing that could subscribe.
    fn with_own<R>(&self, read: impl FnOnce(&Vec<OwnCanvas>) -> R) -> R {
        if Observer::get().is_some() {
            self.own.with(read)
        } else {
            self.own.with_untracked(read)
        }
    }

    /// Reads the workspace's own canvases again and shows their notes where they stand now; answers
    /// the slots that this changed.
    pub(super) fn refresh_own(&self) -> Vec<(CanvasId, SlotId)> {
        let holders = self.holders();
        let after = usable(holders.iter().map(|(id, entity)| (id, entity)));
        let before = self.own.with_untracked(Clone::clone);
        if before == after {
            return Vec::new();
        }
        let is_same = |own: &&OwnCanvas| !(before.contains(own) && after.contains(own));
        let changed: Vec<CanvasId> = before
            .iter()
            .chain(&after)
            .filter(is_same)
            .map(|own| own.canvas.id.clone())
            .collect();
        super::set_if_changed(&self.own, after);
        let mut touched = Vec::new();
        for (id, note) in self.notes.borrow().iter() {
            note.places.with_untracked(|places| {
                if is_live(note) && changed.iter().any(|canvas| places.contains_key(canvas)) {
                    touched.extend(self.arrange(id, Some(places)));
                }
            });
        }
        touched
    }

    /// The entities that hold canvases, by id.
    fn holders(&self) -> Vec<(EntityId, Entity)> {
        let notes = self.notes.borrow();
        let holds = |note: &Note| {
            note.body
                .with_untracked(|body| (body.kind == *CANVAS).then(|| entity_of(body)))
        };
        let holders = notes
            .iter()
            .filter_map(|(id, note)| Some((id.clone(), holds(note)?)));
        let mut holders: Vec<(EntityId, Entity)> = holders.collect();
        compact::sort_by(&mut holders, |a, b| a.0.cmp(&b.0));
        holders
    }
}

/// The canvases among the entities that can be used.
pub(super) fn usable<'a>(
    entities: impl Iterator<Item = (&'a EntityId, &'a Entity)>,
) -> Vec<OwnCanvas> {
    let own = catalogue::usable_canvases(entities).into_iter();
    let own = own.map(|(entity, canvas)| OwnCanvas {
        entity: entity.clone(),
        canvas: Arc::new(canvas),
    });
    let mut own: Vec<OwnCanvas> = own.collect();
    compact::sort_by(&mut own, |a, b| {
        standing(&a.canvas).cmp(&standing(&b.canvas))
    });
    own
}

/// What the canvases of a workspace are sorted by.
fn standing(canvas: &Canvas) -> (u32, &str, &CanvasId) {
    (canvas.position, canvas.title.text(FALLBACK), &canvas.id)
}

/// A slot unknown to its canvas is shown in the tray, never hidden.
pub(super) fn shown_slot(own: &[OwnCanvas], canvas: &CanvasId, slot: &SlotId) -> SlotId {
    let own = || own.iter().find(|own| own.canvas.id == *canvas);
    let known = catalogue::canvas(canvas).or_else(|| own().map(|own| &*own.canvas));
    match known {
        Some(known) if known.slot(slot).is_none() => SlotId::from(UNPLACED),
        _ => slot.clone(),
    }
}

fn is_live(note: &Note) -> bool {
    note.body.with_untracked(|body| body.deleted.is_none())
}
