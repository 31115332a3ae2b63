//! The workspace's name in the bar, edited where it stands: Enter keeps, Esc takes back.

use document::Command;
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;
use workspace::Session;

use crate::i18n::t;

/// The name of the workspace as a text box without a box.
#[component]
pub(super) fn WorkspaceName(
    /// The session of the workspace.
    session: Session,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let looking = session.clone();
    let name = session.workspace().projection().name.clone();
    let shown = {
        let name = name.clone();
        move || name.get()
    };
    let wide = name.clone();
    let show_name = {
        let name = name.clone();
        move || {
            if let Some(input) = input.get_untracked() {
                input.set_value(&name.get_untracked());
            }
        }
    };
    let keep = {
        let show_name = show_name.clone();
        move |_| {
            let Some(input) = input.get_untracked() else {
                return;
            };
            let typed = input.value().trim().to_owned();
            if !typed.is_empty() && typed != name.get_untracked() {
                // A refusal has been told in a toast.
                let _ = session.dispatch(Command::RenameWorkspace { name: typed });
            }
            show_name();
        }
    };
    let key = move |event: KeyboardEvent| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        match event.key().as_str() {
            "Enter" if !event.is_composing() => {}
            "Escape" => show_name(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        // Leaving the box keeps what it holds now.
        let _ = input.blur();
    };
    // For browsers whose style sheets cannot size a box by its content.
    let size = move || wide.with(|name| name.chars().count().clamp(6, 28).to_string());
    view! {
        <input
            node_ref=input
            type="text"
            class="frame-name"
            size=size
            autocomplete="off"
            spellcheck="false"
            readonly=move || !looking.may_edit()
            aria-label=move || t("frame.name")
            data-tip=move || t("frame.rename")
            placeholder=move || t("frame.unnamed")
            prop:value=shown
            on:blur=keep
            on:keydown=key
        />
    }
}
