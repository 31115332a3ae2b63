//! Canvases exported from Leantime as XML.
//!
//! Its export writes rich text into the XML as it is, so that a strict reader refuses half of its
//! files; this one looks for the elements by name and takes what stands between them for text.

use std::borrow::Cow;

use super::builder::{Builder, Order, Spot};
use super::html;
use super::names;
use super::untaken::Untaken;
use super::{Complaint, Format, Imported, Warning};
use crate::{
    Canvas, Entity, FieldValue, Hue, ImportError, Person, PersonId, Slot, SlotId, Stamp, UNPLACED,
    canvas, canvases, value::Date,
};

/// Leantime's keys of canvases, and our ids of the same.
const CANVASES: [(&str, &str); 4] = [
    ("leancanvas", "lean-canvas"),
    ("obmcanvas", "business-model-canvas"),
    ("swotcanvas", "swot"),
    ("valuecanvas", "lean-canvas"),
];
/// Its keys of boxes whose names do not say what they are.
const BOXES: [(&str, &str); 15] = [
    ("obm_kp", "key-partners"),
    ("obm_kr", "key-resources"),
    ("obm_ka", "key-activities"),
    ("obm_vp", "value-propositions"),
    ("obm_ch", "channels"),
    ("obm_cr", "customer-relationships"),
    ("obm_cs", "customer-segments"),
    ("obm_fc", "cost-structure"),
    ("obm_fr", "revenue-streams"),
    ("alternatives", "existing-alternatives"),
    ("uniquevalue", "unique-value-proposition"),
    ("customersegment", "customer-segments"),
    ("cost", "cost-structure"),
    ("revenue", "revenue-streams"),
    ("keymetrics", "key-metrics"),
];

/// What an item can say that has no place here.
const WITHOUT_A_PLACE: [&str; 2] = ["relates", "status"];

/// When an item was changed last: here that is read from the changes themselves.
const CHANGED: &str = "modified";

/// What an item says beside its text.
const BESIDE: [&str; 2] = ["assumptions", "data"];

/// How much of a strange element's name a message shows, in characters.
const SHOWN: usize = 40;

/// The beginning and the end of a section that is not read as XML.
const QUOTED: &str = "<![CDATA[";
const UNQUOTED: &str = "]]>";

/// Whether the text is such an export.
pub(super) fn is_export(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && text.contains("<canvas") && text.contains("<element")
}

/// Whether the text is XML of any kind.
pub(super) fn is_xml(text: &str) -> bool {
    let start = text.trim_start().get(..9).unwrap_or_default();
    start.starts_with("<?xml") || start.eq_ignore_ascii_case("<!doctype")
}

/// What to say of XML that is no such export.
pub(super) fn unknown(text: &str) -> ImportError {
    let is_root = |tag: &&str| !tag.starts_with(['?', '!']) && !tag.is_empty();
    let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    let root = text.split('<').skip(1).find(is_root);
    let name = root.and_then(|root| root.split(ends).next()).unwrap_or("…");
    ImportError::UnknownXml {
        found: format!("<{}>", name.chars().take(SHOWN).collect::<String>()),
    }
}

/// Refuses a file that was cut off: an element of its frame that does not end.
fn check_whole(text: &str) -> Result<(), ImportError> {
    for name in ["item", "element", "canvas"] {
        let mut rest = text;
        while let Some((tag, behind)) = opening(rest, name) {
            let closing = format!("</{name}>");
            let is_whole = tag.ends_with('/') || behind.contains(closing.as_str());
            if !is_whole {
                let before = text.strip_suffix(behind).unwrap_or_default();
                let tag = Complaint::new("import.place.tag").with("name", format!("<{name}>"));
                return Err(ImportError::Invalid {
                    line: before.matches('\n').count() + 1,
                    place: vec![tag],
                    problem: Complaint::new("import.problem.open_tag"),
                });
            }
            rest = match tag.ends_with('/') {
                true => behind,
                false => behind
                    .split_once(closing.as_str())
                    .map_or(behind, |(_, rest)| rest),
            };
        }
    }
    Ok(())
}

/// Reads an export.
pub(super) fn read(text: &str) -> Result<Imported, ImportError> {
    check_whole(text)?;
    let mut builder = Builder::default();
    let (mut empty, mut untaken) = (0, Untaken::default());
    for (tag, content) in elements(text, "canvas") {
        let key = attribute(tag, "key");
        let board = board(&key);
        if builder.graph.name.is_empty() {
            builder.graph.name = child(content, "title");
        }
        for (tag, content) in elements(content, "element") {
            let name = attribute(tag, "key");
            let slot = board.and_then(|board| slot_of(board, &name));
            if slot.is_none() && elements(content, "item").next().is_some() {
                let warning = Warning::new("import.warning.box");
                builder.warnings.add(warning.with("name", name.as_str()));
            }
            for (_, item) in elements(content, "item") {
                for name in WITHOUT_A_PLACE {
                    let tag = opening(item, name).map(|(tag, _)| attribute(tag, "key"));
                    untaken.add_count(name, usize::from(tag.is_some_and(|key| !key.is_empty())));
                }
                let (made, changed) = (child(item, "created"), child(item, CHANGED));
                let has_changed = !changed.is_empty() && changed != made;
                untaken.add_count(CHANGED, usize::from(has_changed));
                empty += usize::from(!add(&mut builder, board, slot, item));
            }
        }
    }
    if builder.graph.entities.is_empty() {
        return Err(ImportError::EmptyTable);
    }
    builder.warnings.add_count("import.warning.notes", empty);
    untaken.tell(&mut builder.warnings);
    Ok(builder.finish(Order::AsListed, Format::Leantime))
}

fn board(key: &str) -> Option<&'static Canvas> {
    let known = CANVASES.iter().find(|(theirs, _)| *theirs == key);
    let by_id = known.and_then(|(_, ours)| canvas(&(*ours).into()));
    by_id.or_else(|| names::find_canvas(key.strip_suffix("canvas").unwrap_or(key)))
}

/// The slot of a box: by our table, or by its name without the prefix of its canvas.
fn slot_of(board: &'static Canvas, name: &str) -> Option<&'static Slot> {
    let known = BOXES.iter().find(|(theirs, _)| *theirs == name);
    let by_id = known.and_then(|(_, ours)| board.slot(&SlotId::from(*ours)));
    let plain = name.split_once('_').map_or(name, |(_, rest)| rest);
    let squeezed = |slot: &&Slot| slot.id.as_str().replace('-', "") == plain;
    by_id
        .or_else(|| board.slots.iter().find(squeezed))
        .or_else(|| names::find_slot(board, plain))
}

/// Adds a note; not one that says nothing. What has no description says what it has.
fn add(
    builder: &mut Builder,
    board: Option<&'static Canvas>,
    slot: Option<&'static Slot>,
    item: &str,
) -> bool {
    let mut text = child(item, "description");
    let conclusion = child(item, "conclusion");
    if !conclusion.is_empty() {
        let separator = if text.is_empty() { "" } else { "\n" };
        text = format!("{text}{separator}{conclusion}");
    }
    let mut beside = BESIDE.map(|name| (name, child(item, name)));
    if text.is_empty() {
        let first = beside.iter_mut().find(|(_, value)| !value.is_empty());
        text = first.map_or_else(String::new, |(_, value)| std::mem::take(value));
    }
    if text.is_empty() {
        return false;
    }
    let kind = slot.and_then(|slot| slot.takes.first()).cloned();
    let mut entity = Entity::new(kind.unwrap_or_else(|| "note".into()), text);
    for (name, value) in beside.into_iter().filter(|(_, value)| !value.is_empty()) {
        let fields = &mut entity.fields;
        fields.insert(name.to_owned(), FieldValue::Text(value));
    }
    entity.created = created(builder, item);
    let home = board.or_else(|| canvases().first());
    let id = builder.add(None, entity);
    if let Some(home) = home {
        let slot = slot.map_or_else(|| SlotId::from(UNPLACED), |slot| slot.id.clone());
        builder.place(id, Spot::new(home.id.clone(), slot));
    }
    true
}

/// Who wrote it and when, as far as it says: `<created>2024-05-01 12:34:56</created>`,
/// `<author id firstname lastname/>`.
fn created(builder: &mut Builder, item: &str) -> Option<Stamp> {
    let by = opening(item, "author").and_then(|(author, _)| person(builder, author));
    let day = child(item, "created").get(..10).and_then(Date::parse);
    (by.is_some() || day.is_some()).then(|| Stamp {
        by: by.unwrap_or_else(|| "".into()),
        at: day.map_or(0, Date::milliseconds),
    })
}

/// The author, who becomes a person of the workspace; nobody without a name and a number.
fn person(builder: &mut Builder, author: &str) -> Option<PersonId> {
    let [id, first, last] =
        ["id", "firstname", "lastname"].map(|name| attribute(author, name).trim().to_owned());
    let name = format!("{first} {last}").trim().to_owned();
    let own = if id.is_empty() { &name } else { &id };
    if own.is_empty() {
        return None;
    }
    let id = PersonId::from(format!("leantime-{own}"));
    let colour = Hue::default();
    let people = &mut builder.graph.people;
    people.entry(id.clone()).or_insert(Person { name, colour });
    Some(id)
}

/// The text of the first child of that name.
fn child(within: &str, name: &str) -> String {
    let found = elements(within, name).next();
    found
        .map(|(_, content)| html::to_text(&unquoted(content)))
        .unwrap_or_default()
}

/// What stands in a section that is not read as XML is the same text.
fn unquoted(content: &str) -> Cow<'_, str> {
    if content.contains(QUOTED) {
        Cow::Owned(content.replace(QUOTED, "").replace(UNQUOTED, ""))
    } else {
        Cow::Borrowed(content)
    }
}

/// All elements of that name that are not within another of it, as (opening tag, content).
fn elements<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (tag, behind) = opening(rest, name)?;
        if tag.ends_with('/') {
            rest = behind;
            return Some((tag, ""));
        }
        let closing = format!("</{name}>");
        let (content, behind) = behind.split_once(closing.as_str()).unwrap_or((behind, ""));
        rest = behind;
        Some((tag, content))
    })
}

/// The first opening tag of that name, without its angle brackets, and what follows it.
fn opening<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let start = format!("<{name}");
    let mut rest = text;
    loop {
        let (_, behind) = rest.split_once(start.as_str())?;
        // `<dataset>` is no `<data>`.
        if behind.starts_with(['>', ' ', '/', '\t', '\n', '\r']) {
            return behind.split_once('>');
        }
        rest = behind;
    }
}

/// The value of an attribute in a tag; empty when it has none.
fn attribute(tag: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let value = tag
        .split_once(start.as_str())
        .and_then(|(_, rest)| rest.split_once('"'));
    value
        .map(|(value, _)| html::to_text(value))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
