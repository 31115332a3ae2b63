//! Commands as transactions: each checks all it needs, then writes.
//!
//! Those that a note is written with are carried out at once, the others by code that a browser
//! fetches after those (see [`crate::later`]).

mod canvases;
mod entity;
mod experiments;
mod import;
mod lifecycle;
mod links;
mod notes;
mod places;
mod text;

use domain::PersonId;

pub(crate) use import::outlook;
pub use import::{ImportOutlook, is_too_much};
pub(crate) use lifecycle::{flag, unflag};
pub(crate) use text::apply as apply_delta;

use crate::later::Later;
use crate::writer::Writer;
use crate::{Command, CommandError, read, schema};

/// Carries a command out. On an error the caller drops the writer, and nothing has changed.
///
/// # Errors
/// [`CommandError::NotReady`] also for a command that needs the code that comes later, without it.
pub(crate) fn run(
    writer: &mut Writer<'_>,
    command: &Command,
    later: Option<Later>,
) -> Result<(), CommandError> {
    match command {
        Command::AddNote {
            id,
            kind,
            text,
            fields,
            place,
        } => notes::add(writer, id, kind, text, fields, place),
        Command::EditText { id, splices } => text::edit(writer, id, splices),
        _ => (later.ok_or(CommandError::NotReady)?.run)(writer, command),
    }
}

/// Carries out a command that is not carried out at once.
pub(crate) fn run_later(writer: &mut Writer<'_>, command: &Command) -> Result<(), CommandError> {
    match command {
        // [`run`] has carried these out itself.
        Command::AddNote { .. } | Command::EditText { .. } => Ok(()),
        Command::RenameWorkspace { name } => rename(writer, name),
        Command::AddEntity {
            id,
            kind,
            text,
            fields,
            links,
        } => notes::add_unplaced(writer, id, kind, text, fields, links),
        Command::ReplaceText { id, text } => text::replace(writer, id, text),
        Command::SetField { id, field, value } => {
            entity::set_field(writer, id, field, value.as_ref())?;
            places::follow(writer, id, None, &|changed| changed == field)
        }
        Command::SetFields { id, fields } => {
            for (field, value) in fields {
                entity::set_field(writer, id, field, value.as_ref())?;
            }
            places::follow(writer, id, None, &|changed| fields.contains_key(changed))
        }
        Command::ConvertKind { id, kind } => {
            entity::convert(writer, id, kind)?;
            places::follow(writer, id, None, &|_| true)
        }
        Command::Place {
            id,
            place,
            kind,
            fields,
        } => places::place(writer, id, place, kind.as_ref(), fields),
        Command::Unplace { id, canvas } => places::unplace(writer, id, canvas),
        Command::Delete { ids } => lifecycle::delete(writer, ids),
        Command::Restore { ids } => lifecycle::restore(writer, ids),
        Command::Duplicate { id, copy, canvas } => notes::duplicate(writer, id, copy, canvas),
        Command::AddLink { id, kind, from, to } => links::add(writer, id, kind, from, to),
        Command::RemoveLink { id } => links::remove(writer, id),
        Command::LockExperiment { id } => experiments::lock(writer, id),
        Command::Decide {
            id,
            text,
            fields,
            links,
            figures,
        } => experiments::decide(writer, id, text, fields, links, figures),
        Command::AddCanvas { id, definition } => canvases::add(writer, id, definition),
        Command::ReplaceCanvas { id, definition } => canvases::replace(writer, id, definition),
        Command::RemoveCanvas { id } => canvases::remove(writer, id),
        Command::SetPerson { person } => {
            let id = writer.now.by.clone();
            set_person(writer, &id, person)
        }
        Command::Import { graph } => import::import(writer, graph),
    }
}

fn rename(writer: &mut Writer<'_>, name: &str) -> Result<(), CommandError> {
    schema::check_text(name)?;
    if read::name(&writer.transaction) == name {
        return Ok(());
    }
    let about = writer.roots.about.clone();
    writer.set(&about, schema::NAME, Some(name.into()))
}

fn set_person(
    writer: &mut Writer<'_>,
    id: &PersonId,
    person: &domain::Person,
) -> Result<(), CommandError> {
    schema::check_name(id.as_str())?;
    schema::check_text(&person.name)?;
    let people = writer.roots.people.clone();
    writer.set(
        &people,
        id.as_str(),
        Some(schema::person_text(person).into()),
    )
}
