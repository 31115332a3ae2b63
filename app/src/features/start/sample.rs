//! "Open a sample": a believable workspace of our own writing, one press away.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Starting, work};
use crate::i18n::t;
use crate::ui::{Button, IconName};

/// The button "Open a sample".
#[component]
pub(super) fn OpenSample(
    /// What the page's parts share.
    starting: Starting,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let open = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let starting = starting.clone();
        spawn_local(async move {
            match work::open_sample(starting.device.clone()).await {
                Ok(id) => starting.open.run(id.into()),
                Err(problem) => starting.toasts.problem(problem),
            }
            let _ = busy.try_set(false);
        });
    };
    view! { <Button label=move || t("start.sample") icon=IconName::Lightbulb on_press=open/> }
}
