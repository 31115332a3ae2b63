//! "Merge from a file…": what a saved workspace has that this one lacks. It can only add, so it is
//! done at once.

use leptos::prelude::*;
use workspace::{Message, Tone};

use super::import::{Choosing, Reading, read_file};
use crate::features::bundle_problem;
use crate::i18n::t;
use crate::ui::FileButton;

/// The button, and the picker behind it.
#[component]
pub(super) fn MergeFile(to: Choosing) -> impl IntoView {
    let picked = UnsyncCallback::new(move |file| read_file(file, &to));
    view! {
        <div class="import-merge">
            <FileButton label=Signal::derive(|| t("import.merge")) accept=".groundwork" on_choose=picked/>
            <p class="ui-hint">{move || t("import.merge_more")}</p>
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
