//! The start page within the shell: its words for the window's title, its way to a workspace.

use std::rc::Rc;

use futures_util::FutureExt;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use super::appearance_menu::AppearanceMenu;
use super::navigation::{Arrival, Navigator};
use super::notices::UpdateNotice;
use super::piece::Piece;
use super::route::Route;
use super::title::use_title;
use crate::features::start::{Destination, StartPage};
use crate::i18n::t;
use crate::platform::{Device, WorkerUpdate};
use crate::ui::{Banner, Tone, install_icons};

/// The page `/`; nothing while its code is on its way, and an explanation when that cannot be had.
pub(super) fn page(
    piece: Piece,
    device: Device,
    navigator: Navigator,
    update: WorkerUpdate,
) -> Option<AnyView> {
    let coming = async { fetch_start().await.is_ok() };
    // With its code here, the future is done at once.
    piece.page(coming, || {
        draw(device, navigator, update).now_or_never()?.ok()
    })
}

/// The page itself.
#[wasm_split(start, fallible, preload(fetch_start))]
fn draw(
    device: Device,
    navigator: Navigator,
    update: WorkerUpdate,
) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    use_title(|| vec![t("start.title")]);
    let open = Callback::new(move |to: Destination| {
        let route = match to.view {
            Some(view) => Route::view(to.document, view),
            None => Route::workspace(to.document),
        };
        navigator.go(route, Arrival::Heading);
    });
    let address = |id: &DocumentId| Route::workspace(*id).path();
    let missing = RwSignal::new(false);
    let appearance = move || {
        // The page may have been left meanwhile.
        let tell = move || {
            let _ = missing.try_set(true);
        };
        view! { <AppearanceMenu missing=Rc::new(tell)/> }
    };
    Ok(view! {
        <StartPage device=device.clone() open=open address=address appearance=appearance>
            <UpdateNotice device=device update=update/>
            {move || missing.get().then(|| view! {
                <Banner tone=Tone::Problem title=move || t("toast.part_missing")/>
            })}
        </StartPage>
    }
    .into_any())
}
