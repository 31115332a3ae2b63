//! By which words an entity stands in a list of others: a reading or a rating says nothing itself,
//! and is called after what it belongs to.

use super::edges::RECORDS;
use crate::catalogue;
use crate::index::{Handle, Reader};

/// Further records without words of their own: kind and the field that names what they are about.
const ABOUT: [(&str, &str); 3] = [
    ("rating", "subject"),
    ("delegation-vote", "area"),
    ("cohort", "metric"),
];

/// The first line of what an entity says or said before it was deleted; else what it is, and of
/// what; the id of what is not there.
#[must_use]
pub fn name(reader: &Reader<'_>, handle: Handle, language: &str) -> String {
    let own = first_line(reader, handle);
    if !own.is_empty() {
        return own.to_owned();
    }
    let Some(record) = reader.record(handle) else {
        return reader
            .id(handle)
            .map(ToString::to_string)
            .unwrap_or_default();
    };
    let kind = record.kind.as_str();
    let title = catalogue::kind(&kind.into()).map(|known| known.title.text(language));
    let title = title.unwrap_or(kind);
    let of = belongs_by(kind).find_map(|field| {
        let owner = reader.reference(handle, field)?;
        Some(first_line(reader, owner)).filter(|words| !words.is_empty())
    });
    match of {
        Some(of) => format!("{title}: {of}"),
        None => title.to_owned(),
    }
}

/// The reference fields that say what a record of that kind belongs to.
pub fn belongs_by(kind: &str) -> impl Iterator<Item = &'static str> {
    let records = RECORDS.iter().chain(&ABOUT);
    records.filter_map(move |(record, field)| (*record == kind).then_some(*field))
}

fn first_line<'a>(reader: &Reader<'a>, handle: Handle) -> &'a str {
    let text = reader.record(handle).map_or("", |entity| &entity.text);
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or_default()
}
