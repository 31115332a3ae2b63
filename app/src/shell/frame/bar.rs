//! The bar above a workspace. What works on the workspace is offered when there is one.

use leptos::html::Input;
use leptos::prelude::*;
use workspace::Session;
use workspace::commands::FOLD_KEYS;

use super::name::WorkspaceName;
use super::people::People;
use super::sync::SyncRegion;
use crate::i18n::t;
use crate::platform::{Colleague, Device, Node};
use crate::shell::command_button::{CommandButton, Shape};
use crate::shell::later::{Part, later};
use crate::shell::views_shown::ViewsShown;
use crate::ui::{Icon, IconName};

/// The bar.
#[component]
pub(super) fn Bar(
    /// The session.
    session: Session,
    /// This device.
    device: Device,
    /// The workspace.
    node: Node,
    /// Whether the workspace is there.
    present: Signal<bool>,
    /// Whether the views are on show.
    views: ViewsShown,
    /// The search box, for the command that leads there.
    search: NodeRef<Input>,
) -> impl IntoView {
    let start = later(present, Part::NameAndHistory(session.clone()));
    let middle = later(present, Part::Search(session.clone(), search));
    let safety = Part::SafetyAndSharing(session.clone(), device, node.clone());
    let safety = later(present, safety);
    let more = later(Signal::stored(true), Part::More(session));
    view! {
        <header class="layout-bar" data-region="">
            <div class="layout-bar-start">
                <button
                    type="button"
                    class="ui-button ui-icon-button layout-views-toggle"
                    data-look="quiet"
                    data-tip=move || t("views.toggle")
                    data-keys=FOLD_KEYS
                    aria-label=move || t("views.toggle")
                    aria-controls="views"
                    aria-expanded=move || if views.are_shown() { "true" } else { "false" }
                    on:click=move |_| {
                        views.toggle();
                    }
                >
                    <Icon name=IconName::PanelLeft/>
                </button>
                <a class="ui-button ui-icon-button frame-home" data-look="quiet" href="/" aria-label=move || t("frame.home") data-tip=move || t("frame.home")>
                    <Icon name=IconName::House/>
                </a>
                {start}
            </div>
            <div class="layout-bar-middle layout-from-48">
                {middle}
            </div>
            <div class="layout-bar-end">
                {safety}
                {more}
            </div>
        </header>
    }
}

/// The name, and the way back and forth.
#[component]
pub(in crate::shell) fn NameAndHistory(
    /// The session.
    session: Session,
) -> impl IntoView {
    let (undo, redo) = (
        session.workspace().can_undo(),
        session.workspace().can_redo(),
    );
    view! {
        <WorkspaceName session=session.clone()/>
        <span class="layout-from-24">
            <CommandButton session=session.clone() id="edit.undo" shape=Shape::Icon disabled=Signal::derive(move || undo.with(Option::is_none))/>
        </span>
        <span class="layout-from-60">
            <CommandButton session=session id="edit.redo" shape=Shape::Icon disabled=Signal::derive(move || redo.with(Option::is_none))/>
        </span>
    }
}

/// Where the edits are safe, who is here, and the ways in and out.
#[component]
pub(in crate::shell) fn SafetyAndSharing(
    /// The session.
    session: Session,
    /// This device.
    device: Device,
    /// Who else is here.
    colleagues: ArcRwSignal<Vec<Colleague>>,
) -> impl IntoView {
    view! {
        <SyncRegion session=session.clone()/>
        <People session=session.clone() device=device colleagues=colleagues/>
        <span class="layout-from-60 frame-files">
            <CommandButton session=session.clone() id="workspace.import" shape=Shape::Icon/>
            <CommandButton session=session.clone() id="workspace.export" shape=Shape::Icon/>
        </span>
        <span class="frame-share">
            <CommandButton session=session id="workspace.share" shape=Shape::Primary/>
        </span>
    }
}
