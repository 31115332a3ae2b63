//! The features: one folder each, with its views and their parts. A feature never imports another.

pub(crate) mod about;
mod canvas_words;
pub(crate) mod decide;
pub(crate) mod details;
mod figure_list;
pub(crate) mod findings;
mod import_words;
mod kept_words;
pub(crate) mod link;
pub(crate) mod move_to;
pub(crate) mod name_request;
mod new_notes;
mod open_text;
pub(crate) mod own_canvas;
mod person_fields;
pub(crate) mod presence;
mod problems;
pub(crate) mod profile;
pub(crate) mod questions;
pub(crate) mod share;
pub(crate) mod slots;
pub(crate) mod start;
mod text_room;
pub(crate) mod transfer;
pub(crate) mod trash;
mod verdicts;
mod words;

pub(crate) use canvas_words::{canvas_problem, flaw_words, placed_flaw};
pub(crate) use figure_list::{
    UseFigures, certainty, list_of_figures, parts_of_figure, use_figures, with_unit,
};
pub(crate) use import_words::{Refusal, Remarks, complaint_words, import_problem};
pub(crate) use kept_words::{kept_tables, kept_value};
pub(crate) use new_notes::{home, new_note};
pub(crate) use open_text::{Handover, OpenText, grow, select};
pub(crate) use person_fields::PersonFields;
pub(crate) use problems::{
    bundle_problem, file_problem, misfit_words, reason_key, storage_problem,
};
pub(crate) use text_room::{is_too_long, room_left};
pub(crate) use verdicts::{left_out_words, verdict_words};
pub(crate) use words::{
    canvas_title, first_line, hue_swatches, is_me, note_words, person_name, slot_title,
    slot_title_of, title_of,
};

use std::rc::Rc;

use leptos::prelude::{ArcRwSignal, expect_context, provide_context};
use wasm_bindgen_futures::spawn_local;
use workspace::commands::command;
use workspace::{Message, Session, Tone, UserCommand};

use crate::i18n::{self, Language, t};
use crate::platform::settings;
use crate::ui::{IconName, MenuItem};

/// The session of the workspace on show. Provided by the frame, around every feature but `start`.
pub(crate) fn use_session() -> Session {
    expect_context::<Session>()
}

/// Whether the code for what goes beyond writing notes is here.
#[derive(Clone)]
struct Complete(ArcRwSignal<bool>);

/// Tells every feature around which this is called, as the frame does, what [`is_complete`] is.
pub(crate) fn provide_complete(complete: ArcRwSignal<bool>) {
    provide_context(Complete(complete));
}

/// Whether the code for what goes beyond writing notes is here: menus, guides and the like wait for
/// it.
pub(crate) fn is_complete() -> ArcRwSignal<bool> {
    expect_context::<Complete>().0
}

/// Changes the language, now and for the next time; `missing` is called when it cannot be had, even
/// when the view that asked for it is gone by then.
pub(crate) fn speak(chosen: Language, missing: Rc<dyn Fn()>) {
    spawn_local(async move {
        match i18n::speak(chosen).await {
            Ok(()) => settings::set_language(Some(chosen.code())),
            Err(_) => missing(),
        }
    });
}

/// Tells the workspace on show that a part of the app cannot be had.
pub(crate) fn part_missing(session: &Session) -> Rc<dyn Fn()> {
    let session = session.clone();
    Rc::new(move || {
        session.toast(Message::plain("toast.part_missing"), Tone::Problem, None);
    })
}

/// Commands of the table as rows of a menu, those alone that this person may run.
pub(crate) fn command_items(session: &Session, ids: &[&str]) -> Vec<MenuItem> {
    let known = ids.iter().filter_map(|id| command(id));
    let offered = known.filter(|command| command.is_offered(session));
    offered.map(|command| item(session, command)).collect()
}

fn item(session: &Session, command: &'static UserCommand) -> MenuItem {
    let possible = (command.when)(session);
    let session = session.clone();
    MenuItem::new(t(command.title), move |()| {
        command.try_run(&session);
    })
    .icon(IconName::named(command.icon))
    .keys(command.keys.first().copied().unwrap_or_default())
    .disabled(!possible)
}
