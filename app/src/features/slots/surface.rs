//! What the parts of one canvas share: which note is focused, pointed at, edited or cut, and where
//! the keyboard focus goes.
//!
//! Invariant: the canvas is one tab stop. Its notes and buttons are reached with the arrows, so
//! they all have `tabindex="-1"`; the canvas itself takes the Tab and passes it on.

use domain::catalogue::CanvasRef;
use domain::{EntityId, SlotId};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent};
use workspace::{Message, Session, Tone};

use super::dom;
use super::guide::Guide;
use super::interruption::Interruption;
use super::marks::is_marked;
use super::textbox;
use crate::features::{Handover, is_me, note_words};
use crate::platform::clock;

/// One canvas on show.
#[derive(Clone)]
pub(super) struct Surface {
    /// The canvas.
    pub(super) canvas: CanvasRef,
    /// The session that shows it.
    pub(super) session: Session,
    /// The element around its slots.
    pub(super) root: NodeRef<Div>,
    /// Which note has the roving focus.
    pub(super) focused: Selector<Option<EntityId>>,
    /// Which note the mouse points at.
    pub(super) hovered: Selector<Option<EntityId>>,
    /// Which note is being edited.
    pub(super) editing: Selector<Option<EntityId>>,
    /// Which note is cut.
    pub(super) cut: Selector<Option<EntityId>>,
    /// The guided mode.
    pub(super) guide: Guide,
    /// Whether the code that computes figures is here.
    pub(super) has_figures: RwSignal<bool>,
    pointed: RwSignal<Option<EntityId>>,
    menu_point: RwSignal<Option<(f64, f64)>>,
    pressed_on: StoredValue<Option<EntityId>>,
    /// Whether a pointer is down, anywhere on the page.
    pointer_down: StoredValue<bool>,
    /// Where the focused note was last seen, for when a colleague deletes it.
    last_seen: StoredValue<Option<(SlotId, usize)>>,
    /// Where the box of a note that moves leaves its text.
    pub(super) handover: Handover,
    /// Keys that are typed on for a box that is gone.
    interruption: StoredValue<Option<Interruption>>,
}

impl Surface {
    /// A canvas in a session.
    pub(super) fn new(canvas: CanvasRef, session: Session) -> Self {
        let pointed = RwSignal::new(None);
        let selector = |signal: ArcRwSignal<Option<EntityId>>| Selector::new(move || signal.get());
        Self {
            root: NodeRef::new(),
            focused: selector(session.focused()),
            hovered: Selector::new(move || pointed.get()),
            editing: selector(session.editing()),
            cut: selector(session.cut()),
            guide: Guide::new(&canvas, &session),
            has_figures: RwSignal::new(false),
            canvas,
            pointed,
            menu_point: RwSignal::new(None),
            pressed_on: StoredValue::new(None),
            pointer_down: StoredValue::new(false),
            last_seen: StoredValue::new(None),
            handover: Handover::new(),
            interruption: StoredValue::new(None),
            session,
        }
    }

    /// The live notes of a slot, in order.
    pub(super) fn notes(&self, slot: &SlotId) -> ArcRwSignal<Vec<EntityId>> {
        self.session
            .workspace()
            .projection()
            .slot(&self.canvas.id, slot)
    }

    /// The words of the canvas' notes, slot by slot.
    pub(super) fn texts(&self) -> Vec<Vec<String>> {
        let projection = self.session.workspace().projection();
        let text = |id: &EntityId| {
            projection.note(id).map(|note| {
                note.body.with_untracked(|body| {
                    // A mark is one line more.
                    let mark = if is_marked(&body.kind) { "\n" } else { "" };
                    format!("{}{mark}", body.text)
                })
            })
        };
        let of_slot = |slot: &SlotId| {
            self.notes(slot)
                .with_untracked(|ids| ids.iter().filter_map(text).collect())
        };
        self.canvas
            .slots
            .iter()
            .map(|slot| of_slot(&slot.id))
            .collect()
    }

    /// Opens the box for a new note in a slot.
    pub(super) fn add(&self, slot: &SlotId) {
        if self.session.insist_on_editing() {
            self.session.adding().set(Some(slot.clone()));
        }
    }

    /// Opens a note's menu, at a point of the window or at the note itself.
    pub(super) fn open_menu(&self, id: &EntityId, point: Option<(f64, f64)>) {
        self.choose(id);
        self.menu_point.set(point);
        self.session.menu().set(Some(id.clone()));
    }

    /// Where the open menu belongs, if not at its note.
    pub(super) fn menu_point(&self) -> Option<(f64, f64)> {
        self.menu_point.try_get_untracked().flatten()
    }

    /// Makes a note the focused one.
    pub(super) fn choose(&self, id: &EntityId) {
        if self
            .session
            .focused()
            .with_untracked(|focused| focused.as_ref() != Some(id))
        {
            self.session.focused().set(Some(id.clone()));
        }
    }

    /// Whether a note was the focused one before the press that is now a click.
    pub(super) fn was_chosen(&self, id: &EntityId) -> bool {
        self.pressed_on.try_get_value().flatten().as_ref() == Some(id)
    }

    /// A pointer went down: remembers which note was focused then.
    pub(super) fn remember_choice(&self) {
        let _ = self
            .pressed_on
            .try_set_value(self.session.focused().get_untracked());
    }

    /// Remembers which note the mouse points at.
    pub(super) fn point_at(&self, id: Option<EntityId>) {
        if self.pointed.try_with_untracked(|pointed| *pointed != id) == Some(true) {
            self.pointed.set(id);
        }
    }

    /// Ends the editing of a note and focuses it.
    pub(super) fn leave_editor(&self, id: &EntityId) {
        if self
            .session
            .editing()
            .with_untracked(|editing| editing.as_ref() == Some(id))
        {
            self.session.editing().set(None);
        }
        let kept = Message::plain("announce.kept").with("text", note_words(&self.session, id));
        self.session.announce(vec![kept]);
        let (surface, id) = (self.clone(), id.clone());
        request_animation_frame(move || surface.focus_note(&id));
    }

    /// Ends the writing of new notes: the last one kept takes the focus, else the note from which
    /// one had gone there, else the slot's button.
    pub(super) fn leave_composer(&self, slot: &SlotId, kept: Option<EntityId>) {
        if let Some(kept) = kept {
            self.choose(&kept);
        }
        match self.session.focused_note() {
            Some((id, _)) => {
                let surface = self.clone();
                request_animation_frame(move || surface.focus_note(&id));
            }
            None => self.focus_add(slot),
        }
    }

    /// Focuses the button that adds a note to a slot, once it is there.
    pub(super) fn focus_add(&self, slot: &SlotId) {
        self.focus_in(slot, dom::add_button);
    }

    /// Focuses what was written for a slot and not kept, once it is there.
    pub(super) fn focus_draft(&self, slot: &SlotId) {
        self.focus_in(slot, dom::draft_button);
    }

    fn focus_in(&self, slot: &SlotId, find: fn(&Element) -> Option<HtmlElement>) {
        let (root, slot) = (self.root, slot.clone());
        request_animation_frame(move || {
            let Some(root) = root.try_get_untracked().flatten() else {
                return;
            };
            let found = dom::find_slot(&root, &slot).and_then(|section| find(&section));
            // The canvas passes it on.
            focus(found.as_ref().unwrap_or(&root));
        });
    }

    /// Scrolls a slot into view.
    pub(super) fn show_slot(&self, slot: &SlotId) {
        if let Some(section) = self
            .root
            .try_get_untracked()
            .flatten()
            .and_then(|root| dom::find_slot(&root, slot))
        {
            textbox::into_view(&section);
        }
    }

    /// Passes the Tab that reached the canvas on: to the focused note, else to the first stop.
    pub(super) fn enter(&self) {
        let Some(root) = self.root.try_get_untracked().flatten() else {
            return;
        };
        let note = self
            .session
            .focused_note()
            .and_then(|(id, _)| dom::find_note(&root, &id));
        if let Some(stop) = note.or_else(|| dom::stops_in(&root).into_iter().next()) {
            focus(&stop);
        }
    }

    /// A stop of the canvas has the keyboard focus now.
    pub(super) fn arrived(&self, stop: &HtmlElement) {
        let Some(id) = dom::note_of(stop) else {
            self.session.focused().set(None);
            return;
        };
        if let Some(slot) = dom::slot_of(stop) {
            let index = self
                .notes(&slot)
                .with_untracked(|notes| notes.iter().position(|note| *note == id));
            self.last_seen.set_value(index.map(|index| (slot, index)));
        }
        self.choose(&id);
    }

    /// Keeps the keyboard focus on the focused note: when a command chose another one, when it
    /// moved to another slot and so got a new element, when a dialog above the canvas has closed.
    pub(super) fn follow_focus(&self) {
        let session = self.session.clone();
        let place = {
            let session = session.clone();
            let canvas = self.canvas.id.clone();
            ArcMemo::new(move |_| {
                let id = session.focused().get()?;
                let note = session.workspace().projection().note(&id)?;
                let live = note.body.with(|body| body.deleted.is_none());
                Some((
                    id,
                    live,
                    note.places.with(|places| places.get(&canvas).cloned()),
                ))
            })
        };
        let surface = self.clone();
        Effect::new(move |_| {
            session.focused().track();
            let place = place.get();
            if session.dialog().with(Option::is_some) {
                return;
            }
            let surface = surface.clone();
            request_animation_frame(move || match place {
                Some((id, true, Some(_))) => surface.focus_note(&id),
                Some((id, true, None)) => surface.miss(&id),
                Some((id, false, _)) => surface.lose(&id),
                None => surface.replace_lost(),
            });
        });
    }

    /// Puts the keyboard focus on a note, or into its open box, unless the person has gone on
    /// meanwhile or is busy elsewhere on the page.
    fn focus_note(&self, id: &EntityId) {
        let Some(root) = self.root.try_get_untracked().flatten() else {
            return;
        };
        let still_chosen = self
            .session
            .focused()
            .with_untracked(|focused| focused.as_ref() == Some(id));
        if !still_chosen || !dom::focus_is_free(&root) {
            return;
        }
        if let Some(note) = dom::find_note(&root, id) {
            focus(&dom::box_of(&note).unwrap_or(note));
        }
    }

    /// Remembers whether a pointer is down, to tell a focus that was taken away by hand from one that
    /// was lost.
    pub(super) fn watch_pointer(&self) {
        let (pointer_down, interruption) = (self.pointer_down, self.interruption);
        let listeners = [
            ("pointerdown", true),
            ("pointerup", false),
            ("pointercancel", false),
        ]
        .map(|(name, down)| {
            window_event_listener_untyped(name, move |_| {
                let _ = pointer_down.try_set_value(down);
                // Whoever reaches for the pointer types no more.
                let _ = interruption.try_set_value(None);
            })
        });
        on_cleanup(move || {
            for listener in listeners {
                listener.remove();
            }
        });
    }

    /// Whether the focus went because the element was moved on the page, as happens to a note when
    /// a colleague moves its neighbour: it went nowhere, and not by a pointer.
    pub(super) fn is_lost_by_move(&self, event: &FocusEvent) -> bool {
        let by_hand = self.pointer_down.try_get_value().unwrap_or_default();
        event.related_target().is_none() && !by_hand && dom::focus_is_nowhere()
    }

    /// Gives the focus back to the note that lost it by being moved.
    pub(super) fn regain(&self, event: &FocusEvent) {
        if dom::is_text_box(event.target()) || !self.is_lost_by_move(event) {
            return;
        }
        let surface = self.clone();
        request_animation_frame(move || {
            if let Some((id, _)) = surface
                .session
                .focused_note()
                .filter(|_| dom::focus_is_nowhere())
            {
                surface.focus_note(&id);
            }
        });
    }

    /// The focused note was deleted elsewhere. The next key must not meet its neighbour; what was
    /// being written is offered back.
    fn lose(&self, id: &EntityId) {
        let by = self.session.workspace().projection().note(id);
        let by_me = by.is_some_and(|note| {
            note.body
                .with_untracked(|body| body.deleted.as_ref().is_some_and(|it| is_me(&it.by)))
        });
        let told = if by_me {
            "toast.deleted_elsewhere_while_edited"
        } else {
            "toast.deleted_while_edited"
        };
        let interrupted = self.interrupt(id, told, Some("workspace.trash"));
        self.session.focused().set(None);
        if let Some((slot, _)) = self
            .last_seen
            .try_get_value()
            .flatten()
            .filter(|_| dom::focus_is_nowhere())
        {
            if interrupted {
                self.rest_on(&slot);
            } else {
                self.focus_add(&slot);
            }
        }
    }

    /// The focused note is on this canvas no longer, or was never.
    fn miss(&self, id: &EntityId) {
        if self.interrupt(id, "toast.taken_off_while_edited", None)
            && let Some((slot, _)) = self.last_seen.try_get_value().flatten()
        {
            self.session.focused().set(None);
            self.rest_on(&slot);
        }
    }

    /// Tells whoever was writing in the note that its box is gone; `false` when nobody was.
    fn interrupt(&self, id: &EntityId, told: &'static str, action: Option<&'static str>) -> bool {
        let editing = self.session.editing();
        if editing.with_untracked(|editing| editing.as_ref() != Some(id)) {
            return false;
        }
        editing.set(None);
        let message = Message::plain(told);
        self.session.toast(message, Tone::Problem, action);
        true
    }

    /// The slot itself takes the focus, where keys that are typed on do nothing.
    fn rest_on(&self, slot: &SlotId) {
        let section = self
            .root
            .try_get_untracked()
            .flatten()
            .and_then(|root| dom::find_slot(&root, slot));
        let section = section.and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(section) = section.filter(|_| dom::focus_is_nowhere()) {
            section.set_tab_index(-1);
            focus(&section);
            let now = Interruption::at(clock::monotonic());
            let _ = self.interruption.try_set_value(Some(now));
        }
    }

    /// Whether a key belongs to a box that is gone. The first that does not leads to the slot's button.
    pub(super) fn swallows(&self, event: &KeyboardEvent) -> bool {
        let interrupted = self.interruption.try_get_value().flatten();
        let Some(mut interruption) = interrupted.filter(|_| !dom::is_text_box(event.target()))
        else {
            return false;
        };
        let swallows = interruption.swallows(&event.key(), event.time_stamp());
        let going_on = swallows.then_some(interruption);
        let _ = self.interruption.try_set_value(going_on);
        if !swallows
            && let Some(button) =
                dom::slot_section(event.target()).and_then(|it| dom::add_button(&it))
        {
            focus(&button);
        }
        swallows
    }

    /// The focused note is gone and has left the focus nowhere: its neighbour takes over, or the
    /// button of its slot.
    fn replace_lost(&self) {
        let Some((slot, index)) = self.last_seen.try_get_value().flatten() else {
            return;
        };
        if !dom::focus_is_nowhere() {
            return;
        }
        let next = self
            .notes(&slot)
            .with_untracked(|notes| notes.get(index).or(notes.last()).cloned());
        match next {
            Some(next) => self.choose(&next),
            None => self.focus_add(&slot),
        }
    }
}

/// Focuses an element and scrolls it into view. One that is gone leaves the focus where it is.
pub(super) fn focus(element: &HtmlElement) {
    let _ = element.focus();
}
