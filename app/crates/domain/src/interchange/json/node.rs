//! A JSON value that knows its path, so that a complaint about it can say where it stands.

use serde_json::{Map, Value};

use crate::interchange::Complaint;
use crate::locate::{Step, line_of};
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
    /// Says where, in the words of the format: `entity "n1", field "text"`.
    pub(super) fn into_error(self, text: &str, top: &Value) -> ImportError {
        let mut place = Vec::new();
        let mut value = Some(top);
        let mut list = "";
        for step in &self.path {
            match step {
                Step::Member(name) => {
                    value = value.and_then(|value| value.get(name));
                    list = name;
                    if !value.is_some_and(Value::is_array) {
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
            place.push(match list {
                "" => Complaint::new("import.place.file"),
                list => at("import.place.list", Quoted(list).to_string()),
            });
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

    /// What an entity of the file is called in a message: by its id, else by its text, else by its
    /// number.
    pub(super) fn name(&self) -> String {
        let said = |name| self.value.get(name).and_then(Value::as_str);
        let number = match self.path.last() {
            Some(Step::Item(index)) => index + 1,
            _ => 1,
        };
        let text = said("text").and_then(|text| text.lines().next());
        let named = said("id").or(text).filter(|named| !named.is_empty());
        named.map_or_else(|| number.to_string(), str::to_owned)
    }

    fn expected(&self, shape: &'static str) -> Problem {
        let found = match self.value {
            Value::Null => "import.shape.nothing",
            Value::Bool(_) => "import.shape.flag",
            Value::Number(_) => "import.shape.number",
            Value::String(_) => "import.shape.text",
            Value::Array(_) => "import.shape.list",
            Value::Object(_) => "import.shape.object",
        };
        let what = Complaint::new("import.problem.expected");
        self.problem(
            what.with_phrase("expected", shape)
                .with_phrase("found", found),
        )
    }

    fn step(&self, step: Step, value: &'a Value) -> Node<'a> {
        let mut path = self.path.clone();
        path.push(step);
        Node { value, path }
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

    /// An id: text, or a whole number as other tools write it.
    pub(super) fn id(&self) -> Result<String, Problem> {
        match self.value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
            _ => Err(self.expected("import.shape.id")),
        }
    }

    pub(super) fn number(&self) -> Result<f64, Problem> {
        self.value
            .as_f64()
            .ok_or_else(|| self.expected("import.shape.number"))
    }

    pub(super) fn whole_number(&self) -> Result<i64, Problem> {
        self.value
            .as_i64()
            .ok_or_else(|| self.expected("import.shape.whole"))
    }

    pub(super) fn flag(&self) -> Result<bool, Problem> {
        self.value
            .as_bool()
            .ok_or_else(|| self.expected("import.shape.flag"))
    }
}
