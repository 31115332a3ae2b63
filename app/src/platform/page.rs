//! The page itself: window and document where they exist, whether anyone sees it, whether there is
//! a network, and listening to events.

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::{Document, Event, EventTarget, VisibilityState, Window};
use workspace::{Listeners, Subscription};

thread_local! {
    static UNSETTLED: Listeners = Listeners::default();
}

/// The window; `None` outside one.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page's document; `None` outside a browser.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Whether the page is in the background.
pub fn hidden() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Hidden)
}

/// Whether the browser believes that there is a network. It may be wrong when it says yes.
pub fn online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the browser may keep the app itself for when there is no network: over plain http only on
/// this very computer.
pub fn keeps_app() -> bool {
    window().is_none_or(|window| window.is_secure_context())
}

/// Listens to an event of the window until the result is dropped.
pub fn on_window(
    event: &'static str,
    callback: impl FnMut(&Event) + 'static,
) -> Option<EventListener> {
    let window = window()?;
    Some(listen(&window, event, callback))
}

/// Listens to an event of the document until the result is dropped.
pub fn on_document(
    event: &'static str,
    callback: impl FnMut(&Event) + 'static,
) -> Option<EventListener> {
    let document = document()?;
    Some(listen(&document, event, callback))
}

/// Listens to an event until the result is dropped; the callback may prevent the default.
pub fn listen(
    target: &EventTarget,
    event: &'static str,
    callback: impl FnMut(&Event) + 'static,
) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, event, options, callback)
}

/// Calls back when the page goes into the background or is left: the last moment at which
/// anything is certain to run.
pub fn on_leaving(callback: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let leave = callback.clone();
    let leaving = on_window("pagehide", move |_| leave());
    let hiding = on_document("visibilitychange", move |_| {
        if hidden() {
            callback();
        }
    });
    leaving.into_iter().chain(hiding).collect()
}

/// Calls back when the page is about to be left, before anything is copied to safety: for whoever
/// holds something that is not in the document yet.
pub(crate) fn before_leaving(callback: impl Fn() + 'static) -> Subscription {
    UNSETTLED.with(|unsettled| unsettled.add(move |()| callback()))
}

/// Asks everyone who holds something that is not in the document yet to put it there.
pub(crate) fn settle() {
    UNSETTLED.with(|unsettled| unsettled.call(&()));
}

/// Calls back when there may be a network again or somebody looks again.
pub fn on_waking(callback: impl Fn() + Clone + 'static) -> Vec<EventListener> {
    let (online, shown) = (callback.clone(), callback.clone());
    let reconnected = on_window("online", move |_| online());
    let restored = on_window("pageshow", move |_| shown());
    let visible = on_document("visibilitychange", move |_| {
        if !hidden() {
            callback();
        }
    });
    reconnected
        .into_iter()
        .chain(restored)
        .chain(visible)
        .collect()
}
