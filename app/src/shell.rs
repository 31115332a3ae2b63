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
mod navigation;
mod notices;
mod onlookers;
mod pages;
mod palette;
mod piece;
mod regions;
mod requests;
mod review;
mod route;
mod shortcuts;
mod start;
mod title;
mod toasts;
mod words;

use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::platform::assets::{self, AssetError};
use crate::platform::{Device, Node, WorkerUpdate};
use crate::ui::Tooltips;
use frame::Frame;
use navigation::Navigator;
use pages::UnknownPage;
use piece::Piece;
use route::Route;

/// Mounts the app in the page's `#app`, in the place of the picture that was there before it, once
/// its words and its catalogue are there.
pub(crate) fn mount() {
    spawn_local(async {
        match prepare().await {
            Ok(()) => draw(),
            Err(error) => assets::cannot_start(&error),
        }
    });
}

/// What nothing can be drawn without. The page has begun to fetch it already.
async fn prepare() -> Result<(), AssetError> {
    appearance::apply().await?;
    let catalogue = assets::text("catalogue").await?;
    // One that does not read leaves an empty catalogue: each view says that it does not know it.
    let _ = domain::catalogue::install(&catalogue);
    Ok(())
}

fn draw() {
    let root = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into::<HtmlElement>().ok())
        .or_else(|| document().body());
    if let Some(root) = root {
        root.set_inner_html("");
        mount_to(root, Shell).forget();
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
fn Shell() -> impl IntoView {
    let navigator = Navigator::install();
    let update = WorkerUpdate::watch();
    let device = RwSignal::new_local(None::<Device>);
    spawn_local(async move {
        let opened = Device::open().await;
        // The page may have been left meanwhile.
        let _ = device.try_set(Some(opened));
    });
    let route = navigator.route();
    let page = Memo::new(move |_| match route.get() {
        Route::Start => Page::Start,
        Route::Workspace { document, .. } => Page::Workspace(document),
        Route::Unknown { path } => Page::Unknown(path),
    });
    let start = Piece::new();
    view! {
        {move || match (page.get(), device.get()) {
            (Page::Unknown(path), _) => Some(view! { <UnknownPage path=path/> }.into_any()),
            (_, None) => None,
            (Page::Start, Some(device)) => start::page(start, device, navigator, update.clone()),
            (Page::Workspace(id), Some(device)) => {
                Some(view! { <Opening device=device id=id navigator=navigator update=update.clone()/> }.into_any())
            }
        }}
        <Tooltips/>
    }
}

/// A workspace that is being opened, and then its frame.
#[component]
fn Opening(
    device: Device,
    id: DocumentId,
    navigator: Navigator,
    update: WorkerUpdate,
) -> impl IntoView {
    let node = RwSignal::new_local(None::<Node>);
    let opening = device.clone();
    spawn_local(async move {
        let opened = Node::open(&opening, id).await;
        // The page may have been left meanwhile; then the node closes again.
        let _ = node.try_set(Some(opened));
    });
    move || {
        node.get().map(|node| {
            view! { <Frame device=device.clone() node=node navigator=navigator update=update.clone()/> }
        })
    }
}
