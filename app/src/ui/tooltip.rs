//! One tooltip for the whole page: mount [`Tooltips`] once, and every element with `data-tip` or
//! `data-keys` shows its words and key chord when pointed at or focused by the keyboard.
//!
//! Invariant: a tooltip only repeats what an accessible name already says, so it is hidden from
//! assistive technology; Esc and any press take it away.

use super::button::with_chord;
use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

const DELAY: Duration = Duration::from_millis(500);
const GAP: f64 = 6.0;

/// The tooltip of the page.
#[component]
pub fn Tooltips() -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let words = RwSignal::new(String::new());
    let waiting = StoredValue::new_local(None::<TimeoutHandle>);

    let forget = move || {
        waiting.update_value(|handle| {
            if let Some(handle) = handle.take() {
                handle.clear();
            }
        });
    };
    let hide = move || {
        forget();
        if let Some(tip) = node.get_untracked() {
            // Already hidden is as good.
            let _ = tip.hide_popover();
        }
    };
    let show = move |target: &Element| {
        let attribute = |name| target.get_attribute(name).unwrap_or_default();
        // A menu that it has opened says more than its tooltip.
        let open = target.get_attribute("aria-expanded").as_deref() == Some("true");
        let Some(tip) = node
            .get_untracked()
            .filter(|_| target.is_connected() && !open)
        else {
            return;
        };
        words.set(with_chord(&attribute("data-tip"), &attribute("data-keys")));
        let _ = tip.show_popover();
        let (tip, target) = (HtmlElement::from(tip), target.clone());
        // Once the words are in place and have a size.
        request_animation_frame(move || put(&tip, &target));
    };
    let point = move |event: ev::PointerEvent| {
        let target = described(event.target());
        forget();
        match target.filter(|_| event.pointer_type() == "mouse") {
            Some(target) => {
                let handle = set_timeout_with_handle(move || show(&target), DELAY);
                waiting.set_value(handle.ok());
            }
            None => hide(),
        }
    };
    let focus = move |event: ev::FocusEvent| match described(event.target())
        .filter(|target| target.matches(":focus-visible").unwrap_or(false))
    {
        Some(target) => show(&target),
        None => hide(),
    };
    let listeners = [
        window_event_listener(ev::pointerover, point),
        window_event_listener(ev::focusin, focus),
        window_event_listener(ev::pointerdown, move |_| hide()),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                hide();
            }
        }),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
    });
    view! { <div node_ref=node class="ui-tooltip" popover="manual" aria-hidden="true">{words}</div> }
}

fn described(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?
        .dyn_into::<Element>()
        .ok()?
        .closest("[data-tip], [data-keys]")
        .ok()?
}

/// Below the element, or above where there is no room, and wholly inside the window.
fn put(tip: &HtmlElement, target: &Element) {
    let (size, anchor) = (
        tip.get_bounding_client_rect(),
        target.get_bounding_client_rect(),
    );
    let extent = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (
        extent(window().inner_width()),
        extent(window().inner_height()),
    );
    let centred = anchor.left() + (anchor.width() - size.width()) / 2.0;
    let x = centred.min(width - size.width() - GAP).max(GAP);
    let below = anchor.bottom() + GAP;
    let y = if below + size.height() > height {
        anchor.top() - GAP - size.height()
    } else {
        below
    };
    let _ = tip.style().set_property("left", &format!("{x}px"));
    let _ = tip.style().set_property("top", &format!("{y}px"));
}
