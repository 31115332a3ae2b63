//! Which notes stand in which slot, in order: an index that moves one note without reading others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{CanvasId, EntityId, Placement, Rank, SlotId, compact};

type SlotKey = (CanvasId, SlotId);

/// Which slot shows what stands in a slot of a canvas.
type Shown<'a> = &'a dyn Fn(&CanvasId, &SlotId) -> SlotId;

/// Ordered members of every slot that shows notes.
#[derive(Default)]
pub(super) struct Order {
    members: HashMap<SlotKey, BTreeSet<(Rank, EntityId)>>,
    places: HashMap<EntityId, BTreeMap<CanvasId, (SlotId, Rank)>>,
}

impl Order {
    /// Moves a note to where it stands now (`None`: nowhere) and returns the slots that changed.
    pub(super) fn set(
        &mut self,
        id: &EntityId,
        places: Option<&BTreeMap<CanvasId, Placement>>,
        shown_slot: Shown<'_>,
    ) -> BTreeSet<SlotKey> {
        let shown = places.into_iter().flatten().map(|(canvas, placement)| {
            let slot = shown_slot(canvas, &placement.slot);
            (canvas.clone(), (slot, placement.rank.clone()))
        });
        let after: BTreeMap<CanvasId, (SlotId, Rank)> = compact::gather(shown);
        let before = self.places.remove(id).unwrap_or_default();
        let mut touched = BTreeSet::new();
        for (canvas, (slot, rank)) in &before {
            if after.get(canvas) == Some(&(slot.clone(), rank.clone())) {
                continue;
            }
            let key = (canvas.clone(), slot.clone());
            if let Some(members) = self.members.get_mut(&key) {
                members.remove(&(rank.clone(), id.clone()));
            }
            touched.insert(key);
        }
        for (canvas, (slot, rank)) in &after {
            if before.get(canvas) == Some(&(slot.clone(), rank.clone())) {
                continue;
            }
            let key = (canvas.clone(), slot.clone());
            self.members
                .entry(key.clone())
                .or_default()
                .insert((rank.clone(), id.clone()));
            touched.insert(key);
        }
        if !after.is_empty() {
            self.places.insert(id.clone(), after);
        }
        touched
    }

    /// The notes of a slot, by rank, ties by id.
    pub(super) fn slot(&self, canvas: &CanvasId, slot: &SlotId) -> Vec<EntityId> {
        self.members
            .get(&(canvas.clone(), slot.clone()))
            .map(|members| members.iter().map(|(_, id)| id.clone()).collect())
            .unwrap_or_default()
    }

    /// Where a note is shown on a canvas.
    pub(super) fn slot_of(&self, canvas: &CanvasId, id: &EntityId) -> Option<SlotId> {
        self.places
            .get(id)?
            .get(canvas)
            .map(|(slot, _)| slot.clone())
    }
}
