//! The dialog "New workspace": a name, and one is on its empty Lean Canvas.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Starting, work};
use crate::i18n::t;
use crate::ui::{Action, Button, ButtonLook, Dialog, DialogActions, DialogSize, TextField};

/// Asks for a name and makes the workspace.
#[component]
pub(super) fn NewWorkspace(
    /// What the page's parts share.
    starting: Starting,
    /// Called once it has closed.
    #[prop(into)]
    on_close: Action,
) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let chosen = name.get_untracked().trim().to_owned();
        if chosen.is_empty() {
            error.set(Some(t("start.name_missing")));
        } else if !busy.get_untracked() {
            busy.set(true);
            let starting = starting.clone();
            spawn_local(async move {
                match work::create(starting.device.clone(), chosen).await {
                    Ok(id) => starting.open.run(id.into()),
                    Err(failure) => {
                        // The dialog may have been closed meanwhile.
                        let _ = error.try_set(Some(failure));
                        let _ = busy.try_set(false);
                    }
                }
            });
        }
    };
    view! {
        <Dialog title=move || t("start.new") size=DialogSize::Small on_close=on_close>
            <form on:submit=submit>
                <TextField
                    label=move || t("start.name")
                    value=name
                    error=error
                    placeholder=Signal::derive(|| Some(t("start.name_example")))
                    autofocus=true
                />
                <DialogActions>
                    <Button label=move || t("start.cancel") on_press=on_close/>
                    <Button label=move || t("start.create") look=ButtonLook::Primary submit=true/>
                </DialogActions>
            </form>
        </Dialog>
    }
}
