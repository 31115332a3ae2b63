//! Short messages at the edge of the window.

use super::{Action, Button, ButtonLook, Icon, IconButton, IconName, Tone};
use crate::i18n::t;
use leptos::prelude::*;

/// One message.
#[derive(Clone)]
pub struct ToastItem {
    /// Numbered by whoever keeps the list.
    pub id: u64,
    /// What it says.
    pub words: Signal<String>,
    /// How it says it.
    pub tone: Tone,
    /// The words of its button and what it does.
    pub action: Option<(Signal<String>, Action)>,
}

/// The place where messages appear. Who keeps the list takes them away in time.
#[component]
pub fn ToastRegion(
    /// The messages, oldest first.
    #[prop(into)]
    items: Signal<Vec<ToastItem>, LocalStorage>,
    /// Called with the id of a message that a person dismissed.
    #[prop(into)]
    on_dismiss: UnsyncCallback<u64>,
) -> impl IntoView {
    view! {
        <div class="ui-toasts">
            <For each=move || items.get() key=|item| item.id let:item>
                <div class="ui-toast" role=item.tone.role() data-tone=item.tone.name()>
                    <Icon name=item.tone.icon()/>
                    <p>{item.words}</p>
                    {item.action.map(|(label, run)| view! { <Button label=label look=ButtonLook::Quiet on_press=run/> })}
                    <IconButton label=move || t("ui.dismiss") icon=IconName::X on_press=move || on_dismiss.run(item.id)/>
                </div>
            </For>
        </div>
    }
}
