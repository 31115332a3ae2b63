//! Writes a workspace as JSON, in an order that a person would write it in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::FORMAT;
use crate::interchange::version::VERSION;
use crate::{
    CanvasId, Deletion, Entity, EntityId, Fields, Graph, Link, LinkId, Person, PersonId, Placement,
    compact,
};

/// The workspace as JSON. Importing it gives the same graph.
#[must_use]
pub fn to_json(graph: &Graph) -> String {
    let file = File {
        format: FORMAT,
        version: VERSION,
        name: &graph.name,
        people: graph
            .people
            .iter()
            .map(|(id, person)| PersonOut { id, person })
            .collect(),
        entities: graph
            .entities
            .iter()
            .map(|(id, entity)| entity_out(graph, id, entity))
            .collect(),
        placements: orphans(graph).collect(),
        links: graph
            .links
            .iter()
            .map(|(id, link)| link_out(id, link))
            .collect(),
    };
    // Nothing in it can fail to be written: keys are text and numbers are finite or text.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct File<'a> {
    format: &'a str,
    version: u64,
    name: &'a str,
    people: Vec<PersonOut<'a>>,
    entities: Vec<EntityOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    placements: Vec<Orphan<'a>>,
    links: Vec<LinkOut<'a>>,
}

#[derive(Serialize)]
struct PersonOut<'a> {
    id: &'a PersonId,
    #[serde(flatten)]
    person: &'a Person,
}

#[derive(Serialize)]
struct EntityOut<'a> {
    id: &'a EntityId,
    kind: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    places: BTreeMap<&'a CanvasId, &'a Placement>,
    #[serde(skip_serializing_if = "Fields::is_empty")]
    fields: &'a Fields,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Made<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<Gone<'a>>,
}

#[derive(Serialize)]
struct LinkOut<'a> {
    id: &'a LinkId,
    kind: &'a str,
    from: &'a EntityId,
    to: &'a EntityId,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Made<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted: Option<Gone<'a>>,
}

/// Who did something and when, as far as anybody knows.
#[derive(Serialize)]
struct Made<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i64>,
}

#[derive(Serialize)]
struct Gone<'a> {
    #[serde(flatten)]
    made: Made<'a>,
    edited_since: bool,
}

fn made(by: &PersonId, at: i64) -> Made<'_> {
    Made {
        by: by.as_str(),
        at: Some(at).filter(|at| *at != 0),
    }
}

fn gone(deletion: &Deletion) -> Gone<'_> {
    Gone {
        made: made(&deletion.by, deletion.at),
        edited_since: deletion.edited_since,
    }
}

fn link_out<'a>(id: &'a LinkId, link: &'a Link) -> LinkOut<'a> {
    LinkOut {
        id,
        kind: link.kind.as_str(),
        from: &link.from,
        to: &link.to,
        created: link.created.as_ref().map(|stamp| made(&stamp.by, stamp.at)),
        deleted: link.deleted.as_ref().map(gone),
    }
}

/// A place of an entity that the graph does not hold.
#[derive(Serialize)]
struct Orphan<'a> {
    entity: &'a EntityId,
    canvas: &'a CanvasId,
    #[serde(flatten)]
    placement: &'a Placement,
}

fn entity_out<'a>(graph: &'a Graph, id: &'a EntityId, entity: &'a Entity) -> EntityOut<'a> {
    EntityOut {
        id,
        kind: entity.kind.as_str(),
        text: &entity.text,
        places: compact::gather(graph.places(id)),
        fields: &entity.fields,
        created: entity
            .created
            .as_ref()
            .map(|stamp| made(&stamp.by, stamp.at)),
        deleted: entity.deleted.as_ref().map(gone),
    }
}

fn orphans(graph: &Graph) -> impl Iterator<Item = Orphan<'_>> {
    graph.placements.iter().flat_map(move |(canvas, placed)| {
        let missing = placed
            .iter()
            .filter(|(id, _)| !graph.entities.contains_key(*id));
        missing.map(move |(entity, placement)| Orphan {
            entity,
            canvas,
            placement,
        })
    })
}
