//! The sheet of shortcuts, drawn from the table of commands.

use leptos::prelude::*;
use workspace::Session;
use workspace::commands::{Group, commands};

use crate::i18n::t;
use crate::ui::{Action, Dialog, DialogSize, Kbd};

/// Every command that has a chord, by group.
#[component]
pub(super) fn Shortcuts(
    /// The session, which knows what its person may do.
    session: Session,
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
            <div class="shortcuts">{move || groups.map(|group| sheet(group, &session)).collect_view()}</div>
        </Dialog>
    }
}

fn sheet(group: Group, session: &Session) -> impl IntoView + use<> {
    let rows: Vec<_> = commands()
        .iter()
        .filter(|command| command.group == group && !command.keys.is_empty())
        .filter(|command| command.is_offered(session))
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
        .collect();
    // A group of which this person may do nothing has no heading either.
    (!rows.is_empty()).then(|| {
        view! {
            <section>
                <h3>{move || t(group.title())}</h3>
                <dl>{rows}</dl>
            </section>
        }
    })
}
