//! F6: the keyboard focus goes from region to region of the page, in order and around.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What can take the focus within a region.
const FOCUSABLE: &str = "a[href], button, input, select, textarea, [tabindex]";

/// Moves the focus to the next region, or to the previous one.
pub(super) fn cycle(back: bool) {
    let regions = regions();
    let active = document().active_element();
    let here = regions.iter().position(|region| {
        active
            .as_ref()
            .is_some_and(|active| region.contains(Some(active)))
    });
    let count = regions.len();
    let order = (1..=count).map(|step| match here {
        Some(here) if back => (here + count - step) % count,
        Some(here) => (here + step) % count,
        None if back => count - step,
        None => step - 1,
    });
    for index in order {
        if let Some(target) = regions.get(index).and_then(entry) {
            // A region that refuses the focus has none to give.
            let _ = target.focus();
            return;
        }
    }
}

/// Every region on show, in the order of the page.
fn regions() -> Vec<HtmlElement> {
    elements(&document(), "[data-region]")
        .into_iter()
        .filter(is_shown)
        .collect()
}

/// The region itself when it takes the focus, else the first thing within that does.
fn entry(region: &HtmlElement) -> Option<HtmlElement> {
    if region.has_attribute("tabindex") {
        return Some(region.clone());
    }
    elements(region, FOCUSABLE).into_iter().find(|element| {
        is_shown(element) && element.get_attribute("tabindex").as_deref() != Some("-1")
    })
}

fn is_shown(element: &HtmlElement) -> bool {
    element.get_client_rects().length() > 0
}

fn elements(root: &web_sys::Node, selector: &str) -> Vec<HtmlElement> {
    let found = match root.dyn_ref::<Element>() {
        Some(element) => element.query_selector_all(selector),
        None => document().query_selector_all(selector),
    };
    let Ok(found) = found else { return Vec::new() };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}
