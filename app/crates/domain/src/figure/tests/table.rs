//! The table of figures is complete and consistent.

use std::collections::BTreeSet;

use crate::figure::producer::LAYERS;
use crate::figure::registry::producers;
use crate::figure::{Scope, kinds, remark_kinds};

#[test]
fn every_figure_has_its_own_id_and_says_where_it_comes_from() {
    let mut ids = BTreeSet::new();
    for kind in kinds() {
        assert!(ids.insert(kind.id), "{} twice", kind.id);
        assert!(
            kind.titles.iter().all(|title| !title.is_empty()),
            "{}",
            kind.id
        );
        assert!(
            !kind.formula.is_empty() && !kind.source.title.is_empty(),
            "{}",
            kind.id
        );
        let method: u8 = kind.method.strip_prefix('M').unwrap().parse().unwrap();
        assert!((1..=28).contains(&method), "{}", kind.id);
    }
    let mut ids = BTreeSet::new();
    assert!(remark_kinds().iter().all(|remark| ids.insert(remark.id)));
}

#[test]
fn every_figure_is_computed_for_the_kinds_that_it_names() {
    for producer in producers() {
        assert!(producer.layer < LAYERS);
        for figure in producer.figures {
            let kinds = match figure.scope {
                Scope::Entities(kinds) => kinds,
                Scope::Canvas | Scope::Workspace => &[],
            };
            assert_eq!(kinds, producer.kinds, "{}", figure.id);
        }
        for kind in producer.kinds {
            let known = crate::kinds().iter().any(|known| known.id == *kind);
            assert!(known, "{kind} is no kind of the catalogue");
        }
    }
}

#[test]
fn every_figure_that_a_canvas_names_is_one_of_the_table() {
    let known: BTreeSet<&str> = kinds().iter().map(|kind| kind.id).collect();
    for canvas in crate::canvases() {
        for figure in &canvas.figures {
            assert!(
                known.contains(figure.as_str()),
                "{}: {figure}",
                canvas.id.as_str()
            );
        }
    }
}
