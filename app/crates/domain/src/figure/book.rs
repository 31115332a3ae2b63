//! All figures of a graph, kept up to date by computing again only what read something that
//! changed.
//!
//! Invariant: a book that was kept up to date holds the same figures as one made anew from the same
//! graph and the same day.

use std::sync::Arc;

use super::context::{Context, Earlier};
use super::kind::FigureKind;
use super::producer::{LAYERS, Producer, Run};
use super::record::Figure;
use super::registry::producers;
use crate::index::{Dependents, Edits, GraphIndex, Handle, Key, Notes, Reader, Reads, Unit};
use crate::parallel::by_stretches;
use crate::value::Date;
use crate::{CanvasId, EntityId, Graph};

/// The figures of a graph on a day, and the index that they were computed from.
#[derive(Clone, Debug)]
pub struct FigureBook {
    index: GraphIndex,
    today: Date,
    /// By unit.
    computations: Vec<Computation>,
    /// Units that are no longer used.
    free: Vec<Unit>,
    /// By the number of the handle.
    entities: Vec<Assigned>,
    /// By canvas, in the order of their ids.
    canvases: Vec<(CanvasId, Vec<Unit>)>,
    workspace: Vec<Unit>,
    /// What is run on the entities of a kind, by the number of the kind.
    producers: Vec<Option<Arc<[&'static Producer]>>>,
    dependents: Dependents,
}

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An entity.
    Entity(Handle),
    /// A canvas.
    Canvas(CanvasId),
    /// The workspace as a whole.
    Workspace,
}

/// A figure that is not what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// What it is about.
    pub subject: Subject,
    /// Which figure.
    pub kind: &'static FigureKind,
    /// As it was; nothing when it is new.
    pub before: Option<Figure>,
    /// As it is; nothing when it is gone.
    pub after: Option<Figure>,
}

/// One producer run on one subject.
#[derive(Clone, Debug)]
struct Computation {
    subject: Subject,
    producer: &'static Producer,
    figures: Vec<Figure>,
}

/// The computations of an entity, and the kind for which it has them.
#[derive(Clone, Debug, Default)]
struct Assigned {
    kind: Option<u16>,
    units: Vec<Unit>,
}

/// The units to compute, by layer.
type Due = [Vec<Unit>; LAYERS];

impl FigureBook {
    /// The figures of a whole graph.
    #[must_use]
    pub fn new(graph: &Graph, today: Date) -> Self {
        let mut book = Self {
            index: GraphIndex::new(graph),
            today,
            computations: Vec::new(),
            free: Vec::new(),
            entities: Vec::new(),
            canvases: Vec::new(),
            workspace: Vec::new(),
            producers: Vec::new(),
            dependents: Dependents::default(),
        };
        let mut due = Due::default();
        for producer in producers() {
            if let Run::Workspace(_) = producer.run {
                let unit = book.open(Subject::Workspace, producer, &mut due);
                book.workspace.push(unit);
            }
        }
        let handles: Vec<Handle> = book.index.live().map(|(handle, _)| handle).collect();
        let mut touched = Reads::default();
        for handle in handles {
            book.assign(handle, &mut due, &mut touched, &mut Vec::new());
        }
        book.assign_canvases(&mut due);
        book.compute(due, None);
        book
    }

    /// Reads again what `edits` names and computes what depends on it; every figure that is not
    /// what it was.
    pub fn update(&mut self, graph: &Graph, edits: &Edits) -> Vec<Changed> {
        let touched = self.touch(graph, edits);
        self.refresh(touched)
    }

    /// The first half of [`FigureBook::update`]: reads again what `edits` names. What it gives is
    /// what [`FigureBook::refresh`] needs next, and whatever else is computed from the same index.
    #[must_use = "the figures are out of date until `refresh`"]
    pub fn touch(&mut self, graph: &Graph, edits: &Edits) -> Reads {
        self.index.update(graph, edits)
    }

    /// Computes everything for another day.
    pub fn set_today(&mut self, today: Date) -> Vec<Changed> {
        self.today = today;
        let mut due = Due::default();
        for (unit, computation) in (0..).zip(&self.computations) {
            if !self.free.contains(&unit) {
                push(&mut due, computation.producer.layer, unit);
            }
        }
        let mut changed = Vec::new();
        self.compute(due, Some(&mut changed));
        changed
    }

    /// What would change if these entities were not there: the ripple of taking back a piece of
    /// evidence.
    #[must_use]
    pub fn without(&self, ids: &[EntityId]) -> Vec<Changed> {
        let mut book = self.clone();
        let edits = Edits {
            entities: ids.to_vec(),
            ..Edits::default()
        };
        book.update(&Graph::default(), &edits)
    }

    /// The index that the figures are computed from.
    #[must_use]
    pub fn index(&self) -> &GraphIndex {
        &self.index
    }

    /// The day for which they are computed.
    #[must_use]
    pub fn today(&self) -> Date {
        self.today
    }

    /// The figures of an entity.
    pub fn of(&self, entity: Handle) -> impl Iterator<Item = &Figure> {
        let assigned = self.entities.get(entity.number());
        self.figures(assigned.map_or(&[][..], |assigned| &assigned.units))
    }

    /// The figures of a canvas.
    pub fn of_canvas(&self, canvas: &str) -> impl Iterator<Item = &Figure> {
        let row = self.canvases.iter().find(|(id, _)| id == canvas);
        self.figures(row.map_or(&[][..], |(_, units)| units))
    }

    /// The figures of the workspace as a whole.
    pub fn of_workspace(&self) -> impl Iterator<Item = &Figure> {
        self.figures(&self.workspace)
    }

    /// One figure of an entity: `book.figure("feature-7", "rice")`.
    #[must_use]
    pub fn figure(&self, entity: &str, figure: &str) -> Option<&Figure> {
        let mut figures = self.of(self.index.find(entity)?);
        figures.find(|one| one.kind.id == figure)
    }

    fn figures(&self, units: &[Unit]) -> impl Iterator<Item = &Figure> {
        let computation = |unit: &Unit| self.computations.get(*unit as usize);
        let computations: Vec<&Computation> = units.iter().filter_map(computation).collect();
        computations.into_iter().flat_map(|one| &one.figures)
    }

    /// Computes what depends on what was touched; every figure that is not what it was.
    pub fn refresh(&mut self, mut touched: Reads) -> Vec<Changed> {
        let mut due = Due::default();
        let mut changed = Vec::new();
        let handles: Vec<Handle> = touched.beings().collect();
        for handle in handles {
            self.assign(handle, &mut due, &mut touched, &mut changed);
        }
        self.assign_canvases(&mut due);
        self.mark(&touched, &mut due);
        self.compute(due, Some(&mut changed));
        changed
    }

    /// Gives an entity the computations of its kind.
    fn assign(
        &mut self,
        handle: Handle,
        due: &mut Due,
        touched: &mut Reads,
        changed: &mut Vec<Changed>,
    ) {
        let kind = self.index.kind_number_of(handle);
        if self.entities.len() <= handle.number() {
            self.entities.resize(self.index.len(), Assigned::default());
        }
        let former = match self.entities.get_mut(handle.number()) {
            Some(assigned) if assigned.kind != kind => std::mem::take(assigned),
            _ => return,
        };
        for unit in former.units {
            self.close(unit, touched, changed);
        }
        let producers = self.producers_of(handle);
        let mut units = Vec::with_capacity(producers.len());
        for producer in producers.iter() {
            units.push(self.open(Subject::Entity(handle), producer, due));
        }
        if let Some(assigned) = self.entities.get_mut(handle.number()) {
            *assigned = Assigned { kind, units };
        }
    }

    /// What is run on an entity; found once for each kind.
    fn producers_of(&mut self, handle: Handle) -> Arc<[&'static Producer]> {
        let (Some(kind), Some(number)) = (
            self.index.kind_id(handle),
            self.index.kind_number_of(handle),
        ) else {
            return Arc::default();
        };
        let row = usize::from(number);
        if self.producers.len() <= row {
            self.producers.resize(row + 1, None);
        }
        let Some(known) = self.producers.get_mut(row) else {
            return Arc::default();
        };
        let of_kind = || producers().filter(|producer| producer.kinds.contains(&kind.as_str()));
        known.get_or_insert_with(|| of_kind().collect()).clone()
    }

    /// Gives every canvas that is not known yet its computations.
    fn assign_canvases(&mut self, due: &mut Due) {
        if self.index.canvases().count() == self.canvases.len() {
            return;
        }
        let ids: Vec<CanvasId> = self.index.canvases().cloned().collect();
        for id in ids {
            let Err(at) = self.canvases.binary_search_by(|(other, _)| other.cmp(&id)) else {
                continue;
            };
            let mut units = Vec::new();
            for producer in producers() {
                if let Run::Canvas(_) = producer.run {
                    units.push(self.open(Subject::Canvas(id.clone()), producer, due));
                }
            }
            self.canvases.insert(at, (id, units));
        }
    }

    /// A new computation, due.
    fn open(&mut self, subject: Subject, producer: &'static Producer, due: &mut Due) -> Unit {
        let computation = Computation {
            subject,
            producer,
            figures: Vec::new(),
        };
        let unit = match self.free.pop() {
            Some(unit) => unit,
            None => self.computations.len() as Unit,
        };
        match self.computations.get_mut(unit as usize) {
            Some(free) => *free = computation,
            None => self.computations.push(computation),
        }
        push(due, producer.layer, unit);
        unit
    }

    /// Gives a computation up; whoever read its figures is due.
    fn close(&mut self, unit: Unit, touched: &mut Reads, changed: &mut Vec<Changed>) {
        self.dependents.set(unit, Reads::default());
        self.free.push(unit);
        touched.add(Key::unit(unit));
        if let Some(computation) = self.computations.get_mut(unit as usize) {
            let figures = std::mem::take(&mut computation.figures);
            compare(&computation.subject, figures, &[], changed);
        }
    }

    /// Makes due who has read any of the keys.
    fn mark(&mut self, touched: &Reads, due: &mut Due) {
        let mut units = Vec::new();
        self.dependents.affected(touched, &mut units);
        for unit in units {
            if let Some(computation) = self.computations.get(unit as usize) {
                push(due, computation.producer.layer, unit);
            }
        }
    }

    /// Computes what is due, layer by layer: a figure reads only figures of earlier layers.
    fn compute(&mut self, mut due: Due, mut changed: Option<&mut Vec<Changed>>) {
        for layer in 0..LAYERS {
            let mut units = due.get_mut(layer).map(std::mem::take).unwrap_or_default();
            units.sort_unstable();
            units.dedup();
            let mut touched = Reads::default();
            let start = || self.index.reader();
            let results = by_stretches(&units, start, |reader, units| self.run(reader, units));
            for (unit, figures, notes) in results {
                self.dependents.keep(unit, notes);
                let Some(computation) = self.computations.get_mut(unit as usize) else {
                    continue;
                };
                if computation.figures != figures {
                    touched.add(Key::unit(unit));
                    let former = std::mem::replace(&mut computation.figures, figures);
                    if let Some(changed) = changed.as_deref_mut() {
                        let (subject, now) = (&computation.subject, &computation.figures);
                        compare(subject, former, now, changed);
                    }
                }
            }
            // In a new book all of them are due, and nobody is yet listed as a reader.
            if changed.is_some() {
                touched.tidy();
                self.mark(&touched, &mut due);
            }
        }
    }

    /// What each of the computations gives, and what it looked at.
    fn run(&self, reader: &Reader<'_>, units: &[Unit]) -> Vec<(Unit, Vec<Figure>, Notes)> {
        let context = Context {
            reader,
            today: self.today,
            earlier: self,
        };
        let mut results = Vec::with_capacity(units.len());
        for unit in units {
            let Some(computation) = self.computations.get(*unit as usize) else {
                continue;
            };
            let mut figures = Vec::new();
            reader.note_by_field(matches!(computation.producer.run, Run::Workspace(_)));
            match (&computation.producer.run, &computation.subject) {
                (Run::Entity(run), Subject::Entity(handle)) => run(&context, *handle, &mut figures),
                (Run::Canvas(run), Subject::Canvas(id)) => {
                    run(&context, id.as_str(), &mut figures);
                }
                (Run::Workspace(run), Subject::Workspace) => run(&context, &mut figures),
                _ => {}
            }
            figures
                .iter_mut()
                .for_each(|figure| figure.admit_unreadable(&context));
            results.push((*unit, figures, reader.take_notes()));
        }
        results
    }
}

impl Earlier for FigureBook {
    fn figure(&self, of: Option<Handle>, kind: &FigureKind) -> Option<(Unit, Option<&Figure>)> {
        let units = match of {
            Some(entity) => &self.entities.get(entity.number())?.units,
            None => &self.workspace,
        };
        units.iter().find_map(|unit| {
            let computation = self.computations.get(*unit as usize)?;
            let mut figures = computation.producer.figures.iter();
            figures.find(|figure| **figure == kind)?;
            let figure = computation
                .figures
                .iter()
                .find(|figure| figure.kind == kind);
            Some((*unit, figure))
        })
    }
}

fn push(due: &mut Due, layer: usize, unit: Unit) {
    if let Some(units) = due.get_mut(layer) {
        units.push(unit);
    }
}

/// Names the figures in which two results differ.
fn compare(subject: &Subject, before: Vec<Figure>, after: &[Figure], changed: &mut Vec<Changed>) {
    let mut note = |before: Option<Figure>, after: Option<Figure>, kind| {
        changed.push(Changed {
            subject: subject.clone(),
            kind,
            before,
            after,
        });
    };
    for figure in after {
        if !before.iter().any(|former| former.kind == figure.kind) {
            note(None, Some(figure.clone()), figure.kind);
        }
    }
    for former in before {
        let now = after.iter().find(|figure| figure.kind == former.kind);
        if now != Some(&former) {
            let kind = former.kind;
            note(Some(former), now.cloned(), kind);
        }
    }
}
