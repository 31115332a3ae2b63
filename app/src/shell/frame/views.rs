//! The navigation "Views": a link for each canvas of the catalogue; on a phone a drawer.

use domain::catalogue;
use leptos::prelude::*;
use sync::DocumentId;
use workspace::Session;

use crate::i18n::{language, t};
use crate::shell::command_button::{CommandButton, Shape};
use crate::shell::route::Route;
use crate::ui::{Icon, IconName};

/// The views of a workspace.
#[component]
pub(super) fn Views(
    /// The workspace, for the addresses.
    document: DocumentId,
    /// The session, for which view is on show.
    session: Session,
    /// Whether the drawer is open, where there is one.
    open: RwSignal<bool>,
) -> impl IntoView {
    let canvas = session.canvas();
    let links = catalogue::canvases()
        .iter()
        .map(|view| {
            let current = {
                let canvas = canvas.clone();
                move || canvas.with(|canvas| *canvas == view.id).then_some("page")
            };
            view! {
                <li>
                    <a class="layout-view" href=Route::view(document, view.id.clone()).path() aria-current=current>
                        <Icon name=IconName::LayoutDashboard/>
                        <span>{move || view.title.text(language().code()).to_owned()}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let close = move || {
        if open.get_untracked() {
            open.set(false);
        }
    };
    view! {
        <nav
            class="layout-navigation"
            id="views"
            data-region=""
            aria-label=move || t("views.title")
            data-open=move || if open.get() { "true" } else { "false" }
            on:click=move |_| close()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <ul role="list">{links}</ul>
            <div class="layout-navigation-foot">
                <CommandButton session=session.clone() id="workspace.trash" shape=Shape::Row/>
                <CommandButton session=session id="view.shortcuts" shape=Shape::Row/>
            </div>
        </nav>
        {move || open.get().then(|| view! { <div class="layout-scrim" on:click=move |_| open.set(false)></div> })}
    }
}
