//! Several lines of text that grow with what is written.

use super::unique_id;
use leptos::{html, prelude::*};

/// A labelled text of several lines, as tall as its text.
#[component]
pub fn TextArea(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    value: RwSignal<String>,
    /// What helps to answer.
    #[prop(into, optional)]
    hint: MaybeProp<String>,
    /// Lines shown when it is empty.
    #[prop(default = 3)]
    rows: u32,
    /// Called when the focus leaves it.
    #[prop(into, optional)]
    on_blur: Option<super::Action>,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let id = unique_id("area");
    let hint_id = format!("{id}-hint");
    let described = {
        let hint_id = hint_id.clone();
        move || hint.get().map(|_| hint_id.clone())
    };
    view! {
        <div class="ui-field">
            <label class="ui-label" for=id.clone()>{label}</label>
            // Without `field-sizing` the box keeps its rows and scrolls.
            <textarea
                node_ref=node_ref
                id=id
                class="ui-input ui-area"
                rows=rows
                prop:value=move || value.get()
                aria-describedby=described
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        // The box may be on its way out of the page.
                        let _ = on_blur.try_run(());
                    }
                }
            ></textarea>
            {move || hint.get().map(|hint| view! { <p class="ui-hint" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
}
