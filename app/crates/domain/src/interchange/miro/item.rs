//! One item of a board, whichever way the exporter spelled it.

use serde_json::Value;

use crate::compact;
use crate::interchange::builder::Spot;
use crate::interchange::html;
use crate::interchange::untaken::{Untaken, amount};

/// What is needed of an item. An id that is missing is empty.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) kind: String,
    /// Plain text; empty when it has none.
    pub(super) text: String,
    pub(super) parent: Option<String>,
    pub(super) colour: Option<String>,
    /// The ids of its tags, or their titles.
    pub(super) tags: Vec<String>,
    /// The centre, relative to the parent if it has one.
    pub(super) at: Option<(f64, f64)>,
    /// Width and height; a side that is not known is zero.
    pub(super) size: (f64, f64),
    /// What a connector joins.
    pub(super) start: Option<String>,
    pub(super) end: Option<String>,
}

impl Item {
    /// Reads an item; `None` if the value is no object.
    pub(super) fn read(value: &Value) -> Option<Item> {
        value.as_object()?;
        let number = |paths: &[&[&str]]| first(value, paths).and_then(Value::as_f64);
        let x = number(&[&["x"], &["position", "x"]]);
        let y = number(&[&["y"], &["position", "y"]]);
        let width = number(&[&["width"], &["geometry", "width"]]);
        let height = number(&[&["height"], &["geometry", "height"]]);
        Some(Item {
            id: first(value, &[&["id"]]).and_then(id).unwrap_or_default(),
            kind: text(value, &[&["type"]]).unwrap_or_default().to_lowercase(),
            text: content(value),
            parent: first(value, &[&["parentId"], &["parent", "id"], &["parent"]]).and_then(id),
            colour: text(
                value,
                &[
                    &["style", "fillColor"],
                    &["style", "cardTheme"],
                    &["fillColor"],
                ],
            )
            .map(str::to_owned),
            tags: tags(value),
            at: x.zip(y),
            size: (width.unwrap_or_default(), height.unwrap_or_default()),
            start: end(
                value,
                &[&["start", "item"], &["startItem", "id"], &["startItemId"]],
            ),
            end: end(
                value,
                &[&["end", "item"], &["endItem", "id"], &["endItemId"]],
            ),
        })
    }

    pub(super) fn is_frame(&self) -> bool {
        self.kind == "frame"
    }

    pub(super) fn is_connector(&self) -> bool {
        matches!(self.kind.as_str(), "connector" | "line")
    }

    pub(super) fn is_picture(&self) -> bool {
        matches!(self.kind.as_str(), "image" | "emoji" | "doodle")
    }

    /// Whether it holds or joins others and is no note itself.
    pub(super) fn is_structure(&self) -> bool {
        self.is_frame() || self.is_connector() || matches!(self.kind.as_str(), "group" | "tag")
    }
}

/// Sorts by rows from the top and within a row from the left; items without a place come last.
///
/// Notes of one row are seldom exactly level: an item belongs to the row of the one before it while
/// its centre is less than half a height lower than the row's first.
pub(super) fn in_reading_order(mut notes: Vec<(&Item, Spot)>) -> Vec<(&Item, Spot)> {
    let at = |note: &(&Item, Spot)| note.0.at.unwrap_or((f64::INFINITY, f64::INFINITY));
    compact::sort_by(&mut notes, |a, b| at(a).1.total_cmp(&at(b).1));
    let mut row = 0_usize;
    let mut row_top = f64::NEG_INFINITY;
    let mut rows = Vec::with_capacity(notes.len());
    for note in notes {
        let (x, y) = at(&note);
        if y - row_top >= (note.0.size.1 / 2.0).max(f64::MIN_POSITIVE) || row_top.is_infinite() {
            row += 1;
            row_top = y;
        }
        rows.push((row, x, note));
    }
    compact::sort_by(&mut rows, |a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    rows.into_iter().map(|(_, _, note)| note).collect()
}

/// The text of an item: cards have a title and a description, everything else a content.
fn content(value: &Value) -> String {
    let at = |names: &[&[&str]]| text(value, names).map(html::to_text).unwrap_or_default();
    let main = at(&[
        &["content"],
        &["data", "content"],
        &["data", "nodeView", "data", "content"],
        &["plainText"],
        &["title"],
        &["data", "title"],
        &["text"],
    ]);
    let description = at(&[&["description"], &["data", "description"]]);
    match (main.is_empty(), description.is_empty()) {
        (_, true) => main,
        (true, false) => description,
        (false, false) => format!("{main}\n{description}"),
    }
}

/// Tags stand on an item by their ids, their titles, or as objects that have both.
fn tags(value: &Value) -> Vec<String> {
    let found = first(
        value,
        &[
            &["tagIds"],
            &["data", "tagIds"],
            &["tags"],
            &["data", "tags"],
        ],
    );
    let named = |tag: &Value| id(tag).or_else(|| id(tag.get("title").or_else(|| tag.get("id"))?));
    let tags = found.and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(named).collect()
}

/// What an item can say that has no place here, by the name that Miro has for it.
const WITHOUT_A_PLACE: [(&str, &[&[&str]]); 5] = [
    (
        "assignee",
        &[
            &["assignee"],
            &["data", "assigneeId"],
            &["data", "assignee"],
        ],
    ),
    ("captions", &[&["captions"]]),
    ("dueDate", &[&["dueDate"], &["data", "dueDate"]]),
    ("fields", &[&["fields"], &["data", "fields"]]),
    ("url", &[&["data", "url"]]),
];

/// Counts what an item says that has no place here.
pub(super) fn count_untaken(value: &Value, untaken: &mut Untaken) {
    for (name, paths) in WITHOUT_A_PLACE {
        untaken.add_count(name, first(value, paths).map_or(0, amount));
    }
}

fn end(value: &Value, paths: &[&[&str]]) -> Option<String> {
    first(value, paths).and_then(|found| id(found).or_else(|| id(found.get("id")?)))
}

/// Ids are text, or numbers in some exports.
fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn text<'a>(value: &'a Value, paths: &[&[&str]]) -> Option<&'a str> {
    let found = paths.iter().filter_map(|path| walk(value, path)?.as_str());
    let mut found = found.filter(|text| !text.trim().is_empty());
    found.next()
}

/// The value at the first of the paths that leads to one.
fn first<'a>(value: &'a Value, paths: &[&[&str]]) -> Option<&'a Value> {
    paths
        .iter()
        .filter_map(|path| walk(value, path))
        .find(|value| !value.is_null())
}

fn walk<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, name| value.get(name))
}
