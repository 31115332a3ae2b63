//! Small replicas, short ids, and arbitrary commands for the property tests.

use std::collections::BTreeMap;

use arbtest::arbitrary::{Result, Unstructured};
use document::{
    Anchor, Command, CommandError, Context, DirtySet, Heads, Position, ProductDocument,
    SessionIdentity, TextSplice,
};
use domain::{CanvasId, Entity, EntityId, FieldValue, Graph, Hue, Person, SlotId};

pub(crate) const AT: i64 = 1_790_000_000_000;
pub(crate) const CANVAS: &str = "lean-canvas";

/// A canvas of one's own with the one slot `all`.
pub(crate) const OWN: &str = r#"{ "id": "ours", "title": { "en": "Ours" }, "description": { "en": "d" },
  "position": 900, "layout": { "columns": 1, "rows": 1 }, "slots": [ { "id": "all",
  "title": { "en": "All" }, "question": { "en": "What?" }, "takes": ["note"],
  "area": { "column": 1, "row": 1, "column_span": 1, "row_span": 1 } } ], "orders": [],
  "author": "us", "source": { "title": "ours", "url": "https://example.org" },
  "licence": { "name": "CC0", "url": "https://example.org", "attribution": "" } }"#;

pub(crate) fn identity(person: &str, session: u8) -> SessionIdentity {
    SessionIdentity {
        person: person.into(),
        actor: [session; 16],
        seed: u64::from(session),
    }
}

pub(crate) fn product(person: &str, session: u8) -> ProductDocument {
    ProductDocument::create(identity(person, session))
}

/// Ada and Ben with one note `n` of this text.
pub(crate) fn ada_and_ben(text: &str) -> (ProductDocument, ProductDocument) {
    let (mut ada, mut ben) = (product("ada", 1), product("ben", 2));
    run(&mut ada, 0, add("n", text));
    exchange(&mut ada, &mut ben);
    (ada, ben)
}

pub(crate) fn run(product: &mut ProductDocument, gesture: u64, command: Command) -> DirtySet {
    product
        .execute(&command, Context { at: AT, gesture })
        .unwrap()
}

pub(crate) fn add(id: &str, text: &str) -> Command {
    add_at(id, text, "problem", Anchor::Last)
}

pub(crate) fn add_at(id: &str, text: &str, slot: &str, anchor: Anchor) -> Command {
    Command::AddNote {
        id: id.into(),
        kind: "problem".into(),
        text: text.into(),
        fields: BTreeMap::new(),
        place: at(slot, anchor),
    }
}

pub(crate) fn at(slot: &str, anchor: Anchor) -> Position {
    Position {
        canvas: CANVAS.into(),
        slot: slot.into(),
        anchor,
    }
}

pub(crate) fn place(id: &str, slot: &str, anchor: Anchor) -> Command {
    Command::Place {
        id: id.into(),
        place: at(slot, anchor),
        kind: None,
        fields: BTreeMap::new(),
    }
}

pub(crate) fn splice(id: &str, at: usize, delete: usize, insert: &str) -> Command {
    let splices = vec![TextSplice {
        at,
        delete,
        insert: insert.into(),
    }];
    Command::EditText {
        id: id.into(),
        splices,
    }
}

pub(crate) fn field(id: &str, field: &str, value: &str) -> Command {
    let value = Some(FieldValue::Text(value.into()));
    Command::SetField {
        id: id.into(),
        field: field.into(),
        value,
    }
}

/// An entity that is on no canvas, with text fields.
pub(crate) fn entity(id: &str, kind: &str, fields: &[(&str, &str)]) -> Command {
    let fields = fields
        .iter()
        .map(|(field, value)| ((*field).to_owned(), FieldValue::Text((*value).to_owned())));
    Command::AddEntity {
        id: id.into(),
        kind: kind.into(),
        text: String::new(),
        fields: fields.collect(),
        links: Vec::new(),
    }
}

pub(crate) fn text_field(product: &ProductDocument, id: &str, field: &str) -> Option<String> {
    match note(product, id).fields.get(field)? {
        FieldValue::Text(text) => Some(text.clone()),
        _ => None,
    }
}

pub(crate) fn place_on(canvas: &str, id: &str, slot: &str) -> Command {
    Command::Place {
        id: id.into(),
        place: Position {
            canvas: canvas.into(),
            slot: slot.into(),
            anchor: Anchor::Last,
        },
        kind: None,
        fields: BTreeMap::new(),
    }
}

/// What refuses a command.
pub(crate) fn refusal(product: &mut ProductDocument, command: &Command) -> CommandError {
    let context = Context {
        at: AT,
        gesture: 99,
    };
    product.execute(command, context).unwrap_err()
}

/// The canvas `ours`, with one column a slot.
pub(crate) fn own_canvas_with(slots: &[&str]) -> String {
    let one = |(index, slot): (usize, &&str)| {
        let slot_of_own = OWN.split_once("\"slots\": [").unwrap().1;
        let slot_of_own = slot_of_own.split_once("], \"orders\"").unwrap().0;
        slot_of_own
            .replacen("\"all\"", &format!("{slot:?}"), 1)
            .replacen("\"column\": 1", &format!("\"column\": {}", index + 1), 1)
    };
    let written: Vec<String> = slots.iter().enumerate().map(one).collect();
    let (before, rest) = OWN.split_once("\"slots\": [").unwrap();
    let after = rest.split_once("], \"orders\"").unwrap().1;
    let before = before.replacen(
        "\"columns\": 1",
        &format!("\"columns\": {}", slots.len()),
        1,
    );
    format!(
        "{before}\"slots\": [{}], \"orders\"{after}",
        written.join(",")
    )
}

pub(crate) fn delete(id: &str) -> Command {
    Command::Delete {
        ids: vec![id.into()],
    }
}

pub(crate) fn restore(id: &str) -> Command {
    Command::Restore {
        ids: vec![id.into()],
    }
}

pub(crate) fn note(product: &ProductDocument, id: &str) -> Entity {
    product.entity(&id.into()).unwrap()
}

pub(crate) fn text(product: &ProductDocument, id: &str) -> String {
    note(product, id).text
}

pub(crate) fn slot(product: &ProductDocument, slot: &str) -> Vec<String> {
    let graph = product.graph();
    graph
        .slot_notes(&CANVAS.into(), &slot.into())
        .into_iter()
        .map(ToString::to_string)
        .collect()
}

/// Gives `to` what it lacks.
pub(crate) fn send(from: &ProductDocument, to: &mut ProductDocument) -> DirtySet {
    match from.chunk_since(&known_to(from, to)) {
        Some(chunk) => to.apply_chunk(&chunk).unwrap(),
        None => DirtySet::default(),
    }
}

fn known_to(from: &ProductDocument, to: &ProductDocument) -> Heads {
    if from.has(&to.heads()) {
        to.heads()
    } else {
        Heads::default()
    }
}

pub(crate) fn exchange(a: &mut ProductDocument, b: &mut ProductDocument) {
    send(a, b);
    send(b, a);
}

/// What a person sees: live notes, where they are, live links, names.
pub(crate) fn visible(product: &ProductDocument) -> Graph {
    let mut graph = product.graph();
    graph.entities.retain(|_, entity| entity.deleted.is_none());
    graph.links.retain(|_, link| link.deleted.is_none());
    let entities = &graph.entities;
    graph.placements.retain(|_, placed| {
        placed.retain(|id, _| entities.contains_key(id));
        !placed.is_empty()
    });
    graph
}

/// Reads again what the set names, and nothing else.
pub(crate) fn refresh(graph: &mut Graph, product: &ProductDocument, dirty: &DirtySet) {
    if dirty.everything {
        *graph = product.graph();
        return;
    }
    if dirty.about {
        graph.name = product.name();
    }
    for id in &dirty.entities {
        replace(&mut graph.entities, id, product.entity(id));
    }
    for id in &dirty.links {
        replace(&mut graph.links, id, product.link(id));
    }
    for id in &dirty.people {
        replace(&mut graph.people, id, product.person(id));
    }
    for (canvas, id) in &dirty.placements {
        match product.placement(canvas, id) {
            Some(placement) => graph.place(canvas.clone(), id.clone(), placement),
            None => graph.unplace(canvas, id),
        }
    }
}

fn replace<K: Ord + Clone, V>(map: &mut BTreeMap<K, V>, key: &K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key.clone(), value),
        None => map.remove(key),
    };
}

/// Commands that are likely to meet: few ids, few slots, short texts.
pub(crate) fn likely_command(u: &mut Unstructured<'_>) -> Result<Command> {
    let id = likely_id(u)?;
    Ok(match u.int_in_range(0..=19)? {
        0 => Command::RenameWorkspace { name: words(u)? },
        1 | 2 => Command::AddNote {
            id,
            kind: "problem".into(),
            text: words(u)?,
            fields: BTreeMap::new(),
            place: likely_position(u)?,
        },
        3 | 4 => Command::EditText {
            id,
            splices: vec![TextSplice {
                at: u.int_in_range(0..=6)?,
                delete: u.int_in_range(0..=3)?,
                insert: words(u)?,
            }],
        },
        5 => Command::ReplaceText {
            id,
            text: words(u)?,
        },
        6 => Command::SetField {
            id,
            field: "colour".into(),
            value: likely_value(u)?,
        },
        7 | 8 => {
            let kind = u.arbitrary::<bool>()?.then(|| "solution".into());
            Command::Place {
                id,
                place: likely_position(u)?,
                kind,
                fields: BTreeMap::new(),
            }
        }
        9 => Command::Unplace {
            id,
            canvas: likely_canvas(u)?,
        },
        10 => Command::Delete {
            ids: vec![id, likely_id(u)?],
        },
        11 => Command::Restore { ids: vec![id] },
        12 => Command::Duplicate {
            id,
            copy: likely_id(u)?,
            canvas: likely_canvas(u)?,
        },
        13 => Command::AddLink {
            id: u.choose(&["l1", "l2"])?.to_owned().into(),
            kind: "addresses".into(),
            from: id,
            to: likely_id(u)?,
        },
        14 => Command::RemoveLink {
            id: u.choose(&["l1", "l2"])?.to_owned().into(),
        },
        _ => likely_record(u, id)?,
    })
}

/// Experiments `a` and their parts, locked and changed.
fn likely_record(u: &mut Unstructured<'_>, id: EntityId) -> Result<Command> {
    let fields: BTreeMap<String, FieldValue> = [
        ("primary-metric", "m"),
        ("criterion", *u.choose(&["share > 0.1", "count >= 9"])?),
        ("planned-n", "9"),
        ("experiment", "a"),
    ]
    .map(|(field, value)| (field.to_owned(), FieldValue::Text(value.to_owned())))
    .into();
    let kind = (*u.choose(&["experiment", "arm", "hypothesis"])?).into();
    let links = if u.arbitrary()? {
        vec![document::NewLink {
            id: u.choose(&["l1", "l2"])?.to_owned().into(),
            kind: "tested-by".into(),
            from: likely_id(u)?,
            to: "a".into(),
        }]
    } else {
        Vec::new()
    };
    Ok(match u.int_in_range(0..=7)? {
        0 => Command::AddEntity {
            id,
            kind,
            text: words(u)?,
            fields,
            links,
        },
        1 => Command::SetFields {
            id,
            fields: fields
                .into_iter()
                .map(|(field, value)| (field, Some(value)))
                .collect(),
        },
        2 => Command::ConvertKind { id, kind },
        3 => Command::Decide {
            id,
            text: words(u)?,
            fields,
            links,
            figures: "{}".into(),
        },
        4 | 5 => likely_own_canvas(u, id)?,
        _ => Command::LockExperiment { id: "a".into() },
    })
}

fn likely_own_canvas(u: &mut Unstructured<'_>, id: EntityId) -> Result<Command> {
    let slots = *u.choose(&[&["all"][..], &["problem", "solution"], &["solution"]])?;
    let definition = own_canvas_with(slots);
    Ok(match u.int_in_range(0..=2)? {
        0 => Command::AddCanvas { id, definition },
        1 => Command::ReplaceCanvas { id, definition },
        _ => Command::RemoveCanvas { id },
    })
}

fn likely_id(u: &mut Unstructured<'_>) -> Result<EntityId> {
    Ok((*u.choose(&["a", "b", "c", "d"])?).into())
}

fn likely_canvas(u: &mut Unstructured<'_>) -> Result<CanvasId> {
    Ok((*u.choose(&[CANVAS, CANVAS, "business-model-canvas", "ours"])?).into())
}

fn likely_position(u: &mut Unstructured<'_>) -> Result<Position> {
    let slot: SlotId = (*u.choose(&["problem", "solution", "unplaced", "no-such-slot"])?).into();
    let anchor = match u.int_in_range(0..=3)? {
        0 => Anchor::First,
        1 => Anchor::Last,
        2 => Anchor::Before(likely_id(u)?),
        _ => Anchor::After(likely_id(u)?),
    };
    Ok(Position {
        canvas: likely_canvas(u)?,
        slot,
        anchor,
    })
}

fn likely_value(u: &mut Unstructured<'_>) -> Result<Option<FieldValue>> {
    Ok(match u.int_in_range(0..=3)? {
        0 => None,
        1 => Some(FieldValue::Flag(u.arbitrary()?)),
        2 => Some(FieldValue::Number(f64::from(u.arbitrary::<i8>()?))),
        _ => Some(FieldValue::Text((*u.choose(&["red", "blue"])?).into())),
    })
}

pub(crate) fn words(u: &mut Unstructured<'_>) -> Result<String> {
    let words = ["x", "yz", "é", "e\u{301}", "👩‍🔬", "🐌", "\n"];
    (0..u.int_in_range(0..=3)?)
        .map(|_| Ok(*u.choose(&words)?))
        .collect()
}

/// Any command at all: nonsense ids, offsets, numbers and texts.
pub(crate) fn any_command(u: &mut Unstructured<'_>) -> Result<Command> {
    if u.ratio(1, 2)? {
        return likely_command(u);
    }
    let id: EntityId = any_name(u)?.into();
    let (canvas, slot) = (any_name(u)?.into(), any_name(u)?.into());
    let anchor = Anchor::After(any_name(u)?.into());
    let place = Position {
        canvas,
        slot,
        anchor,
    };
    Ok(match u.int_in_range(0..=9)? {
        0 => Command::AddNote {
            id,
            kind: any_name(u)?.into(),
            text: any_text(u)?,
            fields: [(any_name(u)?, any_value(u)?)].into(),
            place,
        },
        1 => {
            let splices = (0..u.int_in_range(0..=3)?)
                .map(|_| {
                    let (at, delete, insert) = (u.arbitrary()?, u.arbitrary()?, any_text(u)?);
                    Ok(TextSplice { at, delete, insert })
                })
                .collect::<Result<_>>()?;
            Command::EditText {
                id: likely_id(u)?,
                splices,
            }
        }
        2 => Command::ReplaceText {
            id: likely_id(u)?,
            text: any_text(u)?,
        },
        3 => {
            let value = Some(any_value(u)?);
            Command::SetField {
                id: likely_id(u)?,
                field: any_name(u)?,
                value,
            }
        }
        4 => Command::Place {
            id: likely_id(u)?,
            place,
            kind: Some(any_name(u)?.into()),
            fields: BTreeMap::new(),
        },
        5 => Command::Delete {
            ids: vec![likely_id(u)?, id],
        },
        6 => Command::SetPerson {
            person: Person {
                name: any_text(u)?,
                colour: Hue::Red,
            },
        },
        7 => Command::Duplicate {
            id: likely_id(u)?,
            copy: id,
            canvas: place.canvas,
        },
        8 => Command::Import {
            graph: any_graph(u)?,
        },
        _ => Command::RenameWorkspace { name: any_text(u)? },
    })
}

fn any_name(u: &mut Unstructured<'_>) -> Result<String> {
    let names = [
        "",
        "/",
        "|",
        "a/b",
        "a|b|c",
        "entities",
        "f:",
        "%7C",
        "👩‍🔬",
        "a",
    ];
    Ok(match u.int_in_range(0..=12)? {
        0 => u.arbitrary()?,
        1 => "long".repeat(100),
        _ => (*u.choose(&names)?).to_owned(),
    })
}

fn any_text(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=9)? {
        0 => "🐌".repeat(document::LONGEST_TEXT),
        1 => "ab".repeat(2_000),
        2 | 3 => u.arbitrary()?,
        _ => words(u)?,
    })
}

fn any_value(u: &mut Unstructured<'_>) -> Result<FieldValue> {
    Ok(match u.int_in_range(0..=2)? {
        0 => FieldValue::Flag(u.arbitrary()?),
        1 => FieldValue::Number(u.arbitrary()?),
        _ => FieldValue::Text(any_text(u)?),
    })
}

fn any_graph(u: &mut Unstructured<'_>) -> Result<Graph> {
    let mut graph = Graph {
        name: words(u)?,
        ..Graph::default()
    };
    for _ in 0..u.int_in_range(0..=3)? {
        let id = likely_id(u)?;
        graph
            .entities
            .insert(id.clone(), Entity::new(any_name(u)?.into(), any_text(u)?));
        let placement = domain::Placement::new(any_name(u)?.into(), domain::Rank::default());
        graph.place(any_name(u)?.into(), id, placement);
    }
    Ok(graph)
}
