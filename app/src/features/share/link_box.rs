//! A link to send: to be copied, or to be read off the screen by a telephone.

use leptos::html::{Div, Input};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::Sharing;
use super::qr::QrCode;
use crate::i18n::t;
use crate::platform::files;
use crate::ui::{Banner, Button, ButtonLook, IconName, TextField, Tone, focus};

/// The text box "Link" with what can be done with it.
#[component]
pub(super) fn LinkBox(
    /// What the parts of the dialog share.
    sharing: Sharing,
    /// The key that the link holds, if it holds one.
    #[prop(into)]
    key: Signal<Option<String>>,
    /// What to know about the link.
    #[prop(into)]
    hint: Signal<String>,
    /// Whether it is selected as soon as it is there.
    #[prop(optional)]
    selected: bool,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let address = sharing.address;
    let shown =
        Memo::new(move |_| key.with(|key| address.with(|address| address.link(key.as_deref()))));
    let link = RwSignal::new(shown.get_untracked());
    Effect::new(move |_| link.set(shown.get()));
    let below = NodeRef::<Div>::new();
    let select = move || {
        if let Some(field) = field.try_get_untracked().flatten() {
            // An element that is on show takes the focus.
            let _ = field.focus();
            field.select();
            if let Some(code) = below.try_get_untracked().flatten() {
                focus::show(&code);
            }
        }
    };
    if selected {
        // Once the text is in the box.
        field.on_load(move |_| request_animation_frame(select));
    }
    let (copied, failed) = (RwSignal::new(false), RwSignal::new(false));
    let (said, keep_name) = (sharing.said, sharing.keep_name);
    let copy = move || {
        keep_name.run(());
        failed.set(false);
        spawn_local(async move {
            let done = files::copy(&shown.get_untracked()).await;
            // The dialog may have been closed meanwhile.
            let _ = copied.try_set(done);
            let _ = failed.try_set(!done);
            if done {
                let _ = said.try_set(Some(t("share.copied")));
            } else {
                select();
            }
        });
    };
    let code = RwSignal::new(false);
    view! {
        <div class="share-link">
            <TextField
                label=move || t("share.link")
                value=link
                read_only=true
                node_ref=field
                hint=Signal::derive(move || Some(hint.get()))
            />
            <Button
                label=move || if copied.get() { t("share.copied") } else { t("share.copy") }
                icon=IconName::Copy
                on_press=copy
            />
        </div>
        {move || failed.get().then(|| view! {
            <Banner tone=Tone::Problem title=move || t("share.copy_failed")/>
        })}
        <div class="share-code" node_ref=below>
            <Button
                label=move || t(if code.get() { "share.hide_code" } else { "share.show_code" })
                look=ButtonLook::Quiet
                on_press=move || code.update(|code| *code = !*code)
            />
            {move || code.get().then(|| view! { <QrCode text=shown/> })}
        </div>
    }
}
