//! A workspace in the interchange format and what its figures are.

use crate::figure::{Figure, FigureBook, Outcome};
use crate::index::Handle;
use crate::value::Date;

/// The day of every test that does not name its own.
pub(super) const TODAY: &str = "2026-11-22";

/// The figures of a workspace.
pub(super) struct Fixture(pub(super) FigureBook);

/// A workspace written as its `entities`, one object a line without the braces and commas between
/// them, and its `links`, as `from kind to` each.
pub(super) fn fixture(entities: &[&str], links: &[&str]) -> Fixture {
    let entities: Vec<String> = entities.iter().map(|entity| entity_json(entity)).collect();
    let links: Vec<String> = links.iter().map(|link| link_json(link)).collect();
    let json = format!(
        r#"{{"format": "groundwork", "entities": [{}], "links": [{}]}}"#,
        entities.join(","),
        links.join(",")
    );
    from_json(&json)
}

/// A workspace in the interchange format.
pub(super) fn from_json(json: &str) -> Fixture {
    let graph = crate::import("fixture.json", json.as_bytes())
        .unwrap()
        .graph;
    Fixture(FigureBook::new(&graph, Date::parse(TODAY).unwrap()))
}

/// `kind id: "field": value, …` as an entity of the format.
fn entity_json(entity: &str) -> String {
    let (head, fields) = entity.split_once(':').unwrap_or((entity, ""));
    let (kind, id) = head.trim().split_once(' ').unwrap();
    format!(r#"{{"kind": "{kind}", "id": "{id}", "fields": {{{fields}}}}}"#)
}

fn link_json(link: &str) -> String {
    let parts: Vec<&str> = link.split(' ').collect();
    let [from, kind, to] = parts[..] else {
        panic!("{link}: from, kind and to")
    };
    format!(r#"{{"from": "{from}", "kind": "{kind}", "to": "{to}"}}"#)
}

impl Fixture {
    /// A figure of an entity; of the workspace when the entity is `""`, of a canvas when it begins
    /// with `#`.
    pub(super) fn figure(&self, of: &str, id: &str) -> &Figure {
        let found = match of.strip_prefix('#') {
            Some(canvas) => self.0.of_canvas(canvas).find(|figure| figure.kind.id == id),
            None if of.is_empty() => self.0.of_workspace().find(|figure| figure.kind.id == id),
            None => self.0.figure(of, id),
        };
        found.unwrap_or_else(|| panic!("{of} has no {id}"))
    }

    /// Whether there is such a figure at all.
    pub(super) fn has(&self, of: &str, id: &str) -> bool {
        self.0.figure(of, id).is_some()
    }

    /// Asserts a number within a tolerance.
    pub(super) fn number(&self, of: &str, id: &str, expected: f64, tolerance: f64) {
        let figure = self.figure(of, id);
        let value = figure
            .value()
            .unwrap_or_else(|| panic!("{of} {id}: {:?}", figure.outcome));
        assert!(
            (value - expected).abs() <= tolerance,
            "{of} {id}: {value}, not {expected}"
        );
    }

    /// Asserts a category.
    pub(super) fn word(&self, of: &str, id: &str, expected: &str) {
        let figure = self.figure(of, id);
        assert_eq!(
            figure.word(),
            Some(expected),
            "{of} {id}: {:?}",
            figure.outcome
        );
    }

    /// Asserts an order.
    pub(super) fn order(&self, of: &str, id: &str, expected: &[&str]) {
        let Outcome::Order(order) = &self.figure(of, id).outcome else {
            panic!("{of} {id} is no order")
        };
        let name = |handle: &Handle| self.0.index().id(*handle).unwrap().as_str();
        assert_eq!(order.iter().map(name).collect::<Vec<_>>(), expected);
    }

    /// Asserts that there is no value, and why.
    pub(super) fn missing(&self, of: &str, id: &str, expected: &str) {
        match &self.figure(of, id).outcome {
            Outcome::Missing(reason) => assert_eq!(reason.to_string(), expected),
            outcome => panic!("{of} {id}: {outcome:?}"),
        }
    }

    /// Asserts the value of a row.
    pub(super) fn row(&self, of: &str, id: &str, row: &str, expected: f64, tolerance: f64) {
        let rows = &self.figure(of, id).rows;
        let found = rows
            .iter()
            .find(|one| one.name == row)
            .and_then(|row| row.value);
        let value = found.unwrap_or_else(|| panic!("{of} {id}: no {row} in {rows:?}"));
        assert!(
            (value - expected).abs() <= tolerance,
            "{of} {id} {row}: {value}"
        );
    }

    /// The ids of the remarks.
    pub(super) fn remarks(&self, of: &str, id: &str) -> Vec<&str> {
        let remarks = &self.figure(of, id).remarks;
        remarks.iter().map(|remark| remark.kind.id).collect()
    }

    /// Asserts an interval within a tolerance.
    pub(super) fn interval(&self, of: &str, id: &str, expected: (f64, f64), tolerance: f64) {
        let (low, high) = self.figure(of, id).interval.unwrap();
        let near = |one: f64, other: f64| (one - other).abs() <= tolerance;
        let is_near = near(low, expected.0) && near(high, expected.1);
        assert!(is_near, "{of} {id}: [{low}, {high}]");
    }
}
