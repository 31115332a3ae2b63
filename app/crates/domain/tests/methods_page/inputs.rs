//! What each figure is computed from, with its units: as observed over a workspace of samples and
//! over a graph of every kind.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::check::{CheckBook, ages};
use domain::figure::{Figure, FigureBook, FigureKind};
use domain::value::{Currency, Date};
use domain::{EntityId, Placement, Rank, sample};

use crate::maker::Maker;

/// Enough for every figure to be computed once.
const ENTITIES: usize = 3_000;
const LINKS: usize = 9_000;

/// By figure: its inputs, each with the units that it came in.
#[derive(Default)]
pub(crate) struct Inputs(BTreeMap<&'static str, BTreeMap<String, BTreeSet<String>>>);

impl Inputs {
    pub(crate) fn observed() -> Self {
        let today = Date::parse("2026-11-22").unwrap();
        let mut maker = Maker::new(ENTITIES);
        let mut graph = maker.graph(LINKS);
        for (number, id) in graph
            .entities
            .keys()
            .cloned()
            .enumerate()
            .collect::<Vec<_>>()
        {
            if number % 10 == 0 {
                place(&mut graph, id);
            }
        }
        let mut inputs = Self::default();
        for graph in [sample("en"), graph] {
            let book = FigureBook::new(&graph, today);
            let live = book.index().live().map(|(handle, _)| handle);
            let canvases = book.index().canvases();
            let checks = CheckBook::new(book.index(), today);
            let ages = ages(&checks.findings(book.index()), book.index(), today);
            live.flat_map(|handle| book.of(handle))
                .chain(canvases.flat_map(|canvas| book.of_canvas(canvas.as_str())))
                .chain(book.of_workspace())
                .chain(&ages)
                .for_each(|figure| inputs.add(figure));
        }
        inputs
    }

    fn add(&mut self, figure: &Figure) {
        for input in &figure.inputs {
            // What is not known beforehand is somebody's own word.
            if let Cow::Borrowed(name) = input.name {
                let of_figure = self.0.entry(figure.kind.id).or_default();
                let units = of_figure.entry(name.to_owned()).or_default();
                units.extend(said(&input.unit));
            }
        }
    }

    /// `reach (people), effort (person-months)`, by the names.
    pub(crate) fn of(&self, figure: &FigureKind) -> String {
        let inputs = self.0.get(figure.id).into_iter().flatten();
        let inputs: Vec<String> = inputs
            .map(
                |(name, units)| match units.iter().cloned().collect::<Vec<_>>() {
                    units if units.is_empty() => name.clone(),
                    units => format!("{name} ({})", units.join(" or ")),
                },
            )
            .collect();
        inputs.join(", ")
    }
}

fn place(graph: &mut domain::Graph, id: EntityId) {
    let placement = Placement::new("problem".into(), Rank::default());
    graph.place("lean-canvas".into(), id, placement);
}

/// A unit; an amount of money in whatever currency, and one that a metric brings, is called that.
fn said(unit: &str) -> Option<String> {
    if unit.is_empty() {
        return None;
    }
    let (before, period) = match unit.split_once('/') {
        Some((before, period)) => (before, format!(" a {period}")),
        None => (unit, String::new()),
    };
    let known = domain::figure::unit_in(unit, "de") != unit
        || matches!(unit, "%" | "share" | "answers" | "of 10");
    Some(match Currency::parse(before) {
        Some(_) => format!("money{period}"),
        None if known => unit.to_owned(),
        None => "the metric's unit".to_owned(),
    })
}
