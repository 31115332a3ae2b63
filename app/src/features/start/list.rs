//! The list "Workspaces", most recently opened first.

use leptos::prelude::*;

use super::Starting;
use super::entry::Entry;
use crate::i18n::t;
use crate::ui::unique_id;

/// The workspaces of this device that have not been removed.
#[component]
pub(super) fn WorkspaceList(
    /// What the page's parts share.
    starting: Starting,
) -> impl IntoView {
    let workspaces = starting.device.workspaces();
    let here = move || {
        let mut all = workspaces.get();
        all.retain(|entry| entry.removed_at.is_none());
        all
    };
    let heading = unique_id("workspaces");
    view! {
        <section class="start-list">
            <h2 id=heading.clone()>{move || t("start.workspaces")}</h2>
            <ul role="list" aria-labelledby=heading>
                // A row follows its name by itself: whoever renames it keeps the focus there.
                <For each=here key=|entry| entry.id.clone() let:entry>
                    <Entry starting=starting.clone() entry=entry/>
                </For>
            </ul>
        </section>
    }
}
