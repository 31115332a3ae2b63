//! The dialog that the session names; one at a time. Their code comes with the first of them.

use futures_util::FutureExt;
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::{Dialog, Session};

use super::introduction::introduce;
use super::palette::Palette;
use super::piece::Piece;
use super::shortcuts::Shortcuts;
use crate::features::about::AboutDialog;
use crate::features::decide::DecideDialog;
use crate::features::details::DetailsDialog;
use crate::features::link::{LinkDialog, Relation};
use crate::features::move_to::MoveToDialog;
use crate::features::own_canvas::{AddCanvasDialog, EditCanvasDialog};
use crate::features::part_missing;
use crate::features::profile::ProfileDialog;
use crate::features::share::ShareDialog;
use crate::features::transfer::{ExportDialog, ImportDialog};
use crate::features::trash::TrashDialog;
use crate::platform::{Device, Node};
use crate::ui::{Action, install_icons};

/// The open dialog; nothing while none is open.
#[component]
pub(super) fn Dialogs(
    /// This device.
    device: Device,
    /// The workspace.
    node: Node,
    /// The session.
    session: Session,
) -> impl IntoView {
    let open = session.dialog();
    let open = Memo::new(move |_| open.get());
    introduce(&device, &session);
    let piece = Piece::new();
    move || {
        let dialog = open.get()?;
        let missing = {
            let (session, closing) = (session.clone(), dialog.clone());
            let tell = part_missing(&session);
            move || {
                close(&session, &closing);
                tell();
            }
        };
        if !piece.is_here(fetch_dialogs(), missing) {
            return None;
        }
        // With its code here, the future is done at once.
        draw(dialog, session.clone(), device.clone(), node.clone())
            .now_or_never()?
            .ok()
    }
}

/// The dialog itself.
#[wasm_split(dialogs, fallible, preload(fetch_dialogs))]
fn draw(
    dialog: Dialog,
    session: Session,
    device: Device,
    node: Node,
) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    let on_close: Action = {
        let (session, closing) = (session.clone(), dialog.clone());
        (move || close(&session, &closing)).into()
    };
    Ok(match dialog {
        Dialog::Share => {
            view! { <ShareDialog device=device node=node on_close=on_close/> }.into_any()
        }
        Dialog::Import => view! { <ImportDialog node=node on_close=on_close/> }.into_any(),
        Dialog::Export => view! { <ExportDialog node=node on_close=on_close/> }.into_any(),
        Dialog::Details(id) => view! { <DetailsDialog id=id on_close=on_close/> }.into_any(),
        Dialog::Field(id, field) => {
            view! { <DetailsDialog id=id field=field on_close=on_close/> }.into_any()
        }
        Dialog::MoveTo(id) => view! { <MoveToDialog id=id on_close=on_close/> }.into_any(),
        Dialog::Link(id) => view! { <LinkDialog id=id on_close=on_close/> }.into_any(),
        Dialog::Relate { id, link, inverse } => {
            view! { <LinkDialog id=id relation=Relation::new(link, inverse) on_close=on_close/> }
                .into_any()
        }
        Dialog::AddCanvas => view! { <AddCanvasDialog on_close=on_close/> }.into_any(),
        Dialog::EditCanvas(id) => view! { <EditCanvasDialog id=id on_close=on_close/> }.into_any(),
        Dialog::Decide(id) => view! { <DecideDialog id=id on_close=on_close/> }.into_any(),
        Dialog::Palette => view! { <Palette session=session on_close=on_close/> }.into_any(),
        Dialog::Shortcuts => view! { <Shortcuts session=session on_close=on_close/> }.into_any(),
        Dialog::Trash => view! { <TrashDialog on_close=on_close/> }.into_any(),
        Dialog::Profile => view! { <ProfileDialog device=device on_close=on_close/> }.into_any(),
        Dialog::About => view! { <AboutDialog on_close=on_close/> }.into_any(),
    })
}

/// Only its own: what closed may have opened another.
fn close(session: &Session, dialog: &Dialog) {
    if session
        .dialog()
        .with_untracked(|open| open.as_ref() == Some(dialog))
    {
        session.close_dialog();
    }
}
