//! The Unified Product Graph's interchange file (`.upg`), for tools that read it. Export only.
//!
//! Kinds and links that it has names for go out under those; others keep their own. Where two of our
//! links share one of its names, as those of evidence for and against, ours stands beside it.

use serde_json::{Map, Value, json};

use crate::{Entity, FieldValue, Graph, Link, LinkId, Stamp};

/// The version of the file's form.
const VERSION: &str = "0.2";

/// The kind of a product.
const PRODUCT: &str = "product";

/// Our kinds, and its types of the same.
const TYPES: [(&str, &str); 16] = [
    ("segment", "market_segment"),
    ("job", "jtbd"),
    ("pain", "pain_point"),
    ("problem", "pain_point"),
    ("key-result", "key_result"),
    ("value-proposition", "value_proposition"),
    ("desired-outcome", "desired_outcome"),
    ("product-feature", "feature"),
    ("backlog-item", "feature_request"),
    ("roadmap-item", "roadmap_item"),
    ("revenue-stream", "revenue_stream"),
    ("cost", "cost_structure"),
    ("participant", "participant"),
    ("business-goal", "objective"),
    ("strategy-choice", "strategic_choice"),
    ("note", "note"),
];

/// What our links are called there: kind of link, kind where it starts, kind where it ends (empty
/// for any), its type, and whether it leads the other way.
const EDGES: [(&str, &str, &str, &str, bool); 14] = [
    (
        "tested-by",
        "hypothesis",
        "experiment",
        "hypothesis_tested_by_experiment",
        false,
    ),
    (
        "produces",
        "experiment",
        "evidence",
        "experiment_produces_evidence",
        false,
    ),
    (
        "concludes-in",
        "experiment",
        "learning",
        "experiment_produces_learning",
        false,
    ),
    (
        "supports",
        "evidence",
        "hypothesis",
        "hypothesis_has_evidence",
        true,
    ),
    (
        "refutes",
        "evidence",
        "hypothesis",
        "hypothesis_has_evidence",
        true,
    ),
    (
        "leads-to",
        "learning",
        "decision",
        "learning_informs_decision",
        false,
    ),
    (
        "stated-as",
        "assumption",
        "hypothesis",
        "assumption_becomes_hypothesis",
        false,
    ),
    (
        "reveals",
        "insight",
        "opportunity",
        "insight_surfaces_opportunity",
        false,
    ),
    (
        "drawn-from",
        "insight",
        "quote",
        "insight_evidenced_by_quote",
        false,
    ),
    (
        "measured-by",
        "objective",
        "key-result",
        "objective_achieved_through_key_result",
        false,
    ),
    (
        "on",
        "key-result",
        "metric",
        "key_result_quantified_by_metric",
        false,
    ),
    (
        "supersedes",
        "decision",
        "decision",
        "decision_references_decision",
        false,
    ),
    ("drives", "metric", "metric", "metric_drives_metric", false),
    ("guards", "metric", "metric", "metric_guards_metric", false),
];

/// The live part of the workspace as a Unified Product Graph. It has one product; further ones are
/// nodes.
#[must_use]
pub fn to_upg(graph: &Graph) -> String {
    let live = || {
        let entities = graph.entities.iter();
        entities.filter(|(_, entity)| entity.deleted.is_none())
    };
    let first = live().find(|(_, entity)| entity.kind.as_str() == PRODUCT);
    let nodes: Vec<Value> = live()
        .filter(|(id, _)| first.is_none_or(|(first, _)| first != *id))
        .map(|(id, entity)| node(id.as_str(), entity))
        .collect();
    let links = graph.links.iter().filter(|(_, link)| {
        link.deleted.is_none() && graph.is_live(&link.from) && graph.is_live(&link.to)
    });
    let edges: Vec<Value> = links.map(|(id, link)| edge(graph, id, link)).collect();
    let file = json!({
        "upg_version": VERSION,
        "source": { "tool": "groundwork", "tool_version": env!("CARGO_PKG_VERSION") },
        "product": product(graph, first.map(|(id, entity)| (id.as_str(), entity))),
        "nodes": nodes,
        "edges": edges,
    });
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// The product with all that is known of it; a workspace without one is its own.
fn product(graph: &Graph, first: Option<(&str, &Entity)>) -> Value {
    let Some((id, entity)) = first else {
        let mut id = PRODUCT.to_owned();
        while graph.entities.contains_key(id.as_str()) {
            id.push('-');
        }
        return json!({ "id": id, "title": graph.name });
    };
    let title = match first_line(&entity.text) {
        "" => graph.name.as_str(),
        title => title,
    };
    json!({
        "id": id,
        "title": title,
        "description": entity.text,
        "stage": entity.fields.get("stage").map(scalar),
        "properties": properties(entity),
    })
}

fn edge(graph: &Graph, id: &LinkId, link: &Link) -> Value {
    let kind = |id| {
        let entity: Option<&Entity> = graph.entities.get(id);
        entity.map_or("", |entity| entity.kind.as_str())
    };
    let (from, to) = (kind(&link.from), kind(&link.to));
    let ours = link.kind.as_str();
    let known = EDGES
        .iter()
        .find(|(link, start, end, ..)| (*link, *start, *end) == (ours, from, to));
    let Some((.., name, is_turned)) = known else {
        let name = format!("{}_{}_{}", type_of(from), ours, type_of(to)).replace('-', "_");
        let (source, target) = (link.from.as_str(), link.to.as_str());
        return json!({ "id": id.as_str(), "source": source, "target": target, "type": name });
    };
    let (source, target) = match is_turned {
        true => (&link.to, &link.from),
        false => (&link.from, &link.to),
    };
    json!({
        "id": id.as_str(),
        "source": source.as_str(),
        "target": target.as_str(),
        "type": name,
        "properties": { "link": ours },
    })
}

fn type_of(kind: &str) -> String {
    let known = TYPES.iter().find(|(ours, _)| *ours == kind);
    known.map_or_else(
        || kind.replace('-', "_"),
        |(_, theirs)| (*theirs).to_owned(),
    )
}

fn node(id: &str, entity: &Entity) -> Value {
    let mut node = Map::new();
    node.insert("id".into(), id.into());
    node.insert("type".into(), type_of(entity.kind.as_str()).into());
    node.insert("title".into(), first_line(&entity.text).into());
    if entity.text.trim() != first_line(&entity.text) {
        node.insert("description".into(), entity.text.clone().into());
    }
    if let Some(status) = entity.fields.get("status") {
        node.insert("status".into(), scalar(status));
    }
    let properties = properties(entity);
    if !properties.is_empty() {
        node.insert("properties".into(), Value::Object(properties));
    }
    Value::Object(node)
}

/// The fields under its kind of names, and the day of the record.
fn properties(entity: &Entity) -> Map<String, Value> {
    let plain = |name: &str| name.replace('-', "_");
    // Fields that would have one name there keep their own.
    let theirs = |name: &String| {
        let theirs = plain(name);
        let alike = entity.fields.keys().filter(|other| plain(other) == theirs);
        if alike.count() == 1 {
            theirs
        } else {
            name.clone()
        }
    };
    let fields = entity.fields.iter();
    let mut properties: Map<String, Value> = fields
        .map(|(name, value)| (theirs(name), scalar(value)))
        .collect();
    let stamp = entity.created.as_ref();
    if let Some(day) = stamp.and_then(Stamp::day) {
        let day = || day.to_string().into();
        properties.entry("created_on").or_insert_with(day);
    }
    properties
}

fn first_line(text: &str) -> &str {
    let mut lines = text.lines().map(str::trim);
    lines.find(|line| !line.is_empty()).unwrap_or_default()
}

fn scalar(value: &FieldValue) -> Value {
    match value {
        FieldValue::Flag(flag) => (*flag).into(),
        FieldValue::Number(number) => (*number).into(),
        FieldValue::Text(text) => text.clone().into(),
    }
}
