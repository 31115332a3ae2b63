//! A line of text with its label, a hint and an error.

use super::unique_id;
use leptos::{html, prelude::*};

/// A labelled line of text.
#[component]
pub fn TextField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// The text.
    value: RwSignal<String>,
    /// What helps to answer.
    #[prop(into, optional)]
    hint: MaybeProp<String>,
    /// What is wrong with the text and what to do; announced.
    #[prop(into, optional)]
    error: MaybeProp<String>,
    /// An example in the empty field.
    #[prop(into, optional)]
    placeholder: MaybeProp<String>,
    /// The browser's kind of entry, such as `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Whether the text can only be read and copied.
    #[prop(optional)]
    read_only: bool,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// Whether the browser may offer what was typed before: a token such as `name`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Called when the focus leaves it.
    #[prop(into, optional)]
    on_blur: Option<super::Action>,
    /// The element, for those who need to select its text.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = unique_id("field");
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let shown = [
                (hint.get().is_some(), &hint_id),
                (error.get().is_some(), &error_id),
            ];
            let ids: Vec<&str> = shown
                .into_iter()
                .filter_map(|(shown, id)| shown.then_some(id.as_str()))
                .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="ui-field">
            <label class="ui-label" for=id.clone()>{label}</label>
            <input
                node_ref=node_ref
                id=id
                type=kind
                class="ui-input"
                prop:value=move || value.get()
                readonly=read_only
                autofocus=autofocus
                autocomplete=autocomplete
                placeholder=move || placeholder.get()
                aria-describedby=described
                aria-invalid=move || error.get().is_some().then_some("true")
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| {
                    if let Some(on_blur) = on_blur {
                        // The box may be on its way out of the page.
                        let _ = on_blur.try_run(());
                    }
                }
            />
            {move || hint.get().map(|hint| view! { <p class="ui-hint" id=hint_id.clone()>{hint}</p> })}
            {move || error.get().map(|error| view! { <p class="ui-error" role="alert" id=error_id.clone()>{error}</p> })}
        </div>
    }
}
