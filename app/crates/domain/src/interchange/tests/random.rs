//! Graphs at random with everything that a graph can hold, and texts that nobody should write.

use arbtest::arbitrary::{self, Unstructured};

use crate::{
    CanvasId, Deletion, Entity, EntityId, FieldValue, Graph, Hue, Link, Person, Placement, Rank,
    SlotId, Stamp, canvases,
};

pub(super) type Arbitrary<T> = arbitrary::Result<T>;

/// Pieces that Markdown, HTML, JSON or an editor would take for something else.
const NASTY: &[&str] = &[
    "\n",
    "\n\n",
    "\n\n\n",
    " ",
    "  ",
    "\t",
    "\r",
    "\r\n",
    "#",
    "# Problem",
    "## Links",
    "## Deleted notes",
    "\n## People\n",
    "- ",
    "-",
    "---",
    "***",
    "===",
    "* ",
    "+ x",
    "1. ",
    "2) ",
    "> ",
    "```",
    "~~~",
    "<!--",
    "-->",
    "<!-- end -->",
    "\\<!-- end -->",
    "\n<!-- end -->\n",
    "<!-- groundwork=1 -->",
    "<!-- id=x -->",
    "<!-- id=n1 kind=note -->",
    "\\",
    "\\\\",
    "&",
    "&#32;",
    "&amp;",
    "<p>",
    "*b*",
    "**Problem**",
    "__",
    "[x](y)",
    "|",
    "%7C",
    "\"",
    "{",
    "}",
    "e\u{301}",
    "👩‍🔬",
    "\u{FEFF}",
    "\u{0}",
    "\u{7}",
    "\u{1b}",
    "\u{85}",
    "\u{2028}",
    "\u{A0}",
    "\u{202E}",
    "Kosten",
    "a",
    "word and word",
    "•",
    "–",
    ":",
    "=",
    "_",
];

fn text(u: &mut Unstructured<'_>) -> Arbitrary<String> {
    if u.ratio(1, 8)? {
        return u.arbitrary();
    }
    let count = u.int_in_range(0..=6)?;
    (0..count).map(|_| u.choose(NASTY).copied()).collect()
}

fn optional<T>(
    u: &mut Unstructured<'_>,
    make: impl FnOnce(&mut Unstructured<'_>) -> Arbitrary<T>,
) -> Arbitrary<Option<T>> {
    if u.arbitrary()? {
        make(u).map(Some)
    } else {
        Ok(None)
    }
}

fn stamp(u: &mut Unstructured<'_>) -> Arbitrary<Stamp> {
    Ok(Stamp {
        by: text(u)?.into(),
        at: u.arbitrary()?,
    })
}

fn deletion(u: &mut Unstructured<'_>) -> Arbitrary<Deletion> {
    Ok(Deletion {
        by: text(u)?.into(),
        at: u.arbitrary()?,
        edited_since: u.arbitrary()?,
    })
}

fn number(u: &mut Unstructured<'_>) -> Arbitrary<f64> {
    let number: f64 = u.arbitrary()?;
    Ok(if number.is_finite() { number } else { 0.1 })
}

fn field(u: &mut Unstructured<'_>) -> Arbitrary<FieldValue> {
    Ok(match u.int_in_range(0..=3)? {
        0 => FieldValue::Flag(u.arbitrary()?),
        1 => FieldValue::Number(number(u)?),
        2 => FieldValue::Text(u.choose(&["yellow", "true", "1.5", "NaN"])?.to_string()),
        _ => FieldValue::Text(text(u)?),
    })
}

/// Values that people write into the fields of every kind, whether they fit or not.
const VALUES: &[&str] = &[
    "12",
    "35 %",
    "8..12..20 hours",
    "20..8..12",
    "15 EUR/month",
    "2026-11-22",
    "2026-02-30",
    "n1",
    "unknown",
    "",
];

/// An entity of a kind of the catalogue, with values under its fields and their items.
fn typed_entity(u: &mut Unstructured<'_>) -> Arbitrary<Entity> {
    let kind = u.choose(crate::kinds())?;
    let mut entity = Entity::new(kind.id.clone(), text(u)?);
    for field in &kind.fields {
        let key = match field.options() {
            [] => field.id.clone(),
            options => format!("{}.{}", field.id, u.choose(options)?.id),
        };
        let key = if field.keeps(&key) {
            key
        } else {
            field.id.clone()
        };
        let value = match u.int_in_range(0..=3)? {
            0 => continue,
            1 => FieldValue::Number(number(u)?),
            2 => FieldValue::Flag(u.arbitrary()?),
            _ => FieldValue::Text(u.choose(VALUES)?.to_string()),
        };
        entity.fields.insert(key, value);
    }
    Ok(entity)
}

fn entity(u: &mut Unstructured<'_>) -> Arbitrary<Entity> {
    if u.ratio(1, 3)? {
        return typed_entity(u);
    }
    let kind = if u.arbitrary()? {
        "problem".to_owned()
    } else {
        text(u)?
    };
    let mut entity = Entity::new(kind.into(), text(u)?);
    for _ in 0..u.int_in_range(0..=2)? {
        let name = if u.arbitrary()? {
            "colour".to_owned()
        } else {
            text(u)?
        };
        entity.fields.insert(name, field(u)?);
    }
    entity.created = optional(u, stamp)?;
    entity.deleted = if u.ratio(1, 4)? {
        Some(deletion(u)?)
    } else {
        None
    };
    Ok(entity)
}

fn placement(u: &mut Unstructured<'_>, canvas: &CanvasId) -> Arbitrary<Placement> {
    let slot: SlotId = match crate::canvas(canvas) {
        Some(canvas) if u.ratio(3, 4)? => u.choose(&canvas.slots)?.id.clone(),
        _ if u.arbitrary()? => UNPLACED_SLOT.into(),
        _ => text(u)?.into(),
    };
    let rank = *u.choose(&["V", "k", "V0001", "z", "1"])?;
    let (x, y) = (optional(u, number)?, optional(u, number)?);
    Ok(Placement {
        slot,
        rank: Rank::parse(rank).unwrap(),
        x,
        y,
    })
}

const UNPLACED_SLOT: &str = crate::UNPLACED;

/// A graph with everything that a graph can hold, and texts that nobody should write.
pub(super) fn graph(u: &mut Unstructured<'_>) -> Arbitrary<Graph> {
    let mut graph = Graph {
        name: text(u)?,
        ..Graph::default()
    };
    let mut ids: Vec<EntityId> = Vec::new();
    for index in 0..u.int_in_range(0..=6)? {
        let id = if u.arbitrary()? {
            format!("n{index}")
        } else {
            text(u)?
        };
        ids.push(id.as_str().into());
        graph.entities.insert(id.into(), entity(u)?);
    }
    if u.ratio(1, 4)? {
        ids.push("missing".into());
    }
    for id in &ids {
        for _ in 0..u.int_in_range(0..=2)? {
            let known = &u.choose(canvases())?.id;
            let canvas = if u.ratio(1, 6)? {
                CanvasId::from(text(u)?)
            } else {
                known.clone()
            };
            let placement = placement(u, &canvas)?;
            graph.place(canvas, id.clone(), placement);
        }
    }
    for _ in 0..u.int_in_range(0..=2)? {
        let end = |u: &mut Unstructured<'_>| -> Arbitrary<EntityId> {
            if ids.is_empty() {
                Ok(text(u)?.into())
            } else {
                u.choose(&ids).cloned()
            }
        };
        let kind = if u.arbitrary()? {
            "addresses".to_owned()
        } else {
            text(u)?
        };
        let link = Link {
            kind: kind.into(),
            from: end(u)?,
            to: end(u)?,
            created: optional(u, stamp)?,
            deleted: optional(u, deletion)?,
        };
        graph.links.insert(text(u)?.into(), link);
    }
    for _ in 0..u.int_in_range(0..=2)? {
        let person = Person {
            name: text(u)?,
            colour: *u.choose(&Hue::ALL)?,
        };
        graph.people.insert(text(u)?.into(), person);
    }
    Ok(graph)
}
