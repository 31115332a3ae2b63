//! "Open a sample": a believable workspace of our own writing, one press away.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::Starting;
use crate::i18n::{language, t, tf};
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
        let graph = domain::sample(language().code());
        spawn_local(async move {
            let name = graph.name.clone();
            match starting.device.create(&name, Some(graph)).await {
                Ok(id) => starting.open.run(id.into()),
                Err(error) => starting
                    .toasts
                    .problem(tf("start.failed", &[("reason", &error.to_string())])),
            }
            let _ = busy.try_set(false);
        });
    };
    view! { <Button label=move || t("start.sample") icon=IconName::Lightbulb on_press=open/> }
}
