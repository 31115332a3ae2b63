//! One choice of many, in the browser's own list.

use super::{Icon, IconName, unique_id};
use leptos::prelude::*;

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What the value becomes.
    pub value: String,
    /// The words.
    pub label: String,
}

/// A labelled native select.
#[component]
pub fn Select(
    /// What is being chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// The value chosen.
    #[prop(into)]
    value: Signal<String>,
    /// What helps to choose.
    #[prop(into, optional)]
    hint: MaybeProp<String>,
    /// Called with the value that a person chose.
    #[prop(into)]
    on_choose: UnsyncCallback<String>,
) -> impl IntoView {
    let id = unique_id("select");
    let hint_id = format!("{id}-hint");
    let described = {
        let hint_id = hint_id.clone();
        move || hint.get().map(|_| hint_id.clone())
    };
    let rows = move || {
        let current = value.get();
        options
            .get()
            .into_iter()
            .map(|option| {
                let selected = option.value == current;
                view! { <option value=option.value prop:selected=selected>{option.label}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="ui-field">
            <label class="ui-label" for=id.clone()>{label}</label>
            <span class="ui-select">
                <select id=id class="ui-input" aria-describedby=described on:change=move |event| on_choose.run(event_target_value(&event))>
                    {rows}
                </select>
                <Icon name=IconName::ChevronDown/>
            </span>
            {move || hint.get().map(|hint| view! { <p class="ui-hint" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
}
