//! Measures figures and checks of a graph of 5,000 entities and 10,000 links: from scratch, and
//! after one edit. Prints milliseconds; `cargo measure graph` runs it optimised.

mod maker;

use std::time::Instant;

use domain::Graph;
use domain::check::{self, CheckBook};
use domain::figure::{self, FigureBook, Outcome};
use domain::index::{Edits, GraphIndex};
use domain::value::Date;
use maker::{ENTITIES, LINKS, Maker, link_id};

/// The one that `groundwork` has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 15;
const EDITS: usize = 400;

fn main() {
    let Some(today) = Date::new(2026, 11, 22) else {
        return;
    };
    let mut maker = Maker::new(ENTITIES);
    let mut graph = maker.graph(LINKS);
    let mut index = Vec::new();
    let mut scratch = Vec::new();
    for _ in 0..RUNS {
        index.push(milliseconds(|| GraphIndex::new(&graph)));
        scratch.push(milliseconds(|| Books::new(&graph, today)));
    }
    print("graph: index from scratch", index);
    print("graph: figures and checks from scratch", scratch);

    let mut books = Books::new(&graph, today);
    let book = &books.figures;
    let figures: usize = book
        .index()
        .live()
        .map(|(handle, _)| book.of(handle).count())
        .sum();
    books.print_idle();
    let first = Edits {
        entities: vec![maker.any()],
        ..Edits::default()
    };
    if let Some(entity) = first
        .entities
        .first()
        .and_then(|id| graph.entities.get_mut(id))
    {
        maker.edit(entity);
    }
    // It pays once for what a graph that is never edited does not need: who has read what.
    let first = vec![milliseconds(|| books.update(&graph, &first))];
    print("graph: after the first edit of all", first);
    let mut fields = Vec::new();
    let mut links = Vec::new();
    for _ in 0..EDITS {
        let id = maker.any();
        if let Some(entity) = graph.entities.get_mut(&id) {
            maker.edit(entity);
        }
        let edits = Edits {
            entities: vec![id],
            ..Edits::default()
        };
        fields.push(milliseconds(|| books.update(&graph, &edits)));
        let id = link_id(maker.below(LINKS));
        graph.links.insert(id.clone(), maker.link());
        let edits = Edits {
            links: vec![id],
            ..Edits::default()
        };
        links.push(milliseconds(|| books.update(&graph, &edits)));
    }
    print("graph: after one field was edited", fields);
    print("graph: after one link was edited", links);
    println!("({ENTITIES} entities, {LINKS} links, {figures} figures of entities)");
}

/// Everything that is computed from a graph.
struct Books {
    figures: FigureBook,
    checks: CheckBook,
}

impl Books {
    fn new(graph: &Graph, today: Date) -> Self {
        let figures = FigureBook::new(graph, today);
        let checks = CheckBook::new(figures.index(), today);
        Self { figures, checks }
    }

    /// Names what the graph gives nothing to do: the measurement says nothing about it.
    fn print_idle(&self) {
        let index = self.figures.index();
        let of_entities = index.live().flat_map(|(handle, _)| self.figures.of(handle));
        let of_canvases = index
            .canvases()
            .flat_map(|canvas| self.figures.of_canvas(canvas.as_str()));
        let all = of_entities
            .chain(of_canvases)
            .chain(self.figures.of_workspace());
        let mut computed: Vec<&str> = Vec::new();
        let mut valued: Vec<&str> = Vec::new();
        for figure in all {
            computed.push(figure.kind.id);
            if !matches!(figure.outcome, Outcome::Missing(_)) {
                valued.push(figure.kind.id);
            }
        }
        let found = self.checks.findings(index);
        let found: Vec<&str> = found.iter().map(|finding| finding.check.id).collect();
        let figures: Vec<&str> = figure::kinds().iter().map(|kind| kind.id).collect();
        let checks: Vec<&str> = check::kinds().map(|check| check.id).collect();
        for (what, all, active) in [
            ("figures computed", &figures, computed),
            ("figures with a value", &figures, valued),
            ("checks that find something", &checks, found),
        ] {
            let idle: Vec<&str> = all
                .iter()
                .copied()
                .filter(|id| !active.contains(id))
                .collect();
            println!(
                "graph: {} of {} {what}; not {}",
                all.len() - idle.len(),
                all.len(),
                if idle.is_empty() {
                    "one is idle".to_owned()
                } else {
                    idle.join(", ")
                }
            );
        }
    }

    fn update(&mut self, graph: &Graph, edits: &Edits) {
        let touched = self.figures.touch(graph, edits);
        self.checks.update(self.figures.index(), &touched);
        self.figures.refresh(touched);
    }
}

/// How long something takes, without putting its result away.
fn milliseconds<T>(run: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let result = std::hint::black_box(run());
    let elapsed = start.elapsed().as_secs_f64() * 1000.0;
    drop(result);
    elapsed
}

/// Prints minimum, median, 95th percentile and maximum.
fn print(what: &str, mut samples: Vec<f64>) {
    samples.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let index = (samples.len().saturating_sub(1) as f64 * part).round() as usize;
        samples.get(index).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{what:<44} min {:>8.3}  median {:>8.3}  p95 {:>8.3}  max {:>8.3} ms  (n = {})",
        at(0.0),
        at(0.5),
        at(0.95),
        at(1.0),
        samples.len()
    );
}
