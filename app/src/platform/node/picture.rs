//! The picture: the workspace as it was last seen, stored so that the next opening paints at once.
//!
//! Invariant: a picture is stored only of what the store has confirmed. One that shows more all the
//! same, because the store has lost something since, is thrown away, and how many notes that
//! concerns is told, at every opening, until they are back or the person has seen it.

use std::cell::RefCell;
use std::rc::Rc;

use document::{Heads, ProductDocument};
use domain::EntityId;
use leptos::prelude::{ArcRwSignal, GetUntracked, Set, WithUntracked};
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;
use workspace::Body;

use super::Inner;
use crate::platform::clock::Scheduled;
use crate::platform::settings;
use crate::platform::views::View;

/// How long changes gather before the picture is renewed.
const PAINT_AFTER_MS: u32 = 1_000;

/// What is known of the stored picture.
#[derive(Default)]
pub(super) struct Picture {
    /// The point that it shows, and the one that the server had confirmed by then.
    stored: Rc<RefCell<(Heads, Heads)>>,
    due: RefCell<Option<Scheduled>>,
    /// The point that the picture showed with which this opening began, until the document is
    /// known to have reached it.
    opened_with: RefCell<Option<Heads>>,
    /// The notes on that picture which the document has not, or has otherwise.
    lost: RefCell<Vec<(EntityId, Body)>>,
    /// How many were missing at an earlier opening, and from which point, as long as nobody has waved
    /// that aside and they are not back.
    earlier: RefCell<Option<(usize, Heads)>>,
    /// How many of them are told.
    told: ArcRwSignal<usize>,
}

impl Picture {
    /// What is known when the opening of a document begins with a picture of this point, or with
    /// none.
    pub(super) fn showing(document: &DocumentId, heads: Option<Heads>) -> Self {
        Self {
            opened_with: RefCell::new(heads),
            earlier: RefCell::new(settings::lost(document)),
            ..Self::default()
        }
    }

    /// How many notes were on the picture that are not here as it showed them.
    pub(super) fn lost(&self) -> ArcRwSignal<usize> {
        self.told.clone()
    }

    fn tell(&self, lost: usize) {
        if self.told.get_untracked() != lost {
            self.told.set(lost);
        }
    }
}

impl Inner {
    /// Notes what the picture shows beyond this document, which is about to take its place.
    pub(super) fn compare_picture(&self, document: &ProductDocument) {
        let mut opened_with = self.picture.opened_with.borrow_mut();
        match opened_with.as_ref() {
            Some(heads) if document.has(heads) => *opened_with = None,
            Some(_) => {
                let notes = self.workspace.projection().live_notes().into_iter();
                *self.picture.lost.borrow_mut() = notes
                    .map(|(id, note)| (id, note.body.get_untracked()))
                    .collect();
            }
            None => {}
        }
    }

    /// Throws a picture away that shows what is not on this device.
    pub(super) fn forget_false_picture(&self) {
        if self.picture.opened_with.borrow().is_none() || self.unread.failure().is_some() {
            return;
        }
        let (views, id) = (self.device.views().clone(), self.id);
        spawn_local(async move {
            // One that cannot be removed is found out again at the next opening.
            let _ = views.remove(&id).await;
        });
    }

    /// Tells how many notes the picture showed that are not here. What a store holds that could not
    /// be read is not lost.
    pub(super) fn recount_lost(&self) {
        if self.unread.failure().is_some() {
            return;
        }
        self.recall_lost();
        let Some(heads) = self.picture.opened_with.borrow().clone() else {
            return;
        };
        let known = self
            .workspace
            .with_document(|document| (document.has(&heads), document.is_ready()));
        let Some((reached, ready)) = known else {
            return;
        };
        let mut lost = self.picture.lost.borrow_mut();
        if reached {
            lost.clear();
            self.picture.opened_with.take();
        } else if ready {
            let projection = self.workspace.projection();
            lost.retain(|(id, before)| {
                let now = projection.note(id);
                now.is_none_or(|note| note.body.with_untracked(|body| body != before))
            });
        }
        let count = lost.len();
        drop(lost);
        self.remember_lost(count, heads);
        self.recall_lost();
    }

    /// So many are missing of what the picture of this opening showed.
    fn remember_lost(&self, count: usize, heads: Heads) {
        let mut earlier = self.picture.earlier.borrow_mut();
        let is_same = earlier.as_ref().is_some_and(|(_, of)| *of == heads);
        let now = (count > 0).then_some((count, heads));
        if *earlier != now && (count > 0 || is_same) {
            let kept = now.as_ref().map(|(count, heads)| (*count, heads));
            settings::set_lost(&self.id, kept);
            *earlier = now;
        }
    }

    /// Tells what has been missing since an earlier opening or this one, until it is back.
    fn recall_lost(&self) {
        let mut earlier = self.picture.earlier.borrow_mut();
        if let Some((_, heads)) = earlier.as_ref() {
            let reached = |document: &ProductDocument| document.has(heads);
            if self.workspace.with_document(reached) == Some(true) {
                *earlier = None;
                settings::set_lost(&self.id, None);
            }
        }
        let missing = earlier.as_ref().map_or(0, |(count, _)| *count);
        drop(earlier);
        self.picture.tell(missing);
    }

    /// The person has seen how many notes are missing.
    pub(super) fn dismiss_lost(&self) {
        self.picture.opened_with.take();
        self.picture.lost.take();
        self.picture.earlier.take();
        settings::set_lost(&self.id, None);
        self.picture.tell(0);
    }

    /// Renews the stored picture after a while.
    pub(super) fn paint_soon(self: &Rc<Self>) {
        if self.picture.due.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let due = Scheduled::after(PAINT_AFTER_MS, move || {
            let Some(inner) = weak.upgrade() else { return };
            let weak = Rc::downgrade(&inner);
            let idle = Scheduled::idle(move || {
                if let Some(inner) = weak.upgrade() {
                    inner.paint_now();
                }
            });
            *inner.picture.due.borrow_mut() = Some(idle);
        });
        *self.picture.due.borrow_mut() = Some(due);
    }

    /// Renews the stored picture, unless it shows the present already or the present is not in the
    /// store yet.
    pub(super) fn paint_now(&self) {
        self.picture.due.take();
        if self.device.chunks().pending(&self.id) > 0 {
            return;
        }
        let heads = self
            .workspace
            .with_document(|document| document.is_ready().then(|| document.heads()))
            .flatten();
        let Some(heads) = heads else { return };
        let acknowledged = self.acknowledged();
        let now = (heads.clone(), acknowledged.clone());
        if *self.picture.stored.borrow() == now {
            return;
        }
        *self.picture.stored.borrow_mut() = now;
        let view = View::new(self.workspace.projection().view(), heads, acknowledged);
        let (views, id) = (self.device.views().clone(), self.id);
        let stored = self.picture.stored.clone();
        spawn_local(async move {
            if views.put(&id, view).await.is_err() {
                // It costs the next opening some time and nothing else; the next change tries anew.
                stored.take();
            }
        });
    }
}
