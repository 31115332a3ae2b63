//! The sheet of shortcuts, drawn from the table of commands.

use leptos::prelude::*;
use workspace::commands::{Group, commands};

use crate::i18n::t;
use crate::ui::{Action, Dialog, DialogSize, Kbd};

/// Every command that has a chord, by group.
#[component]
pub(super) fn Shortcuts(
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let groups = [
        Group::Edit,
        Group::Note,
        Group::Movement,
        Group::View,
        Group::Workspace,
    ];
    view! {
        <Dialog title=move || t("shortcuts.title") size=DialogSize::Large on_close=on_close>
            <div class="shortcuts">{groups.map(sheet).collect_view()}</div>
        </Dialog>
    }
}

fn sheet(group: Group) -> impl IntoView {
    let rows = commands()
        .iter()
        .filter(|command| command.group == group && !command.keys.is_empty())
        .map(|command| {
            let keys = command
                .keys
                .iter()
                .map(|keys| view! { <Kbd keys=*keys/> })
                .collect_view();
            view! {
                <div class="shortcut">
                    <dt>{move || t(command.title)}</dt>
                    <dd>{keys}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section>
            <h3>{move || t(group.title())}</h3>
            <dl>{rows}</dl>
        </section>
    }
}
