//! What the two text boxes of a canvas share: being entered, being left, being in view.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use workspace::Selection;

use super::dom;
use crate::features::{grow, select};

/// Puts the focus into the box, in view, and the caret where it is known to have been, else at the
/// end.
pub(super) fn enter(area: &HtmlTextAreaElement, caret: Option<Selection>) {
    grow(area);
    let _ = area.focus();
    let end = area.value().encode_utf16().count();
    select(area, caret.unwrap_or(Selection { start: end, end }));
}

/// Whether the focus has gone elsewhere in this page; a change of window or tab does not count.
pub(super) fn has_left(event: &web_sys::FocusEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    !target.is_some_and(|target| dom::has_focus(&target))
}

/// Scrolls no more than needed to show the whole box.
pub(super) fn into_view(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
