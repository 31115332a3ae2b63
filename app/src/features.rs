//! The features: one folder each, with its views and their parts. A feature never imports another.

pub(crate) mod about;
pub(crate) mod details;
pub(crate) mod link;
pub(crate) mod move_to;
mod open_text;
pub(crate) mod profile;
pub(crate) mod share;
pub(crate) mod slots;
pub(crate) mod start;
pub(crate) mod transfer;
pub(crate) mod trash;
mod words;

pub(crate) use open_text::{OpenText, grow, select};
pub(crate) use words::{
    canvas_title, file_problem, hue_swatches, import_problem, is_me, note_words, person_name,
    slot_title,
};

use leptos::prelude::expect_context;
use workspace::{Session, UserCommand};

use crate::i18n::t;
use crate::ui::{IconName, MenuItem};

/// The session of the workspace on show. Provided by the frame, around every feature but `start`.
pub(crate) fn use_session() -> Session {
    expect_context::<Session>()
}

/// A command of the table as a row of a menu.
pub(crate) fn command_item(session: &Session, command: &'static UserCommand) -> MenuItem {
    let possible = (command.when)(session);
    let session = session.clone();
    MenuItem::new(t(command.title), move |()| {
        command.try_run(&session);
    })
    .icon(IconName::named(command.icon))
    .keys(command.keys.first().copied().unwrap_or_default())
    .disabled(!possible)
}
