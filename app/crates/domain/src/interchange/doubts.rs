//! What of a graph the catalogue cannot make sense of: kinds and fields that it does not know,
//! values that do not fit their field, places on no slot, and what names something that the file
//! does not hold. All of it is kept; here it gets its name, and its line where the file has lines.

use super::warnings::Warnings;
use super::{Line, Warning};
use crate::catalogue::{CanvasError, DEFINITION, Field, FieldType, Wrong, flaws};
use crate::experiment::{EXPERIMENT, LOCK, Lock};
use crate::locate::Step;
use crate::value::{Misfit, Value, read};
use crate::{
    Canvas, CanvasId, Deletion, Entity, EntityId, FieldValue, Graph, Link, LinkId, PersonId,
    SlotId, Stamp, UNPLACED, catalogue, compact,
};

/// How much of a note's text stands for it, in characters.
const SHOWN: usize = 40;

/// What a doubt is about, for finding its line.
#[derive(Clone, Copy)]
pub(super) enum About<'a> {
    Kind(&'a EntityId),
    Field(&'a EntityId, &'a str),
    /// What is within a field that the file has as an object.
    Within(&'a EntityId, &'a str, &'a [Step]),
    Place(&'a CanvasId, &'a EntityId),
    Link(&'a LinkId),
}

/// What the file says of where its things stand, and which of them it gave a name.
pub(super) struct Source<'a> {
    pub(super) line: &'a dyn Fn(About<'_>) -> Option<Line>,
    pub(super) is_named: &'a dyn Fn(&EntityId) -> bool,
}

/// What of the graph makes no sense.
pub(super) fn of(graph: &Graph, source: &Source<'_>) -> Vec<Warning> {
    let mut doubts = Doubts {
        graph,
        source,
        warnings: Warnings::default(),
        own: None,
    };
    for (id, entity) in &graph.entities {
        doubts.entity(id, entity);
    }
    for (canvas, placed) in &graph.placements {
        for (id, placement) in placed {
            doubts.place(canvas, id, &placement.slot);
        }
    }
    for (id, link) in &graph.links {
        doubts.link(id, link);
    }
    doubts.strangers();
    let mut list = doubts.warnings.into_list();
    // What has no line comes last, such as how many more there are.
    compact::sort_by(&mut list, |one, other| {
        let has_none = |warning: &Warning| warning.line.is_none();
        (has_none(one), &one.line).cmp(&(has_none(other), &other.line))
    });
    list
}

struct Doubts<'a> {
    graph: &'a Graph,
    source: &'a Source<'a>,
    warnings: Warnings,
    /// The canvases that the file brings, once one is asked for.
    own: Option<Vec<Canvas>>,
}

impl Doubts<'_> {
    fn add(&mut self, about: About<'_>, warning: Warning) {
        // Finding the line of each would take long in a file full of them.
        let line = match self.warnings.is_full() {
            true => None,
            false => (self.source.line)(about),
        };
        self.warnings.add(warning.at(line));
    }

    fn entity(&mut self, id: &EntityId, entity: &Entity) {
        let Some(kind) = catalogue::kind(&entity.kind) else {
            let warning = self.about("import.warning.kind", id);
            return self.add(About::Kind(id), warning.with("kind", entity.kind.as_str()));
        };
        for mut flaw in catalogue::definition(entity).map(flaws).unwrap_or_default() {
            let key = match flaw.what {
                Wrong::Sense(CanvasError::UnknownFigure(_)) => "import.warning.own_figure",
                _ => "import.warning.own_canvas",
            };
            let mut warning = self.about(key, id);
            // Where the file has the canvas as an object, the lines are those of the file.
            let within = (self.source.line)(About::Within(id, DEFINITION, flaw.path()));
            if let Some(line) = &within {
                flaw.line = line.number;
            }
            warning.flaw = Some(flaw);
            let line = within.or_else(|| (self.source.line)(About::Field(id, DEFINITION)));
            self.warnings.add(warning.at(line));
        }
        let lock = entity
            .fields
            .get(LOCK)
            .filter(|_| entity.kind == *EXPERIMENT);
        // A lock is text: a number or a flag is none, however it reads.
        let unread = lock.and_then(|lock| match lock {
            FieldValue::Text(text) => text.parse::<Lock>().is_err().then(|| text.clone()),
            FieldValue::Number(number) => Some(number.to_string()),
            FieldValue::Flag(flag) => Some(flag.to_string()),
        });
        if let Some(found) = unread {
            let warning = self.about("import.warning.lock", id);
            self.add(About::Field(id, LOCK), warning.with("found", found));
        }
        for (field, misfit) in entity.misfits(kind) {
            let warning = self.misfit(id, field, misfit);
            self.add(About::Field(id, field), warning);
        }
        for (name, scalar) in entity.fields.iter() {
            let is_reference = |field: &&Field| matches!(field.takes, FieldType::Reference { .. });
            let field = kind.field_at(name).filter(is_reference);
            if let Some(Ok(Value::Reference(end))) = field.map(|field| read(field, scalar))
                && !self.graph.entities.contains_key(&end)
            {
                let warning = self.about("import.warning.reference", id);
                let warning = warning.with("field", name.as_str());
                self.add(About::Field(id, name), warning.with("end", end.as_str()));
            }
        }
    }

    /// Who made or deleted something and is not among the people of the file, each person once.
    fn strangers(&mut self) {
        let graph = self.graph;
        let mut told: Vec<&PersonId> = Vec::new();
        for (id, entity) in &graph.entities {
            let stamps = stamps(entity.created.as_ref(), entity.deleted.as_ref());
            for (field, person) in stamps {
                if self.is_stranger(person, &mut told) {
                    let warning = self.about("import.warning.person", id);
                    let warning = warning.with("field", field).with("person", person.as_str());
                    self.add(About::Field(id, field), warning);
                }
            }
        }
        for (id, link) in &graph.links {
            let stamps = stamps(link.created.as_ref(), link.deleted.as_ref());
            for (field, person) in stamps {
                if self.is_stranger(person, &mut told) {
                    let warning = Warning::new("import.warning.person");
                    let warning = warning.with("field", field).with("person", person.as_str());
                    self.add(About::Link(id), warning.with("entity", id.as_str()));
                }
            }
        }
    }

    /// Whether the file names a person without saying who that is, for the first time.
    fn is_stranger<'p>(&self, person: &'p PersonId, told: &mut Vec<&'p PersonId>) -> bool {
        let is_known = person.as_str().is_empty()
            || self.graph.people.contains_key(person)
            || has_only_a_number(person);
        if is_known || told.contains(&person) {
            return false;
        }
        told.push(person);
        true
    }

    fn misfit(&self, id: &EntityId, field: &str, misfit: Option<Misfit>) -> Warning {
        let key = match misfit {
            None => "import.warning.field",
            Some(_) => "import.warning.misfit",
        };
        let mut warning = self.about(key, id).with("field", field);
        warning.misfit = misfit;
        warning
    }

    fn place(&mut self, canvas: &CanvasId, id: &EntityId, slot: &SlotId) {
        let known = match catalogue::canvas(canvas) {
            Some(known) => Some(known.slot(slot).is_some()),
            None => self.own_has(canvas, slot),
        };
        let warning = match known {
            None => self
                .about("import.warning.canvas", id)
                .with("name", canvas.as_str()),
            Some(false) if *slot != UNPLACED => self
                .about("import.warning.slot", id)
                .with("canvas", canvas.as_str())
                .with("slot", slot.as_str()),
            Some(_) => return,
        };
        self.add(About::Place(canvas, id), warning);
    }

    /// Whether a canvas that the file brings has the slot; `None` when there is no such canvas.
    fn own_has(&mut self, canvas: &CanvasId, slot: &SlotId) -> Option<bool> {
        let graph = self.graph;
        let own = self.own.get_or_insert_with(|| {
            let own = catalogue::own_canvases(&graph.entities).into_iter();
            own.filter_map(|(_, own)| own.ok()).collect()
        });
        let known = own.iter().find(|own| own.id == *canvas)?;
        Some(known.slot(slot).is_some())
    }

    fn link(&mut self, id: &LinkId, link: &Link) {
        if catalogue::link_kind(&link.kind).is_none() {
            let warning = Warning::new("import.warning.link_kind").with("id", id.as_str());
            self.add(About::Link(id), warning.with("kind", link.kind.as_str()));
        }
        for end in [&link.from, &link.to] {
            if !self.graph.entities.contains_key(end) {
                let warning = Warning::new("import.warning.link_end").with("id", id.as_str());
                self.add(About::Link(id), warning.with("end", end.as_str()));
            }
        }
    }

    fn about(&self, key: &'static str, id: &EntityId) -> Warning {
        let entity = self.graph.entities.get(id);
        let is_named = entity.is_none() || (self.source.is_named)(id);
        let name = entity.map_or_else(String::new, |entity| name(&entity.text));
        Warning::new(key).with("entity", called(is_named.then_some(id.as_str()), &name))
    }
}

/// Who made and who deleted something, with the name of the member that says so.
fn stamps<'a>(
    created: Option<&'a Stamp>,
    deleted: Option<&'a Deletion>,
) -> impl Iterator<Item = (&'static str, &'a PersonId)> {
    let created = created.map(|stamp| ("created.by", &stamp.by));
    let deleted = deleted.map(|stamp| ("deleted.by", &stamp.by));
    created.into_iter().chain(deleted)
}

/// What a message calls an entity: its first words, and its id where the file gave it one.
pub(super) fn called(id: Option<&str>, name: &str) -> String {
    match (id, name) {
        (Some(id), "") => id.to_owned(),
        (Some(id), name) => format!("{name} [{id}]"),
        (None, name) => name.to_owned(),
    }
}

/// The first words of a text.
pub(super) fn name(text: &str) -> String {
    let mut lines = text.lines().map(str::trim);
    match lines.find(|line| !line.is_empty()) {
        None => String::new(),
        Some(line) if line.chars().count() <= SHOWN => line.to_owned(),
        Some(line) => line.chars().take(SHOWN).chain(['…']).collect(),
    }
}

/// Whether this is the number that a device draws for a person: one who has not said their name is
/// among no people, in an export of one's own workspace too.
fn has_only_a_number(person: &PersonId) -> bool {
    let id = person.as_str();
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_not_said_their_name_is_no_stranger() {
        let drawn = PersonId::from("2e578459c4dd5a1c3681a64d6c85efec");
        assert!(has_only_a_number(&drawn));
        for written in ["cem", "2e57", "2e578459c4dd5a1c3681a64d6c85efeg"] {
            assert!(!has_only_a_number(&PersonId::from(written)), "{written}");
        }
    }
}
