//! What other tools keep as cards or tickets, on the way to backlog items.
//!
//! An item is a wish that somebody had, not yet a reason: whatever its tool knows is kept, and the
//! checks ask what it is for.

use super::builder::{Builder, Order, Spot};
use super::{Format, Imported, home_of};
use crate::{Entity, FieldValue, ImportError};

/// A card or a ticket.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) status: Status,
    /// The tool's own id or key.
    pub(super) key: String,
    /// Where it is in the tool.
    pub(super) source: String,
    pub(super) requested_by: String,
    /// Days as `2026-11-22`; empty when not known.
    pub(super) created: String,
    pub(super) done: String,
    pub(super) effort: Option<f64>,
    /// What we have no field for, by its name there.
    pub(super) others: Vec<(&'static str, String)>,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Status {
    #[default]
    Open,
    Doing,
    Done,
    Dropped,
}

impl Status {
    const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// What the name of a list or a state usually means.
    pub(super) fn named(name: &str) -> Self {
        let name = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&[
            "won't",
            "wont",
            "cancel",
            "reject",
            "declin",
            "duplicate",
            "abandon",
        ]) {
            Self::Dropped
        } else if has(&[
            "done", "closed", "resolved", "complete", "shipped", "released", "live",
        ]) {
            Self::Done
        } else if has(&[
            "progress", "doing", "review", "test", "develop", "active", "started",
        ]) {
            Self::Doing
        } else {
            Self::Open
        }
    }
}

/// Adds the item as an entity, where backlog items are at home.
pub(super) fn add(builder: &mut Builder, item: Item) {
    let description = item.description.trim();
    let mut text = item.title.trim().to_owned();
    if !description.is_empty() {
        text.push('\n');
        text.push_str(description);
    }
    let mut entity = Entity::new("backlog-item".into(), text);
    let texts = [
        ("status", item.status.id().to_owned()),
        ("key", item.key),
        ("source", item.source),
        ("requested-by", item.requested_by),
        ("created-on", item.created),
        ("done-on", item.done),
    ];
    for (name, value) in texts.into_iter().chain(item.others) {
        if !value.trim().is_empty() {
            let value = FieldValue::Text(value.trim().to_owned());
            entity.fields.insert(name.to_owned(), value);
        }
    }
    if let Some(effort) = item.effort {
        let effort = FieldValue::Number(effort);
        entity.fields.insert("effort".to_owned(), effort);
    }
    let home = home_of(Some(&entity));
    let id = builder.add(None, entity);
    if let Some((canvas, slot)) = home {
        builder.place(id, Spot::new(canvas, slot));
    }
}

/// What was read of the other tool's list.
///
/// # Errors
///
/// There was nothing in it.
pub(super) fn finish(builder: Builder, format: Format) -> Result<Imported, ImportError> {
    if builder.graph.entities.is_empty() {
        return Err(ImportError::EmptyTable);
    }
    Ok(builder.finish(Order::AsListed, format))
}

/// The day at the beginning of a time in the form of ISO 8601; empty when there is none.
pub(super) fn day(time: &str) -> String {
    let day = time.get(..10).and_then(crate::value::Date::parse);
    day.map(|day| day.to_string()).unwrap_or_default()
}
