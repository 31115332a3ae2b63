//! `groundwork why FILE ID`: the trace of an entity, and what would weaken without it.

mod json;
mod nearest;
mod text;

use std::collections::BTreeMap;
use std::process::ExitCode;

use domain::figure::FigureBook;
use domain::trace::{Ripple, Trace, ripple, why};
use domain::{EntityId, Person, PersonId};

use crate::arguments::{Form, WhyOptions};
use crate::error::Failure;
use crate::today::or_today;
use crate::{input, output};

/// What is told about an entity.
struct Answer<'a> {
    /// The figures of the whole workspace, by whose index entities are named.
    book: &'a FigureBook,
    /// Everyone whom the file names.
    people: &'a BTreeMap<PersonId, Person>,
    /// Up to what it serves, and down to what carries it.
    trace: Trace,
    /// What rests on it.
    ripple: Ripple,
}

impl Answer<'_> {
    /// The name of a person of the file; nothing for somebody else, who may stand there by name.
    fn name_of(&self, person: &str) -> Option<&str> {
        let person = self.people.get(&PersonId::from(person))?;
        Some(person.name.trim()).filter(|name| !name.is_empty())
    }
}

/// Prints why an entity is there.
pub(crate) fn run(options: &WhyOptions) -> Result<ExitCode, Failure> {
    let graph = input::read(&options.file)?;
    let book = FigureBook::new(&graph, or_today(options.today)?);
    let reader = book.index().reader();
    let found = book.index().find(&options.id);
    let entity = graph.entities.get(options.id.as_str());
    if entity.is_some_and(|entity| entity.deleted.is_some()) {
        return Err(Failure::Deleted {
            id: options.id.clone(),
        });
    }
    let Some(trace) = found.and_then(|handle| why(&reader, handle, book.today())) else {
        return Err(Failure::UnknownEntity {
            id: options.id.clone(),
            hint: nearest::hint(&graph, &options.id),
        });
    };
    let answer = Answer {
        book: &book,
        people: &graph.people,
        trace,
        ripple: ripple(&book, &[EntityId::from(options.id.as_str())]),
    };
    match options.format {
        Form::Text => output::say(&text::write(&answer))?,
        Form::Json => output::print(&json::write(&answer))?,
    }
    Ok(ExitCode::SUCCESS)
}
