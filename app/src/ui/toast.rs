//! Short messages at the edge of the window.

use super::{Button, ButtonLook, Icon, IconButton, IconName, Tone};
use crate::i18n::t;
use leptos::prelude::*;
use std::sync::Arc;

/// What a message's button does.
pub type Press = Arc<dyn Fn() + Send + Sync>;

/// One message. It may outlive the run of the closure that made it, since its row stays while
/// others come and go: so nothing in it belongs to that run.
#[derive(Clone)]
pub struct ToastItem {
    /// Numbered by whoever keeps the list.
    pub id: u64,
    /// What it says.
    pub words: ArcSignal<String>,
    /// How it says it.
    pub tone: Tone,
    /// The words of its button and what it does.
    pub action: Option<(ArcSignal<String>, Press)>,
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
                    <p>{move || item.words.get()}</p>
                    {item.action.map(|(label, run)| {
                        view! { <Button label=move || label.get() look=ButtonLook::Quiet on_press=move || run()/> }
                    })}
                    <IconButton label=move || t("ui.dismiss") icon=IconName::X on_press=move || on_dismiss.run(item.id)/>
                </div>
            </For>
        </div>
    }
}
