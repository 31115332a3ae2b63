//! A slot: a region of a canvas, what it asks, what it takes, and what standing in it says.
//!
//! Where a slot carries fields, the slot *is* the value: a note that lands under "Now" has `lane`
//! `now`, so that a board and a details dialog never tell two stories.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::canvas::no_words;
use crate::{FieldValue, KindId, Localised, SlotId};

/// A region of a canvas that holds notes.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Slot {
    /// Its id within the canvas.
    pub id: SlotId,
    /// Its name.
    pub title: Localised,
    /// The question that its notes answer; shown as a hint while it is empty.
    #[serde(default = "no_words")]
    pub question: Localised,
    /// The kinds that it takes; a new note becomes the first.
    #[serde(default = "notes")]
    pub takes: Vec<KindId>,
    /// The values that a note gets by landing here.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldValue>,
    /// Where it lies; of a canvas of one's own that does not say, on the next free cell.
    #[serde(default)]
    pub area: GridArea,
    /// How many notes the method advises at most; more are possible and pointed out.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Why there is a limit, in the method's sense.
    #[serde(default)]
    pub advice: Option<Localised>,
    /// Notes that the method's source gives as examples, to start from.
    #[serde(default)]
    pub suggestions: Vec<Suggestion>,
    /// Other headings that imported files may give it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The slot of which this one is a sub-block.
    #[serde(default)]
    pub part_of: Option<SlotId>,
}

impl Slot {
    /// The flags that standing here sets; leaving takes them back, while other values stay until
    /// another slot says otherwise.
    pub fn flags(&self) -> impl Iterator<Item = &str> {
        let set = FieldValue::Flag(true);
        let flags = self.fields.iter().filter(move |(_, value)| **value == set);
        flags.map(|(field, _)| field.as_str())
    }
}

/// What a slot takes that does not say.
pub(super) fn notes() -> Vec<KindId> {
    vec!["note".into()]
}

fn one() -> u32 {
    1
}

/// Grid cells, counted from 1 as in CSS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct GridArea {
    /// First column.
    pub column: u32,
    /// First row.
    pub row: u32,
    /// How many columns wide.
    #[serde(default = "one")]
    pub column_span: u32,
    /// How many rows high.
    #[serde(default = "one")]
    pub row_span: u32,
}

/// A note to start from: a text and the values that come with it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Suggestion {
    /// Its id, unique among the suggestions of its canvas.
    pub id: String,
    /// The note's text.
    pub text: Localised,
    /// What it means.
    #[serde(default = "no_words")]
    pub help: Localised,
    /// The values that the note gets beside those of its slot.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldValue>,
}
