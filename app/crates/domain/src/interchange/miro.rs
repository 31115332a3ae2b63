//! Boards exported from Miro as JSON, in the shapes that its exporters write.
//!
//! A list of items, bare or under `data` or `items`, or a single item. An item's text, parent and
//! place may stand on the item or inside `data`, `parent`, `position` and `geometry`. Frames that
//! are titled like slots fill those slots; every other text goes to the tray.

mod colour;
mod frames;
mod item;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::frames::Frames;
use self::item::Item;
use super::builder::{Builder, Order, Spot};
use super::untaken::Untaken;
use super::{Format, Imported, Warning};
use crate::{
    Canvas, Entity, EntityId, FieldValue, ImportError, Link, SlotId, UNPLACED, canvases, compact,
};

/// The types of items that Miro's programming interfaces and exports name.
const TYPES: [&str; 26] = [
    "app_card",
    "card",
    "code",
    "connector",
    "data_table_format",
    "doc_format",
    "document",
    "embed",
    "emoji",
    "frame",
    "group",
    "image",
    "kanban",
    "line",
    "mindmap_node",
    "paint",
    "preview",
    "shape",
    "stamp",
    "sticker",
    "sticky_note",
    "table",
    "tag",
    "text",
    "unsupported",
    "usm",
];

/// Whether the JSON is a board: items of which one at least has a type of Miro's.
pub(super) fn is_board(top: &Value) -> bool {
    let is_item = |item: &Value| {
        let kind = item.get("type").and_then(Value::as_str);
        kind.is_some_and(|kind| TYPES.contains(&kind.to_lowercase().as_str()))
    };
    top.get("format").is_none() && items_of(top).is_some_and(|items| items.iter().any(is_item))
}

fn items_of(top: &Value) -> Option<&[Value]> {
    let list = |value: &'_ Value| value.as_array().is_some();
    match top {
        Value::Array(items) => Some(items),
        Value::Object(members) => {
            let found = ["data", "items", "widgets"].iter().find_map(|name| {
                let value = members.get(*name)?;
                let nested = value.get("data").or_else(|| value.get("items"));
                Some(value)
                    .filter(|value| list(value))
                    .or(nested.filter(|value| list(value)))
            });
            match found {
                Some(items) => items.as_array().map(Vec::as_slice),
                None => Some(std::slice::from_ref(top)),
            }
        }
        _ => None,
    }
}

/// Reads a board.
pub(super) fn read(top: &Value) -> Result<Imported, ImportError> {
    let values = items_of(top).unwrap_or_default();
    let items: Vec<Item> = values.iter().filter_map(Item::read).collect();
    let no_notes = ImportError::NoNotes {
        items: values.len(),
    };
    let Some(usual) = canvases().first() else {
        return Err(no_notes);
    };
    let mut builder = Builder::default();
    for item in &items {
        builder.reserve(item.id.clone());
    }
    let (notes, skipped) = notes(&items, usual);
    if notes.is_empty() {
        return Err(ImportError::NoNotes {
            items: values.len(),
        });
    }
    let is_tag = |item: &&Item| item.kind == "tag" && !item.text.is_empty();
    let titles = items.iter().filter(is_tag);
    let titles: BTreeMap<&str, &str> =
        compact::gather(titles.map(|tag| (tag.id.as_str(), tag.text.as_str())));
    let mut entities = BTreeMap::new();
    for (item, spot) in notes {
        let id = Some(item.id.as_str())
            .filter(|id| !id.is_empty())
            .map(EntityId::from);
        let id = builder.add(id, entity(item, &spot, &titles));
        entities
            .entry(item.id.as_str())
            .or_insert_with(|| id.clone());
        builder.place(id, spot);
    }
    let lost_links = links(&items, &entities, &mut builder);
    if let Some(name) = top.get("name").and_then(Value::as_str) {
        builder.graph.name = name.trim().to_owned();
    }
    let warnings = &mut builder.warnings;
    for title in skipped.strange_frames {
        warnings.add(Warning::new("import.warning.frame").with("name", title));
    }
    let mut untaken = Untaken::default();
    for value in values {
        item::count_untaken(value, &mut untaken);
    }
    untaken.tell(warnings);
    if let Some(cut) = cut(top, values.len()) {
        warnings.add(cut);
    }
    let strange = values.len() - items.len();
    warnings.add_count("import.warning.empty_items", skipped.empty);
    warnings.add_count("import.warning.pictures", skipped.pictures);
    warnings.add_count("import.warning.labels", skipped.labels);
    warnings.add_count("import.warning.connectors", lost_links);
    warnings.add_count("import.warning.strange_items", strange);
    Ok(builder.finish(Order::AsListed, Format::Miro))
}

/// That the board has more than the file holds: Miro answers page by page.
fn cut(top: &Value, held: usize) -> Option<Warning> {
    let total = top.get("total").and_then(Value::as_u64);
    let cursor = top.get("cursor").and_then(Value::as_str);
    let warning = match total.and_then(|total| usize::try_from(total).ok()) {
        Some(total) if total > held => {
            Warning::new("import.warning.board_cut").with("total", total.to_string())
        }
        None if cursor.is_some_and(|cursor| !cursor.is_empty()) => {
            Warning::new("import.warning.board_goes_on")
        }
        _ => return None,
    };
    Some(warning.with("held", held.to_string()))
}

#[derive(Default)]
struct Skipped<'a> {
    empty: usize,
    /// What shows something: its title is a file's name and no note.
    pictures: usize,
    labels: usize,
    /// Titles of containers whose notes went to the tray.
    strange_frames: BTreeSet<&'a str>,
}

/// The items that become notes with their slots, from top to bottom and from left to right.
fn notes<'a>(items: &'a [Item], usual: &'static Canvas) -> (Vec<(&'a Item, Spot)>, Skipped<'a>) {
    let frames = Frames::new(items, usual);
    let mut skipped = Skipped::default();
    let mut notes = Vec::new();
    for item in items
        .iter()
        .filter(|item| !item.is_structure() && !frames.is_frame(item))
    {
        if item.is_picture() {
            skipped.pictures += 1;
            continue;
        }
        if item.text.is_empty() {
            skipped.empty += 1;
            continue;
        }
        let home = frames.home(item);
        if home
            .slot
            .is_some_and(|slot| frames.is_label(item, home.canvas, slot))
        {
            skipped.labels += 1;
            continue;
        }
        if home.slot.is_none() {
            skipped.strange_frames.extend(home.within);
        }
        let slot = home
            .slot
            .map_or_else(|| SlotId::from(UNPLACED), |slot| slot.id.clone());
        notes.push((item, Spot::new(home.canvas.id.clone(), slot)));
    }
    (item::in_reading_order(notes), skipped)
}

/// What an item becomes, whose tags have these titles by their ids.
fn entity(item: &Item, spot: &Spot, titles: &BTreeMap<&str, &str>) -> Entity {
    let slot = crate::canvas(&spot.canvas).and_then(|canvas| canvas.slot(&spot.slot));
    let kind = slot.and_then(|slot| slot.takes.first()).cloned();
    let mut entity = Entity::new(kind.unwrap_or_else(|| "note".into()), item.text.as_str());
    if let Some(hue) = item.colour.as_deref().and_then(colour::nearest) {
        entity
            .fields
            .insert("colour".into(), FieldValue::Text(hue.name().into()));
    }
    let tags = item.tags.iter().map(String::as_str);
    let tags: Vec<&str> = tags
        .map(|tag| titles.get(tag).copied().unwrap_or(tag))
        .collect();
    if !tags.is_empty() {
        let tags = FieldValue::Text(tags.join(", "));
        entity.fields.insert("tags".into(), tags);
    }
    entity
}

/// Turns connectors between notes into links; returns how many join something else.
fn links(items: &[Item], entities: &BTreeMap<&str, EntityId>, builder: &mut Builder) -> usize {
    let mut lost = 0;
    for item in items.iter().filter(|item| item.is_connector()) {
        let end = |id: &Option<String>| entities.get(id.as_deref()?).cloned();
        let (Some(from), Some(to)) = (end(&item.start), end(&item.end)) else {
            lost += 1;
            continue;
        };
        let id = match item.id.as_str() {
            "" => builder.free_link_id(&[from.as_str(), to.as_str()]),
            id => id.into(),
        };
        let link = Link {
            kind: "relates-to".into(),
            from,
            to,
            created: None,
            deleted: None,
        };
        builder.graph.links.insert(id, link);
    }
    lost
}

#[cfg(test)]
mod tests;
