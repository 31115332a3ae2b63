//! Who one is to others, as fields: a name and a colour.

use domain::Hue;
use leptos::prelude::*;

use super::hue_swatches;
use crate::i18n::t;
use crate::ui::{Action, ColourPicker, TextField};

/// The fields for a person's name and colour.
#[component]
pub(crate) fn PersonFields(
    /// The name as it stands in the box.
    name: RwSignal<String>,
    /// The colour.
    #[prop(into)]
    colour: Signal<Hue>,
    /// Called with the colour that the person chose.
    #[prop(into)]
    on_colour: UnsyncCallback<Hue>,
    /// Called when the focus leaves the name.
    #[prop(into, optional)]
    on_blur: Option<Action>,
) -> impl IntoView {
    let left = move || {
        if let Some(on_blur) = &on_blur {
            on_blur.run(());
        }
    };
    view! {
        <TextField
            label=move || t("person.name")
            value=name
            hint=Signal::derive(|| Some(t("person.hint")))
            autofocus=true
            autocomplete="name"
            on_blur=left
        />
        <ColourPicker
            label=move || t("person.colour")
            swatches=hue_swatches
            solid=true
            value=Signal::derive(move || colour.get().name().to_owned())
            on_choose=move |chosen: String| on_colour.run(Hue::from(chosen))
        />
    }
}
