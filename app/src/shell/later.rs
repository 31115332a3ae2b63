//! The parts of the frame that come once the notes are on show: what goes beyond reading and writing
//! them. Their code comes with that of the work they ask for, [`Node::complete`].
//!
//! Each leaves its place empty until then, and is drawn there without anybody's asking.

use futures_util::FutureExt;
use futures_util::future::join;
use leptos::html::Input;
use leptos::prelude::*;
use sync::DocumentId;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::Session;

use super::announcer::Announcer;
use super::frame::bar::{NameAndHistory, SafetyAndSharing};
use super::frame::more::More;
use super::frame::search::SearchBox;
use super::frame::views::Views;
use super::name_request::NameRequest;
use super::notices::Notices;
use super::toasts::Toasts;
use crate::features::{is_complete, slots};
use crate::platform::{Device, Node, WorkerUpdate};
use crate::ui::install_icons;

/// One of the parts, with what it needs.
#[derive(Clone)]
pub(super) enum Part {
    /// The workspace's name, undo and redo.
    NameAndHistory(Session),
    /// The search box.
    Search(Session, NodeRef<Input>),
    /// Where the edits are safe, who is here, and the ways in and out.
    SafetyAndSharing(Session, Device, Node),
    /// The menu at the end of the bar.
    More(Session),
    /// The navigation, and whether it is open where it is a drawer.
    Views(Session, DocumentId, RwSignal<bool>),
    /// The banners above the canvas.
    Notices(Device, Node, Session, WorkerUpdate),
    /// The question who one is, below the canvas.
    NameRequest(Device, Node),
    /// What is told in passing, on the screen and to screen readers.
    Messages(Session),
}

/// Whether all parts can be drawn. Their code comes with the workspace's own; each entry to it has to be
/// told once that it is here.
pub(super) fn all_parts(node: &Node) -> ArcRwSignal<bool> {
    let (here, complete) = (node.complete.clone(), ArcRwSignal::new(false));
    let drawable = complete.clone();
    Effect::new(move |_| {
        if here.get() {
            let drawable = drawable.clone();
            spawn_local(async move {
                if let (Ok(()), Ok(())) = join(fetch_parts(), slots::fetch_parts()).await {
                    drawable.set(true);
                }
            });
        }
    });
    complete
}

/// The part, once its code is here and it is `wanted`.
pub(super) fn later(wanted: Signal<bool>, part: Part) -> AnyView {
    let complete = is_complete();
    let shown = Memo::new(move |_| complete.get() && wanted.get());
    (move || {
        shown
            .get()
            // With its code here, the future is done at once.
            .then(|| draw(part.clone()).now_or_never()?.ok())
            .flatten()
    })
    .into_any()
}

#[wasm_split(later, fallible, preload(fetch_parts))]
fn draw(part: Part) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    Ok(match part {
        Part::NameAndHistory(session) => view! { <NameAndHistory session=session/> }.into_any(),
        Part::Search(session, node) => {
            view! { <SearchBox session=session node=node/> }.into_any()
        }
        Part::SafetyAndSharing(session, device, node) => {
            view! { <SafetyAndSharing session=session device=device colleagues=node.colleagues.clone()/> }
                .into_any()
        }
        Part::More(session) => view! { <More session=session/> }.into_any(),
        Part::Views(session, document, open) => {
            view! { <Views document=document session=session open=open/> }.into_any()
        }
        Part::Notices(device, node, session, update) => {
            view! { <Notices device=device node=node session=session update=update/> }.into_any()
        }
        Part::NameRequest(device, node) => {
            view! { <NameRequest device=device node=node/> }.into_any()
        }
        Part::Messages(session) => {
            super::rights::follow(&session);
            view! {
                <Toasts session=session.clone()/>
                <Announcer session=session/>
            }
            .into_any()
        }
    })
}
