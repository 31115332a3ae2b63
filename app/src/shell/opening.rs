//! A workspace that is being opened, and then its frame: the documents, their sync and their views,
//! all of which is code that comes with the first workspace.

use futures_util::FutureExt;
use futures_util::future::join;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::frame::Frame;
use super::navigation::Navigator;
use super::piece::Piece;
use crate::i18n;
use crate::platform::{Device, Node, WorkerUpdate, assets};

/// Fetches what a workspace is drawn with, and tells whether it is here.
pub(super) async fn fetch() -> bool {
    matches!(
        join(fetch_workspace(), assets::install_catalogue()).await,
        (Ok(()), Ok(()))
    )
}

/// Fetches what other canvases than the first show, and tells whether it is here.
pub(super) async fn fetch_canvases() -> bool {
    matches!(
        join(i18n::load_more(), assets::install_canvases()).await,
        (Ok(()), Ok(()))
    )
}

/// The page `/w/…`; nothing while its code is on its way, and an explanation when that cannot be had.
pub(super) fn page(
    piece: Piece,
    device: Device,
    id: DocumentId,
    navigator: Navigator,
    update: WorkerUpdate,
) -> Option<AnyView> {
    // With its code here, the future is done at once.
    piece.page(fetch(), || {
        draw(device, id, navigator, update).now_or_never()?.ok()
    })
}

/// The page itself.
#[wasm_split(workspace, fallible, preload(fetch_workspace))]
fn draw(
    device: Device,
    id: DocumentId,
    navigator: Navigator,
    update: WorkerUpdate,
) -> Result<AnyView, SplitLoaderError> {
    let node = RwSignal::new_local(None::<Node>);
    let opening = device.clone();
    spawn_local(async move {
        let opened = Node::open(&opening, id).await;
        // The page may have been left meanwhile; then the node closes again.
        let _ = node.try_set(Some(opened));
    });
    let frame = move || {
        node.get().map(|node| {
            view! { <Frame device=device.clone() node=node navigator=navigator update=update.clone()/> }
        })
    };
    Ok(frame.into_any())
}
