//! "Open a sample": a believable workspace of our own writing, one press away.

use domain::interchange::import;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;

use super::Starting;
use crate::i18n::{language, t, tf};
use crate::platform::assets;
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
            match make(&starting).await {
                Ok(id) => starting.open.run(id.into()),
                Err(problem) => starting.toasts.problem(problem),
            }
            let _ = busy.try_set(false);
        });
    };
    view! { <Button label=move || t("start.sample") icon=IconName::Lightbulb on_press=open/> }
}

/// A workspace with the sample of the language in use; what keeps it from coming is told in words.
async fn make(starting: &Starting) -> Result<DocumentId, String> {
    let file = format!("sample.{}", language().file());
    let sample = assets::text(&file)
        .await
        .map_err(|_| t("toast.part_missing"))?;
    let refused = |reason: String| tf("start.failed", &[("reason", &reason)]);
    let graph = import("sample.json", sample.as_bytes())
        .map_err(|error| refused(error.to_string()))?
        .graph;
    let name = graph.name.clone();
    let made = starting.device.create(&name, Some(graph)).await;
    made.map_err(|error| refused(error.to_string()))
}
