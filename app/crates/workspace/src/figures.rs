//! The figures of an open workspace, kept up to date with its document.
//!
//! Made when somebody first looks at a figure: until then nothing is computed. Invariant: after
//! every change the figures are those of the graph as it is (the book's own property), and whoever
//! reads them through [`Figures::watch`] is told.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use document::{DirtySet, ProductDocument};
use domain::figure::{Figure, FigureBook};
use domain::index::{Edits, Handle};
use domain::value::Date;
use domain::{EntityId, Graph};
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{Get, Update};

use crate::{Subscription, Workspace};

/// All figures of a workspace.
pub struct Figures {
    graph: RefCell<Graph>,
    book: RefCell<FigureBook>,
    revision: ArcRwSignal<u64>,
    edits: ArcRwSignal<u64>,
    _following: Subscription,
}

impl Figures {
    /// Computes the figures for a day, and again whenever the workspace changes while the handle
    /// lives.
    pub(crate) fn of(workspace: &Workspace, today: Date) -> Rc<Self> {
        let graph = workspace.projection().view();
        let changed = workspace.clone();
        Rc::new_cyclic(|figures: &Weak<Self>| {
            let figures = figures.clone();
            let following = workspace.on_change(move |change| {
                if let Some(figures) = figures.upgrade() {
                    changed.with_document(|document| figures.follow(&change.dirty, document));
                }
            });
            Self {
                book: RefCell::new(FigureBook::new(&graph, today)),
                graph: RefCell::new(graph),
                revision: ArcRwSignal::new(0),
                edits: ArcRwSignal::new(0),
                _following: following,
            }
        })
    }

    /// Subscribes to every change of a figure.
    pub fn watch(&self) {
        self.revision.get();
    }

    /// Subscribes to every change of the graph, whether a figure looks at it or not.
    pub fn watch_all(&self) {
        self.edits.get();
    }

    /// The figures of an entity.
    pub fn of_entity(&self, id: &EntityId) -> Vec<Figure> {
        let book = self.book.borrow();
        let handle = book.index().find(id.as_str());
        handle
            .map(|handle| book.of(handle).cloned().collect())
            .unwrap_or_default()
    }

    /// The figures of a canvas as a whole.
    pub fn of_canvas(&self, canvas: &str) -> Vec<Figure> {
        self.book.borrow().of_canvas(canvas).cloned().collect()
    }

    /// The figures of the workspace as a whole.
    pub fn of_workspace(&self) -> Vec<Figure> {
        self.book.borrow().of_workspace().cloned().collect()
    }

    /// Which entity a figure speaks of.
    pub fn entity(&self, handle: Handle) -> Option<EntityId> {
        self.book.borrow().index().id(handle).cloned()
    }

    /// Reads with the graph and its figures.
    pub fn with<R>(&self, read: impl FnOnce(&Graph, &FigureBook) -> R) -> R {
        read(&self.graph.borrow(), &self.book.borrow())
    }

    fn follow(&self, dirty: &DirtySet, document: &ProductDocument) {
        let changed = if dirty.everything {
            let graph = document.graph();
            let today = self.book.borrow().today();
            *self.book.borrow_mut() = FigureBook::new(&graph, today);
            *self.graph.borrow_mut() = graph;
            true
        } else {
            let mut graph = self.graph.borrow_mut();
            let edits = take_over(&mut graph, dirty, document);
            let mut book = self.book.borrow_mut();
            !book.update(&graph, &edits).is_empty()
        };
        self.edits.update(|edits| *edits += 1);
        if changed {
            self.revision.update(|revision| *revision += 1);
        }
    }
}

/// Reads into the graph what the dirty set names; what the figures have to look at again.
fn take_over(graph: &mut Graph, dirty: &DirtySet, document: &ProductDocument) -> Edits {
    if dirty.about {
        graph.name = document.name();
    }
    for id in &dirty.entities {
        match document.entity(id) {
            Some(entity) => graph.entities.insert(id.clone(), entity),
            None => graph.entities.remove(id),
        };
    }
    for id in &dirty.links {
        match document.link(id) {
            Some(link) => graph.links.insert(id.clone(), link),
            None => graph.links.remove(id),
        };
    }
    for (canvas, id) in &dirty.placements {
        match document.placement(canvas, id) {
            Some(placement) => graph.place(canvas.clone(), id.clone(), placement),
            None => graph.unplace(canvas, id),
        }
    }
    for id in &dirty.people {
        match document.person(id) {
            Some(person) => graph.people.insert(id.clone(), person),
            None => graph.people.remove(id),
        };
    }
    Edits {
        entities: dirty.entities.iter().cloned().collect(),
        links: dirty.links.iter().cloned().collect(),
        placements: dirty.placements.iter().cloned().collect(),
    }
}

#[cfg(test)]
mod tests;
