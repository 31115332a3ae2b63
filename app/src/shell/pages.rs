//! What stands in the place of a view: an unknown address, an unknown view, a workspace that has
//! not arrived, one that cannot be read. Each says what is known and the one thing to do.

use leptos::prelude::*;
use sync::DocumentId;
use workspace::{Session, SyncStatus};

use super::command_button::{CommandButton, Shape};
use super::route::Route;
use super::title::use_title;
use crate::i18n::{t, tf};
use crate::platform::Node;
use crate::ui::{Icon, IconName};

/// Nothing is at this address.
#[component]
pub(super) fn UnknownPage(
    /// The path that was asked for.
    path: String,
) -> impl IntoView {
    use_title(|| vec![t("page.unknown")]);
    view! {
        <main class="layout-page page-message">
            <Icon name=IconName::CircleHelp/>
            <h1 data-page-heading="" tabindex="-1">{move || t("page.unknown")}</h1>
            <p>{move || tf("page.unknown_more", &[("path", &path)])}</p>
            <p><a class="ui-button" data-look="primary" href="/">{move || t("page.to_start")}</a></p>
        </main>
    }
}

/// The workspace is there; this version has no such view.
#[component]
pub(super) fn UnknownView(
    /// The workspace.
    document: DocumentId,
    /// The session, for what was deleted.
    session: Session,
    /// The id of the heading.
    heading: &'static str,
) -> impl IntoView {
    view! {
        <div class="page-message">
            <Icon name=IconName::CircleHelp/>
            <h1 id=heading data-page-heading="" tabindex="-1">{move || t("page.unknown_view")}</h1>
            <p>{move || t("page.unknown_view_more")}</p>
            <p><a class="ui-button" data-look="primary" href=Route::workspace(document).path()>{move || t("page.to_canvas")}</a></p>
            <CommandButton session=session id="workspace.trash" shape=Shape::Row/>
        </div>
    }
}

/// This device has nothing of the workspace, or nothing that it can read; the server and the other
/// tabs are being asked all the while, and the canvas appears by itself.
#[component]
pub(super) fn Waiting(
    /// The workspace.
    node: Node,
    /// Whether there is something here that cannot be read.
    broken: bool,
    /// The id of the heading.
    heading: &'static str,
) -> impl IntoView {
    let id = node.id.to_string();
    let status = node.status.clone();
    let offline = Memo::new(move |_| matches!(status.get(), SyncStatus::Offline { .. }));
    let title = move || {
        t(if broken {
            "page.broken"
        } else {
            "page.waiting"
        })
    };
    let known = move || {
        t(match (broken, offline.get()) {
            (true, _) => "page.broken_more",
            (false, true) => "page.waiting_offline",
            (false, false) => "page.waiting_online",
        })
    };
    view! {
        <div class="page-message">
            <Icon name=if broken { IconName::TriangleAlert } else { IconName::Loader }/>
            <h1 id=heading data-page-heading="" tabindex="-1">{title}</h1>
            <p role="status">{known}</p>
            <p>{move || t("page.waiting_retry")}</p>
            {(!broken).then(|| view! { <p>{move || t("page.waiting_link")}</p> })}
            <p class="page-detail">{move || tf("page.waiting_id", &[("id", &id)])}</p>
            <p><a class="ui-button" data-look="plain" href="/">{move || t("page.to_start")}</a></p>
        </div>
    }
}
