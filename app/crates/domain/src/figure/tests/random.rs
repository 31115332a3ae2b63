//! Graphs at random: entities of every kind with values that fit their fields, or do not.

use arbtest::arbitrary::{Result, Unstructured};

use crate::catalogue::{Field, FieldType, Kind};
use crate::index::Edits;
use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Graph, Link, LinkId, Placement, Rank, kinds,
    link_kinds,
};

const ENTITIES: usize = 40;
const LINKS: usize = 60;

/// Kinds that figures are about or read, which are therefore chosen more often than by chance.
const FAVOURED: [&str; 12] = [
    "rating",
    "solution",
    "experiment",
    "arm",
    "assumption",
    "evidence",
    "key-result",
    "objective",
    "metric",
    "reading",
    "decision",
    "roadmap-item",
];

/// Changes something and says what.
pub(in crate::figure) fn edit(
    bytes: &mut Unstructured<'_>,
    graph: &mut Graph,
    edits: &mut Edits,
) -> Result<()> {
    match bytes.int_in_range(0..=9)? {
        0..=4 => {
            let id = entity_id(bytes)?;
            let entity = entity(bytes)?;
            graph.entities.insert(id.clone(), entity);
            edits.entities.push(id);
        }
        5 => {
            let id = entity_id(bytes)?;
            if let Some(entity) = graph.entities.get_mut(&id) {
                entity.deleted = match entity.deleted {
                    Some(_) => None,
                    None => Some(Deletion {
                        by: "p".into(),
                        at: 1,
                        edited_since: false,
                    }),
                };
            }
            edits.entities.push(id);
        }
        6..=8 => {
            let id = LinkId::from(format!("l{}", bytes.int_in_range(0..=LINKS)?));
            let link = Link {
                kind: bytes.choose(link_kinds())?.id.clone(),
                from: entity_id(bytes)?,
                to: entity_id(bytes)?,
                created: None,
                deleted: None,
            };
            if bytes.ratio(1, 6)? {
                graph.links.remove(&id);
            } else {
                graph.links.insert(id.clone(), link);
            }
            edits.links.push(id);
        }
        _ => {
            let (canvas, id) = (CanvasId::from("lean-canvas"), entity_id(bytes)?);
            if bytes.ratio(1, 4)? {
                graph.unplace(&canvas, &id);
            } else {
                let placement = Placement::new("cost-structure".into(), Rank::default());
                graph.place(canvas.clone(), id.clone(), placement);
            }
            edits.placements.push((canvas, id));
        }
    }
    Ok(())
}

fn entity_id(bytes: &mut Unstructured<'_>) -> Result<EntityId> {
    Ok(format!("e{}", bytes.int_in_range(0..=ENTITIES)?).into())
}

fn entity(bytes: &mut Unstructured<'_>) -> Result<Entity> {
    let kind: &Kind = if bytes.ratio(1, 2)? {
        let favoured = bytes.choose(&FAVOURED)?;
        kinds().iter().find(|kind| kind.id == *favoured).unwrap()
    } else {
        bytes.choose(kinds())?
    };
    let mut entity = Entity::new(kind.id.clone(), "");
    for field in &kind.fields {
        if bytes.ratio(3, 5)? {
            entity.fields.insert(field.id.clone(), value(bytes, field)?);
        }
    }
    Ok(entity)
}

/// A value that fits the field, most of the time.
fn value(bytes: &mut Unstructured<'_>, field: &Field) -> Result<FieldValue> {
    if bytes.ratio(1, 20)? {
        return Ok(FieldValue::Text("nonsense".to_owned()));
    }
    let text = match &field.takes {
        FieldType::Flag => return Ok(FieldValue::Flag(bytes.arbitrary()?)),
        FieldType::Number(_) => return number(bytes),
        FieldType::Scale(scale) => return Ok(FieldValue::Number(*bytes.choose(&scale.steps)?)),
        FieldType::Choice { options } => bytes.choose(options)?.id.clone(),
        FieldType::Reference { .. } => entity_id(bytes)?.as_str().to_owned(),
        FieldType::Date => format!(
            "2026-{:02}-{:02}",
            bytes.int_in_range(1..=12)?,
            bytes.int_in_range(1..=28)?
        ),
        FieldType::Money { .. } => {
            let currency = bytes.choose(&["EUR", "EUR/month", "USD/year", ""])?;
            format!("{} {currency}", bytes.int_in_range(0..=500)?)
        }
        FieldType::Quantity { .. } => {
            let low = bytes.int_in_range(0..=50)?;
            format!("{low}..{}..{}", low + 5, low + 9)
        }
        _ => (*bytes.choose(&[
            "ada",
            "bo",
            "reach",
            "importance",
            "5,4,2,1,2,3,2,4,5,2",
            "60, 45",
            "",
        ])?)
        .to_owned(),
    };
    Ok(FieldValue::Text(text))
}

fn number(bytes: &mut Unstructured<'_>) -> Result<FieldValue> {
    let usual = f64::from(bytes.int_in_range(-2..=120)?);
    let strange = [0.0, -1.0, 1e308, f64::NAN, 0.5];
    let is_strange = bytes.ratio(1, 10)?;
    let number = if is_strange {
        *bytes.choose(&strange)?
    } else {
        usual
    };
    Ok(FieldValue::Number(number))
}
