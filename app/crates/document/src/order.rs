//! The order of notes in a slot, and the rank of one that is put among them.
//!
//! Deleted notes keep their ranks, so that a restored one stands where it stood; anchors count live
//! notes alone, since those are what a person sees.

use automerge::ReadDoc;
use domain::{Canvas, CanvasId, EntityId, Placement, Rank, SlotId, UNPLACED, compact};

use crate::{Anchor, genesis, read, schema};

/// Every note of a slot, by rank and then by id.
pub(crate) struct Order(Vec<Placed>);

struct Placed {
    id: EntityId,
    placement: Placement,
    is_live: bool,
}

/// Where a note goes.
pub(crate) enum Spot {
    /// It stands there already.
    Here,
    /// It gets this rank.
    Between {
        rank: Rank,
        /// Notes that share one rank and left no room: they get new ranks behind it.
        crowded: Vec<(EntityId, Placement)>,
    },
}

impl Order {
    pub(crate) fn read<R: ReadDoc>(document: &R, canvas: &CanvasId, slot: &SlotId) -> Self {
        let entities = genesis::container(document, schema::ENTITIES);
        // For other slots, the canvas need not be known.
        let known = (*slot == UNPLACED).then(|| read::known_canvas(document, canvas));
        let known = known.flatten();
        let tray_of = known.as_deref();
        let is_live = |id: &EntityId| {
            entities
                .as_ref()
                .and_then(|entities| read::entity_at(document, entities, id.as_str()))
                .is_some_and(|entity| read::is_live(document, &entity))
        };
        let mut notes: Vec<Placed> = read::canvas_placements(document, canvas)
            .into_iter()
            .filter(|(_, placement)| shows_in(tray_of, slot, placement))
            .map(|(id, placement)| {
                let is_live = is_live(&id);
                Placed {
                    id,
                    placement,
                    is_live,
                }
            })
            .collect();
        compact::sort_by(&mut notes, |a, b| {
            (&a.placement.rank, &a.id).cmp(&(&b.placement.rank, &b.id))
        });
        Self(notes)
    }

    /// The place of `id` when it is put at the anchor.
    pub(crate) fn spot(
        &self,
        id: &EntityId,
        anchor: &Anchor,
        random: &mut dyn FnMut() -> u32,
    ) -> Spot {
        let here = self.0.iter().position(|placed| placed.id == *id);
        let others: Vec<&Placed> = self.0.iter().filter(|placed| placed.id != *id).collect();
        let is_itself = matches!(anchor, Anchor::Before(note) | Anchor::After(note) if note == id);
        if here.is_some() && is_itself {
            return Spot::Here;
        }
        let live: Vec<usize> = (0..others.len())
            .filter(|index| others.get(*index).is_some_and(|placed| placed.is_live))
            .collect();
        let anchored = |note: &EntityId| {
            live.iter()
                .position(|index| others.get(*index).is_some_and(|placed| placed.id == *note))
        };
        let target = match anchor {
            Anchor::First => Some(0),
            Anchor::Last => None,
            Anchor::Before(note) => anchored(note),
            Anchor::After(note) => anchored(note).map(|position| position + 1),
        };
        let target = target.unwrap_or(live.len());
        // `here` notes stand before it among the others, too.
        let standing = here.map(|here| live.iter().filter(|index| **index < here).count());
        if standing == Some(target) {
            return Spot::Here;
        }
        let index = live.get(target).copied().unwrap_or(others.len());
        between(&others, index, random)
    }
}

fn between(others: &[&Placed], index: usize, random: &mut dyn FnMut() -> u32) -> Spot {
    let (ahead, behind) = others.split_at_checked(index).unwrap_or((others, &[]));
    let before = ahead.last().map(|placed| &placed.placement.rank);
    let is_crowded =
        |placed: &Placed| before.is_some_and(|before| placed.placement.rank <= *before);
    let crowd = behind
        .iter()
        .take_while(|placed| is_crowded(placed))
        .count();
    let after = behind.get(crowd).map(|placed| &placed.placement.rank);
    let mut ranks = Rank::spread(before, after, crowd + 1, random).into_iter();
    let rank = ranks.next().unwrap_or_default();
    let crowded = behind
        .iter()
        .zip(ranks)
        .map(|(placed, rank)| {
            (
                placed.id.clone(),
                Placement {
                    rank,
                    ..placed.placement.clone()
                },
            )
        })
        .collect();
    Spot::Between { rank, crowded }
}

/// Whether a view of the canvas shows the placement in that slot: in its own, or in the tray when
/// the canvas, `tray_of`, does not know the slot.
fn shows_in(tray_of: Option<&Canvas>, slot: &SlotId, placement: &Placement) -> bool {
    placement.slot == *slot || tray_of.is_some_and(|canvas| canvas.slot(&placement.slot).is_none())
}
