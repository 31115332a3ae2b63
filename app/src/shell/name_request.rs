//! Where and when it is asked who one is: in a workspace that came by somebody's link, as long as
//! nobody has said it on this device. The code comes with that of the dialogs.

use domain::Hue;
use futures_util::FutureExt;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::Access;

use super::piece::Piece;
use crate::features::name_request::NameRequest as Question;
use crate::platform::{Availability, Device, Node, settings};
use crate::ui::install_icons;

/// The question; nothing where it needs not be put.
#[component]
pub(super) fn NameRequest(
    /// This device, which keeps the answer.
    device: Device,
    /// The workspace.
    node: Node,
) -> impl IntoView {
    let asked = RwSignal::new(settings::name_asked());
    let (identity, there) = (device.identity(), node.availability.clone());
    let from_somebody = !node.is_made_here();
    let access = node.workspace.access();
    let due = Memo::new(move |_| {
        let is_there = there.with(|it| matches!(it, Availability::Painted | Availability::Ready));
        // Whose link has ended is seen by nobody.
        let is_seen = !matches!(access.get(), Access::Ended(_));
        from_somebody
            && is_there
            && is_seen
            && !asked.get()
            && identity.with(|me| me.name.is_empty())
    });
    let (colleagues, me) = (node.colleagues.clone(), device.identity());
    let piece = Piece::new();
    move || {
        // Without its code nobody is asked; the next opening asks.
        if !due.get() || !piece.is_here(fetch_question(), || {}) {
            return None;
        }
        // With its code here, the future is done at once.
        let me = me.with_untracked(|me| me.person.clone());
        let taken = colleagues.with_untracked(|all| {
            let others = all.iter().filter(|one| one.person != me);
            others.map(|one| one.colour).collect()
        });
        put(device.clone(), taken, asked).now_or_never()?.ok()
    }
}

/// The question itself.
#[wasm_split(dialogs, fallible, preload(fetch_question))]
fn put(
    device: Device,
    taken: Vec<Hue>,
    asked: RwSignal<bool>,
) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    Ok(view! { <Question device=device taken=taken asked=asked/> }.into_any())
}
