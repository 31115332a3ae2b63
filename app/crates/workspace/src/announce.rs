//! What colleagues did, told politely in batches: "Ana added 2 notes to Problem"; which notes were
//! deleted by one and edited by another, which everyone has to know; and which stand elsewhere than one
//! has just put them, because somebody else moved them at the same time.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::{CanvasId, EntityId, PersonId, SlotId, compact};
use reactive_graph::traits::{GetUntracked, WithUntracked};

use crate::message::quoted;
use crate::{Change, Message, Origin, Subscription, Workspace};

/// Gathers colleagues' changes until someone asks for the news.
#[derive(Clone)]
pub struct News {
    gathered: Rc<RefCell<Gathered>>,
    _listening: Rc<Subscription>,
}

#[derive(Default)]
struct Gathered {
    known: BTreeMap<EntityId, Known>,
    added: BTreeSet<EntityId>,
    changed: BTreeSet<EntityId>,
    removed: BTreeSet<EntityId>,
    contested: BTreeSet<EntityId>,
    /// What was moved elsewhere, perhaps at the same time as here.
    moved: BTreeSet<(CanvasId, EntityId)>,
}

/// How a note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Live,
    Deleted,
    /// Deleted, and edited by somebody who did not know that.
    Contested,
}

impl News {
    /// Listens to a workspace from now on.
    pub fn listen(workspace: &Workspace) -> Self {
        let gathered = Rc::new(RefCell::new(Gathered::default()));
        gathered.borrow_mut().remember_all(workspace);
        let (listening, kept) = (workspace.clone(), gathered.clone());
        let listening = workspace.on_change(move |change| {
            kept.borrow_mut().hear(&listening, change);
        });
        Self {
            gathered,
            _listening: Rc::new(listening),
        }
    }

    /// The news since the last call, as few messages as possible; `canvas` names the slots.
    pub fn take(&self, workspace: &Workspace, canvas: &CanvasId) -> Vec<Message> {
        let (added, changed, removed) = {
            let mut gathered = self.gathered.borrow_mut();
            (
                std::mem::take(&mut gathered.added),
                std::mem::take(&mut gathered.changed),
                std::mem::take(&mut gathered.removed),
            )
        };
        let mut messages = Vec::new();
        let mut by_slot: BTreeMap<(Option<PersonId>, Option<SlotId>), usize> = BTreeMap::new();
        for id in &added {
            let slot = workspace.projection().slot_of(canvas, id);
            *by_slot.entry((author(workspace, id), slot)).or_default() += 1;
        }
        for ((person, slot), count) in by_slot {
            let name = person
                .and_then(|person| name_of(workspace, &person))
                .unwrap_or_default();
            let message = Message::plain("announce.colleague_added").counted(count);
            messages.push(
                message
                    .with("person", name)
                    .with("slot", slot.as_ref().map_or("", SlotId::as_str)),
            );
        }
        let changed = changed.difference(&added).count();
        if changed > 0 {
            messages.push(Message::plain("announce.colleague_changed").counted(changed));
        }
        if !removed.is_empty() {
            messages.push(Message::plain("announce.colleague_removed").counted(removed.len()));
        }
        messages
    }

    /// The notes that were deleted by one and edited by another, as it has turned out since the last
    /// call: their text, and how many there are. None of those that `but` is open with, who knows.
    pub fn take_contested(&self, workspace: &Workspace, but: Option<&EntityId>) -> Option<Message> {
        let mut contested = std::mem::take(&mut self.gathered.borrow_mut().contested);
        contested.retain(|id| Some(id) != but && state(workspace, id) == Known::Contested);
        let first = workspace.projection().note(contested.first()?)?;
        let text = first.body.with_untracked(|body| quoted(&body.text));
        let message = Message::plain("toast.deleted_and_edited").with("text", text);
        Some(message.counted(contested.len()))
    }

    /// The notes of this canvas that this person has moved and that stand elsewhere, as it has turned
    /// out since the last call: the text of one and where it is, and how many there are.
    pub fn take_outmoved(&self, workspace: &Workspace, canvas: &CanvasId) -> Option<Message> {
        let moved: Vec<EntityId> = {
            let moved = &mut self.gathered.borrow_mut().moved;
            let here = moved.extract_if(.., |(on, _)| on == canvas);
            here.map(|(_, id)| id).collect()
        };
        let outmoved = workspace.with_document(|document| {
            let is_outmoved = |id: &EntityId| document.outmoved(canvas, id).is_some();
            moved.into_iter().filter(is_outmoved).collect::<Vec<_>>()
        })?;
        let first = outmoved.first()?;
        let text = workspace.projection().note(first)?;
        let text = text.body.with_untracked(|body| quoted(&body.text));
        let slot = workspace.projection().slot_of(canvas, first)?;
        let message = Message::plain("toast.outmoved").with("text", text);
        Some(message.with("slot", slot.as_str()).counted(outmoved.len()))
    }
}

impl Gathered {
    fn hear(&mut self, workspace: &Workspace, change: &Change) {
        let Change { origin, dirty } = change;
        if dirty.everything {
            self.remember_all(workspace);
        } else if *origin != Origin::Remote {
            self.remember(workspace, &dirty.entities);
        } else {
            self.gather(workspace, &dirty.entities);
            for (_, id) in &dirty.placements {
                self.note_moved(id);
            }
            self.moved.extend(dirty.placements.iter().cloned());
        }
    }

    fn remember_all(&mut self, workspace: &Workspace) {
        let projection = workspace.projection();
        let live = projection.live_notes().into_iter().map(|(id, _)| id);
        let deleted = projection.trash().get_untracked();
        self.known = compact::gather(live.chain(deleted).map(|id| {
            let state = state(workspace, &id);
            (id, state)
        }));
    }

    fn remember(&mut self, workspace: &Workspace, ids: &BTreeSet<EntityId>) {
        for id in ids {
            self.known.insert(id.clone(), state(workspace, id));
        }
    }

    fn gather(&mut self, workspace: &Workspace, ids: &BTreeSet<EntityId>) {
        for id in ids {
            let state = state(workspace, id);
            let before = self.known.insert(id.clone(), state);
            // What was so when it came is old news.
            if state == Known::Contested && before.is_some_and(|it| it != Known::Contested) {
                self.contested.insert(id.clone());
            }
            match (before == Some(Known::Live), state == Known::Live) {
                (false, true) => self.added.insert(id.clone()),
                (true, false) => self.removed.insert(id.clone()),
                (true, true) => self.changed.insert(id.clone()),
                (false, false) => false,
            };
        }
    }

    fn note_moved(&mut self, id: &EntityId) {
        if self.known.get(id) == Some(&Known::Live) {
            self.changed.insert(id.clone());
        }
    }
}

fn state(workspace: &Workspace, id: &EntityId) -> Known {
    let Some(note) = workspace.projection().note(id) else {
        return Known::Deleted;
    };
    note.body.with_untracked(|body| match &body.deleted {
        None => Known::Live,
        Some(deletion) if deletion.edited_since => Known::Contested,
        Some(_) => Known::Deleted,
    })
}

fn author(workspace: &Workspace, id: &EntityId) -> Option<PersonId> {
    let note = workspace.projection().note(id)?;
    note.body
        .with_untracked(|body| body.created.as_ref().map(|stamp| stamp.by.clone()))
}

fn name_of(workspace: &Workspace, person: &PersonId) -> Option<String> {
    let people = &workspace.projection().people;
    people.with_untracked(|people| people.get(person).map(|person| person.name.clone()))
}
