//! The Unified Product Graph's interchange file (`.upg`), for tools that read it. Export only.
//!
//! Kinds and links that it has names for go out under those; others keep their own, so that nothing
//! is left out.

use serde_json::{Map, Value, json};

use crate::value::Date;
use crate::{Entity, FieldValue, Graph};

/// The version of the file's form.
const VERSION: &str = "0.2";

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
const EDGES: [(&str, &str, &str, &str, bool); 13] = [
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
    ("drives", "metric", "metric", "metric_drives_metric", false),
    ("guards", "metric", "metric", "metric_guards_metric", false),
];

/// The live part of the workspace as a Unified Product Graph.
#[must_use]
pub fn to_upg(graph: &Graph) -> String {
    let live = graph
        .entities
        .iter()
        .filter(|(_, entity)| entity.deleted.is_none());
    let nodes: Vec<Value> = live
        .clone()
        .filter(|(_, entity)| entity.kind.as_str() != "product")
        .map(|(id, entity)| node(id.as_str(), entity))
        .collect();
    let product = live
        .clone()
        .find(|(_, entity)| entity.kind.as_str() == "product");
    let product = match product {
        Some((id, entity)) => json!({
            "id": id.as_str(),
            "title": if graph.name.is_empty() { first_line(&entity.text) } else { &graph.name },
            "description": entity.text,
            "stage": entity.fields.get("stage").map(scalar),
        }),
        None => json!({ "id": "product", "title": graph.name }),
    };
    let edges: Vec<Value> = graph
        .links
        .iter()
        .filter(|(_, link)| {
            link.deleted.is_none() && graph.is_live(&link.from) && graph.is_live(&link.to)
        })
        .map(|(id, link)| {
            let kind = |id| graph.entities.get(id).map_or("", |entity: &Entity| entity.kind.as_str());
            let known = EDGES.iter().find(|(ours, from, to, _, _)| {
                *ours == link.kind.as_str() && *from == kind(&link.from) && *to == kind(&link.to)
            });
            let turned = known.is_some_and(|(.., turned)| *turned);
            let (source, target) = if turned { (&link.to, &link.from) } else { (&link.from, &link.to) };
            let name = match known {
                Some((.., name, _)) => (*name).to_owned(),
                None => {
                    let parts = [kind(&link.from), link.kind.as_str(), kind(&link.to)];
                    parts.join("_").replace('-', "_")
                }
            };
            json!({ "id": id.as_str(), "source": source.as_str(), "target": target.as_str(), "type": name })
        })
        .collect();
    let file = json!({
        "upg_version": VERSION,
        "source": { "tool": "groundwork", "tool_version": env!("CARGO_PKG_VERSION") },
        "product": product,
        "nodes": nodes,
        "edges": edges,
    });
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn node(id: &str, entity: &Entity) -> Value {
    let ours = entity.kind.as_str();
    let known = TYPES.iter().find(|(kind, _)| *kind == ours);
    let kind = known.map_or_else(
        || ours.replace('-', "_"),
        |(_, theirs)| (*theirs).to_owned(),
    );
    let mut node = Map::new();
    node.insert("id".into(), id.into());
    node.insert("type".into(), kind.into());
    node.insert("title".into(), first_line(&entity.text).into());
    if entity.text.trim() != first_line(&entity.text) {
        node.insert("description".into(), entity.text.clone().into());
    }
    if let Some(status) = entity.fields.get("status") {
        node.insert("status".into(), scalar(status));
    }
    let properties = entity
        .fields
        .iter()
        .map(|(name, value)| (name.replace('-', "_"), scalar(value)));
    let mut properties: Map<String, Value> = properties.collect();
    if let Some(day) = entity
        .created
        .as_ref()
        .and_then(|stamp| Date::from_milliseconds(stamp.at))
    {
        properties.insert("created_on".into(), day.to_string().into());
    }
    if !properties.is_empty() {
        node.insert("properties".into(), Value::Object(properties));
    }
    Value::Object(node)
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
