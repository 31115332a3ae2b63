//! Everything that is wrong with a text that is meant to be a canvas, at once and with the lines, for
//! whoever writes it.

use std::fmt;

use serde_json::{Map, Value};

use super::error::Place;
use super::{CanvasError, SHOWN, VIEWS, arrange, check};
use crate::catalogue::{Canvas, Group, Primitive, canvas};
use crate::interchange::{Complaint, problem_of_json};
use crate::locate::{Step, line_of, twice};

/// So many are told; who has more begins anew.
const MOST: usize = 30;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line of the text, from 1.
    pub line: usize,
    /// The member, as `slots[1].area`; empty where the text could not be read so far.
    pub field: String,
    /// What is wrong with it.
    pub what: Wrong,
    /// The way to the member.
    path: Vec<Step>,
}

impl Flaw {
    fn new(text: &str, path: Vec<Step>, what: Wrong) -> Self {
        Self {
            line: line_of(text, &path),
            field: super::error::field(&path),
            what,
            path,
        }
    }

    /// The way to the member from the top of the canvas.
    pub(crate) fn path(&self) -> &[Step] {
        &self.path
    }
}

/// What is wrong with a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is missing, or of the wrong shape.
    Shape(Complaint),
    /// It contradicts another, or names what there is not.
    Sense(CanvasError),
}

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}", self.line)?;
        if !self.field.is_empty() {
            write!(formatter, ", {}", self.field)?;
        }
        match &self.what {
            Wrong::Shape(complaint) => write!(formatter, ": {complaint}"),
            Wrong::Sense(error) => write!(formatter, ": {error}"),
        }
    }
}

/// What a member must be.
#[derive(Clone, Copy)]
enum Shape {
    Text,
    /// A text, or texts by language.
    Words,
    /// A whole number, 0 or more.
    Count,
    Texts,
    /// Lists of texts.
    Steps,
    /// Any values by name.
    Fields,
    OneOf(fn() -> Vec<&'static str>),
    Object(&'static [Member]),
    Objects(&'static [Member]),
}

/// A member of an object: its name, whether it must be there, and what it must be.
type Member = (&'static str, bool, Shape);

const CANVAS: &[Member] = &[
    ("id", true, Shape::Text),
    ("title", true, Shape::Words),
    ("slots", true, Shape::Objects(SLOT)),
    ("description", false, Shape::Words),
    ("group", false, Shape::OneOf(groups)),
    ("method", false, Shape::Text),
    ("primitive", false, Shape::OneOf(primitives)),
    ("position", false, Shape::Count),
    ("layout", false, Shape::Object(LAYOUT)),
    ("orders", false, Shape::Objects(ORDER)),
    ("figures", false, Shape::Texts),
    ("author", false, Shape::Text),
    ("source", false, Shape::Object(SOURCE)),
    ("licence", false, Shape::Object(LICENCE)),
    ("aliases", false, Shape::Texts),
];
const SLOT: &[Member] = &[
    ("id", true, Shape::Text),
    ("title", true, Shape::Words),
    ("question", false, Shape::Words),
    ("takes", false, Shape::Texts),
    ("fields", false, Shape::Fields),
    ("area", false, Shape::Object(AREA)),
    ("limit", false, Shape::Count),
    ("advice", false, Shape::Words),
    ("suggestions", false, Shape::Objects(SUGGESTION)),
    ("aliases", false, Shape::Texts),
    ("part_of", false, Shape::Text),
];
const LAYOUT: &[Member] = &[
    ("columns", true, Shape::Count),
    ("rows", true, Shape::Count),
];
const AREA: &[Member] = &[
    ("column", true, Shape::Count),
    ("row", true, Shape::Count),
    ("column_span", false, Shape::Count),
    ("row_span", false, Shape::Count),
];
const SUGGESTION: &[Member] = &[
    ("id", true, Shape::Text),
    ("text", true, Shape::Words),
    ("help", false, Shape::Words),
    ("fields", false, Shape::Fields),
];
const ORDER: &[Member] = &[
    ("id", true, Shape::Text),
    ("title", false, Shape::Words),
    ("source", false, Shape::Object(SOURCE)),
    ("steps", true, Shape::Steps),
];
const SOURCE: &[Member] = &[("title", false, Shape::Text), ("url", false, Shape::Text)];
const LICENCE: &[Member] = &[
    ("name", false, Shape::Text),
    ("url", false, Shape::Text),
    ("attribution", false, Shape::Text),
];

fn groups() -> Vec<&'static str> {
    Group::ALL.map(Group::name).to_vec()
}

fn primitives() -> Vec<&'static str> {
    Primitive::ALL.map(Primitive::name).to_vec()
}

/// What is wrong with a canvas that someone has written: all that keeps [`super::read_own`] from
/// taking it, at once, and the figures that there are not.
#[must_use]
pub fn flaws(text: &str) -> Vec<Flaw> {
    let top: Value = match serde_json::from_str(text) {
        Ok(top) => top,
        Err(error) => {
            let flaw = Flaw {
                line: error.line(),
                field: String::new(),
                what: Wrong::Shape(problem_of_json(&error)),
                path: Vec::new(),
            };
            return vec![flaw];
        }
    };
    let mut walker = Walker {
        text,
        path: Vec::new(),
        flaws: Vec::new(),
        unknown: Vec::new(),
    };
    if let Some(twice) = twice(text) {
        let what = Complaint::new("import.problem.twice");
        walker.path = twice.path;
        walker.add(what.with("line", twice.first.to_string()));
        walker.path.clear();
    }
    let sound = walker.object(&top, CANVAS);
    let Walker {
        mut flaws, unknown, ..
    } = walker;
    let senseless = senseless(text, sound, &flaws);
    flaws.extend(senseless);
    flaws.extend(unknown_figures(text, &top));
    if !flaws.is_empty() {
        // What nobody knows does no harm, but may be what is missing, misspelt.
        flaws.extend(unknown);
    }
    crate::compact::sort_by_key(&mut flaws, |flaw| flaw.line);
    flaws.truncate(MOST);
    flaws
}

/// What is senseless in `sound`, which is a canvas of a wrong shape with something usual in each
/// place that has a flaw. What those flaws are about, and what follows from them, is not said again.
fn senseless(text: &str, sound: Value, flaws: &[Flaw]) -> Vec<Flaw> {
    let mut own: Canvas = match serde_json::from_value(sound) {
        Ok(own) => own,
        Err(error) if flaws.is_empty() => {
            return vec![Flaw::new(text, Vec::new(), Wrong::Sense(error.into()))];
        }
        Err(_) => return Vec::new(),
    };
    arrange::arrange(&mut own);
    let mut errors = check(&own);
    if canvas(&own.id).is_some() || VIEWS.contains(&own.id.as_str()) {
        errors.insert(0, (CanvasError::Taken(own.id), Place::top("id")));
    }
    // Where one slot lies hangs on where the others do.
    let is_layout =
        |step: &Step| matches!(step, Step::Member(name) if name == "layout" || name == "area");
    let lie_nowhere = flaws.iter().any(|flaw| flaw.path.iter().any(is_layout));
    let is_new = |error: &CanvasError, path: &[Step]| {
        let lies = matches!(
            error,
            CanvasError::Outside(_) | CanvasError::Overlap(..) | CanvasError::BadLayout
        );
        // Of a list, the items that are sound are looked at all the same.
        let is_of_item = matches!(
            error,
            CanvasError::UnknownKind(..) | CanvasError::UnknownSlot(_)
        );
        let is_told = |flaw: &Flaw| {
            path.starts_with(&flaw.path) || (!is_of_item && flaw.path.starts_with(path))
        };
        let follows = lies && lie_nowhere;
        !follows && !flaws.iter().any(is_told)
    };
    let errors = errors
        .into_iter()
        .map(|(error, place)| (error, place.path()));
    let new = errors.filter(|(error, path)| is_new(error, path));
    new.map(|(error, path)| Flaw::new(text, path, Wrong::Sense(error)))
        .collect()
}

/// The figures that it would show and that there are not.
fn unknown_figures(text: &str, top: &Value) -> Vec<Flaw> {
    let named = top.get("figures").and_then(Value::as_array);
    let known = crate::figure::kinds();
    let mut flaws = Vec::new();
    for (index, id) in named.into_iter().flatten().enumerate() {
        let unknown = id
            .as_str()
            .filter(|id| known.iter().all(|one| one.id != *id));
        if let Some(id) = unknown.filter(|_| flaws.len() < MOST) {
            let error = CanvasError::UnknownFigure(id.chars().take(SHOWN).collect());
            let path = vec![Step::Member("figures".to_owned()), Step::Item(index)];
            flaws.push(Flaw::new(text, path, Wrong::Sense(error)));
        }
    }
    flaws
}

struct Walker<'a> {
    text: &'a str,
    path: Vec<Step>,
    flaws: Vec<Flaw>,
    unknown: Vec<Flaw>,
}

/// Each look at a value gives back what of it is sound, so that what is senseless can be told at the
/// same time: what is wrong is left out, and something usual stands where it is needed.
impl Walker<'_> {
    fn flaw(&self, what: Complaint) -> Flaw {
        Flaw::new(self.text, self.path.clone(), Wrong::Shape(what))
    }

    fn add(&mut self, what: Complaint) {
        if self.flaws.len() < MOST {
            let flaw = self.flaw(what);
            self.flaws.push(flaw);
        }
    }

    fn within<T>(&mut self, step: Step, look: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let seen = look(self);
        self.path.pop();
        seen
    }

    fn object(&mut self, value: &Value, members: &[Member]) -> Value {
        let object = value.as_object();
        if object.is_none() {
            self.expected("import.shape.object", value);
        }
        let mut sound = Map::new();
        for (name, is_needed, shape) in members {
            let member = object.and_then(|object| object.get(*name));
            let step = Step::Member((*name).to_owned());
            let seen = match member.filter(|value| !value.is_null()) {
                Some(member) => self.within(step, |walker| walker.value(member, *shape)),
                None if object.is_some() && (*is_needed || member.is_some()) => {
                    let what = Complaint::new("import.problem.empty");
                    self.within(step, |walker| walker.add(what));
                    None
                }
                None => None,
            };
            if let Some(seen) = seen.or_else(|| is_needed.then(|| usual(*shape))) {
                sound.insert((*name).to_owned(), seen);
            }
        }
        for name in object.into_iter().flat_map(Map::keys) {
            if self.unknown.len() < MOST && members.iter().all(|(known, ..)| known != name) {
                let what = Complaint::new("own_canvas.error.unknown_member");
                let step = Step::Member(name.clone());
                let flaw = self.within(step, |walker| walker.flaw(what));
                self.unknown.push(flaw);
            }
        }
        Value::Object(sound)
    }

    /// What of the value has the shape; nothing when it has another.
    fn value(&mut self, value: &Value, shape: Shape) -> Option<Value> {
        match shape {
            Shape::Text if value.is_string() => Some(value.clone()),
            Shape::Text => self.expected("import.shape.text", value),
            Shape::Count => match value.as_u64().and_then(|count| u32::try_from(count).ok()) {
                Some(count) => Some(count.into()),
                None => self.expected("import.shape.count", value),
            },
            Shape::OneOf(names) => {
                let names = names();
                if value.as_str().is_some_and(|name| names.contains(&name)) {
                    return Some(value.clone());
                }
                let what = Complaint::new("own_canvas.error.one_of");
                self.add(what.with("names", names.join(", ")));
                None
            }
            Shape::Words => match value.as_object() {
                Some(texts) => {
                    let texts = texts.iter().filter_map(|(language, text)| {
                        let step = Step::Member(language.clone());
                        let text = self.within(step, |walker| walker.value(text, Shape::Text));
                        Some((language.clone(), text?))
                    });
                    Some(Value::Object(texts.collect()))
                }
                None => self.value(value, Shape::Text),
            },
            Shape::Fields => match value.as_object() {
                Some(fields) => Some(Value::Object(self.scalars(fields))),
                None => self.expected("import.shape.object", value),
            },
            Shape::Object(members) => Some(self.object(value, members)),
            Shape::Texts => self.items(value, Shape::Text),
            Shape::Steps => self.items(value, Shape::Texts),
            Shape::Objects(members) => self.items(value, Shape::Object(members)),
        }
    }

    fn scalars(&mut self, fields: &Map<String, Value>) -> Map<String, Value> {
        let mut sound = Map::new();
        for (name, scalar) in fields {
            if scalar.is_array() || scalar.is_object() || scalar.is_null() {
                let step = Step::Member(name.clone());
                self.within(step, |walker| walker.expected("import.shape.text", scalar));
            } else {
                sound.insert(name.clone(), scalar.clone());
            }
        }
        sound
    }

    fn items(&mut self, value: &Value, shape: Shape) -> Option<Value> {
        let Some(items) = value.as_array() else {
            return self.expected("import.shape.list", value);
        };
        let seen = items.iter().enumerate().filter_map(|(index, item)| {
            self.within(Step::Item(index), |walker| walker.value(item, shape))
        });
        Some(Value::Array(seen.collect()))
    }

    /// Notes that another shape was expected; of a number, which one was found.
    fn expected(&mut self, shape: &'static str, found: &Value) -> Option<Value> {
        self.add(match found {
            Value::Number(number) => Complaint::new("import.problem.expected")
                .with_phrase("expected", shape)
                .with("found", number.to_string()),
            found => Complaint::expected(shape, found),
        });
        None
    }
}

/// What stands for a member that is needed and has none of that shape.
fn usual(shape: Shape) -> Value {
    match shape {
        Shape::Count => 1.into(),
        Shape::Objects(_) | Shape::Texts | Shape::Steps => Value::Array(Vec::new()),
        _ => Value::String(String::new()),
    }
}
