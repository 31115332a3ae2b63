//! What is said aloud to those who do not see it happen.
//!
//! Invariant: the same words twice in a row are said twice: they alternate between two regions.

use leptos::prelude::*;

/// A polite announcer, invisible. `message` holds what was said last, with a number that grows.
#[component]
pub fn LiveRegion(
    /// The number and the words of the latest announcement.
    #[prop(into)]
    message: Signal<(u64, String)>,
) -> impl IntoView {
    let said = move |odd: u64| {
        move || {
            message.with(|(number, words)| {
                if number % 2 == odd {
                    words.clone()
                } else {
                    String::new()
                }
            })
        }
    };
    view! {
        <div class="ui-hidden" aria-live="polite" aria-atomic="true">{said(0)}</div>
        <div class="ui-hidden" aria-live="polite" aria-atomic="true">{said(1)}</div>
    }
}
