//! Reads a workspace from JSON: lenient about what is missing, exact about what is wrong.

use std::collections::BTreeMap;

use serde_json::Value;

use super::node::{Node, Problem};
use super::{FORMAT, VERSION, written};
use crate::interchange::builder::{Builder, Order, Spot};
use crate::interchange::warnings::Warnings;
use crate::interchange::{Complaint, Format, Imported, Warning, doubts};
use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Hue, ImportError, Kind, KindId, Link, LinkId,
    Person, PersonId, Quoted, Rank, SlotId, Stamp, canvas, catalogue,
};

/// Reads the workspace that `text` holds; `top` is the text parsed.
pub(in crate::interchange) fn read(text: &str, top: &Value) -> Result<Imported, ImportError> {
    if top.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(ImportError::UnknownJson {
            found: describe(top),
        });
    }
    let version = top
        .get("version")
        .and_then(Value::as_u64)
        .unwrap_or(VERSION);
    if version > VERSION {
        return Err(ImportError::NewerVersion {
            version,
            newest: VERSION,
        });
    }
    let mut reader = Reader {
        text,
        builder: Builder::default(),
        doubts: Warnings::default(),
    };
    reader
        .workspace(&Node::top(top))
        .map_err(|problem| problem.into_error(text, top))?;
    let (graph, warnings) = reader.builder.finish(Order::ByRank);
    Ok(Imported {
        graph,
        format: Format::Json,
        warnings,
        doubts: reader.doubts.into_list(),
    })
}

/// What the JSON is instead of a workspace.
fn describe(top: &Value) -> Complaint {
    match top {
        Value::Object(members) if members.is_empty() => Complaint::new("import.found.empty_object"),
        Value::Object(members) => {
            let names: Vec<String> = members
                .keys()
                .take(5)
                .map(|name| Quoted(name).to_string())
                .collect();
            Complaint::new("import.found.members").with("names", names.join(", "))
        }
        Value::Array(items) if items.is_empty() => Complaint::new("import.found.empty_list"),
        Value::Array(_) => Complaint::new("import.found.list"),
        _ => Complaint::new("import.found.value"),
    }
}

struct Reader<'t> {
    text: &'t str,
    builder: Builder,
    doubts: Warnings,
}

impl Reader<'_> {
    fn workspace(&mut self, top: &Node<'_>) -> Result<(), Problem> {
        for (name, member) in top.members()? {
            match name {
                "name" => self.builder.graph.name = member.text()?.to_owned(),
                "$schema" | "format" | "version" | "people" | "entities" | "links"
                | "placements" => {}
                unknown => self
                    .builder
                    .warnings
                    .add(Warning::new("import.warning.member").with("name", unknown)),
            }
        }
        for person in top.list("people")? {
            self.person(&person)?;
        }
        let (entities, links) = (top.list("entities")?, top.list("links")?);
        for id in entities
            .iter()
            .chain(&links)
            .filter_map(|node| node.member("id"))
        {
            self.builder.reserve(id.id()?);
        }
        for entity in &entities {
            self.entity(entity)?;
        }
        for placement in top.list("placements")? {
            self.placement(&placement)?;
        }
        for link in &links {
            self.link(link)?;
        }
        Ok(())
    }

    fn person(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        node.object()?;
        let id = required(node, "id")?.id()?;
        let name = optional(node, "name", Node::text)?
            .unwrap_or_default()
            .to_owned();
        let mut colour = Hue::default();
        if let Some(named) = node.member("colour") {
            colour = Hue::from_name(named.text()?).unwrap_or_else(|| {
                let warning = Warning::new("import.warning.colour");
                self.builder
                    .warnings
                    .add(warning.with("found", named.value.to_string()));
                Hue::default()
            });
        }
        self.warn_about_others(
            node,
            "import.warning.person_member",
            &["id", "name", "colour"],
        )?;
        let people = &mut self.builder.graph.people;
        match people.insert(PersonId::from(id), Person { name, colour }) {
            None => Ok(()),
            Some(_) => Err(node.problem(Complaint::new("import.problem.same_person"))),
        }
    }

    fn entity(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        node.object()?;
        let id = optional(node, "id", Node::id)?.map(EntityId::from);
        if id
            .as_ref()
            .is_some_and(|id| self.builder.graph.entities.contains_key(id))
        {
            return Err(node.problem(Complaint::new("import.problem.same_entity")));
        }
        let mut spots = Vec::new();
        if let Some(places) = node.member("places") {
            for (canvas, place) in places.members()? {
                spots.push(self.spot(canvas.into(), &place)?);
            }
        }
        let kind = match optional(node, "kind", Node::text)? {
            Some(kind) => kind.into(),
            None => usual_kind(&spots),
        };
        let entity = Entity {
            fields: self.fields(node, &kind)?.into(),
            kind,
            text: optional(node, "text", Node::text)?
                .unwrap_or_default()
                .to_owned(),
            created: stamp(node, "created")?,
            deleted: deletion(node)?,
        };
        self.doubt(node, &entity);
        let id = self.builder.add(id, entity);
        for spot in spots {
            self.builder.place(id.clone(), spot);
        }
        Ok(())
    }

    /// The members of `fields`, and those of the entity that no version of the format has had:
    /// better a field too many than something lost.
    fn fields(
        &mut self,
        node: &Node<'_>,
        kind: &KindId,
    ) -> Result<BTreeMap<String, FieldValue>, Problem> {
        let kind = catalogue::kind(kind);
        let mut fields = BTreeMap::new();
        for (name, member) in node.members()? {
            if !matches!(
                name,
                "id" | "kind" | "text" | "fields" | "created" | "deleted" | "places"
            ) {
                let warning = Warning::new("import.warning.entity_member");
                self.builder.warnings.add(warning.with("name", name));
                fields.extend(self.field(kind, name, &member));
            }
        }
        if let Some(own) = node.member("fields") {
            for (name, member) in own.members()? {
                fields.extend(self.field(kind, name, &member));
            }
        }
        Ok(fields)
    }

    /// The scalars of one field, by their keys: one, or one for each item of a checklist.
    fn field(
        &mut self,
        kind: Option<&Kind>,
        name: &str,
        node: &Node<'_>,
    ) -> Vec<(String, FieldValue)> {
        let scalar = match node.value {
            Value::Bool(flag) => FieldValue::Flag(*flag),
            Value::Number(number) => FieldValue::Number(number.as_f64().unwrap_or_default()),
            Value::String(text) => FieldValue::Text(text.clone()),
            nested => {
                let field = kind.and_then(|kind| kind.field(name));
                let scalars = field.and_then(|field| written::scalars(field, nested));
                if let Some(scalars) = scalars {
                    return scalars;
                }
                let warning = Warning::new("import.warning.nested");
                self.builder.warnings.add(warning.with("name", name));
                FieldValue::Text(nested.to_string())
            }
        };
        vec![(name.to_owned(), scalar)]
    }

    /// Names what the catalogue cannot make sense of, with its line.
    fn doubt(&mut self, node: &Node<'_>, entity: &Entity) {
        for doubt in doubts::of(entity) {
            if self.doubts.is_full() {
                // Finding the line of each would take long in a file full of them.
                self.doubts.add(doubt.warning("", None));
                continue;
            }
            let place = match doubt.field {
                None => node.member("kind"),
                Some(key) => node.member("fields").and_then(|fields| {
                    // An item of a checklist may stand in a list under the checklist's name.
                    let list = key.split_once('.').map_or(key, |(field, _)| field);
                    fields.member(key).or_else(|| fields.member(list))
                }),
            };
            let line = place.as_ref().unwrap_or(node).line(self.text);
            self.doubts.add(doubt.warning(&node.name(), Some(line)));
        }
    }

    /// A place is the slot alone, or an object that has `slot`.
    fn spot(&mut self, canvas: CanvasId, node: &Node<'_>) -> Result<Spot, Problem> {
        if node.value.is_string() {
            return Ok(Spot::new(canvas, node.text()?.into()));
        }
        node.object()?;
        let slot = SlotId::from(required(node, "slot")?.text()?);
        let mut rank = None;
        if let Some(own) = node.member("rank") {
            rank = Rank::parse(own.text()?);
            if rank.is_none() {
                let warning = Warning::new("import.warning.rank");
                self.builder
                    .warnings
                    .add(warning.with("found", own.value.to_string()));
            }
        }
        let x = optional(node, "x", Node::number)?;
        let y = optional(node, "y", Node::number)?;
        Ok(Spot {
            rank,
            x,
            y,
            ..Spot::new(canvas, slot)
        })
    }

    /// A place of an entity that the file does not hold.
    fn placement(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        let entity = EntityId::from(required(node, "entity")?.id()?);
        let canvas = CanvasId::from(required(node, "canvas")?.text()?);
        let spot = self.spot(canvas, node)?;
        self.builder.place(entity, spot);
        Ok(())
    }

    fn link(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        node.object()?;
        let link = Link {
            kind: optional(node, "kind", Node::text)?
                .unwrap_or("relates-to")
                .into(),
            from: required(node, "from")?.id()?.into(),
            to: required(node, "to")?.id()?.into(),
            created: stamp(node, "created")?,
            deleted: deletion(node)?,
        };
        self.warn_about_others(
            node,
            "import.warning.link_member",
            &["id", "kind", "from", "to", "created", "deleted"],
        )?;
        let id = match optional(node, "id", Node::id)? {
            Some(id) => LinkId::from(id),
            None => {
                let parts = [link.kind.as_str(), link.from.as_str(), link.to.as_str()];
                self.builder.free_link_id(&parts)
            }
        };
        for end in [&link.from, &link.to] {
            if !self.builder.graph.entities.contains_key(end) {
                let warning = Warning::new("import.warning.link_end");
                let warning = warning.with("id", id.as_str()).with("end", end.as_str());
                self.builder.warnings.add(warning);
            }
        }
        match self.builder.graph.links.insert(id, link) {
            None => Ok(()),
            Some(_) => Err(node.problem(Complaint::new("import.problem.same_link"))),
        }
    }

    fn warn_about_others(
        &mut self,
        node: &Node<'_>,
        key: &'static str,
        known: &[&str],
    ) -> Result<(), Problem> {
        for (name, _) in node.members()?.filter(|(name, _)| !known.contains(name)) {
            self.builder
                .warnings
                .add(Warning::new(key).with("name", name));
        }
        Ok(())
    }
}

/// What a note without a kind is: what its slot makes of new notes.
fn usual_kind(spots: &[Spot]) -> KindId {
    let kind = spots
        .iter()
        .find_map(|spot| canvas(&spot.canvas)?.slot(&spot.slot)?.takes.first());
    kind.cloned().unwrap_or_else(|| "note".into())
}

fn stamp(node: &Node<'_>, name: &str) -> Result<Option<Stamp>, Problem> {
    let Some(stamp) = node.member(name) else {
        return Ok(None);
    };
    let (by, at) = by_and_at(&stamp)?;
    Ok(Some(Stamp { by, at }))
}

fn deletion(node: &Node<'_>) -> Result<Option<Deletion>, Problem> {
    let Some(deletion) = node.member("deleted") else {
        return Ok(None);
    };
    let (by, at) = by_and_at(&deletion)?;
    let edited_since = optional(&deletion, "edited_since", Node::flag)?.unwrap_or_default();
    Ok(Some(Deletion {
        by,
        at,
        edited_since,
    }))
}

fn by_and_at(node: &Node<'_>) -> Result<(PersonId, i64), Problem> {
    node.object()?;
    let by = optional(node, "by", Node::id)?.unwrap_or_default();
    let at = optional(node, "at", Node::whole_number)?.unwrap_or_default();
    Ok((by.into(), at))
}

fn required<'a>(node: &Node<'a>, name: &str) -> Result<Node<'a>, Problem> {
    node.object()?;
    node.member(name).ok_or_else(|| {
        node.problem(
            Complaint::new("import.problem.missing").with("name", Quoted(name).to_string()),
        )
    })
}

fn optional<'a, T>(
    node: &Node<'a>,
    name: &str,
    read: impl Fn(&Node<'a>) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    node.member(name).map(|member| read(&member)).transpose()
}
