//! The workspace's name in the bar, edited where it stands: Enter keeps, Esc takes back.

use document::Command;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent};
use workspace::{Message, Session};

use crate::i18n::t;
use crate::ui::focus;

/// The name of the workspace as a text box without a box.
#[component]
pub(super) fn WorkspaceName(
    /// The session of the workspace.
    session: Session,
) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let came_from = StoredValue::new_local(None::<HtmlElement>);
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
                let said = Message::plain("announce.workspace_renamed").with("name", &typed);
                // A refusal has been told in a toast.
                if session
                    .dispatch(Command::RenameWorkspace { name: typed })
                    .is_ok()
                {
                    session.announce(vec![said]);
                }
            }
            show_name();
        }
    };
    let key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" if !event.is_composing() => {}
            "Escape" => show_name(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        // Leaving the box keeps what it holds now.
        focus::leave(came_from.try_get_value().flatten());
    };
    let arrive = move |event: FocusEvent| {
        let from = event.related_target().and_then(|it| it.dyn_into().ok());
        let _ = came_from.try_set_value(from);
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
            on:focus=arrive
            on:blur=keep
            on:keydown=key
        />
    }
}
