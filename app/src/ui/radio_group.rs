//! One choice of a few, all in sight.

use super::unique_id;
use leptos::prelude::*;

/// One of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioOption {
    /// What the group's value becomes.
    pub value: String,
    /// The words.
    pub label: String,
    /// What choosing it means.
    pub hint: Option<String>,
}

/// A group of radio buttons.
#[component]
pub fn RadioGroup(
    /// What is being chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices.
    #[prop(into)]
    options: Signal<Vec<RadioOption>>,
    /// The value chosen.
    value: RwSignal<String>,
    /// Whether the choices stand side by side.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let name = unique_id("radio");
    let label_id = format!("{name}-label");
    let rows = move || {
        let name = name.clone();
        options
            .get()
            .into_iter()
            .map(|option| {
                let chosen = option.value.clone();
                let mine = option.value.clone();
                let id = unique_id("option");
                let hint_id = format!("{id}-hint");
                view! {
                    <div class="ui-radio">
                        <input
                            type="radio"
                            id=id.clone()
                            name=name.clone()
                            value=option.value
                            aria-describedby=option.hint.is_some().then(|| hint_id.clone())
                            prop:checked=move || value.get() == mine
                            on:change=move |_| value.set(chosen.clone())
                        />
                        <label for=id>{option.label}</label>
                        {option.hint.map(|hint| view! { <p class="ui-hint" id=hint_id>{hint}</p> })}
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="ui-radios" role="radiogroup" aria-labelledby=label_id data-inline=inline.then_some("true")>
            <legend class="ui-label" id=label_id.clone()>{label}</legend>
            {rows}
        </fieldset>
    }
}
