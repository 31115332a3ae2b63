//! The canvas as this layer finds it in the page, by the attributes that it carries: `data-canvas`,
//! `data-slot` on a slot, `data-note` on a note.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    DomRect, Element, Event, HtmlTextAreaElement, MutationObserver, MutationObserverInit, Node,
};

/// More lines of a text that somebody has chosen are not drawn.
const MOST_LINES: u32 = 100;

/// A box in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    /// Whether both have a place in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }

    /// The same with so much around it.
    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    pub(super) fn holds(self, (x, y): (f64, f64)) -> bool {
        (self.left..self.left + self.width).contains(&x)
            && (self.top..self.top + self.height).contains(&y)
    }
}

/// Where an element is.
pub(super) fn area(element: &Element) -> Area {
    rectangle(&element.get_bounding_client_rect())
}

fn rectangle(rect: &DomRect) -> Area {
    Area {
        left: rect.left(),
        top: rect.top(),
        width: rect.width(),
        height: rect.height(),
    }
}

/// The element in which the canvas scrolls; none while no canvas is in view.
pub(super) fn ground() -> Option<Element> {
    canvas()?.closest("main").ok()?
}

fn canvas() -> Option<Element> {
    document().query_selector("[data-canvas]").ok()?
}

/// The element of a note.
pub(super) fn note(id: &str) -> Option<Element> {
    find("data-note", id)
}

/// The element of a slot.
pub(super) fn slot(id: &str) -> Option<Element> {
    find("data-slot", id)
}

fn find(attribute: &str, id: &str) -> Option<Element> {
    // Ids come from outside and may hold any character: compare, do not build a selector.
    let all = canvas()?
        .query_selector_all(&format!("[{attribute}]"))
        .ok()?;
    (0..all.length())
        .filter_map(|at| all.item(at)?.dyn_into::<Element>().ok())
        .find(|element| element.get_attribute(attribute).as_deref() == Some(id))
}

/// The slot under a point of the window, with its id.
pub(super) fn slot_under(x: f64, y: f64) -> Option<(String, Element)> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "window coordinates are far below 2^24"
    )]
    let hit = document().element_from_point(x as f32, y as f32)?;
    let slot = hit.closest("[data-canvas] [data-slot]").ok()??;
    Some((slot.get_attribute("data-slot")?, slot))
}

/// The caret before the unit at `offset` of a note's text, as far as the text goes; none while the
/// note shows a box instead of its text.
pub(super) fn caret(note: &Element, offset: u32) -> Option<Area> {
    let text = note.query_selector(".note-text").ok()??;
    let line = area(&text);
    let Some(words) = text.first_child() else {
        return Some(Area { width: 0.0, ..line });
    };
    let length = words
        .node_value()
        .map_or(0, |words| words.encode_utf16().count());
    let offset = offset.min(u32::try_from(length).unwrap_or(u32::MAX));
    let range = document().create_range().ok()?;
    range.set_start(&words, offset).ok()?;
    range.collapse_with_to_start(true);
    let rect = range.get_bounding_client_rect();
    if rect.height() > 0.0 {
        return Some(Area {
            left: rect.left(),
            top: rect.top(),
            width: 0.0,
            height: rect.height(),
        });
    }
    // Behind the last sign of a line there is no box: it is at the end of the sign before.
    range.set_start(&words, offset.checked_sub(1)?).ok()?;
    range.set_end(&words, offset).ok()?;
    let rect = range.get_bounding_client_rect();
    Some(Area {
        left: rect.right(),
        top: rect.top(),
        width: 0.0,
        height: rect.height(),
    })
}

/// The lines of what is chosen of a note's text, from the unit at `start` to the one before `end`; none
/// while the note shows a box instead of its text.
pub(super) fn chosen(note: &Element, (start, end): (u32, u32)) -> Vec<Area> {
    let lines = || {
        let text = note.query_selector(".note-text").ok()??;
        let words = text.first_child()?;
        let length = words.node_value()?.encode_utf16().count();
        let end = end.min(u32::try_from(length).unwrap_or(u32::MAX));
        let range = document().create_range().ok()?;
        range.set_start(&words, start.min(end)).ok()?;
        range.set_end(&words, end).ok()?;
        range.get_client_rects()
    };
    let lines = lines().filter(|_| start < end);
    let lines = lines.iter().flat_map(|all| {
        let shown = 0..all.length().min(MOST_LINES);
        shown.filter_map(|at| all.item(at))
    });
    lines.map(|line| rectangle(&line)).collect()
}

/// The box of the canvas in which one writes, if there is one.
pub(super) fn own_box() -> Option<Area> {
    let active: HtmlTextAreaElement = document().active_element()?.dyn_into().ok()?;
    active.closest("[data-canvas]").ok()??;
    Some(area(&active))
}

/// What is chosen in the box in which a note is being edited.
pub(super) fn own_caret(id: &str) -> Option<(u32, u32)> {
    let active = document().active_element()?;
    let note = active.closest("[data-note]").ok()??;
    if note.get_attribute("data-note").as_deref() != Some(id) {
        return None;
    }
    let text: HtmlTextAreaElement = active.dyn_into().ok()?;
    Some((text.selection_start().ok()??, text.selection_end().ok()??))
}

/// Listens to an event anywhere in the page until the result is dropped.
pub(super) fn on_window(
    name: &'static str,
    callback: impl FnMut(&Event) + 'static,
) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: true,
    };
    EventListener::new_with_options(&window(), name, options, callback)
}

/// Calls back when anything changes in the main region of the page, until the observer is
/// disconnected.
pub(super) fn watch_main(callback: impl Fn() + 'static) -> Option<MutationObserver> {
    let changed = Closure::<dyn Fn(JsValue)>::new(move |_| callback());
    let observer = MutationObserver::new(changed.into_js_value().unchecked_ref()).ok()?;
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_character_data(true);
    options.set_subtree(true);
    let main: Node = document().query_selector("main").ok()??.into();
    observer.observe_with_options(&main, &options).ok()?;
    Some(observer)
}
