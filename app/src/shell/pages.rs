//! What stands in the place of a view: an unknown address, an unknown view, a workspace that has
//! not arrived, one that cannot be read. Each says what is known and the one thing to do.

use leptos::prelude::*;
use sync::DocumentId;
use workspace::{Access, Ending, Session, SyncStatus};

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

/// What is known of a workspace that is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// What is here cannot be read.
    Broken,
    /// There is nobody to ask.
    Offline,
    /// The server does not have it either.
    Lacking,
    /// The server has not answered yet.
    Nothing,
    /// The link with which one came opens nothing.
    Ended(Ending),
}

/// What is said of a link that opens nothing.
pub(super) const fn ended_title(ending: Ending) -> &'static str {
    match ending {
        Ending::Revoked => "notice.revoked",
        Ending::Expired => "notice.expired",
        Ending::Owned => "notice.owned",
        Ending::Refused => "notice.not_opened",
    }
}

impl Known {
    const fn of(broken: bool, offline: bool, lacking: bool) -> Self {
        match (broken, offline, lacking) {
            (true, _, _) => Self::Broken,
            (_, true, _) => Self::Offline,
            (_, _, true) => Self::Lacking,
            _ => Self::Nothing,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Broken => "page.broken",
            Self::Offline | Self::Lacking => "page.waiting",
            Self::Nothing => "page.fetching",
            Self::Ended(ending) => ended_title(ending),
        }
    }

    const fn more(self) -> Option<&'static str> {
        match self {
            Self::Broken => Some("page.broken_more"),
            Self::Offline => Some("page.waiting_offline"),
            Self::Lacking => Some("page.waiting_online"),
            Self::Nothing => None,
            Self::Ended(_) => Some("page.ended_more"),
        }
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
    let lacking = node.lacking.clone();
    let access = node.workspace.access();
    let known = Memo::new(move |_| {
        if let (Access::Ended(ending), false) = (access.get(), broken) {
            return Known::Ended(ending);
        }
        let offline = matches!(status.get(), SyncStatus::Offline { .. });
        Known::of(broken, offline, lacking.get())
    });
    let waits = move || matches!(known.get(), Known::Offline | Known::Lacking);
    view! {
        <div class="page-message">
            {move || {
                let waits = !broken && !matches!(known.get(), Known::Ended(_));
                view! { <Icon name=if waits { IconName::Loader } else { IconName::TriangleAlert }/> }
            }}
            <h1 id=heading data-page-heading="" tabindex="-1">{move || t(known.get().title())}</h1>
            <p role="status">{move || known.get().more().map(t)}</p>
            {move || (broken || waits()).then(|| view! { <p>{move || t("page.waiting_retry")}</p> })}
            {move || waits().then(|| view! { <p>{move || t("page.waiting_link")}</p> })}
            <p class="page-detail">{move || tf("page.waiting_id", &[("id", &id)])}</p>
            <p><a class="ui-button" data-look="plain" href="/">{move || t("page.to_start")}</a></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn nothing_is_said_of_the_server_before_it_has_answered() {
        let asked = Known::of(false, false, false);
        assert_eq!((asked.title(), asked.more()), ("page.fetching", None));
        let answered = Known::of(false, false, true);
        assert_eq!(answered.more(), Some("page.waiting_online"));
    }

    #[test]
    fn without_a_connection_the_last_answer_counts_no_more() {
        assert_eq!(Known::of(false, true, true), Known::Offline);
    }
}
