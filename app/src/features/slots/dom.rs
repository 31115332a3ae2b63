//! The canvas as it stands in the page: finding slots and notes by their `data-` attributes.
//!
//! Handlers are delegated to the canvas, so that a thousand notes need no listeners of their own;
//! this module is the one place that knows the attributes they are found by.

use domain::{EntityId, SlotId};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, Event, EventTarget, HtmlElement, PointerEvent};

use super::geometry::Area;

/// The space between a slot's edge and its notes, in pixels, for the insertion line of an empty one.
const PADDING: f64 = 12.0;
/// On a note: its id.
const NOTE: &str = "data-note";
/// On a slot's section: the slot's id.
const SLOT: &str = "data-slot";
/// On whatever the arrows reach: notes and the buttons that add one.
const STOP: &str = "[data-stop]";

/// The note around an event's target.
pub(super) fn note_at(target: Option<EventTarget>) -> Option<EntityId> {
    let element = target?.dyn_into::<Element>().ok()?;
    note_of(&element.closest(&format!("[{NOTE}]")).ok()??)
}

/// The slot around an event's target.
pub(super) fn slot_at(target: Option<EventTarget>) -> Option<SlotId> {
    let element = target?.dyn_into::<Element>().ok()?;
    slot_of(&element)
}

/// The section of a slot that is itself an event's target.
pub(super) fn slot_section(target: Option<EventTarget>) -> Option<Element> {
    let element = target?.dyn_into::<Element>().ok()?;
    element.has_attribute(SLOT).then_some(element)
}

/// The note that an element is.
pub(super) fn note_of(element: &Element) -> Option<EntityId> {
    element.get_attribute(NOTE).map(EntityId::from)
}

/// The slot around an element.
pub(super) fn slot_of(element: &Element) -> Option<SlotId> {
    let section = element.closest(&format!("[{SLOT}]")).ok()??;
    section.get_attribute(SLOT).map(SlotId::from)
}

/// Whether the target is something with a behaviour of its own: a button, a link, a text box.
pub(super) fn is_control(target: Option<EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|element| {
            element
                .closest("button, a, input, textarea, select, [popover]")
                .ok()?
        })
        .is_some()
}

/// Whether the target is a box that text is typed in.
pub(super) fn is_text_box(target: Option<EventTarget>) -> bool {
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches("textarea, input").unwrap_or(false))
}

/// Whether `target` lies within the canvas.
pub(super) fn is_within(canvas: NodeRef<Div>, target: &EventTarget) -> bool {
    let node = target.dyn_ref::<web_sys::Node>();
    canvas
        .try_get_untracked()
        .flatten()
        .is_some_and(|canvas| canvas.contains(node))
}

/// Whether a click was made with a finger.
pub(super) fn is_touch(event: &web_sys::MouseEvent) -> bool {
    event
        .dyn_ref::<PointerEvent>()
        .is_some_and(|event| event.pointer_type() == "touch")
}

/// Prevents what the browser does with a moving finger while `held`.
pub(super) fn on_touch_move(canvas: &Element, held: impl Fn() -> bool + 'static) {
    let prevent = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if held() {
            event.prevent_default();
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    // The listener lives as long as its element; without it a drag by finger also scrolls.
    let _ = canvas.add_event_listener_with_callback_and_add_event_listener_options(
        "touchmove",
        prevent.into_js_value().unchecked_ref(),
        &options,
    );
}

/// The element of a note within the canvas.
pub(super) fn find_note(canvas: &Element, id: &EntityId) -> Option<HtmlElement> {
    // Ids come from outside and may hold any character: compare, do not build a selector.
    all(canvas, &format!("[{NOTE}]"))
        .into_iter()
        .find(|element| element.get_attribute(NOTE).as_deref() == Some(id.as_str()))?
        .dyn_into()
        .ok()
}

/// The box in which a note's text is typed, if it is open.
pub(super) fn box_of(note: &Element) -> Option<HtmlElement> {
    note.query_selector("textarea").ok()??.dyn_into().ok()
}

/// The section of a slot within the canvas.
pub(super) fn find_slot(canvas: &Element, slot: &SlotId) -> Option<Element> {
    all(canvas, &format!("[{SLOT}]"))
        .into_iter()
        .find(|element| element.get_attribute(SLOT).as_deref() == Some(slot.as_str()))
}

/// The sections of all slots of the canvas.
pub(super) fn sections_in(canvas: &Element) -> Vec<Element> {
    all(canvas, &format!("[{SLOT}]"))
}

/// The notes of a slot's section, in order.
pub(super) fn notes_in(section: &Element) -> Vec<Element> {
    all(section, &format!("[{NOTE}]"))
}

/// Everything that the arrows reach within `root`, in order.
pub(super) fn stops_in(root: &Element) -> Vec<HtmlElement> {
    all(root, STOP)
        .into_iter()
        .filter_map(|element| element.dyn_into().ok())
        .collect()
}

/// The button that adds a note to the slot of this section.
pub(super) fn add_button(section: &Element) -> Option<HtmlElement> {
    section.query_selector("[data-add]").ok()??.dyn_into().ok()
}

/// The row of this section with what was typed for a new note and not kept.
pub(super) fn draft_button(section: &Element) -> Option<HtmlElement> {
    section.query_selector(".slot-draft").ok()??.dyn_into().ok()
}

/// Whether the keyboard focus may be moved within the canvas: it is nowhere, or there already and
/// not in a text box.
pub(super) fn focus_is_free(canvas: &Element) -> bool {
    let active = document().active_element();
    focus_is_nowhere()
        || active.is_some_and(|active| {
            canvas.contains(Some(&active)) && !active.matches("textarea, input").unwrap_or(false)
        })
}

/// Whether the element has the keyboard focus.
pub(super) fn has_focus(element: &Element) -> bool {
    document()
        .active_element()
        .is_some_and(|active| active == *element)
}

/// Whether nothing has the keyboard focus, as when the element that had it is gone.
pub(super) fn focus_is_nowhere() -> bool {
    document().active_element().is_none_or(|active| {
        document()
            .body()
            .is_some_and(|body| active.is_same_node(Some(&body)))
    })
}

/// The stop around an event's target, if any.
pub(super) fn stop_at(target: Option<EventTarget>) -> Option<HtmlElement> {
    target?
        .dyn_into::<Element>()
        .ok()?
        .closest(STOP)
        .ok()??
        .dyn_into()
        .ok()
}

/// The box of an element, relative to the window.
pub(super) fn area(element: &Element) -> Area {
    let rect = element.get_bounding_client_rect();
    Area {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    }
}

/// Where the notes of a slot lie, or would lie: an empty list takes no room, the button below does.
pub(super) fn room_for_notes(section: &Element) -> Area {
    let outer = area(section);
    let list = section
        .query_selector("ul")
        .ok()
        .flatten()
        .map(|list| area(&list));
    match list.filter(|list| list.right > list.left) {
        Some(list) => list,
        None => Area {
            left: outer.left + PADDING,
            right: outer.right - PADDING,
            top: add_button(section).map_or(outer.top, |button| area(&button).top),
            bottom: outer.bottom,
        },
    }
}

/// The element in which the canvas scrolls.
pub(super) fn scroller(canvas: &Element) -> Option<Element> {
    canvas.closest("main").ok()?
}

/// The slot's section under a point of the window.
pub(super) fn section_under(x: f64, y: f64) -> Option<Element> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "window coordinates are far below 2^24"
    )]
    let hit = document().element_from_point(x as f32, y as f32)?;
    hit.closest(&format!("[{SLOT}]")).ok()?
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}
