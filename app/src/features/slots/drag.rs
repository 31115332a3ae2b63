//! Dragging a note with mouse, pen or finger; a finger presses long first, so that it can scroll.
//!
//! Invariant: nothing is written while a note is on its way. A drop is one command, Esc is none.
//!
//! What a pointer does is answered by code that comes once the notes are on show; until then none is
//! carried.

use std::time::Duration;

use domain::{EntityId, SlotId};
use leptos::ev;
use leptos::html::Div;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use web_sys::PointerEvent;

use super::dom;
use super::geometry::Area;
use super::landing::landing;
use super::later::carry_on;
use super::surface::focus;
use crate::features::is_complete;

/// How far a mouse or pen moves before a press becomes a drag.
const SLOP: f64 = 4.0;
/// How far a finger may tremble while it presses long.
const TREMBLE: f64 = 10.0;
/// How long a finger rests before the note lifts.
const LONG_PRESS: Duration = Duration::from_millis(350);
/// Within this distance of the edge what is below scrolls along.
const SCROLL_EDGE: f64 = 72.0;
/// The fastest scrolling, in pixels a frame.
const SCROLL_SPEED: f64 = 14.0;

/// A note on its way.
#[derive(Clone, PartialEq)]
pub(super) struct Dragged {
    /// The note.
    pub(super) id: EntityId,
    /// Where its picture is drawn, in the window.
    pub(super) picture: Area,
    /// Where it would land.
    pub(super) target: Option<Target>,
}

/// Where a dragged note would land.
#[derive(Clone, PartialEq)]
pub(super) struct Target {
    /// The slot over which it hangs.
    pub(super) slot: SlotId,
    /// The note that it is put before; last without one.
    pub(super) before: Option<EntityId>,
    /// The insertion line, in the window.
    pub(super) line: Area,
    /// It lies there already.
    pub(super) same_place: bool,
}

#[derive(Clone)]
struct Press {
    pointer: i32,
    finger: bool,
    note: EntityId,
    start: (f64, f64),
    last: (f64, f64),
    origin: Area,
    timer: Option<TimeoutHandle>,
}

/// The drag of one canvas.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    canvas: NodeRef<Div>,
    press: StoredValue<Option<Press>>,
    dragged: RwSignal<Option<Dragged>>,
    on_drop: Callback<(EntityId, SlotId, Option<EntityId>)>,
    /// Whether the code that answers the pointer is here.
    can_carry: Signal<bool>,
}

/// What a pointer did over the canvas.
pub(super) enum Gesture {
    /// It went down.
    Pressed(PointerEvent),
    /// It moved.
    Moved(PointerEvent),
    /// It went up.
    Released(PointerEvent),
}

impl Drag {
    /// Watches over `canvas`; `on_drop` gets the note, the slot and the note that follows it there.
    pub(super) fn install(
        canvas: NodeRef<Div>,
        on_drop: Callback<(EntityId, SlotId, Option<EntityId>)>,
    ) -> Self {
        let drag = Self {
            canvas,
            press: StoredValue::new(None),
            dragged: RwSignal::new(None),
            on_drop,
            can_carry: is_complete().into(),
        };
        let escape = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && drag.is_dragging() {
                event.prevent_default();
                drag.cancel();
            }
        });
        on_cleanup(move || {
            escape.remove();
            drag.cancel();
        });
        drag
    }

    /// The note on its way, if any; read in a view, it subscribes.
    pub(super) fn dragged(self) -> RwSignal<Option<Dragged>> {
        self.dragged
    }

    /// Whether a note would land in this slot now; read in a view, it subscribes.
    pub(super) fn is_over(self, slot: &SlotId) -> bool {
        self.dragged.with(|dragged| {
            let target = dragged.as_ref().and_then(|dragged| dragged.target.as_ref());
            target.is_some_and(|target| target.slot == *slot)
        })
    }

    /// Whether a note is on its way, without subscribing.
    pub(super) fn is_dragging(self) -> bool {
        self.dragged.try_with_untracked(Option::is_some) == Some(true)
    }

    /// The pointer did something.
    pub(super) fn hear(self, gesture: Gesture) {
        if self.can_carry.try_get_untracked() == Some(true) {
            carry_on(self, gesture);
        }
    }

    /// Answers the pointer.
    pub(super) fn answer(self, gesture: &Gesture) {
        match gesture {
            Gesture::Pressed(event) => self.pressed(event),
            Gesture::Moved(event) => self.moved(event),
            Gesture::Released(event) => self.released(event),
        }
    }

    /// A pointer went down: remembers the note under it.
    fn pressed(self, event: &PointerEvent) {
        if event.button() != 0 || !event.is_primary() || dom::is_control(event.target()) {
            return;
        }
        let Some(note) = dom::note_at(event.target()) else {
            return;
        };
        let Some(element) = self
            .canvas
            .get_untracked()
            .and_then(|canvas| dom::find_note(&canvas, &note))
        else {
            return;
        };
        let finger = event.pointer_type() == "touch";
        let start = (f64::from(event.client_x()), f64::from(event.client_y()));
        let timer = finger
            .then(|| set_timeout_with_handle(move || self.lift(), LONG_PRESS).ok())
            .flatten();
        let _ = self.press.try_set_value(Some(Press {
            pointer: event.pointer_id(),
            finger,
            note,
            start,
            last: start,
            origin: dom::area(&element),
            timer,
        }));
    }

    /// A pointer moved: lifts the note, or carries it along.
    fn moved(self, event: &PointerEvent) {
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let Some((finger, far)) = self
            .press
            .try_update_value(|press| {
                let press = press
                    .as_mut()
                    .filter(|press| press.pointer == event.pointer_id())?;
                press.last = at;
                Some((
                    press.finger,
                    (at.0 - press.start.0).hypot(at.1 - press.start.1),
                ))
            })
            .flatten()
        else {
            return;
        };
        if self.is_dragging() {
            event.prevent_default();
            self.carry();
        } else if finger && far > TREMBLE {
            self.cancel();
        } else if !finger && far > SLOP {
            self.lift();
        }
    }

    /// The pointer went up: drops the note where it is.
    fn released(self, event: &PointerEvent) {
        if self.pointer() != Some(event.pointer_id()) {
            return;
        }
        let dropped = self.dragged.try_get_untracked().flatten();
        self.cancel();
        if let Some(Dragged {
            id,
            target: Some(target),
            ..
        }) = dropped
            && !target.same_place
        {
            self.on_drop.run((id, target.slot, target.before));
        }
    }

    /// Puts everything back; nothing has been written.
    pub(super) fn cancel(self) {
        let press = self.press.try_update_value(Option::take).flatten();
        if let Some(timer) = press.and_then(|press| press.timer) {
            timer.clear();
        }
        if self.is_dragging() {
            let _ = self.dragged.try_set(None);
        }
    }

    fn pointer(self) -> Option<i32> {
        self.press
            .try_with_value(|press| press.as_ref().map(|press| press.pointer))?
    }

    fn lift(self) {
        let Some(pointer) = self.pointer() else {
            return;
        };
        if let Some(canvas) = self.canvas.get_untracked() {
            // Without the capture a drag still works while the pointer stays over the canvas.
            let _ = canvas.set_pointer_capture(pointer);
            let note = self
                .press
                .try_with_value(|press| press.as_ref().map(|press| press.note.clone()));
            // A finger that presses long has not chosen the note yet.
            if let Some(element) = note
                .flatten()
                .and_then(|note| dom::find_note(&canvas, &note))
            {
                focus(&element);
            }
        }
        self.carry();
        request_animation_frame(move || self.scroll_along());
    }

    fn carry(self) {
        let Some(press) = self.press.try_get_value().flatten() else {
            return;
        };
        let (dx, dy) = (press.last.0 - press.start.0, press.last.1 - press.start.1);
        let carried = Dragged {
            picture: Area {
                left: press.origin.left + dx,
                top: press.origin.top + dy,
                right: press.origin.right + dx,
                bottom: press.origin.bottom + dy,
            },
            target: target_at(press.last, &press.note),
            id: press.note,
        };
        if self
            .dragged
            .try_with_untracked(|now| now.as_ref() != Some(&carried))
            == Some(true)
        {
            self.dragged.set(Some(carried));
        }
    }

    /// Scrolls along while the pointer rests near the upper or lower edge of what scrolls.
    fn scroll_along(self) {
        if !self.is_dragging() {
            return;
        }
        let y = self
            .press
            .try_with_value(|press| press.as_ref().map(|press| press.last.1))
            .flatten();
        let ground = self
            .canvas
            .try_get_untracked()
            .flatten()
            .and_then(|canvas| dom::scroller(&canvas));
        if let (Some(y), Some(ground)) = (y, ground) {
            let step = scroll_step(y, dom::area(&ground));
            if step != 0.0 {
                ground.scroll_by_with_x_and_y(0.0, step);
                self.carry();
            }
        }
        request_animation_frame(move || self.scroll_along());
    }
}

/// How far to scroll in a frame for a pointer at the height `y` over a window into the page.
fn scroll_step(y: f64, view: Area) -> f64 {
    let up = ((view.top + SCROLL_EDGE - y) / SCROLL_EDGE).clamp(0.0, 1.0);
    let down = ((y - view.bottom + SCROLL_EDGE) / SCROLL_EDGE).clamp(0.0, 1.0);
    (down - up) * SCROLL_SPEED
}

/// Where a note would land that is let go at a point of the window.
fn target_at((x, y): (f64, f64), dragged: &EntityId) -> Option<Target> {
    let section = dom::section_under(x, y)?;
    let slot = dom::slot_of(&section)?;
    let notes = dom::notes_in(&section);
    let ids: Vec<EntityId> = notes.iter().filter_map(dom::note_of).collect();
    let areas: Vec<Area> = notes.iter().map(dom::area).collect();
    let found = landing(dom::room_for_notes(&section), &areas, x, y);
    let before = ids.get(found.before).cloned();
    let own = ids.iter().position(|id| id == dragged);
    let same_place = own.is_some_and(|own| found.before == own || found.before == own + 1);
    Some(Target {
        slot,
        before,
        line: found.line,
        same_place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canvas_scrolls_only_near_its_edges_and_faster_beyond() {
        let view = Area {
            left: 0.0,
            top: 50.0,
            right: 800.0,
            bottom: 650.0,
        };
        assert_eq!(scroll_step(350.0, view), 0.0);
        assert!(scroll_step(100.0, view) < 0.0);
        assert!(scroll_step(640.0, view) > scroll_step(600.0, view));
        assert_eq!(scroll_step(0.0, view), -SCROLL_SPEED);
    }
}
