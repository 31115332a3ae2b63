//! Who shares: a name and a colour, asked for at the first time and kept on this device.

use domain::Hue;
use leptos::prelude::*;
use workspace::Dialog as Opened;

use crate::features::{PersonFields, use_session};
use crate::i18n::{t, tf};
use crate::platform::Device;
use crate::ui::{Button, ButtonLook};

/// The person at this device, who may not have said their name yet.
#[derive(Clone)]
pub(super) struct Who {
    known: Option<String>,
    name: RwSignal<String>,
    colour: RwSignal<Hue>,
}

impl Who {
    /// As the device knows them.
    pub(super) fn new(device: &Device) -> Self {
        let me = device.identity().get_untracked();
        Self {
            known: (!me.name.is_empty()).then(|| me.name.clone()),
            name: RwSignal::new(me.name),
            colour: RwSignal::new(me.colour),
        }
    }

    /// Keeps the name that was typed, if there was none before.
    pub(super) fn keep(&self, device: &Device) -> Callback<()> {
        let (who, device) = (self.clone(), StoredValue::new_local(device.clone()));
        Callback::new(move |()| {
            let chosen = who.name.get_untracked();
            if who.known.is_none() && !chosen.trim().is_empty() {
                device.with_value(|device| {
                    device.set_identity(&chosen, who.colour.get_untracked());
                });
            }
        })
    }
}

/// Says who shares, or asks.
#[component]
pub(super) fn Person(
    /// Who it is.
    who: Who,
    /// Keeps a name that was typed.
    keep_name: Callback<()>,
) -> impl IntoView {
    let Who {
        known,
        name,
        colour,
    } = who;
    match known {
        Some(known) => {
            let opening = use_session();
            view! {
                <p class="share-person">
                    <span>{move || tf("share.as", &[("name", &known)])}</span>
                    <Button
                        label=move || t("share.change_person")
                        look=ButtonLook::Quiet
                        on_press=move || opening.open(Opened::Profile)
                    />
                </p>
            }
            .into_any()
        }
        None => view! {
            <PersonFields
                name=name
                colour=colour
                on_colour=move |chosen| {
                    colour.set(chosen);
                    keep_name.run(());
                }
                // The box may be on its way out of the page.
                on_blur=move || {
                    let _ = keep_name.try_run(());
                }
            />
        }
        .into_any(),
    }
}
