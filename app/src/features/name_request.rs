//! The question who one is, put once on a device to whoever came by somebody's link: until it is
//! answered, others see "Someone".
//!
//! Invariant: it waits beside the work. It takes no focus, hides nothing, and can be waved aside;
//! "People here" leads to the same answer at any time.

use domain::Hue;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent};

use crate::features::hue_swatches;
use crate::i18n::{t, tf};
use crate::platform::{Device, settings};
use crate::ui::{Button, ButtonLook, ColourPicker, TextField, unique_id};

/// The question, below the view.
#[component]
pub(crate) fn NameRequest(
    /// This device, which keeps the answer.
    device: Device,
    /// The colours of those who are here: another is proposed.
    taken: Vec<Hue>,
    /// Whether it has been answered or waved aside.
    asked: RwSignal<bool>,
) -> impl IntoView {
    let me = device.identity().get_untracked();
    let (name, colour) = (
        RwSignal::new(me.name),
        RwSignal::new(free_colour(me.colour, &taken)),
    );
    let field = NodeRef::<Input>::new();
    let done = move || {
        settings::set_name_asked();
        asked.set(true);
        focus_view();
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if name.with_untracked(|name| name.trim().is_empty()) {
            if let Some(field) = field.get_untracked() {
                // What is on show takes the focus.
                let _ = field.focus();
            }
            return;
        }
        device.set_identity(&name.get_untracked(), colour.get_untracked());
        done();
    };
    let heading = unique_id("name-request");
    let someone = t("people.someone");
    view! {
        <section class="name-request" data-region="" aria-labelledby=heading.clone()>
            <form on:submit=submit>
                <div class="name-request-words">
                    <h2 id=heading.clone()>{move || tf("person.request", &[("someone", &someone)])}</h2>
                    <p>{move || t("person.request_more")}</p>
                </div>
                <TextField label=move || t("person.name") value=name placeholder=Signal::derive(|| Some(t("person.name"))) autocomplete="name" node_ref=field/>
                <ColourPicker
                    label=move || t("person.colour")
                    swatches=hue_swatches
                    solid=true
                    value=Signal::derive(move || colour.get().name().to_owned())
                    on_choose=move |chosen: String| colour.set(chosen.into())
                />
                <div class="name-request-answers">
                    <Button label=move || t("person.later") look=ButtonLook::Quiet on_press=done/>
                    <Button label=move || t("person.done") submit=true/>
                </div>
            </form>
        </section>
    }
}

/// The person's own colour, or one that nobody else here has.
fn free_colour(own: Hue, taken: &[Hue]) -> Hue {
    if !taken.contains(&own) {
        return own;
    }
    let free = Hue::ALL.into_iter().find(|hue| !taken.contains(hue));
    free.unwrap_or(own)
}

/// What had the focus is gone: the view takes it.
fn focus_view() {
    let view = document().get_element_by_id("main");
    if let Some(view) = view.and_then(|view| view.dyn_into::<HtmlElement>().ok()) {
        // It takes the focus, though it is no tab stop.
        let _ = view.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_proposed_that_nobody_else_has() {
        assert_eq!(free_colour(Hue::Blue, &[Hue::Red]), Hue::Blue);
        assert_eq!(
            free_colour(Hue::Yellow, &[Hue::Yellow, Hue::Orange]),
            Hue::Red
        );
        assert_eq!(free_colour(Hue::Blue, &Hue::ALL), Hue::Blue);
    }
}
