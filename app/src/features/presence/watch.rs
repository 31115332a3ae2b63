//! What this tab shows others of itself: its canvas, its note, its caret, its pointer.
//!
//! Invariant: a finger has no place when it does not touch, a hidden page has no pointer, and what
//! goes with this layer is told no more.

use std::cell::RefCell;
use std::rc::Rc;

use domain::SlotId;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;
use workspace::Session;
use workspace::presence::{Presence, Spot};

use super::dom;
use crate::platform::Node;
use crate::platform::clock::Scheduled;
use crate::platform::page;

/// Events after which the caret may be elsewhere.
const CARET: [&str; 4] = ["selectionchange", "input", "keyup", "pointerup"];

/// Follows this tab's person.
#[derive(Clone)]
pub(super) struct Watch {
    session: Session,
    node: Node,
    /// Where the pointer is in the window.
    pointer: Rc<RefCell<Option<(f64, f64)>>>,
    due: Rc<RefCell<Option<Scheduled>>>,
}

impl Watch {
    /// Follows for as long as the component around it lives.
    pub(super) fn install(session: &Session, node: &Node) {
        let watch = Self {
            session: session.clone(),
            node: node.clone(),
            pointer: Rc::default(),
            due: Rc::default(),
        };
        let (canvas, focused) = (session.canvas(), session.focused());
        let (editing, carried) = (session.editing(), session.carried());
        let following = SendWrapper::new(watch.clone());
        Effect::new(move |_| {
            canvas.track();
            focused.track();
            editing.track();
            carried.track();
            following.soon();
        });
        let mut listeners = vec![
            watch.on("pointermove", |watch, event| watch.moved(event)),
            watch.on("pointerup", |watch, event| watch.lifted(event)),
            watch.on("pointercancel", |watch, event| watch.lifted(event)),
            watch.on("pointerout", |watch, event| {
                // Out of the window: nothing is entered instead.
                let left = event
                    .dyn_ref::<PointerEvent>()
                    .is_some_and(|event| event.related_target().is_none());
                if left {
                    watch.point_at(None);
                }
            }),
            watch.on("visibilitychange", |watch, _| {
                if page::hidden() {
                    watch.point_at(None);
                }
            }),
        ];
        listeners.extend(CARET.map(|name| watch.on(name, |watch, _| watch.soon())));
        let kept = SendWrapper::new((listeners, watch));
        on_cleanup(move || {
            let (listeners, watch) = kept.take();
            drop(listeners);
            watch.due.take();
            watch.node.show(Presence::default());
        });
    }

    fn on(
        &self,
        name: &'static str,
        act: impl Fn(&Self, &web_sys::Event) + 'static,
    ) -> gloo::events::EventListener {
        let watch = self.clone();
        dom::on_window(name, move |event| act(&watch, event))
    }

    fn moved(&self, event: &web_sys::Event) {
        if let Some(event) = event.dyn_ref::<PointerEvent>() {
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            self.point_at(Some(at));
        }
    }

    fn lifted(&self, event: &web_sys::Event) {
        let finger = event
            .dyn_ref::<PointerEvent>()
            .is_some_and(|event| event.pointer_type() == "touch");
        if finger {
            self.point_at(None);
        }
    }

    fn point_at(&self, at: Option<(f64, f64)>) {
        if *self.pointer.borrow() != at {
            *self.pointer.borrow_mut() = at;
            self.soon();
        }
    }

    /// Tells with the next frame, once, whatever has happened until then.
    fn soon(&self) {
        if self.due.borrow().is_some() {
            return;
        }
        let watch = self.clone();
        *self.due.borrow_mut() = Some(Scheduled::frame(move || {
            watch.due.take();
            watch.node.show(watch.now());
        }));
    }

    /// Where this tab is.
    fn now(&self) -> Presence {
        let session = &self.session;
        let note = session.focused_note().map(|(id, _)| id);
        let editing = session.editing().get_untracked();
        let caret = editing
            .filter(|id| note.as_ref() == Some(id))
            .and_then(|id| dom::own_caret(id.as_str()));
        let pointer = self.pointer.borrow().and_then(|(x, y)| {
            let (slot, element) = dom::slot_under(x, y)?;
            let area = dom::area(&element);
            let share = |at: f64, from: f64, size: f64| (at - from) / size.max(1.0);
            Some(Spot::at(
                SlotId::from(slot),
                share(x, area.left, area.width),
                share(y, area.top, area.height),
            ))
        });
        Presence {
            canvas: Some(session.canvas_now()),
            note,
            caret,
            carried: session.carried().get_untracked(),
            pointer,
        }
    }
}
