//! Writes a canvas in the form of the catalogue's files, as a person would: to begin a canvas of
//! one's own with one that there is.

use serde::Serialize;

use crate::catalogue::{Canvas, Group, GuidedOrder, Primitive, Slot, Source, Suggestion};
use crate::{CanvasId, Localised, Quoted};

/// Members by name; what has no text is left out.
type Members<'a> = Vec<(&'a str, Option<String>)>;

/// A canvas of one's own that begins as a copy: with an id and a name that say so, and credits that
/// stay.
#[must_use]
pub fn copy_of(canvas: &Canvas, is_taken: impl Fn(&CanvasId) -> bool) -> String {
    let named = |number: u32| CanvasId::from(format!("{}-{number}", canvas.id));
    let free = (2..).find(|number| !is_taken(&named(*number)));
    let number = free.unwrap_or_default();
    let title = |text: (String, &str)| (text.0, format!("{} {number}", text.1));
    let title: Vec<(String, String)> = pairs(&canvas.title).map(title).collect();
    let title = title
        .iter()
        .map(|(tag, text)| (tag.as_str(), text.as_str()));
    to_text(&Canvas {
        id: named(number),
        title: title.collect(),
        group: Group::Own,
        method: String::new(),
        primitive: Primitive::Slots,
        position: u32::MAX,
        aliases: Vec::new(),
        slots: canvas.slots.iter().map(without_aliases).collect(),
        ..canvas.clone()
    })
}

fn without_aliases(slot: &Slot) -> Slot {
    Slot {
        aliases: Vec::new(),
        ..slot.clone()
    }
}

/// The canvas as the JSON of its file; reading it gives the same canvas.
#[must_use]
pub fn to_text(canvas: &Canvas) -> String {
    let layout = vec![
        ("columns", json(&canvas.layout.columns)),
        ("rows", json(&canvas.layout.rows)),
    ];
    let licence = vec![
        ("name", json(&canvas.licence.name)),
        ("url", json(&canvas.licence.url)),
        ("attribution", json(&canvas.licence.attribution)),
    ];
    let primitive = Some(canvas.primitive).filter(|primitive| *primitive != Primitive::Slots);
    let group = Some(canvas.group).filter(|group| *group != Group::Own);
    let position = Some(canvas.position).filter(|position| *position != u32::MAX);
    let members: Members<'_> = vec![
        ("id", json(canvas.id.as_str())),
        ("title", words(&canvas.title)),
        ("description", words(&canvas.description)),
        ("group", group.and_then(|group| json(group.name()))),
        ("method", filled(&canvas.method)),
        (
            "primitive",
            primitive.and_then(|primitive| json(primitive.name())),
        ),
        ("position", position.and_then(|position| json(&position))),
        ("layout", Some(on_a_line(layout))),
        ("slots", Some(list(canvas.slots.iter().map(slot), 2))),
        ("orders", some_list(canvas.orders.iter().map(order))),
        ("figures", some(&canvas.figures)),
        ("author", json(&canvas.author)),
        ("source", Some(source(&canvas.source))),
        ("licence", Some(on_a_line(licence))),
        ("aliases", some(&canvas.aliases)),
    ];
    format!("{}\n", on_lines(members, 0))
}

fn slot(slot: &Slot) -> String {
    let area = vec![
        ("column", json(&slot.area.column)),
        ("row", json(&slot.area.row)),
        ("column_span", json(&slot.area.column_span)),
        ("row_span", json(&slot.area.row_span)),
    ];
    let fields = Some(&slot.fields).filter(|fields| !fields.is_empty());
    let suggestions = slot.suggestions.iter().map(suggestion);
    let suggestions = (!slot.suggestions.is_empty()).then(|| list(suggestions, 6));
    on_lines(
        vec![
            ("id", json(slot.id.as_str())),
            ("title", words(&slot.title)),
            (
                "question",
                words(&slot.question).or_else(|| Some("{}".into())),
            ),
            ("takes", json(&slot.takes)),
            ("area", Some(on_a_line(area))),
            ("fields", fields.and_then(json)),
            ("limit", slot.limit.as_ref().and_then(json)),
            ("advice", slot.advice.as_ref().and_then(words)),
            ("suggestions", suggestions),
            ("aliases", some(&slot.aliases)),
            ("part_of", slot.part_of.as_ref().and_then(json)),
        ],
        4,
    )
}

fn suggestion(suggestion: &Suggestion) -> String {
    let fields = Some(&suggestion.fields).filter(|fields| !fields.is_empty());
    on_a_line(vec![
        ("id", json(&suggestion.id)),
        ("text", words(&suggestion.text)),
        ("help", words(&suggestion.help)),
        ("fields", fields.and_then(json)),
    ])
}

fn order(order: &GuidedOrder) -> String {
    on_lines(
        vec![
            ("id", json(&order.id)),
            ("title", words(&order.title)),
            ("source", Some(source(&order.source))),
            ("steps", json(&order.steps)),
        ],
        4,
    )
}

fn source(source: &Source) -> String {
    on_a_line(vec![
        ("title", json(&source.title)),
        ("url", json(&source.url)),
    ])
}

fn words(text: &Localised) -> Option<String> {
    let languages: Vec<(String, &str)> = pairs(text).collect();
    let members = languages
        .iter()
        .map(|(tag, text)| (tag.as_str(), json(text)));
    (!languages.is_empty()).then(|| on_a_line(members.collect()))
}

fn pairs(text: &Localised) -> impl Iterator<Item = (String, &str)> {
    text.languages().zip(text.texts())
}

/// Any value on one line; what cannot be written as JSON is left out.
fn json<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

fn filled(text: &str) -> Option<String> {
    Some(text).filter(|text| !text.is_empty()).and_then(json)
}

fn some(texts: &[String]) -> Option<String> {
    Some(texts).filter(|texts| !texts.is_empty()).and_then(json)
}

fn some_list(items: impl ExactSizeIterator<Item = String>) -> Option<String> {
    (items.len() > 0).then(|| list(items, 2))
}

fn on_a_line(members: Members<'_>) -> String {
    let members = members.into_iter();
    let written = members.filter_map(|(name, value)| Some(format!("{}: {}", Quoted(name), value?)));
    format!("{{ {} }}", written.collect::<Vec<_>>().join(", "))
}

fn on_lines(members: Members<'_>, indent: usize) -> String {
    let (inner, outer) = (" ".repeat(indent + 2), " ".repeat(indent));
    let members = members.into_iter();
    let written =
        members.filter_map(|(name, value)| Some(format!("{inner}{}: {}", Quoted(name), value?)));
    format!("{{\n{}\n{outer}}}", written.collect::<Vec<_>>().join(",\n"))
}

fn list(items: impl Iterator<Item = String>, indent: usize) -> String {
    let (inner, outer) = (" ".repeat(indent + 2), " ".repeat(indent));
    let written: Vec<String> = items.map(|item| format!("{inner}{item}")).collect();
    format!("[\n{}\n{outer}]", written.join(",\n"))
}
