//! Where the focus goes when what had it goes away.
//!
//! Invariant: closing the last dialog leaves the focus where it was before the first one opened, or
//! in the main region when that is gone: never nowhere.

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
            let opener = OPENER
                .with(|opener| opener.take())
                .filter(|element| element.is_connected());
            let target = opener.or_else(|| {
                let main = document().query_selector("main").ok()??;
                main.dyn_into().ok()
            });
            if let Some(target) = target {
                focus(&target);
            }
        },
        std::time::Duration::ZERO,
    );
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
