//! The dialog that the session names; one at a time.

use leptos::prelude::*;
use workspace::{Dialog, Session};

use super::palette::Palette;
use super::shortcuts::Shortcuts;
use crate::platform::{Device, Node};
use crate::ui::Action;

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
    let _ = (&device, &node);
    move || {
        let dialog = open.get()?;
        let on_close: Action = {
            let (session, closing) = (session.clone(), dialog.clone());
            (move || close(&session, &closing)).into()
        };
        let session = session.clone();
        Some(match dialog {
            Dialog::Palette => view! { <Palette session=session on_close=on_close/> }.into_any(),
            Dialog::Shortcuts => view! { <Shortcuts on_close=on_close/> }.into_any(),
            _ => ().into_any(),
        })
    }
}

/// Only its own: what closed may have opened another.
fn close(session: &Session, dialog: &Dialog) {
    if session.dialog().with_untracked(|open| open.as_ref() == Some(dialog)) {
        session.close_dialog();
    }
}
