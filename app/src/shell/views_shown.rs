//! Whether the views are on show: folded away beside a canvas, which this device remembers, or, on a
//! phone, in a drawer, which is closed whenever a page begins.
//!
//! Invariant: the root's attribute and the setting say the same; the style sheet reads the attribute,
//! which the page sets before its first paint.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::appearance::matches_media;
use crate::platform::settings;

/// Where the views are a drawer.
const PHONE: &str = "(width < 48rem)";
const ATTRIBUTE: &str = "data-views";

/// Both, as signals.
#[derive(Clone, Copy)]
pub(super) struct ViewsShown {
    drawer: RwSignal<bool>,
    folded: RwSignal<bool>,
}

impl ViewsShown {
    /// As this device left them.
    pub(super) fn remembered() -> Self {
        Self {
            drawer: RwSignal::new(false),
            folded: RwSignal::new(settings::views_folded()),
        }
    }

    /// Whether the drawer is open.
    pub(super) fn drawer(self) -> RwSignal<bool> {
        self.drawer
    }

    /// Whether the views can be seen now. Followed by whoever says so; how wide the window is, is
    /// asked anew each time.
    pub(super) fn are_shown(self) -> bool {
        let (drawer, folded) = (self.drawer.get(), self.folded.get());
        if matches_media(PHONE) {
            drawer
        } else {
            !folded
        }
    }

    /// Shows them or puts them away, and answers whether they can be seen then. The focus does not go
    /// with them.
    pub(super) fn toggle(self) -> bool {
        if matches_media(PHONE) {
            self.drawer.update(|open| *open = !*open);
        } else {
            let folded = !self.folded.get_untracked();
            settings::set_views_folded(folded);
            mark(folded);
            self.folded.set(folded);
        }
        let shown = untrack(|| self.are_shown());
        if !shown {
            keep_focus();
        }
        shown
    }
}

fn mark(folded: bool) {
    let Some(root) = document().document_element() else {
        return;
    };
    // An element takes an attribute of this name.
    let _ = if folded {
        root.set_attribute(ATTRIBUTE, "folded")
    } else {
        root.remove_attribute(ATTRIBUTE)
    };
}

/// From what is about to be hidden to the button that shows it again.
fn keep_focus() {
    let within = document()
        .active_element()
        .and_then(|active| active.closest("#views").ok()?);
    let button = document()
        .query_selector(".layout-views-toggle")
        .ok()
        .flatten();
    if let (Some(_), Some(button)) = (within, button)
        && let Ok(button) = button.dyn_into::<HtmlElement>()
    {
        // A button that is on show takes the focus.
        let _ = button.focus();
    }
}
