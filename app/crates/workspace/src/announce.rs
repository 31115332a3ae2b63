//! What colleagues did, told politely in batches: "Ana added 2 notes to Problem".

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::{CanvasId, EntityId, PersonId, SlotId, compact};
use reactive_graph::traits::WithUntracked;

use crate::{Message, Origin, Workspace};

/// Gathers colleagues' changes until someone asks for the news.
#[derive(Clone)]
pub struct News(Rc<RefCell<Gathered>>);

#[derive(Default)]
struct Gathered {
    known: BTreeMap<EntityId, bool>,
    added: BTreeSet<EntityId>,
    changed: BTreeSet<EntityId>,
    removed: BTreeSet<EntityId>,
}

impl News {
    /// Listens to a workspace from now on.
    pub fn listen(workspace: &Workspace) -> Self {
        let news = Self(Rc::default());
        news.remember_all(workspace);
        let (gathered, listening) = (news.clone(), workspace.clone());
        workspace.on_change(move |change| {
            if change.dirty.everything || change.origin != Origin::Remote {
                if change.dirty.everything {
                    gathered.remember_all(&listening);
                } else {
                    gathered.remember(&listening, &change.dirty.entities);
                }
                return;
            }
            gathered.gather(&listening, &change.dirty.entities);
            for (_, id) in &change.dirty.placements {
                gathered.note_moved(id);
            }
        });
        news
    }

    /// The news since the last call, as few messages as possible; `canvas` names the slots.
    pub fn take(&self, workspace: &Workspace, canvas: &CanvasId) -> Vec<Message> {
        let (added, changed, removed) = {
            let mut gathered = self.0.borrow_mut();
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

    fn remember_all(&self, workspace: &Workspace) {
        let live = workspace.projection().live_notes();
        self.0.borrow_mut().known = compact::gather(live.into_iter().map(|(id, _)| (id, true)));
    }

    fn remember(&self, workspace: &Workspace, ids: &BTreeSet<EntityId>) {
        for id in ids {
            self.0
                .borrow_mut()
                .known
                .insert(id.clone(), is_live(workspace, id));
        }
    }

    fn gather(&self, workspace: &Workspace, ids: &BTreeSet<EntityId>) {
        for id in ids {
            let live = is_live(workspace, id);
            let mut gathered = self.0.borrow_mut();
            match (gathered.known.insert(id.clone(), live), live) {
                (None | Some(false), true) => gathered.added.insert(id.clone()),
                (Some(true), false) => gathered.removed.insert(id.clone()),
                (Some(true), true) => gathered.changed.insert(id.clone()),
                (None | Some(false), false) => false,
            };
        }
    }

    fn note_moved(&self, id: &EntityId) {
        let mut gathered = self.0.borrow_mut();
        if gathered.known.get(id) == Some(&true) {
            gathered.changed.insert(id.clone());
        }
    }
}

fn is_live(workspace: &Workspace, id: &EntityId) -> bool {
    let note = workspace.projection().note(id);
    note.is_some_and(|note| note.body.with_untracked(|body| body.deleted.is_none()))
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
