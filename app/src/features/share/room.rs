//! What the server's address means for those who open a link: in a room without internet, over a
//! network that others share, on this computer alone.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::Sharing;
use crate::i18n::{t, tf};
use crate::ui::{Banner, Tone};

/// What there is to say; the links of a room are made for its address.
#[component]
pub(super) fn RoomNotice(
    /// What the parts of the dialog share.
    sharing: Sharing,
) -> impl IntoView {
    let address = sharing.address;
    let in_room = RwSignal::new(false);
    spawn_local(async move {
        let addresses = sharing.node.room().await;
        // The dialog may have been closed meanwhile.
        if let Some(first) = addresses.first()
            && in_room.try_set(true).is_none()
            && address.try_with_untracked(|address| address.is_loopback()) == Some(true)
        {
            let _ = address.try_update(|address| *address = address.at(first));
        }
    });
    move || {
        let (loopback, plain) = address.with(|it| (it.is_loopback(), it.is_plain()));
        let host = address.with(|it| it.host().to_owned());
        let origin = address.with(|it| it.origin().to_owned());
        match (in_room.get(), loopback, plain) {
            (_, true, _) => Some(view! {
                <Banner
                    tone=Tone::Warning
                    title=move || t("share.loopback")
                    detail=Signal::derive(move || Some(tf("share.loopback_more", &[("host", &host)])))
                />
            }
            .into_any()),
            (true, false, _) => Some(view! {
                <Banner
                    title=move || tf("share.room", &[("address", &origin)])
                    detail=Signal::derive(move || Some(t(if plain { "share.plain_more" } else { "share.room_more" })))
                />
            }
            .into_any()),
            (false, false, true) => Some(view! {
                <Banner
                    tone=Tone::Warning
                    title=move || t("share.plain")
                    detail=Signal::derive(|| Some(t("share.plain_more")))
                />
            }
            .into_any()),
            (false, false, false) => None,
        }
    }
}
