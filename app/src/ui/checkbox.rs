//! A box to tick, and a group of them.

use super::unique_id;
use leptos::prelude::*;

/// A labelled checkbox.
#[component]
pub fn Checkbox(
    /// What ticking it says.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with what a person made of it.
    #[prop(into)]
    on_change: UnsyncCallback<bool>,
    /// What helps to decide.
    #[prop(into, optional)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let id = unique_id("check");
    let hint_id = format!("{id}-hint");
    let described = {
        let hint_id = hint_id.clone();
        move || hint.get().map(|_| hint_id.clone())
    };
    view! {
        <div class="ui-check">
            <input
                type="checkbox"
                id=id.clone()
                aria-describedby=described
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label for=id>{label}</label>
            {move || hint.get().map(|hint| view! { <p class="ui-hint" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
}

/// Checkboxes that answer one question.
#[component]
pub fn CheckGroup(
    /// The question.
    #[prop(into)]
    label: Signal<String>,
    /// What helps to answer.
    #[prop(into, optional)]
    hint: MaybeProp<String>,
    /// The boxes.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="ui-checks">
            <legend class="ui-label">{label}</legend>
            {move || hint.get().map(|hint| view! { <p class="ui-hint">{hint}</p> })}
            {children()}
        </fieldset>
    }
}
