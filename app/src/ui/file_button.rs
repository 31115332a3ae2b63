//! A button that lets a person choose a file.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::File;

use super::{Button, IconName};

/// The button, and the browser's own picker behind it.
#[component]
pub fn FileButton(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// Which files are offered: extensions and types, as the platform has them.
    accept: &'static str,
    /// Takes the file that was chosen.
    on_choose: UnsyncCallback<File>,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let picker = NodeRef::<Input>::new();
    let open = move || {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    let chosen = move |_| {
        let Some(picker) = picker.get_untracked() else {
            return;
        };
        let file = picker.files().and_then(|files| files.get(0));
        // The same file again must count as a change.
        picker.set_value("");
        if let Some(file) = file {
            on_choose.run(file);
        }
    };
    view! {
        <Button label=label icon=IconName::FolderOpen autofocus=autofocus on_press=open/>
        <input node_ref=picker type="file" hidden=true accept=accept on:change=chosen/>
    }
}
