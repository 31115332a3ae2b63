//! Reads Markdown: which heading is which slot, and where each passage goes.

use serde_json::Value;

use super::attributes::Attributes;
use super::blocks::{self, Block};
use super::escape::unescape;
use super::own::Comment;
use super::{END, section};
use crate::interchange::builder::{Builder, Order, Spot};
use crate::interchange::{Complaint, Format, Imported, Warning, doubts, names, version};
use crate::{
    Canvas, Entity, ImportError, KindId, Quoted, Slot, SlotId, UNPLACED, canvases, number,
};

/// So many headings are named in an error.
const HEADINGS_NAMED: usize = 8;
/// So many canvases are described in an error block by block, the others by name.
const CANVASES_DESCRIBED: usize = 2;
/// The level of the headings under which our own files have a canvas.
const OWN_CANVAS_LEVEL: usize = 2;

/// Reads a canvas or a workspace.
pub(in crate::interchange) fn read(text: &str) -> Result<Imported, ImportError> {
    // Only a line of its own ends the file: notes and names may hold the mark, escaped or not. It is
    // a comment, so nothing has to be taken out.
    let is_whole = text.lines().any(|line| line.trim() == END);
    let cut = blocks::cut(text);
    let headings: Vec<&str> = cut.blocks.iter().filter_map(heading_text).collect();
    let is_own = cut.blocks.first().is_some_and(is_own_title);
    if let Some(title) = cut.blocks.first().filter(|_| is_own) {
        check_version(title)?;
    }
    let begun = begun_canvases(&cut.blocks, is_own);
    let canvas = first_canvas(&headings, &begun)
        .or_else(|| canvases().first().filter(|_| is_own))
        .ok_or_else(|| no_slot_heading(&headings))?;
    let mut reader = Reader {
        builder: Builder::default(),
        canvas,
        place: Place::Start,
        slots_seen: 0,
        is_own,
    };
    for id in cut
        .blocks
        .iter()
        .filter_map(|block| attributes_of(block)?.text("id"))
    {
        reader.builder.reserve(id.to_owned());
    }
    let first_heading = cut
        .blocks
        .iter()
        .position(|block| heading_text(block).is_some());
    let mut begun = begun.into_iter();
    for (index, block) in cut.blocks.iter().enumerate() {
        match block {
            Block::Heading {
                level,
                text,
                attributes,
                line,
            } => {
                let may_be_name = *level == 1 && first_heading == Some(index);
                let is_title = index == 0 && is_own;
                let begun = begun.next().flatten();
                match (attributes, begun) {
                    (Some(attributes), _) if is_title => reader.own_title(text, attributes),
                    (_, Some(canvas)) => reader.begin(canvas),
                    (_, None) => reader.heading(text, *line, may_be_name),
                }
            }
            Block::Passage {
                text,
                attributes,
                line,
            } => reader.passage(text, attributes.as_ref(), *line),
        }
    }
    if reader.slots_seen == 0 && !is_own {
        return Err(no_slot_heading(&headings));
    }
    if is_own && !is_whole {
        let last = reader.builder.origin.line(text.lines().count().max(1));
        let warning = Warning::new("import.warning.cut").at(Some(last));
        reader.builder.warnings.add(warning);
    }
    if !is_own {
        let warnings = &mut reader.builder.warnings;
        warnings.add_count("import.warning.comments", cut.comments);
        if cut.front_matter {
            warnings.add(Warning::new("import.warning.metadata"));
        }
    }
    Ok(reader.builder.finish(Order::AsListed, Format::Markdown))
}

fn heading_text(block: &Block) -> Option<&str> {
    match block {
        Block::Heading { text, .. } => Some(text),
        Block::Passage { .. } => None,
    }
}

fn attributes_of(block: &Block) -> Option<&Attributes> {
    match block {
        Block::Heading { attributes, .. } | Block::Passage { attributes, .. } => {
            attributes.as_ref()
        }
    }
}

fn is_own_title(block: &Block) -> bool {
    let is_heading = matches!(block, Block::Heading { .. });
    is_heading && attributes_of(block).is_some_and(|attributes| attributes.has("groundwork"))
}

/// Holds the version in the title of a file of our own to this one.
fn check_version(title: &Block) -> Result<(), ImportError> {
    let (Block::Heading { line, .. }, Some(attributes)) = (title, attributes_of(title)) else {
        return Ok(());
    };
    let version = attributes.value("groundwork").cloned().unwrap_or_default();
    let number = version.as_str().and_then(number::parse);
    let version = number.map_or(version, Value::from);
    let whole = version
        .as_f64()
        .filter(|one| one.fract() == 0.0 && (0.0..1e15).contains(one));
    let version = whole.map_or(version, |whole| Value::from(whole as u64));
    let place = Complaint::new("import.place.field").with("name", Quoted("groundwork").to_string());
    version::check(&version, *line, place)
}

/// For each heading, the canvas that it begins.
fn begun_canvases(blocks: &[Block], is_own: bool) -> Vec<Option<&'static Canvas>> {
    let headings: Vec<(usize, &str)> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text, .. } => Some((*level, text.as_str())),
            Block::Passage { .. } => None,
        })
        .collect();
    let mut begun: Vec<Option<&'static Canvas>> = headings
        .iter()
        .map(|(_, text)| names::find_canvas(text))
        .collect();
    // Backwards, so that what stands below each is known: the headings up to the next such name.
    let mut end = headings.len();
    for (index, canvas) in begun.iter_mut().enumerate().rev() {
        let (Some(named), Some((level, text))) = (*canvas, headings.get(index)) else {
            continue;
        };
        let below = headings.get(index + 1..end).unwrap_or_default();
        let below: Vec<&str> = below.iter().map(|(_, text)| *text).collect();
        end = index;
        let begins = if is_own {
            // Where we wrote the file, the level says what a heading is.
            *level == OWN_CANVAS_LEVEL
        } else {
            names::begins(named, text, &below)
        };
        *canvas = canvas.filter(|_| begins);
    }
    begun
}

/// The canvas with which the file begins: the one that the headings fit best up to the first that
/// begins a canvas, else that one.
fn first_canvas(headings: &[&str], begun: &[Option<&'static Canvas>]) -> Option<&'static Canvas> {
    let title = || names::split_canvas(headings.first()?).map(|(canvas, _)| canvas);
    let begun = begun.iter().enumerate();
    let mut named = begun.filter_map(|(index, canvas)| Some((index, (*canvas)?)));
    let named = title().map(|canvas| (0, canvas)).or_else(|| named.next());
    let before = headings
        .iter()
        .take(named.map_or(headings.len(), |(index, _)| index));
    let starts = before
        .clone()
        .filter_map(|heading| Some(split_remark(heading)?.0));
    let titles: Vec<&str> = before.copied().chain(starts).collect();
    names::best_canvas(&titles).or(named.map(|(_, canvas)| canvas))
}

/// Splits "Problem: what hurts" and "Problem – what hurts".
fn split_remark(heading: &str) -> Option<(&str, &str)> {
    let marks = [": ", " - ", " – ", " — "];
    let (start, remark) = marks
        .into_iter()
        .find_map(|mark| heading.split_once(mark))?;
    Some((start, remark.trim())).filter(|(_, remark)| !remark.is_empty())
}

fn no_slot_heading(headings: &[&str]) -> ImportError {
    let named: Vec<String> = headings
        .iter()
        .take(HEADINGS_NAMED)
        .map(|heading| Quoted(heading).to_string())
        .collect();
    let found = match named.len() {
        0 => Complaint::new("import.slots.none"),
        _ => Complaint::new("import.slots.found").with("names", named.join(", ")),
    };
    ImportError::NoSlotHeading { found }
}

/// The headings that would be understood, in that language: those of the first canvases, and the
/// names of all others.
#[must_use]
pub fn headings(language: &str) -> Vec<Complaint> {
    let canvases = canvases();
    let (described, others) = canvases
        .split_at_checked(CANVASES_DESCRIBED)
        .unwrap_or((canvases, &[]));
    let described = described.iter().map(|canvas| {
        let slots = canvas.slots.iter();
        let titles: Vec<&str> = slots.map(|slot| slot.title.text(language)).collect();
        Complaint::new("import.slots.of")
            .with("canvas", canvas.title.text(language))
            .with("slots", titles.join(", "))
    });
    let others: Vec<&str> = others
        .iter()
        .map(|canvas| canvas.title.text(language))
        .collect();
    let others = Complaint::new("import.slots.others").with("canvases", others.join(", "));
    described.chain([others]).collect()
}

/// What the passages under a heading are.
#[derive(Clone, Copy)]
enum Place {
    /// Text before the first heading.
    Start,
    Slot(&'static Slot),
    Tray,
    Loose,
    Links,
    People,
    Other,
}

struct Reader {
    builder: Builder,
    canvas: &'static Canvas,
    place: Place,
    slots_seen: usize,
    is_own: bool,
}

impl Reader {
    fn own_title(&mut self, text: &str, attributes: &Attributes) {
        if !attributes.has("untitled") {
            self.builder.graph.name = unescape(text);
        }
        self.place = Place::Tray;
    }

    fn begin(&mut self, canvas: &'static Canvas) {
        self.canvas = canvas;
        self.place = Place::Tray;
    }

    fn heading(&mut self, text: &str, line: usize, may_be_name: bool) {
        if let Some(place) = self.own_section(text) {
            self.place = place;
        } else if let Some(slot) = names::find_slot(self.canvas, text) {
            self.slot(slot);
        } else if let Some((slot, remark)) = self.slot_with_remark(text) {
            self.slot(slot);
            self.passage(remark, None, line);
        } else if let Some((canvas, name)) = names::split_canvas(text).filter(|_| may_be_name) {
            self.begin(canvas);
            self.builder.graph.name = name;
        } else if may_be_name && !self.is_own {
            self.builder.graph.name = text.to_owned();
            self.place = Place::Start;
        } else {
            let warning = Warning::new("import.warning.heading")
                .with("heading", text)
                .with("line", line.to_string())
                .with("canvas", self.canvas.id.as_str());
            self.builder.warnings.add(warning);
            self.place = Place::Tray;
        }
    }

    fn slot(&mut self, slot: &'static Slot) {
        self.slots_seen += 1;
        self.place = Place::Slot(slot);
    }

    fn slot_with_remark<'t>(&self, text: &'t str) -> Option<(&'static Slot, &'t str)> {
        let (start, remark) = split_remark(text)?;
        Some((names::find_slot(self.canvas, start)?, remark))
    }

    fn own_section(&self, text: &str) -> Option<Place> {
        match text {
            _ if text.eq_ignore_ascii_case(section::UNPLACED) => Some(Place::Tray),
            _ if !self.is_own => None,
            section::LOOSE | section::DELETED => Some(Place::Loose),
            section::LINKS => Some(Place::Links),
            section::PEOPLE => Some(Place::People),
            section::OTHER => Some(Place::Other),
            _ => None,
        }
    }

    fn passage(&mut self, text: &str, attributes: Option<&Attributes>, line: usize) {
        // Our own export escapes what would look like a comment.
        if self.is_own && attributes.is_none() && text.contains("<!--") {
            let warning = Warning::new("import.warning.comment");
            let shown = doubts::name(text.split("<!--").next().unwrap_or_default());
            self.builder.warn(warning.with("text", shown), Some(line));
        }
        let slot = match self.place {
            Place::Slot(slot) => Some(slot),
            Place::Tray => None,
            Place::Start => {
                self.builder
                    .warnings
                    .add(Warning::new("import.warning.before_first"));
                None
            }
            Place::Loose => return self.note(text, attributes, "note".into(), None, line),
            Place::Links | Place::People | Place::Other => {
                return self.extra(text, attributes, line);
            }
        };
        let kind = slot.and_then(|slot| slot.takes.first()).cloned();
        let slot = slot.map_or_else(|| SlotId::from(UNPLACED), |slot| slot.id.clone());
        let spot = Spot::new(self.canvas.id.clone(), slot);
        self.note(
            text,
            attributes,
            kind.unwrap_or_else(|| "note".into()),
            Some(spot),
            line,
        );
    }

    fn note(
        &mut self,
        text: &str,
        attributes: Option<&Attributes>,
        kind: KindId,
        spot: Option<Spot>,
        line: usize,
    ) {
        if let Some(attributes) = attributes {
            let mut comment = Comment::new(&mut self.builder, attributes, line);
            comment.doubt(text);
            return comment.note(text, kind, spot);
        }
        let id = self.builder.add(None, Entity::new(kind, text));
        self.builder.origin.entities.insert(id.clone(), line);
        if let Some(spot) = spot {
            self.builder.place(id, spot);
        }
    }

    fn extra(&mut self, text: &str, attributes: Option<&Attributes>, line: usize) {
        let Some(attributes) = attributes else {
            let warning = Warning::new("import.warning.without_comment");
            return self.builder.warn(warning.with("text", text), Some(line));
        };
        let mut comment = Comment::new(&mut self.builder, attributes, line);
        comment.doubt(text);
        match self.place {
            Place::Links => comment.link(text),
            Place::People => comment.person(text),
            _ => comment.orphans(text),
        }
    }
}

#[cfg(test)]
mod tests;
