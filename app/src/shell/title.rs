//! The window's title, most particular first: "Lean Canvas · Corner bakery · Groundwork".

use leptos::prelude::*;

/// Keeps the window's title in step with `parts` for as long as the page is on show.
pub(super) fn use_title(parts: impl Fn() -> Vec<String> + 'static) {
    Effect::new(move |_| {
        let mut words = parts();
        words.push("Groundwork".to_owned());
        document().set_title(&words.join(" · "));
    });
}
