//! Writes a workspace in Markdown: canvases as a person would write them, then what they cannot
//! hold.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::Attributes;
use super::escape::{escape_inline, escape_line};
use super::{END, section};
use crate::{
    Canvas, CanvasId, Deletion, Entity, EntityId, FieldValue, Graph, Link, LinkId, SlotId, Stamp,
    UNPLACED, canvas, canvases, compact, link_kind,
};

/// How much of a note's text names it in a list of links.
const LABEL: usize = 60;

/// The workspace in Markdown. Importing it gives the same graph.
#[must_use]
pub fn to_markdown(graph: &Graph) -> String {
    let mut writer = Writer {
        graph,
        text: String::new(),
        written: BTreeSet::new(),
    };
    writer.title();
    for canvas in canvases() {
        writer.canvas(canvas);
    }
    writer.loose();
    writer.deleted();
    writer.links();
    writer.people();
    writer.orphans();
    writer.text.push_str(&format!("\n{END}\n"));
    writer.text
}

struct Writer<'a> {
    graph: &'a Graph,
    text: String,
    /// The entities that stand somewhere already, and need no more than their id.
    written: BTreeSet<&'a EntityId>,
}

impl<'a> Writer<'a> {
    fn title(&mut self) {
        let mut attributes = Attributes::default();
        attributes.set("groundwork", "1");
        let name = if self.graph.name.is_empty() {
            attributes.set("untitled", "true");
            "Untitled workspace".to_owned()
        } else {
            escape_inline(&self.graph.name)
        };
        self.text = format!("# {name} {}\n", attributes.comment());
    }

    fn heading(&mut self, marks: &str, title: &str) {
        self.text.push_str(&format!("\n{marks} {title}\n\n"));
    }

    fn canvas(&mut self, canvas: &Canvas) {
        let placed = self.graph.placements.get(&canvas.id);
        if !placed
            .into_iter()
            .flatten()
            .any(|(id, _)| self.graph.is_live(id))
        {
            return;
        }
        self.text
            .push_str(&format!("\n## {}\n", canvas.title.text("en")));
        for slot in &canvas.slots {
            self.slot(canvas, &slot.id, slot.title.text("en"));
        }
        let tray = SlotId::from(UNPLACED);
        if !self.graph.slot_notes(&canvas.id, &tray).is_empty() {
            self.slot(canvas, &tray, section::UNPLACED);
        }
    }

    fn slot(&mut self, canvas: &Canvas, slot: &SlotId, title: &str) {
        self.heading("###", title);
        for id in self.graph.slot_notes(&canvas.id, slot) {
            let mut attributes = self.attributes(id);
            if let Some(placement) = self.graph.placement(&canvas.id, id) {
                let other_slot = Some(&placement.slot).filter(|own| *own != slot);
                attributes.set_some("slot", other_slot);
                attributes.set("rank", placement.rank.as_str());
                attributes.set_some("x", placement.x);
                attributes.set_some("y", placement.y);
            }
            self.note(id, &attributes);
        }
    }

    /// What is known of the entity: all of it at its first place, then the id alone.
    fn attributes(&mut self, id: &'a EntityId) -> Attributes {
        let mut attributes = Attributes::default();
        attributes.set("id", id.as_str());
        let Some(entity) = self.graph.entities.get(id) else {
            return attributes;
        };
        if !self.written.insert(id) {
            attributes.set("again", "true");
            return attributes;
        }
        attributes.set("kind", entity.kind.as_str());
        attributes_of(entity, &mut attributes);
        attributes.set_object("also", &self.further_places(id, entity.deleted.is_some()));
        attributes
    }

    /// The places that no section shows: on canvases that the catalogue does not know, and all of
    /// a deleted note.
    fn further_places(&self, id: &EntityId, deleted: bool) -> BTreeMap<String, String> {
        let places = self
            .graph
            .places(id)
            .filter(|(on, _)| deleted || canvas(on).is_none());
        compact::gather(places.map(|(canvas, place)| (canvas.to_string(), place.to_string())))
    }

    fn note(&mut self, id: &EntityId, attributes: &Attributes) {
        let text = self
            .graph
            .entities
            .get(id)
            .map_or("", |entity| &entity.text);
        self.text.push('-');
        for (index, line) in text.split('\n').enumerate() {
            let indent = match (index, line) {
                (_, "") => "",
                (0, _) => " ",
                _ => "  ",
            };
            if index > 0 {
                self.text.push('\n');
            }
            self.text.push_str(indent);
            self.text.push_str(&escape_line(line, index == 0));
        }
        let ends_blank = text.ends_with('\n');
        self.text.push_str(if ends_blank { "  " } else { " " });
        self.text.push_str(&attributes.comment());
        self.text.push('\n');
    }

    fn loose(&mut self) {
        self.notes(section::LOOSE, |entity| entity.deleted.is_none());
    }

    fn deleted(&mut self) {
        self.notes(section::DELETED, |entity| entity.deleted.is_some());
    }

    /// The notes that stand nowhere yet and fit the section.
    fn notes(&mut self, title: &str, fits: impl Fn(&Entity) -> bool) {
        let graph = self.graph;
        let left: Vec<&EntityId> = graph
            .entities
            .iter()
            .filter(|(id, entity)| fits(entity) && !self.written.contains(id))
            .map(|(id, _)| id)
            .collect();
        if !left.is_empty() {
            self.heading("##", title);
        }
        for id in left {
            let attributes = self.attributes(id);
            self.note(id, &attributes);
        }
    }

    fn links(&mut self) {
        if !self.graph.links.is_empty() {
            self.heading("##", section::LINKS);
        }
        for (id, link) in &self.graph.links {
            self.link(id, link);
        }
    }

    fn link(&mut self, id: &LinkId, link: &Link) {
        let mut attributes = Attributes::default();
        attributes.set("id", id.as_str());
        attributes.set("kind", link.kind.as_str());
        attributes.set("from", link.from.as_str());
        attributes.set("to", link.to.as_str());
        stamps(
            link.created.as_ref(),
            link.deleted.as_ref(),
            &mut attributes,
        );
        let kind = link_kind(&link.kind).map_or(link.kind.as_str(), |kind| kind.title.text("en"));
        let (from, to) = (self.label(&link.from), self.label(&link.to));
        let kind = escape_inline(kind);
        self.text.push_str(&format!(
            "- {from} **{kind}** {to} {}\n",
            attributes.comment()
        ));
    }

    /// The beginning of a note's text, for the reader alone.
    fn label(&self, id: &EntityId) -> String {
        let text = self
            .graph
            .entities
            .get(id)
            .map_or(id.as_str(), |entity| &entity.text);
        let first = text.lines().next().unwrap_or_default();
        let mut label: String = first.chars().take(LABEL).collect();
        if label.len() < text.len() {
            label.push('…');
        }
        escape_inline(&label)
    }

    fn people(&mut self) {
        if !self.graph.people.is_empty() {
            self.heading("##", section::PEOPLE);
        }
        for (id, person) in &self.graph.people {
            let mut attributes = Attributes::default();
            attributes.set("id", id.as_str());
            attributes.set("colour", person.colour.name());
            let name = escape_inline(&person.name);
            self.text
                .push_str(&format!("- {name} {}\n", attributes.comment()));
        }
    }

    /// Places of entities that the graph does not hold.
    fn orphans(&mut self) {
        let mut orphans: BTreeMap<&CanvasId, BTreeMap<&EntityId, String>> = BTreeMap::new();
        for (canvas, placed) in &self.graph.placements {
            for (id, place) in placed
                .iter()
                .filter(|(id, _)| !self.graph.entities.contains_key(*id))
            {
                orphans
                    .entry(canvas)
                    .or_default()
                    .insert(id, place.to_string());
            }
        }
        if !orphans.is_empty() {
            let mut attributes = Attributes::default();
            attributes.set_object("placements", &orphans);
            self.heading("##", section::OTHER);
            self.text.push_str(&format!(
                "- Places of notes that are missing {}\n",
                attributes.comment()
            ));
        }
    }
}

fn attributes_of(entity: &Entity, attributes: &mut Attributes) {
    // The colour is what people look for, so it stands apart.
    let mut others: BTreeMap<&str, &FieldValue> = BTreeMap::new();
    for (name, value) in entity.fields.iter() {
        match value {
            FieldValue::Text(colour) if name == "colour" => {
                attributes.set("colour", colour.as_str())
            }
            _ => drop(others.insert(name, value)),
        }
    }
    attributes.set_object("fields", &others);
    stamps(entity.created.as_ref(), entity.deleted.as_ref(), attributes);
}

/// `created=1700000000000@ana`, and `edited=true` when the deletion was overtaken by an edit.
fn stamps(created: Option<&Stamp>, deleted: Option<&Deletion>, attributes: &mut Attributes) {
    attributes.set_some(
        "created",
        created.map(|stamp| format!("{}@{}", stamp.at, stamp.by)),
    );
    attributes.set_some(
        "deleted",
        deleted.map(|deletion| format!("{}@{}", deletion.at, deletion.by)),
    );
    if deleted.is_some_and(|deletion| deletion.edited_since) {
        attributes.set("edited", "true");
    }
}
