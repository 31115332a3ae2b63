//! The history of this tab: links are real `<a href>`, plain left clicks on them stay in the page.
//!
//! No router crate: three kinds of route do not need one, and its size would be in the first load
//! of everyone. The one writer of the current route is this module.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, MouseEvent};

use super::route::Route;
use crate::platform::keyring;

/// Where the focus goes after a navigation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// To the heading of the new page, so that a screen reader says where it is.
    Heading,
    /// Nowhere: whoever navigates puts the focus somewhere better, such as on a note found.
    Elsewhere,
}

/// Reads and changes the address; made once at the root and handed down.
#[derive(Clone, Copy)]
pub(crate) struct Navigator {
    route: RwSignal<Route>,
}

impl Navigator {
    /// Reads the address bar and listens to clicks on links and to the browser's own buttons.
    pub(crate) fn install() -> Self {
        let route = current();
        take_key(&route);
        let navigator = Self {
            route: RwSignal::new(route),
        };
        let clicks = window_event_listener(ev::click, move |event| navigator.intercept(&event));
        let back = window_event_listener(ev::popstate, move |_| {
            let fragment = location().hash().unwrap_or_default();
            if keyring::key_in(&fragment).is_some() {
                // A link was put into the address bar of this very page: it is opened afresh.
                let _ = location().reload();
                return;
            }
            navigator.arrive(current(), Arrival::Heading);
        });
        on_cleanup(move || {
            clicks.remove();
            back.remove();
        });
        navigator
    }

    /// The route of this tab.
    pub(crate) fn route(self) -> RwSignal<Route> {
        self.route
    }

    /// Goes to `route` and remembers the page left behind in the browser's history.
    pub(crate) fn go(self, route: Route, arrival: Arrival) {
        if self.route.try_get_untracked().as_ref() == Some(&route) {
            return;
        }
        if let Ok(history) = window().history() {
            // A refused entry (a sandboxed frame) costs the back button, never the navigation.
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&route.path()));
        }
        self.arrive(route, arrival);
    }

    fn arrive(self, route: Route, arrival: Arrival) {
        if self.route.try_get_untracked().as_ref() == Some(&route) {
            return;
        }
        self.route.set(route);
        if arrival == Arrival::Heading {
            // The new page is in the document one frame later, or once its code and its document
            // are here.
            request_animation_frame(|| request_animation_frame(|| focus_heading(LONGEST_WAIT)));
        }
    }

    fn intercept(self, event: &MouseEvent) {
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if event.default_prevented() || !plain {
            return;
        }
        if let Some(path) = event.target().and_then(|target| internal_path(&target)) {
            event.prevent_default();
            self.go(Route::parse(&path), Arrival::Heading);
        }
    }
}

/// The key of a link goes from the address bar to the workspace that it opens.
fn take_key(route: &Route) {
    if let Route::Workspace { document, .. } = route
        && let Some(key) = keyring::take_from_address_bar()
    {
        keyring::arrived(*document, key);
    }
}

pub(super) fn current() -> Route {
    Route::parse(&location().pathname().unwrap_or_default())
}

/// The path of the link around `target`, when that link is a page of this app.
fn internal_path(target: &web_sys::EventTarget) -> Option<String> {
    let link = target
        .dyn_ref::<Element>()?
        .closest("a[href]")
        .ok()??
        .dyn_into::<web_sys::HtmlAnchorElement>()
        .ok()?;
    let ours = Some(link.origin()) == location().origin().ok();
    let stays = link.target().is_empty() && !link.has_attribute("download");
    // A link within the page keeps what the browser does with it: the skip link needs that.
    let page = link.get_attribute("href")?.starts_with('/');
    let path = link.pathname();
    let file = path.starts_with("/assets/") || path.rsplit('/').next()?.contains('.');
    (ours && stays && page && !file).then_some(path)
}

/// How many frames long a page that is on its way may take the focus: some ten seconds.
pub(super) const LONGEST_WAIT: u32 = 600;

/// Puts the focus on the heading of the page as soon as there is one, unless somebody has gone on to
/// something else meanwhile.
pub(super) fn focus_heading(frames_left: u32) {
    let heading = document()
        .query_selector("[data-page-heading]")
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    match heading {
        Some(heading) => {
            let _ = heading.focus();
        }
        None if frames_left > 0 && is_focus_free() => {
            request_animation_frame(move || focus_heading(frames_left - 1));
        }
        None => {}
    }
}

/// Whether nothing has the focus, or only the region in which the page is to appear.
pub(super) fn is_focus_free() -> bool {
    document()
        .active_element()
        .is_none_or(|element| ["BODY", "MAIN"].contains(&element.tag_name().as_str()))
}
