//! Changing a link: its role, its label, its end. It acts at once on whoever came by it.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::Role;

use super::Sharing;
use super::new_link::server_now;
use super::wording;
use crate::i18n::t;
use crate::platform::api::{ApiError, Link, Wanted};
use crate::ui::{Action, Button, ButtonLook, Select, SelectOption, TextField, focus};

/// As the link ends now.
const AS_IT_IS: &str = "kept";

/// The form below a link.
#[component]
pub(super) fn ChangeLink(
    /// What the parts of the dialog share.
    sharing: Sharing,
    /// The link as it is.
    link: Link,
    /// Where a refusal is told.
    error: RwSignal<Option<ApiError>>,
    /// Closes the form.
    #[prop(into)]
    on_close: Action,
    /// Called when nothing is to be changed.
    #[prop(into)]
    on_cancel: Action,
) -> impl IntoView {
    let role = RwSignal::new(link.role.name().to_owned());
    let label = RwSignal::new(link.label.clone());
    let days = RwSignal::new(AS_IT_IS.to_owned());
    let ends = move || {
        let kept = SelectOption {
            value: AS_IT_IS.to_owned(),
            label: t("share.ends_as_before"),
        };
        std::iter::once(kept).chain(wording::ends()).collect()
    };
    let save = move || {
        let chosen = days.get_untracked();
        let expires = if chosen == AS_IT_IS {
            link.expires
        } else {
            wording::end(&chosen, server_now(&sharing))
        };
        let wanted = Wanted {
            role: Role::named(&role.get_untracked()).unwrap_or(link.role),
            label: label.get_untracked().trim().to_owned(),
            expires,
        };
        let (sharing, id) = (sharing.clone(), link.id.clone());
        spawn_local(async move {
            match sharing.node.change_link(&id, &wanted).await {
                Ok(()) => {
                    // The dialog may have been closed meanwhile.
                    let _ = on_close.try_run(());
                    let (links, said) = (&sharing.links, sharing.said);
                    links.changed(&id, said, t("share.saved")).await;
                }
                Err(problem) => {
                    let _ = error.try_set(Some(problem));
                }
            }
        });
    };
    let form = NodeRef::<Div>::new();
    form.on_load(|form| request_animation_frame(move || focus::enter(&form)));
    view! {
        <div class="share-terms" node_ref=form>
            <Select
                label=move || t("share.role")
                options=Signal::derive(wording::role_choices)
                value=role
                on_choose=move |chosen: String| role.set(chosen)
            />
            <TextField label=move || t("share.label") value=label/>
            <Select
                label=move || t("share.ends")
                options=Signal::derive(ends)
                value=days
                on_choose=move |chosen: String| days.set(chosen)
            />
            <Button label=move || t("start.cancel") look=ButtonLook::Quiet on_press=on_cancel/>
            <Button label=move || t("share.save") look=ButtonLook::Plain on_press=save/>
        </div>
    }
}
