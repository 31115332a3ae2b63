//! Everything that is wrong with a text that is meant to be a canvas, at once and with the lines, for
//! whoever writes it.

use std::fmt;

use serde_json::Value;

use super::{CanvasError, VIEWS, arrange, check};
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
    Whole,
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
    ("position", false, Shape::Whole),
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
    ("limit", false, Shape::Whole),
    ("advice", false, Shape::Words),
    ("suggestions", false, Shape::Objects(SUGGESTION)),
    ("aliases", false, Shape::Texts),
    ("part_of", false, Shape::Text),
];
const LAYOUT: &[Member] = &[
    ("columns", true, Shape::Whole),
    ("rows", true, Shape::Whole),
];
const AREA: &[Member] = &[
    ("column", true, Shape::Whole),
    ("row", true, Shape::Whole),
    ("column_span", false, Shape::Whole),
    ("row_span", false, Shape::Whole),
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

/// What is wrong with a canvas that someone has written; nothing when [`super::read_own`] takes it.
#[must_use]
pub fn flaws(text: &str) -> Vec<Flaw> {
    let top: Value = match serde_json::from_str(text) {
        Ok(top) => top,
        Err(error) => {
            let flaw = Flaw {
                line: error.line(),
                field: String::new(),
                what: Wrong::Shape(problem_of_json(&error)),
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
    walker.object(&top, CANVAS);
    let Walker { flaws, unknown, .. } = walker;
    if !flaws.is_empty() {
        // What nobody knows does no harm, but may be what is missing, misspelt.
        let mut flaws: Vec<Flaw> = flaws.into_iter().chain(unknown).take(MOST).collect();
        crate::compact::sort_by_key(&mut flaws, |flaw| flaw.line);
        return flaws;
    }
    senseless(text)
}

/// What is wrong with a text that has the shape of a canvas.
fn senseless(text: &str) -> Vec<Flaw> {
    let errors = match serde_json::from_str::<Canvas>(text) {
        Err(error) => vec![error.into()],
        Ok(mut own) => {
            arrange::arrange(&mut own);
            let mut errors = check(&own);
            if canvas(&own.id).is_some() || VIEWS.contains(&own.id.as_str()) {
                errors.insert(0, CanvasError::Taken(own.id));
            }
            errors
        }
    };
    let flaw = |error: CanvasError| {
        let found = error.find(text);
        Flaw {
            line: found.line,
            field: found.field,
            what: Wrong::Sense(error),
        }
    };
    errors.into_iter().take(MOST).map(flaw).collect()
}

struct Walker<'a> {
    text: &'a str,
    path: Vec<Step>,
    flaws: Vec<Flaw>,
    unknown: Vec<Flaw>,
}

impl Walker<'_> {
    fn flaw(&self, what: Complaint) -> Flaw {
        Flaw {
            line: line_of(self.text, &self.path),
            field: super::error::field(&self.path),
            what: Wrong::Shape(what),
        }
    }

    fn add(&mut self, what: Complaint) {
        if self.flaws.len() < MOST {
            let flaw = self.flaw(what);
            self.flaws.push(flaw);
        }
    }

    fn within(&mut self, step: Step, look: impl FnOnce(&mut Self)) {
        self.path.push(step);
        look(self);
        self.path.pop();
    }

    fn object(&mut self, value: &Value, members: &[Member]) {
        let Some(object) = value.as_object() else {
            return self.expected("import.shape.object", value);
        };
        for (name, is_needed, shape) in members {
            let member = object.get(*name).filter(|value| !value.is_null());
            let step = Step::Member((*name).to_owned());
            match member {
                Some(member) => self.within(step, |walker| walker.value(member, *shape)),
                None if *is_needed || object.contains_key(*name) => {
                    let what = Complaint::new("import.problem.empty");
                    self.within(step, |walker| walker.add(what));
                }
                None => {}
            }
        }
        for name in object.keys() {
            if self.unknown.len() < MOST && members.iter().all(|(known, ..)| known != name) {
                let what = Complaint::new("own_canvas.error.unknown_member");
                self.path.push(Step::Member(name.clone()));
                let flaw = self.flaw(what);
                self.unknown.push(flaw);
                self.path.pop();
            }
        }
    }

    fn value(&mut self, value: &Value, shape: Shape) {
        match shape {
            Shape::Text if value.is_string() => {}
            Shape::Text => self.expected("import.shape.text", value),
            Shape::Whole
                if value
                    .as_u64()
                    .is_some_and(|number| u32::try_from(number).is_ok()) => {}
            Shape::Whole => self.expected("import.shape.whole", value),
            Shape::OneOf(names) => {
                let names = names();
                if value.as_str().is_none_or(|name| !names.contains(&name)) {
                    let what = Complaint::new("own_canvas.error.one_of");
                    self.add(what.with("names", names.join(", ")));
                }
            }
            Shape::Words => match value.as_object() {
                Some(texts) => {
                    for (language, text) in texts {
                        let step = Step::Member(language.clone());
                        self.within(step, |walker| walker.value(text, Shape::Text));
                    }
                }
                None => self.value(value, Shape::Text),
            },
            Shape::Fields => match value.as_object() {
                Some(fields) => {
                    for (name, scalar) in fields {
                        if scalar.is_array() || scalar.is_object() || scalar.is_null() {
                            let step = Step::Member(name.clone());
                            self.within(step, |walker| {
                                walker.expected("import.shape.text", scalar);
                            });
                        }
                    }
                }
                None => self.expected("import.shape.object", value),
            },
            Shape::Object(members) => self.object(value, members),
            Shape::Texts => self.items(value, Shape::Text),
            Shape::Steps => self.items(value, Shape::Texts),
            Shape::Objects(members) => self.items(value, Shape::Object(members)),
        }
    }

    fn items(&mut self, value: &Value, shape: Shape) {
        let Some(items) = value.as_array() else {
            return self.expected("import.shape.list", value);
        };
        for (index, item) in items.iter().enumerate() {
            if self.flaws.len() < MOST {
                self.within(Step::Item(index), |walker| walker.value(item, shape));
            }
        }
    }

    fn expected(&mut self, shape: &'static str, found: &Value) {
        self.add(Complaint::expected(shape, found));
    }
}
