//! Canvases of one's own: added, edited, saved as a file and removed.

use document::Command;
use domain::catalogue;
use reactive_graph::traits::Set;

use super::{Group, UserCommand, always};
use crate::{Dialog, Message, OwnCanvas, Request, Session, Tone};

macro_rules! canvas_command {
    ($id:literal, $icon:literal, $when:expr, $run:expr) => {
        UserCommand {
            id: $id,
            title: concat!("command.", $id),
            icon: $icon,
            group: Group::Canvas,
            keys: &[],
            while_typing: false,
            changes: true,
            when: $when,
            run: $run,
        }
    };
}

pub(super) static COMMANDS: &[UserCommand] = &[
    canvas_command!("canvas.add", "plus", always, |session| session
        .open(Dialog::AddCanvas)),
    canvas_command!("canvas.edit", "pencil", is_own, |session| {
        with_own(session, |own| session.open(Dialog::EditCanvas(own.entity)));
    }),
    canvas_command!("canvas.save", "download", is_own, |session| {
        with_own(session, |own| save(session, &own));
    })
    .that_looks(),
    canvas_command!("canvas.remove", "trash-2", is_own, |session| {
        with_own(session, |own| remove(session, own));
    }),
];

fn own(session: &Session) -> Option<OwnCanvas> {
    let projection = session.workspace().projection();
    projection.own_canvas(&session.canvas_now())
}

fn is_own(session: &Session) -> bool {
    own(session).is_some()
}

fn with_own(session: &Session, act: impl FnOnce(OwnCanvas)) {
    if let Some(own) = own(session) {
        act(own);
    }
}

/// The text as it was written, to the last space.
fn save(session: &Session, own: &OwnCanvas) {
    if let Some(content) = session.workspace().projection().definition(&own.entity) {
        session.request(Request::SaveFile {
            name: format!("{}.json", own.canvas.id),
            content,
        });
    }
}

/// Takes the canvas out, shows the first of the catalogue instead, and offers to undo.
fn remove(session: &Session, own: OwnCanvas) {
    if session
        .dispatch(Command::RemoveCanvas { id: own.entity })
        .is_err()
    {
        // It has been told in a toast.
        return;
    }
    session.focused().set(None);
    if let Some(first) = catalogue::canvases().first() {
        session.request(Request::OpenCanvas(first.id.clone()));
    }
    let message = Message::plain("toast.canvas_removed");
    session.toast(message, Tone::Calm, Some("edit.undo"));
}
