//! The dialog "Your name and colour": who one is to others, and how the app looks and speaks here.
//! Everything is kept on this device, at once.

use leptos::prelude::*;
use workspace::{Request, Theme};

use crate::features::{PersonFields, part_missing, speak, use_session};
use crate::i18n::{Language, language, t};
use crate::platform::{Device, settings};
use crate::ui::{
    Action, Button, ButtonLook, Dialog, DialogActions, RadioGroup, RadioOption, Select,
    SelectOption,
};

/// Changes name, colour, language and theme.
#[component]
pub(crate) fn ProfileDialog(
    /// This device, which keeps them.
    device: Device,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let identity = device.identity();
    let name = RwSignal::new(identity.with_untracked(|me| me.name.clone()));
    let keep = {
        let (device, identity) = (device.clone(), identity.clone());
        move || {
            let colour = identity.with_untracked(|me| me.colour);
            device.set_identity(&name.get_untracked(), colour);
        }
    };
    let colour = Signal::derive(move || identity.with(|me| me.colour));
    let colour_chosen = move |chosen| device.set_identity(&name.get_untracked(), chosen);
    let closed = {
        let keep = keep.clone();
        move || {
            keep();
            on_close.run(());
        }
    };
    let done = closed.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        done();
    };
    view! {
        <Dialog title=move || t("command.view.profile") on_close=closed>
            <form on:submit=submit>
                <PersonFields name=name colour=colour on_colour=colour_chosen on_blur=keep/>
                <ThemeChoice/>
                <LanguageChoice/>
                <DialogActions>
                    <Button label=move || t("person.done") look=ButtonLook::Primary submit=true/>
                </DialogActions>
            </form>
        </Dialog>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(settings::theme().unwrap_or_else(|| "system".to_owned()));
    Effect::new(move |before: Option<String>| {
        let name = chosen.get();
        // The first run only finds what is chosen already.
        if before.is_some_and(|before| before != name) {
            session.request(Request::UseTheme(match name.as_str() {
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => Theme::System,
            }));
        }
        name
    });
    let option = |value: &str, label| RadioOption {
        value: value.to_owned(),
        label,
        hint: None,
    };
    let options = move || {
        vec![
            option("system", t("person.theme_system")),
            option("light", t("person.theme_light")),
            option("dark", t("person.theme_dark")),
        ]
    };
    view! { <RadioGroup label=move || t("person.theme") options=options value=chosen inline=true/> }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let missing = part_missing(&use_session());
    // The pseudo-language is for those who build the app, and for whoever has it chosen already.
    let offered = |offered: &Language| {
        *offered != Language::Pseudo || cfg!(debug_assertions) || language() == Language::Pseudo
    };
    let options = move || {
        Language::ALL
            .into_iter()
            .filter(offered)
            .map(|offered| SelectOption {
                value: offered.code().to_owned(),
                label: offered.name().to_owned(),
            })
            .collect::<Vec<_>>()
    };
    let choose = move |code: String| {
        if let Some(chosen) = Language::from_code(&code) {
            speak(chosen, missing.clone());
        }
    };
    view! {
        <Select
            label=move || t("person.language")
            options=options
            value=Signal::derive(|| language().code().to_owned())
            on_choose=choose
        />
    }
}
