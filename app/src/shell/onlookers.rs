//! Others on the canvas. Their code comes with the first of them, and goes out of use with the last.

use futures_util::FutureExt;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::piece::Piece;
use crate::features::presence::PresenceLayer;
use crate::platform::{Device, Identity, Node};
use crate::ui::install_icons;

/// The layer that shows them; nothing while nobody else is here.
#[component]
pub(super) fn Onlookers(
    /// This device, which knows its person.
    device: Device,
    /// The workspace.
    node: Node,
) -> impl IntoView {
    let (identity, colleagues) = (device.identity(), node.colleagues.clone());
    let observed = Memo::new(move |_| {
        let me = identity.with(|me| me.person.clone());
        colleagues.with(|all| all.iter().any(|one| one.person != me))
    });
    let identity = device.identity();
    let piece = Piece::new();
    move || {
        // Without its code nobody is shown; it is asked for again when somebody comes.
        if !observed.get() || !piece.is_here(fetch_presence(), || {}) {
            return None;
        }
        // With its code here, the future is done at once.
        draw(node.clone(), identity.get_untracked())
            .now_or_never()?
            .ok()
    }
}

/// The layer itself.
#[wasm_split(presence, fallible, preload(fetch_presence))]
fn draw(node: Node, me: Identity) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    Ok(view! { <PresenceLayer node=node me=me.person/> }.into_any())
}
