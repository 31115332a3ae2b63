//! Becoming the owner of a workspace that nobody owns.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::Access;

use super::Sharing;
use super::refusal::{Refusal, Refused};
use super::wording;
use crate::features::use_session;
use crate::i18n::t;
use crate::platform::api::ApiError;
use crate::ui::{Banner, Button};

/// What it means, and the button that does it.
#[component]
pub(super) fn Claim(
    /// What the parts of the dialog share.
    sharing: Sharing,
) -> impl IntoView {
    let refused = Refused::new();
    let busy = RwSignal::new(false);
    let access = use_session().workspace().access();
    let unserved = move || access.get() == Access::Unserved;
    let explained = move || {
        Some(t(if unserved() {
            "share.claim_unserved"
        } else {
            "share.claim_more"
        }))
    };
    let claim = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let token = refused.try_again();
        let sharing = sharing.clone();
        spawn_local(async move {
            let outcome = sharing.node.claim(token.as_deref()).await;
            // The dialog may have been closed meanwhile.
            let _ = busy.try_set(false);
            refused.came_to(outcome.err());
            if outcome.is_ok() {
                let _ = sharing.said.try_set(Some(t("share.claimed")));
            }
        });
    };
    let words = |error| match error {
        ApiError::NotFound => (t("share.owned"), t("share.owned_more")),
        other => wording::problem(other),
    };
    view! {
        <Banner title=move || t("share.unowned") detail=Signal::derive(explained)>
            <Button label=move || t("share.claim") disabled=busy on_press=claim/>
        </Banner>
        <Refusal refused=refused words=words/>
    }
}
