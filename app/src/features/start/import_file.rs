//! A file becomes a new workspace, or brings a saved one. A file that is none of ours says why, and changes nothing.

use domain::interchange::Warning;
use leptos::html::Input;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;

use super::{Destination, Starting, work};
use crate::features::{Refusal, Remarks};
use crate::i18n::t;
use crate::ui::{Button, ButtonLook, Dialog, DialogActions, IconName};

/// What became of a file.
#[derive(Clone)]
enum Outcome {
    Refused {
        reason: String,
    },
    OpenedWith {
        id: DocumentId,
        warnings: Vec<Warning>,
    },
}

/// The button "Import…" and its dialog for what went wrong.
#[component]
pub(super) fn ImportFile(
    /// What the page's parts share.
    starting: Starting,
) -> impl IntoView {
    let picker = NodeRef::<Input>::new();
    let outcome = RwSignal::new(None::<Outcome>);
    let pick = move || {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    let open = starting.open;
    let picked = move |_| {
        let Some(picker) = picker.get_untracked() else {
            return;
        };
        let file = picker.files().and_then(|files| files.get(0));
        // The same file again must count as a change.
        picker.set_value("");
        let Some(file) = file else { return };
        let starting = starting.clone();
        spawn_local(async move {
            match work::take_in(starting.device.clone(), file).await {
                Ok((id, warnings)) if warnings.is_empty() => starting.open.run(id.into()),
                Ok((id, warnings)) => outcome.set(Some(Outcome::OpenedWith { id, warnings })),
                Err(reason) => outcome.set(Some(Outcome::Refused { reason })),
            }
        });
    };
    view! {
        <Button label=move || t("start.import") icon=IconName::Upload on_press=pick/>
        <input
            node_ref=picker
            type="file"
            hidden=true
            accept=".groundwork,.md,.markdown,.txt,.json,.csv,.tsv,.xml,text/markdown,application/json,text/csv,text/xml"
            on:change=picked
        />
        {move || outcome.get().map(|told| view! { <Told told=told open=open on_close=Callback::new(move |()| outcome.set(None))/> })}
    }
}

#[component]
fn Told(told: Outcome, open: Callback<Destination>, on_close: Callback<()>) -> impl IntoView {
    match told {
        Outcome::Refused { reason } => view! {
            <Dialog title=move || t("start.import_refused") on_close=move || on_close.run(())>
                <div role="alert"><Refusal reason=reason/></div>
                <DialogActions>
                    <Button label=move || t("ui.close") look=ButtonLook::Primary on_press=move || on_close.run(())/>
                </DialogActions>
            </Dialog>
        }
        .into_any(),
        Outcome::OpenedWith { id, warnings } => view! {
            <Dialog title=move || t("start.import_warned") on_close=move || open.run(id.into())>
                <Remarks warnings=warnings/>
                <DialogActions>
                    <Button label=move || t("start.open_it") look=ButtonLook::Primary on_press=move || open.run(id.into())/>
                </DialogActions>
            </Dialog>
        }
        .into_any(),
    }
}
