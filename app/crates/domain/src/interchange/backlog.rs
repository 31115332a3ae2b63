//! What other tools keep as cards or tickets, on the way to backlog items.
//!
//! An item is a wish that somebody had, not yet a reason: what its tool knows is kept where there is
//! a field for it and counted where there is none, and the checks ask what it is for.

use super::builder::{Builder, Order, Spot};
use super::untaken::Untaken;
use super::{Format, Imported, Warning, home_of};
use crate::value::Date;
use crate::{Entity, FieldValue, ImportError, Person, PersonId, Quoted, SlotId, Stamp, UNPLACED};

mod stage;

pub(super) use stage::{Stage, Status};

/// A card or a ticket.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) description: String,
    /// How far it is; nothing where the tool does not say so in words that are known.
    pub(super) status: Option<Status>,
    /// The tool's own id or key.
    pub(super) key: String,
    /// Where it is in the tool.
    pub(super) source: String,
    pub(super) requested_by: String,
    /// Who works on it.
    pub(super) assigned: Vec<Member>,
    /// Who made it, and when in milliseconds since 1970.
    pub(super) made: Option<(Member, i64)>,
    pub(super) created: Option<Date>,
    pub(super) due: Option<Date>,
    pub(super) done: Option<Date>,
    /// Of a unit of its own, which no time converts to.
    pub(super) story_points: Option<f64>,
    /// The name of its list or state.
    pub(super) stage: String,
    pub(super) priority: String,
    pub(super) labels: Vec<String>,
}

/// Somebody in the other tool; without an id only by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    pub(super) id: Option<PersonId>,
    pub(super) name: String,
}

/// Adds the item as an entity, where backlog items are at home. What is done or dropped is not to be
/// ranked any more and waits in the tray beside.
pub(super) fn add(builder: &mut Builder, item: Item) {
    let description = item.description.replace("\r\n", "\n");
    let description = description.trim();
    let mut text = item.title.trim().to_owned();
    if !description.is_empty() {
        text.push('\n');
        text.push_str(description);
    }
    let status = item.status.unwrap_or_default();
    let mut entity = Entity::new("backlog-item".into(), text);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    for (name, value) in [
        ("status", status.id().to_owned()),
        ("key", item.key),
        ("source", item.source),
        ("requested-by", item.requested_by),
        ("assigned-to", assigned(builder, &item.assigned)),
        ("created-on", day(item.created)),
        ("due", day(item.due)),
        ("done-on", day(item.done)),
        ("stage", item.stage),
        ("priority", item.priority),
        ("labels", item.labels.join(", ")),
    ] {
        if !value.trim().is_empty() {
            let value = FieldValue::Text(value.trim().to_owned());
            entity.fields.insert(name.to_owned(), value);
        }
    }
    if let Some(points) = item.story_points {
        let points = FieldValue::Number(points);
        entity.fields.insert("story-points".to_owned(), points);
    }
    entity.created = item.made.and_then(|(by, at)| {
        let by = known(builder, &by)?;
        Some(Stamp { by, at })
    });
    let is_over = matches!(status, Status::Done | Status::Dropped);
    let home = home_of(Some(&entity));
    let id = builder.add(None, entity);
    if let Some((canvas, slot)) = home {
        let slot = match is_over {
            true => SlotId::from(UNPLACED),
            false => slot,
        };
        builder.place(id, Spot::new(canvas, slot));
    }
}

/// One person by the id, several by their names.
fn assigned(builder: &mut Builder, members: &[Member]) -> String {
    let ids: Vec<Option<PersonId>> = members
        .iter()
        .map(|member| known(builder, member))
        .collect();
    match (ids.as_slice(), members) {
        ([Some(id)], _) => id.to_string(),
        _ => {
            let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
            names.join(", ")
        }
    }
}

/// The person's id, once the graph has the person.
fn known(builder: &mut Builder, member: &Member) -> Option<PersonId> {
    let id = member.id.clone().filter(|_| !member.name.is_empty())?;
    let people = &mut builder.graph.people;
    people.entry(id.clone()).or_insert_with(|| Person {
        name: member.name.clone(),
        colour: Default::default(),
    });
    Some(id)
}

/// What the items of a file could not be told from, besides their texts.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// How many items had no title.
    pub(super) unreadable: usize,
    /// What has no place here.
    pub(super) untaken: Untaken,
    /// The names of lists and states that say nothing that is known of how far an item is.
    pub(super) unclear: Untaken,
}

impl Remarks {
    /// Notes the item's list or state if it does not say how far the item is.
    pub(super) fn note_stage(&mut self, item: &Item) {
        let stage = item.stage.trim();
        if item.status.is_none() && !stage.is_empty() {
            self.unclear.add(&Quoted(stage).to_string());
        }
    }
}

/// What was read of the other tool's list; `warning` counts what could not be.
///
/// # Errors
///
/// There was nothing in it.
pub(super) fn finish(
    mut builder: Builder,
    warning: &'static str,
    remarks: Remarks,
    format: Format,
) -> Result<Imported, ImportError> {
    builder.warnings.add_count(warning, remarks.unreadable);
    if builder.graph.entities.is_empty() {
        return Err(ImportError::EmptyTable);
    }
    if let Some(names) = remarks.unclear.names() {
        let warning = Warning::new("import.warning.stages");
        builder.warnings.add(warning.with("names", names));
    }
    remarks.untaken.tell(&mut builder.warnings);
    Ok(builder.finish(Order::AsListed, format))
}

/// The day at the beginning of a time in the form of ISO 8601.
pub(super) fn day(time: &str) -> Option<Date> {
    Date::parse(time.get(..10)?)
}
