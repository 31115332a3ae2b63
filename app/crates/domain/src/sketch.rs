//! Graphs for tests, sketched in lines: `id kind | text | field = value | …` is an entity,
//! `id -link-> id` a link, `id @ canvas slot` a place, and what stands behind `! ` is taken away. Values that read as numbers or
//! flags are those.

use crate::{Entity, FieldValue, Graph, Link, Placement, Rank, number};

/// The graph of a sketch.
pub(crate) fn graph(sketch: &str) -> Graph {
    let mut graph = Graph::default();
    add(&mut graph, sketch);
    graph
}

/// Adds a sketch to a graph; an entity that is there already is replaced.
pub(crate) fn add(graph: &mut Graph, sketch: &str) {
    for line in sketch
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        if let Some(gone) = line.strip_prefix("! ") {
            graph.links.remove(gone);
            graph.entities.remove(gone);
            continue;
        }
        if let Some((from, rest)) = line.split_once(" -") {
            let (kind, to) = rest.split_once("-> ").unwrap_or_else(|| panic!("{line}"));
            let link = Link {
                kind: kind.into(),
                from: from.into(),
                to: to.into(),
                created: None,
                deleted: None,
            };
            graph.links.insert(line.into(), link);
            continue;
        }
        if let Some((id, place)) = line.split_once(" @ ") {
            let (canvas, slot) = place.split_once(' ').unwrap_or_else(|| panic!("{line}"));
            let placement = Placement::new(slot.into(), Rank::default());
            graph.place(canvas.into(), id.into(), placement);
            continue;
        }
        let mut parts = line.split('|').map(str::trim);
        let (id, kind) = parts.next().and_then(|head| head.split_once(' ')).unwrap();
        let mut entity = Entity::new(kind.into(), parts.next().unwrap_or_default());
        for part in parts {
            let (field, value) = part.split_once(" = ").unwrap_or_else(|| panic!("{line}"));
            entity.fields.insert(field.into(), scalar(value));
        }
        graph.entities.insert(id.into(), entity);
    }
}

fn scalar(text: &str) -> FieldValue {
    match text {
        "true" => FieldValue::Flag(true),
        "false" => FieldValue::Flag(false),
        text => number::parse(text).map_or(FieldValue::Text(text.into()), FieldValue::Number),
    }
}
