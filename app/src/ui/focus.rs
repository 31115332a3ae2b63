//! Where the focus goes when what had it goes away.
//!
//! Invariant: closing the last dialog leaves the focus where it was before the first one opened, or
//! in the main region when that is gone: never nowhere. A box that is left gives it back to where one
//! came from, and a row that is gone to the row in its place.

use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

thread_local! {
    static OPENER: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// The element that has the focus.
pub(super) fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Remembers what has the focus, unless that is itself in a dialog or a menu.
pub(super) fn remember_opener() {
    let Some(element) = focused() else { return };
    let inside = matches!(element.closest("dialog, [popover]"), Ok(Some(_)));
    if !inside && !is_body(&element) {
        OPENER.with(|opener| opener.replace(Some(element)));
    }
}

/// Gives the focus back, once the page has settled, if nothing else has taken it.
pub(super) fn return_to_opener() {
    set_timeout(
        || {
            let lost = focused().is_none_or(|element| is_body(&element));
            let dialog_open = matches!(document().query_selector("dialog[open]"), Ok(Some(_)));
            if !lost || dialog_open {
                return;
            }
            match OPENER.with(|opener| opener.take()).filter(is_there) {
                Some(opener) => focus(&opener),
                None => rest(),
            }
        },
        std::time::Duration::ZERO,
    );
}

/// Leaves a box by the keyboard: to `origin`, where one came from, if that lies in the main region,
/// else to the canvas, which passes the focus on to its note.
pub(crate) fn leave(origin: Option<HtmlElement>) {
    let within = |element: &HtmlElement| matches!(element.closest("main"), Ok(Some(_)));
    match origin.filter(|origin| is_there(origin) && within(origin)) {
        Some(origin) => focus(&origin),
        None => rest(),
    }
}

/// Focuses what `selector` finds in place `at`, or the last of them, else the first that `instead`
/// finds: once the row that had the focus is gone.
pub(crate) fn take_place(selector: &'static str, at: usize, instead: &'static str) {
    // The menu or the dialog that took the row away gives the focus back first.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let rows = all(selector);
            let row = rows.get(at).or(rows.last()).cloned();
            if let Some(row) = row.or_else(|| all(instead).into_iter().next()) {
                focus(&row);
            }
        });
    });
}

/// Where the focus rests when there is nothing better: the canvas, the main region, the heading.
fn rest() {
    for place in ["[data-canvas]", "main[tabindex]", "[data-page-heading]"] {
        if let Some(element) = all(place).first() {
            focus(element);
            return;
        }
    }
}

fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

/// Whether an element can still be gone back to.
fn is_there(element: &HtmlElement) -> bool {
    element.is_connected() && element.get_client_rects().length() > 0
}

/// Focuses what the opening of a dialog or of a part of one would: what has `autofocus` there, else
/// the first control.
pub(crate) fn enter(dialog: &HtmlElement) {
    const CONTROLS: &str = "button, input, select, textarea, a[href]";
    let find = |selector| dialog.query_selector(selector).ok().flatten();
    let control = find("[autofocus]").or_else(|| find(CONTROLS));
    if let Some(control) = control.and_then(|control| control.dyn_into().ok()) {
        focus(&control);
    }
}

/// Scrolls what has just appeared into sight, as far as it fits.
pub(crate) fn show(element: &web_sys::Element) {
    let nearest = web_sys::ScrollIntoViewOptions::new();
    nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Takes the focus out of a box that is typed in, which then keeps what was typed.
pub(super) fn leave_box() {
    let boxes = focused().filter(|element| matches!(element.matches("input, textarea"), Ok(true)));
    if let Some(element) = boxes {
        // A box that keeps the focus keeps what was typed when it loses it.
        let _ = element.blur();
    }
}

/// Focuses an element. An element that cannot take the focus leaves it where it is.
pub(super) fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

fn is_body(element: &HtmlElement) -> bool {
    element.tag_name() == "BODY"
}
