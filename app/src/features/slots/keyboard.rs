//! The keys of a canvas that depend on where things lie on the screen: arrows, Home and End, and
//! those of a slot's button. Everything else bubbles to the table of commands.

use document::{Anchor, Position};
use domain::SlotId;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use workspace::Message;

use super::dom;
use super::geometry::{Area, Direction, nearest};
use super::surface::{Surface, focus};

/// Answers a key pressed on the canvas.
pub(super) fn press(surface: &Surface, event: &KeyboardEvent) {
    // In a text box the arrows, Home and End move the caret.
    if event.default_prevented() || dom::is_text_box(event.target()) {
        return;
    }
    let is_resting = dom::slot_section(event.target()).is_some();
    if surface.swallows(event) {
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    // What has just been led to a slot's button is meant for that.
    let stop = dom::stop_at(event.target()).or_else(|| {
        let section = dom::slot_section(event.target())?;
        dom::add_button(&section)
    });
    let Some(stop) = stop else {
        return;
    };
    if is_resting && event.key() == "Escape" {
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key());
    let answered = if plain {
        plain_key(surface, &stop, &event.key())
    } else {
        let command =
            (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        command && command_key(surface, &stop, &event.key())
    };
    if answered {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn plain_key(surface: &Surface, stop: &HtmlElement, key: &str) -> bool {
    if let Some(direction) = Direction::of_key(key) {
        match next_stop(surface, stop, direction) {
            Some(next) => focus(&next),
            None => surface
                .session
                .announce(vec![Message::plain("announce.edge")]),
        }
        return true;
    }
    match (key, dom::slot_of(stop)) {
        ("Home", Some(_)) => focus_end(stop, false),
        ("End", Some(_)) => focus_end(stop, true),
        ("n" | "N", Some(slot)) => surface.add(&slot),
        ("Escape", _) if surface.session.cut().with_untracked(Option::is_some) => {
            surface.session.cut().set(None);
        }
        _ => return false,
    }
    true
}

fn command_key(surface: &Surface, stop: &HtmlElement, key: &str) -> bool {
    let Some(root) = surface.root.try_get_untracked().flatten() else {
        return false;
    };
    let stops = dom::stops_in(&root);
    match key {
        "Home" => stops.first().map(focus).is_some(),
        "End" => stops.last().map(focus).is_some(),
        // On a note the table's own "Paste" answers; an empty slot has only its button.
        "v" | "V" if dom::note_of(stop).is_none() => {
            dom::slot_of(stop).is_some_and(|slot| paste_cut(surface, &slot))
        }
        _ => false,
    }
}

/// Puts the cut note at the end of a slot; tells whether there was one.
pub(super) fn paste_cut(surface: &Surface, slot: &SlotId) -> bool {
    let Some(id) = surface.session.cut().get_untracked() else {
        return false;
    };
    surface.session.cut().set(None);
    let position = Position {
        canvas: surface.canvas.id.clone(),
        slot: slot.clone(),
        anchor: Anchor::Last,
    };
    workspace::commands::place(&surface.session, &id, position);
    surface.choose(&id);
    true
}

/// The first or last note of the slot around `stop`.
fn focus_end(stop: &HtmlElement, last: bool) {
    let Some(section) = stop.closest("[data-slot]").ok().flatten() else {
        return;
    };
    let stops: Vec<HtmlElement> = dom::stops_in(&section)
        .into_iter()
        .filter(|stop| dom::note_of(stop).is_some())
        .collect();
    if let Some(end) = if last { stops.last() } else { stops.first() } {
        focus(end);
    }
}

/// The stop next to `from`: in its slot first, then in the slot that lies in that direction.
fn next_stop(surface: &Surface, from: &HtmlElement, direction: Direction) -> Option<HtmlElement> {
    let root = surface.root.try_get_untracked().flatten()?;
    let section = from.closest("[data-slot]").ok()??;
    let here = dom::area(from);
    let siblings: Vec<HtmlElement> = dom::stops_in(&section)
        .into_iter()
        .filter(|stop| stop != from)
        .collect();
    pick(here, siblings, direction).or_else(|| {
        let others: Vec<Element> = dom::sections_in(&root)
            .into_iter()
            .filter(|other| *other != section)
            .collect();
        let areas: Vec<Area> = others.iter().map(dom::area).collect();
        let edge = leaving(here, dom::area(&section), direction);
        let next = others.get(nearest(edge, &areas, direction)?)?;
        let stops = dom::stops_in(next);
        let first = stops.first().cloned();
        pick(here, stops, direction).or(first)
    })
}

fn pick(from: Area, stops: Vec<HtmlElement>, direction: Direction) -> Option<HtmlElement> {
    let areas: Vec<Area> = stops.iter().map(|stop| dom::area(stop)).collect();
    stops.into_iter().nth(nearest(from, &areas, direction)?)
}

/// Where one stands when leaving a slot: at its edge, at the height (or column) of the note.
const fn leaving(note: Area, slot: Area, direction: Direction) -> Area {
    match direction {
        Direction::Left | Direction::Right => Area {
            top: note.top,
            bottom: note.bottom,
            ..slot
        },
        Direction::Up | Direction::Down => Area {
            left: note.left,
            right: note.right,
            ..slot
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_leaves_its_slot_at_its_own_height() {
        let slot = Area {
            left: 0.0,
            top: 0.0,
            right: 100.0,
            bottom: 400.0,
        };
        let note = Area {
            left: 8.0,
            top: 40.0,
            right: 92.0,
            bottom: 60.0,
        };

        let edge = leaving(note, slot, Direction::Right);

        assert_eq!(
            edge,
            Area {
                left: 0.0,
                top: 40.0,
                right: 100.0,
                bottom: 60.0
            }
        );
    }
}
