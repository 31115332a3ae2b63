//! "Merge from a file…": what a saved workspace has that this one lacks. It can only add, so it is
//! done at once.

use leptos::html::Input;
use leptos::prelude::*;
use workspace::{Message, Tone};

use super::import::{Choosing, Reading, read_file};
use crate::features::bundle_problem;
use crate::i18n::t;
use crate::ui::{Button, IconName};

/// The button, and the picker behind it.
#[component]
pub(super) fn MergeFile(to: Choosing) -> impl IntoView {
    let picker = NodeRef::<Input>::new();
    let pick = move || {
        if let Some(picker) = picker.get_untracked() {
            picker.click();
        }
    };
    let picked = move |_| {
        let Some(picker) = picker.get_untracked() else {
            return;
        };
        let file = picker.files().and_then(|files| files.get(0));
        // The same file again must count as a change.
        picker.set_value("");
        read_file(file, &to);
    };
    view! {
        <div class="import-merge">
            <Button label=move || t("import.merge") icon=IconName::FolderOpen on_press=pick/>
            <p class="ui-hint">{move || t("import.merge_more")}</p>
            <input node_ref=picker type="file" hidden=true accept=".groundwork" on:change=picked/>
        </div>
    }
}

/// Merges a file; what became of it is told in a toast, or where the file was chosen.
pub(super) fn merge(to: &Choosing, file: &[u8]) -> Reading {
    let session = &to.session;
    match to.node.merge(file) {
        Ok(changes) => {
            let message = if changes == 0 {
                Message::plain("import.merged_nothing")
            } else {
                Message::plain("import.merged").counted(changes)
            };
            session.close_dialog();
            session.toast(message, Tone::Calm, None);
            Reading::Nothing
        }
        Err(problem) => Reading::Refused {
            reason: bundle_problem(&problem),
        },
    }
}
