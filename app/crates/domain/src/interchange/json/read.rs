//! Reads a workspace from JSON: lenient about what is missing, exact about what is wrong.

use std::collections::BTreeMap;

use serde_json::Value;

use super::node::{Node, Problem};
use super::{FORMAT, written};
use crate::interchange::builder::{Builder, Order, Origin, Spot};
use crate::interchange::doubts::About;
use crate::interchange::{Complaint, Format, Imported, Warning, version};
use crate::locate::{Step, line_of, twice};
use crate::value;
use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Hue, ImportError, Kind, KindId, Link, LinkId,
    Person, PersonId, Quoted, Rank, SlotId, Stamp, canvas, catalogue, number,
};

/// Reads the workspace that `text` holds; `top` is the text parsed.
pub(in crate::interchange) fn read(text: &str, top: &Value) -> Result<Imported, ImportError> {
    if top.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(ImportError::UnknownJson {
            found: describe(top),
        });
    }
    if let Some(version) = top.get("version") {
        let line = line_of(text, &[Step::Member("version".to_owned())]);
        let place =
            Complaint::new("import.place.field").with("name", Quoted("version").to_string());
        version::check(version, line, place)?;
    }
    if let Some(twice) = twice(text) {
        return Err(Problem::twice(twice).into_error(text, top));
    }
    let mut reader = Reader {
        text,
        builder: Builder::default(),
        people: BTreeMap::new(),
    };
    let node = Node::top(top);
    reader
        .workspace(&node)
        .map_err(|problem| problem.into_error(text, top))?;
    let line = |origin: &Origin, about: About<'_>| line(origin, about, &node, text);
    let builder = reader.builder;
    Ok(builder.finish_with(Order::ByRank, Format::Json, &line))
}

/// The line of what a doubt is about.
fn line(origin: &Origin, about: About<'_>, top: &Node<'_>, text: &str) -> Option<usize> {
    let item = |list: &str, number: Option<usize>| top.list(list).ok()?.into_iter().nth(number?);
    let number = origin.number(about);
    let entity = || item("entities", number);
    let place = match about {
        About::Kind(_) => entity()?.member("kind").or_else(entity),
        About::Field(_, key) => {
            let entity = entity()?;
            field(&entity, key).or(Some(entity))
        }
        About::Within(id, key, steps) => {
            let entity = item("entities", origin.entities.get(id).copied())?;
            let field = field(&entity, key)?;
            field.value.is_object().then(|| field.within(steps))
        }
        About::Place(canvas, id) if origin.entities.contains_key(id) => {
            let entity = item("entities", origin.entities.get(id).copied())?;
            let places = entity.member("places");
            places
                .and_then(|places| places.member(canvas.as_str()))
                .or_else(|| item("placements", number))
        }
        About::Place(..) => item("placements", number),
        About::Link(_) => item("links", number),
    };
    place.map(|place| place.line(text))
}

/// The value of a field, which may stand beside `fields` too.
fn field<'a>(entity: &Node<'a>, key: &str) -> Option<Node<'a>> {
    // An item of a checklist may stand in a list under the checklist's name.
    let list = key.split_once('.').map_or(key, |(field, _)| field);
    let fields = entity.member("fields");
    let places = fields.iter().chain([entity]);
    let mut found = places.flat_map(|within| [within.member(key), within.member(list)]);
    found.find_map(|found| found)
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
    /// The people so far, by their numbers in the list.
    people: BTreeMap<PersonId, usize>,
}

impl Reader<'_> {
    fn workspace(&mut self, top: &Node<'_>) -> Result<(), Problem> {
        for (name, member) in top.members()? {
            match name {
                "name" => self.builder.graph.name = member.text()?.to_owned(),
                "$schema" | "format" | "version" | "people" | "entities" | "links"
                | "placements" => {}
                unknown => {
                    let warning = Warning::new("import.warning.member").with("name", unknown);
                    self.warn(warning, &member);
                }
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
                self.warn(warning.with("found", named.value.to_string()), &named);
                Hue::default()
            });
        }
        self.warn_about_others(
            node,
            "import.warning.person_member",
            &["id", "name", "colour"],
        )?;
        if let Some(first) = self.people.insert(id.as_str().into(), node.index()) {
            return Err(self.same("import.problem.same_person", &id, "people", first, node));
        }
        let people = &mut self.builder.graph.people;
        people.insert(id.into(), Person { name, colour });
        Ok(())
    }

    /// That the id of an item is that of an item before it.
    fn same(
        &self,
        key: &'static str,
        id: &str,
        list: &str,
        first: usize,
        node: &Node<'_>,
    ) -> Problem {
        let path = [Step::Member(list.to_owned()), Step::Item(first)];
        let line = line_of(self.text, &path).to_string();
        let what = Complaint::new(key).with("id", Quoted(id).to_string());
        node.problem(what.with("line", line))
    }

    fn warn(&mut self, warning: Warning, node: &Node<'_>) {
        // Finding the line of each would take long in a file full of them.
        let is_full = self.builder.warnings.is_full();
        let line = (!is_full).then(|| node.line(self.text));
        self.builder.warn(warning, line);
    }

    fn entity(&mut self, node: &Node<'_>) -> Result<(), Problem> {
        node.object()?;
        let id = optional(node, "id", Node::id)?.map(EntityId::from);
        let known = &self.builder.origin.entities;
        if let Some((id, first)) = id.as_ref().and_then(|id| known.get_key_value(id)) {
            let (key, id) = ("import.problem.same_entity", id.as_str());
            return Err(self.same(key, id, "entities", *first, node));
        }
        let mut spots = Vec::new();
        if let Some(places) = node.member("places") {
            for (canvas, place) in places.members()? {
                spots.push(self.spot(canvas.into(), &place, &node.name(), &[])?);
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
            created: self.stamp(node, "created")?,
            deleted: self.deletion(node)?,
        };
        let id = self.builder.add(id, entity);
        let numbers = &mut self.builder.origin.entities;
        numbers.insert(id.clone(), node.index());
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
                let warning = Warning::new("import.warning.entity_member").with("name", name);
                self.warn(warning.with("entity", node.name()), &member);
                fields.extend(self.field(kind, name, &member, node));
            }
        }
        if let Some(own) = node.member("fields") {
            for (name, member) in own.members()? {
                fields.extend(self.field(kind, name, &member, node));
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
        entity: &Node<'_>,
    ) -> Vec<(String, FieldValue)> {
        let scalar = match node.value {
            Value::Bool(flag) => FieldValue::Flag(*flag),
            Value::Number(number) => match number::exact(&number.to_string()) {
                _ if number.is_f64() => FieldValue::Number(number.as_f64().unwrap_or_default()),
                Some(number) => FieldValue::Number(number),
                None => {
                    let warning = Warning::new("import.warning.long_number").with("name", name);
                    let warning = warning.with("found", number.to_string());
                    self.warn(warning.with("entity", entity.name()), node);
                    FieldValue::Text(number.to_string())
                }
            },
            Value::String(text) => FieldValue::Text(text.clone()),
            nested => {
                let field = kind.and_then(|kind| kind.field(name));
                let scalars = field.and_then(|field| written::scalars(field, nested));
                if let Some(scalars) = scalars {
                    return scalars;
                }
                let text = FieldValue::Text(nested.to_string());
                // Where the text does not fit either, that is told with what would.
                if field.is_none_or(|field| value::read(field, &text).is_ok()) {
                    let warning = Warning::new("import.warning.nested").with("name", name);
                    self.warn(warning.with("entity", entity.name()), node);
                }
                text
            }
        };
        vec![(name.to_owned(), scalar)]
    }

    /// A place is the slot alone, or an object that has `slot`.
    fn spot(
        &mut self,
        canvas: CanvasId,
        node: &Node<'_>,
        entity: &str,
        named: &[&str],
    ) -> Result<Spot, Problem> {
        if node.value.is_string() {
            return Ok(Spot::new(canvas, node.text()?.into()));
        }
        let known = [&["slot", "rank", "x", "y"], named].concat();
        self.warn_within(entity, node, canvas.as_str(), &known)?;
        let slot = SlotId::from(required(node, "slot")?.text()?);
        let mut rank = None;
        if let Some(own) = node.member("rank") {
            rank = Rank::parse(own.text()?);
            if rank.is_none() {
                let warning = Warning::new("import.warning.rank").with("entity", entity);
                self.warn(warning.with("found", own.value.to_string()), &own);
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
        let spot = self.spot(canvas.clone(), node, entity.as_str(), &["entity", "canvas"])?;
        let numbers = &mut self.builder.origin.places;
        numbers.insert((canvas.clone(), entity.clone()), node.index());
        if self.builder.has_place(&canvas, &entity) {
            let warning = Warning::new("import.warning.place_twice");
            let warning = warning.with("canvas", canvas.as_str());
            self.warn(warning.with("entity", entity.as_str()), node);
        }
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
            created: self.stamp(node, "created")?,
            deleted: self.deletion(node)?,
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
        let known = &self.builder.origin.links;
        if let Some((id, first)) = known.get_key_value(&id) {
            let (key, id) = ("import.problem.same_link", id.as_str());
            return Err(self.same(key, id, "links", *first, node));
        }
        self.builder.origin.links.insert(id.clone(), node.index());
        self.builder.graph.links.insert(id, link);
        Ok(())
    }

    fn stamp(&mut self, of: &Node<'_>, name: &'static str) -> Result<Option<Stamp>, Problem> {
        let Some(node) = of.member(name) else {
            return Ok(None);
        };
        self.warn_within(&of.name(), &node, name, &["by", "at"])?;
        let (by, at) = by_and_at(&node)?;
        Ok(Some(Stamp { by, at }))
    }

    fn deletion(&mut self, of: &Node<'_>) -> Result<Option<Deletion>, Problem> {
        let Some(node) = of.member("deleted") else {
            return Ok(None);
        };
        self.warn_within(&of.name(), &node, "deleted", &["by", "at", "edited_since"])?;
        let (by, at) = by_and_at(&node)?;
        let edited_since = optional(&node, "edited_since", Node::flag)?.unwrap_or_default();
        Ok(Some(Deletion {
            by,
            at,
            edited_since,
        }))
    }

    /// Names the members of a member that are not read.
    fn warn_within(
        &mut self,
        entity: &str,
        node: &Node<'_>,
        within: &str,
        known: &[&str],
    ) -> Result<(), Problem> {
        for (name, member) in node.members()?.filter(|(name, _)| !known.contains(name)) {
            let warning = Warning::new("import.warning.inner_member")
                .with("name", name)
                .with("within", within)
                .with("entity", entity);
            self.warn(warning, &member);
        }
        Ok(())
    }

    fn warn_about_others(
        &mut self,
        node: &Node<'_>,
        key: &'static str,
        known: &[&str],
    ) -> Result<(), Problem> {
        for (name, member) in node.members()?.filter(|(name, _)| !known.contains(name)) {
            let warning = Warning::new(key).with("name", name);
            let number = (node.index() + 1).to_string();
            self.warn(warning.with("number", number), &member);
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
