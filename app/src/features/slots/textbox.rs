//! What the two text boxes of a canvas share: being entered, being left, being in view.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use workspace::Selection;

use crate::features::{grow, select};

/// Puts focus and caret at the end of the box, in view.
pub(super) fn enter(area: &HtmlTextAreaElement) {
    grow(area);
    let _ = area.focus();
    let end = area.value().encode_utf16().count();
    select(area, Selection { start: end, end });
}

/// Whether the focus has gone elsewhere in this page; a change of window or tab does not count.
pub(super) fn has_left(event: &web_sys::FocusEvent) -> bool {
    let still_active = document().active_element().is_some_and(|active| {
        event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|target| target == active)
    });
    !still_active
}

/// Scrolls no more than needed to show the whole box.
pub(super) fn into_view(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
