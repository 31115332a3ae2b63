//! Modal dialogs on the native `<dialog>`: mounted means open.
//!
//! Invariant: Esc, the close button and a press outside all end in `on_close`, exactly once, and the
//! focus returns to where it was.

use super::{Action, ButtonLook, IconButton, IconName, focus, unique_id};
use crate::i18n::t;
use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;

/// How wide a dialog may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// A question or a short form.
    Small,
    /// Most dialogs.
    #[default]
    Medium,
    /// Lists and previews.
    Large,
}

/// A modal dialog with a heading and a close button.
///
/// Within it, the element with `autofocus` takes the focus, else the first that can.
#[component]
pub fn Dialog(
    /// The heading, which names the dialog.
    #[prop(into)]
    title: Signal<String>,
    /// Called once the dialog has closed: unmount it here.
    #[prop(into)]
    on_close: Action,
    /// How wide it may be.
    #[prop(optional)]
    size: DialogSize,
    /// What is to be said aloud: nothing outside an open dialog can be heard.
    #[prop(into, optional)]
    said: MaybeProp<String>,
    /// Its content; `DialogActions` come last.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = unique_id("dialog");
    focus::remember_opener();
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if dialog.open() {
            // One dialog has followed another in the same place, and the view took its element over.
            focus::enter(&dialog);
        } else {
            // Fails only on an element outside the page, where there is nothing to show.
            let _ = dialog.show_modal();
        }
    });
    on_cleanup(focus::return_to_opener);

    let close = move || {
        if let Some(dialog) = node.get_untracked() {
            focus::leave_box();
            dialog.close();
        }
    };
    let press = move |event: PointerEvent| {
        if let Some(dialog) = node.get_untracked()
            && is_outside(&dialog, &event)
        {
            focus::leave_box();
            dialog.close();
        }
    };
    let size = match size {
        DialogSize::Small => "small",
        DialogSize::Medium => "medium",
        DialogSize::Large => "large",
    };
    view! {
        <dialog
            node_ref=node
            class="ui-dialog"
            data-size=size
            aria-labelledby=heading
            on:close=move |_| {
                on_close.run(());
                focus::return_to_opener();
            }
            // Where nothing else takes the focus, a box that closes with its dialog is never told
            // that it has lost it.
            on:cancel=move |_: web_sys::Event| focus::leave_box()
            on:pointerdown=press
        >
            <h2 class="ui-dialog-title" id=heading.clone()>{title}</h2>
            <div class="ui-dialog-body">{children()}</div>
            <p class="ui-hidden" role="status">{move || said.get()}</p>
            // Last in the order of the keyboard, first in sight: it must not take the first focus.
            <div class="ui-dialog-close">
                <IconButton label=move || t("ui.close") icon=IconName::X look=ButtonLook::Quiet on_press=close/>
            </div>
        </dialog>
    }
}

/// The row of buttons that ends a dialog; the primary one comes last.
#[component]
pub fn DialogActions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="ui-dialog-actions">{children()}</div> }
}

/// Whether a press landed on the backdrop: it targets the dialog itself, beyond its box.
fn is_outside(dialog: &web_sys::HtmlDialogElement, event: &PointerEvent) -> bool {
    let on_dialog = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
        .is_some_and(|target| dialog.is_same_node(Some(&target)));
    let bounds = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    on_dialog
        && (x < bounds.left() || x > bounds.right() || y < bounds.top() || y > bounds.bottom())
}
