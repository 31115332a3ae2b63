//! The shell: reads the address, opens the device, and mounts the page that belongs there.
//!
//! It is the only part that knows every other: features come in here, and nowhere else.

mod announcer;
mod appearance;
mod appearance_menu;
mod command_button;
mod dialogs;
mod finding;
mod frame;
mod introduction;
mod keys;
mod later;
mod name_request;
mod navigation;
mod notices;
mod onlookers;
mod opening;
mod pages;
mod palette;
mod piece;
mod regions;
mod requests;
mod review;
mod rights;
mod route;
mod shortcuts;
mod start;
mod title;
mod toasts;
mod views_shown;
mod words;

use futures_util::future::join;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::platform::assets::{self, AssetError};
use crate::platform::{Device, WorkerUpdate};
use crate::ui::Tooltips;
use navigation::Navigator;
use pages::UnknownPage;
use piece::Piece;
use route::Route;

/// Mounts the app in the page's `#app`, in the place of the picture that was there before it, once
/// its words and its storage are there, and what the page at hand is drawn with.
pub(crate) fn mount() {
    spawn_local(async {
        match join(prepare(), Device::open()).await {
            (Ok(()), device) => draw(device),
            (Err(error), _) => assets::cannot_start(&error),
        }
    });
}

/// What nothing can be drawn without. The page has begun to fetch it already.
async fn prepare() -> Result<(), AssetError> {
    // What does not come now is asked for again, and told, by the page itself.
    let route = navigation::current();
    let words = async {
        let applied = appearance::apply().await;
        if let Route::Workspace { view, .. } = &route
            && view.as_str() != route::DEFAULT_VIEW
        {
            opening::fetch_canvases().await;
        }
        applied
    };
    let page = async {
        match &route {
            Route::Workspace { .. } => opening::fetch().await,
            Route::Start | Route::Unknown { .. } => true,
        }
    };
    join(words, page).await.0
}

fn draw(device: Device) {
    let root = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into::<HtmlElement>().ok())
        .or_else(|| document().body());
    if let Some(root) = root {
        root.set_inner_html("");
        mount_to(root, move || view! { <Shell device=device/> }).forget();
    }
}

/// Which page belongs to the address; views of one workspace are one page.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Page {
    Start,
    Workspace(DocumentId),
    Unknown(String),
}

/// The whole app.
#[component]
fn Shell(device: Device) -> impl IntoView {
    let navigator = Navigator::install();
    let update = WorkerUpdate::watch();
    let route = navigator.route();
    let page = Memo::new(move |_| match route.get() {
        Route::Start => Page::Start,
        Route::Workspace { document, .. } => Page::Workspace(document),
        Route::Unknown { path } => Page::Unknown(path),
    });
    let (start, opening) = (Piece::new(), Piece::new());
    view! {
        {move || {
            let (device, update) = (device.clone(), update.clone());
            match page.get() {
                Page::Start => start::page(start, device, navigator, update),
                Page::Workspace(id) => opening::page(opening, device, id, navigator, update),
                Page::Unknown(path) => Some(view! { <UnknownPage path=path/> }.into_any()),
            }
        }}
        <Tooltips/>
    }
}
