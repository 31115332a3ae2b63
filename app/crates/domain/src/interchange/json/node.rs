//! A JSON value that knows its path, so that a complaint about it can say where it stands.

use serde_json::{Map, Number, Value};

use crate::interchange::{Complaint, doubts};
use crate::locate::{Step, Twice, line_of};
use crate::{ImportError, Quoted};

/// A value and the way to it from the top.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    path: Vec<Step>,
}

/// A complaint about one value.
pub(super) struct Problem {
    path: Vec<Step>,
    what: Complaint,
}

impl Problem {
    /// That a member stands a second time in its object.
    pub(super) fn twice(twice: Twice) -> Self {
        let what = Complaint::new("import.problem.twice");
        Self {
            path: twice.path,
            what: what.with("line", twice.first.to_string()),
        }
    }

    /// Says where, in the words of the format: `entity "n1", field "text"`.
    pub(super) fn into_error(self, text: &str, top: &Value) -> ImportError {
        let mut place = Vec::new();
        let mut value = Some(top);
        let mut list = "";
        let mut steps = self.path.iter().peekable();
        while let Some(step) = steps.next() {
            match step {
                Step::Member(name) => {
                    value = value.and_then(|value| value.get(name));
                    list = name;
                    // Of a list, the item is named instead.
                    if !matches!(steps.peek(), Some(Step::Item(_))) {
                        place.push(at("import.place.field", Quoted(name).to_string()));
                    }
                }
                Step::Item(index) => {
                    value = value.and_then(|value| value.get(index));
                    let noun = match list {
                        "entities" => "import.place.entity",
                        "links" => "import.place.link",
                        "people" => "import.place.person",
                        "placements" => "import.place.placement",
                        _ => "import.place.item",
                    };
                    let id = value
                        .and_then(|value| value.get("id"))
                        .and_then(Value::as_str);
                    let name = id.map_or((index + 1).to_string(), |id| Quoted(id).to_string());
                    place.push(at(noun, name));
                }
            }
        }
        if place.is_empty() {
            place.push(Complaint::new("import.place.file"));
        }
        let line = line_of(text, &self.path);
        ImportError::Invalid {
            line,
            place,
            problem: self.what,
        }
    }
}

/// One step of the way to a value.
fn at(key: &'static str, name: String) -> Complaint {
    Complaint::new(key).with("name", name)
}

impl<'a> Node<'a> {
    pub(super) fn top(value: &'a Value) -> Self {
        Self {
            value,
            path: Vec::new(),
        }
    }

    pub(super) fn problem(&self, what: Complaint) -> Problem {
        Problem {
            path: self.path.clone(),
            what,
        }
    }

    /// The line of the file's text, from 1, on which this value begins.
    pub(super) fn line(&self, text: &str) -> usize {
        line_of(text, &self.path)
    }

    /// Its number in the list that it is an item of, from 0.
    pub(super) fn index(&self) -> usize {
        match self.path.last() {
            Some(Step::Item(index)) => *index,
            _ => 0,
        }
    }

    /// What an entity of the file is called in a message: by its first words and its id, else by
    /// its number.
    pub(super) fn name(&self) -> String {
        let text = self.value.get("text").and_then(Value::as_str);
        let id = self.member("id").and_then(|id| id.id().ok());
        let name = doubts::called(id.as_deref(), &doubts::name(text.unwrap_or_default()));
        Some(name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| (self.index() + 1).to_string())
    }

    fn expected(&self, shape: &'static str) -> Problem {
        self.problem(Complaint::expected(shape, self.value))
    }

    fn step(&self, step: Step, value: &'a Value) -> Node<'a> {
        let mut path = self.path.clone();
        path.push(step);
        Node { value, path }
    }

    /// The place of what is so many steps within, whether it is there or not.
    pub(super) fn within(mut self, steps: &[Step]) -> Node<'a> {
        self.path.extend_from_slice(steps);
        self
    }

    pub(super) fn object(&self) -> Result<&'a Map<String, Value>, Problem> {
        self.value
            .as_object()
            .ok_or_else(|| self.expected("import.shape.object"))
    }

    /// The member of that name; none if it is missing or `null`, or if this is no object.
    pub(super) fn member(&self, name: &str) -> Option<Node<'a>> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(self.step(Step::Member(name.into()), value))
    }

    /// All members that are not `null`.
    pub(super) fn members(&self) -> Result<impl Iterator<Item = (&'a str, Node<'a>)>, Problem> {
        let members = self.object()?.iter().filter(|(_, value)| !value.is_null());
        Ok(members
            .map(|(name, value)| (name.as_str(), self.step(Step::Member(name.clone()), value))))
    }

    /// The items of the list of that name; none if it is missing.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Node<'a>>, Problem> {
        let Some(list) = self.member(name) else {
            return Ok(Vec::new());
        };
        let items = list
            .value
            .as_array()
            .ok_or_else(|| list.expected("import.shape.list"))?;
        let items = items.iter().enumerate();
        Ok(items
            .map(|(index, value)| list.step(Step::Item(index), value))
            .collect())
    }

    pub(super) fn text(&self) -> Result<&'a str, Problem> {
        self.value
            .as_str()
            .ok_or_else(|| self.expected("import.shape.text"))
    }

    /// An id: text, or a whole number as other tools write it; `5.0` is one, too.
    pub(super) fn id(&self) -> Result<String, Problem> {
        match self.value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
            Value::Number(number) => whole(number)
                .map(|number| number.to_string())
                .ok_or_else(|| self.expected("import.shape.id")),
            _ => Err(self.expected("import.shape.id")),
        }
    }

    pub(super) fn number(&self) -> Result<f64, Problem> {
        self.value
            .as_f64()
            .ok_or_else(|| self.expected("import.shape.number"))
    }

    pub(super) fn whole_number(&self) -> Result<i64, Problem> {
        let number = self.value.as_number().and_then(whole_number);
        number.ok_or_else(|| self.expected("import.shape.whole"))
    }

    pub(super) fn flag(&self) -> Result<bool, Problem> {
        self.value
            .as_bool()
            .ok_or_else(|| self.expected("import.shape.flag"))
    }
}

/// A whole number within 64 bits, `5.0` too.
pub(super) fn whole_number(number: &Number) -> Option<i64> {
    let of_float = |number: f64| {
        // Beyond, the conversion saturates.
        let is_held = (-(2_f64.powi(63))..2_f64.powi(63)).contains(&number);
        is_held.then_some(number as i64)
    };
    number.as_i64().or_else(|| of_float(whole(number)?))
}

/// A number without a fraction.
fn whole(number: &Number) -> Option<f64> {
    number.as_f64().filter(|number| number.fract() == 0.0)
}
