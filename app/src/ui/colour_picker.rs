//! A choice of colour by name: every swatch says its colour in words.

use super::unique_id;
use leptos::prelude::*;

/// One colour to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swatch {
    /// The hue's name in the style sheets, such as `yellow`; the value chosen.
    pub value: String,
    /// The colour in words.
    pub label: String,
}

/// A group of radio buttons that look like their colours.
#[component]
pub fn ColourPicker(
    /// What is being coloured.
    #[prop(into)]
    label: Signal<String>,
    /// The colours.
    #[prop(into)]
    swatches: Signal<Vec<Swatch>>,
    /// Whether they are shown as people's strong colours and not as paper.
    #[prop(optional)]
    solid: bool,
    /// The value chosen; empty for none.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that a person chose.
    #[prop(into)]
    on_choose: UnsyncCallback<String>,
) -> impl IntoView {
    let name = unique_id("colour");
    let label_id = format!("{name}-label");
    let rows = move || {
        let name = name.clone();
        swatches
            .get()
            .into_iter()
            .map(|swatch| {
                let mine = swatch.value.clone();
                let chosen = swatch.value.clone();
                view! {
                    <input
                        type="radio"
                        class="ui-swatch"
                        name=name.clone()
                        value=swatch.value.clone()
                        data-hue=swatch.value
                        data-tip=swatch.label.clone()
                        aria-label=swatch.label
                        prop:checked=move || value.get() == mine
                        on:change=move |_| on_choose.run(chosen.clone())
                    />
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="ui-swatches" role="radiogroup" aria-labelledby=label_id data-solid=solid.then_some("true")>
            <legend class="ui-label" id=label_id.clone()>{label}</legend>
            <div class="ui-swatch-row">{rows}</div>
        </fieldset>
    }
}
