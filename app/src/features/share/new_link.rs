//! Making a link: what whoever has it may do, what it is called, when it ends.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::Role;

use super::Sharing;
use super::link_box::LinkBox;
use super::refusal::{Refusal, Refused};
use super::wording;
use crate::i18n::t;
use crate::platform::api::Wanted;
use crate::platform::clock;
use crate::ui::{Button, ButtonLook, DialogActions, IconName, RadioGroup, Select, TextField};

/// The form, and the link once it is made.
#[component]
pub(super) fn NewLink(
    /// What the parts of the dialog share.
    sharing: Sharing,
) -> impl IntoView {
    let role = RwSignal::new(Role::Edit.name().to_owned());
    let label = RwSignal::new(String::new());
    let days = RwSignal::new("0".to_owned());
    let made = RwSignal::new(None::<String>);
    let refused = Refused::new();
    let busy = RwSignal::new(false);
    let create = {
        let sharing = sharing.clone();
        move || {
            if busy.get_untracked() {
                return;
            }
            sharing.keep_name.run(());
            busy.set(true);
            let token = refused.try_again();
            let wanted = Wanted {
                role: Role::named(&role.get_untracked()).unwrap_or(Role::View),
                label: label.get_untracked().trim().to_owned(),
                expires: wording::end(&days.get_untracked(), server_now(&sharing)),
            };
            let sharing = sharing.clone();
            spawn_local(async move {
                let outcome = (sharing.node).create_link(&wanted, token.as_deref()).await;
                // The dialog may have been closed meanwhile.
                let _ = busy.try_set(false);
                refused.came_to(outcome.as_ref().err().copied());
                if let Ok(key) = outcome {
                    let _ = made.try_set(Some(key));
                    // The next link is another's: what was said of this one is not said of it.
                    let _ = label.try_set(String::new());
                    let _ = days.try_set("0".to_owned());
                    let _ = sharing.said.try_set(Some(t("share.ready")));
                    sharing.links.read_again();
                }
            });
        }
    };
    // What was chosen afterwards is not what the link in sight lets people do.
    Effect::new(move |before: Option<()>| {
        role.track();
        if before.is_some() {
            made.set(None);
        }
    });
    let boxed = {
        let sharing = sharing.clone();
        move || {
            let (sharing, key) = (sharing.clone(), made.get());
            key.map(|key| {
                view! { <LinkBox sharing=sharing key=Signal::stored(Some(key)) hint=Signal::derive(|| t("share.once")) selected=true/> }
            })
        }
    };
    view! {
        <RadioGroup label=move || t("share.people") options=wording::role_radios value=role/>
        <div class="share-terms">
            <TextField
                label=move || t("share.label")
                value=label
                placeholder=Signal::derive(|| Some(t("share.label_example")))
            />
            <Select
                label=move || t("share.ends")
                options=Signal::derive(wording::ends)
                value=days
                on_choose=move |chosen: String| days.set(chosen)
            />
        </div>
        <Refusal refused=refused words=wording::not_made/>
        <DialogActions>
            <Button
                label=move || t("share.create")
                look=ButtonLook::Primary
                icon=IconName::Link
                disabled=busy
                on_press=create
            />
        </DialogActions>
        {boxed}
    }
}

/// The time on the server's clock, by which links end.
pub(super) fn server_now(sharing: &Sharing) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit a double for ages to come"
    )]
    let here = clock::now() as f64;
    here + sharing.node.server_ahead()
}
