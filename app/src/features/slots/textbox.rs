//! What the two text boxes of a canvas share: growing with their text, and the caret in UTF-16.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use workspace::Selection;

/// Makes the box as high as its text, in browsers whose style sheets cannot (`field-sizing`).
pub(super) fn grow(area: &HtmlTextAreaElement) {
    if web_sys::css::supports_with_value("field-sizing", "content").unwrap_or(false) {
        return;
    }
    let style = HtmlElement::style(area);
    // Styles that are refused leave a box that scrolls.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", area.scroll_height()));
}

/// The selection of the box.
pub(super) fn selection(area: &HtmlTextAreaElement) -> Selection {
    let unit = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default() as usize;
    Selection {
        start: unit(area.selection_start()),
        end: unit(area.selection_end()),
    }
}

/// Selects that part of the box's text.
pub(super) fn select(area: &HtmlTextAreaElement, selection: Selection) {
    let unit = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    let _ = area.set_selection_range(unit(selection.start), unit(selection.end));
}

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
