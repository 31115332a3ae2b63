//! From graph to tables.

use std::collections::{BTreeMap, BTreeSet};

use super::super::csv;
use super::{OWN_COLUMNS, Table, cell};
use crate::catalogue::{self, FieldType};
use crate::{Deletion, Entity, EntityId, Graph, KindId, PersonId, Stamp};

/// The workspace as tables, which together hold all of it.
#[must_use]
pub fn to_tables(graph: &Graph) -> Vec<Table> {
    let mut by_kind: BTreeMap<&KindId, Vec<(&EntityId, &Entity)>> = BTreeMap::new();
    for (id, entity) in &graph.entities {
        by_kind.entry(&entity.kind).or_default().push((id, entity));
    }
    let mut tables: Vec<Table> = by_kind
        .into_iter()
        .map(|(kind, entities)| Table {
            name: table_name(kind),
            csv: entities_csv(kind, &entities),
        })
        .collect();
    let mut add = |name: &str, header: &[&str], rows: Vec<Vec<String>>| {
        if rows.is_empty() {
            return;
        }
        let mut table = String::new();
        csv::write(&mut table, header.iter().copied());
        for row in rows {
            csv::write(&mut table, row.iter().map(String::as_str));
        }
        tables.push(Table {
            name: name.to_owned(),
            csv: table,
        });
    };
    let header = [
        "id",
        "kind",
        "from",
        "to",
        "created_by",
        "created_at",
        "deleted_by",
        "deleted_at",
        "edited_since",
    ];
    add("links", &header, links(graph));
    add(
        "placements",
        &["canvas", "entity", "slot", "rank", "x", "y"],
        placements(graph),
    );
    add("people", &["id", "name", "colour"], people(graph));
    // Also without a name: a directory of no tables would be none.
    if !graph.name.is_empty() || *graph == Graph::default() {
        add("workspace", &["name"], vec![vec![graph.name.clone()]]);
    }
    tables
}

/// A kind that is called like another table must not be taken for it; the rows name the kind.
fn table_name(kind: &KindId) -> String {
    match kind.as_str() {
        "links" | "placements" | "people" | "workspace" => format!("entities-{kind}"),
        "" => "entities-".to_owned(),
        name => name.to_owned(),
    }
}

fn entities_csv(kind: &KindId, entities: &[(&EntityId, &Entity)]) -> String {
    let known = catalogue::kind(kind);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (_, entity) in entities {
        used.extend(entity.fields.keys().map(String::as_str));
    }
    // The kind's own fields first, in its order; then whatever else there is.
    let mut fields: Vec<String> = Vec::new();
    for field in known.into_iter().flat_map(|kind| &kind.fields) {
        match &field.takes {
            FieldType::Checklist { options } => {
                fields.extend(
                    options
                        .iter()
                        .map(|item| format!("{}.{}", field.id, item.id)),
                );
            }
            _ => fields.push(field.id.clone()),
        }
    }
    let unknown = used
        .iter()
        .filter(|name| fields.iter().all(|field| field != *name));
    let unknown: Vec<String> = unknown.map(|name| (*name).to_owned()).collect();
    fields.extend(unknown);
    let mut table = String::new();
    let columns = fields.iter().map(|name| column(name));
    let header: Vec<String> = OWN_COLUMNS
        .map(str::to_owned)
        .into_iter()
        .chain(columns)
        .collect();
    csv::write(&mut table, header.iter().map(String::as_str));
    for (id, entity) in entities {
        let mut row = vec![
            cell::write_id(id.as_str()),
            cell::write_id(kind.as_str()),
            entity.text.clone(),
        ];
        row.extend(stamps(entity.created.as_ref(), entity.deleted.as_ref()));
        row.extend(fields.iter().map(|name| {
            let field = known.and_then(|kind| kind.field_at(name));
            let value = entity.fields.get(name);
            value
                .map(|value| cell::write(field, value))
                .unwrap_or_default()
        }));
        csv::write(&mut table, row.iter().map(String::as_str));
    }
    table
}

/// A field that is called like a column of its own, or begins like that, is marked.
fn column(field: &str) -> String {
    let is_own = OWN_COLUMNS
        .iter()
        .any(|own| own.eq_ignore_ascii_case(field));
    if is_own || field.is_empty() || field.starts_with("field:") || field.trim() != field {
        format!("field:{field}")
    } else {
        field.to_owned()
    }
}

fn stamps(created: Option<&Stamp>, deleted: Option<&Deletion>) -> [String; 5] {
    let by_and_at = |by: &PersonId, at: i64| match at {
        // Who is known, of whatever day.
        0 if !by.as_str().is_empty() => (by.to_string(), String::new()),
        _ => (by.to_string(), at.to_string()),
    };
    let created = created.map(|stamp| by_and_at(&stamp.by, stamp.at));
    let deletion = deleted.map(|deletion| by_and_at(&deletion.by, deletion.at));
    let (created_by, created_at) = created.unwrap_or_default();
    let (deleted_by, deleted_at) = deletion.unwrap_or_default();
    let edited = deleted.is_some_and(|deletion| deletion.edited_since);
    let edited = if edited { "true" } else { "" };
    [
        created_by,
        created_at,
        deleted_by,
        deleted_at,
        edited.to_owned(),
    ]
}

fn links(graph: &Graph) -> Vec<Vec<String>> {
    let rows = graph.links.iter().map(|(id, link)| {
        let mut row = vec![
            cell::write_id(id.as_str()),
            cell::write_id(link.kind.as_str()),
            cell::write_id(link.from.as_str()),
            cell::write_id(link.to.as_str()),
        ];
        row.extend(stamps(link.created.as_ref(), link.deleted.as_ref()));
        row
    });
    rows.collect()
}

fn placements(graph: &Graph) -> Vec<Vec<String>> {
    let coordinate = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut rows = Vec::new();
    for (canvas, placed) in &graph.placements {
        for (entity, placement) in placed {
            rows.push(vec![
                cell::write_id(canvas.as_str()),
                cell::write_id(entity.as_str()),
                cell::write_id(placement.slot.as_str()),
                placement.rank.to_string(),
                coordinate(placement.x),
                coordinate(placement.y),
            ]);
        }
    }
    rows
}

fn people(graph: &Graph) -> Vec<Vec<String>> {
    let rows = graph.people.iter().map(|(id, person)| {
        let colour = person.colour.name().to_owned();
        vec![cell::write_id(id.as_str()), person.name.clone(), colour]
    });
    rows.collect()
}
