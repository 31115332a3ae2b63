//! Figures follow the document, whoever changes it.

use std::collections::BTreeMap;
use std::rc::Rc;

use document::{Command, ProductDocument, SessionIdentity};
use domain::figure::FigureBook;
use domain::value::Date;
use domain::{EntityId, FieldValue, Graph, KindId, PersonId};
use reactive_graph::traits::GetUntracked;

use super::*;
use crate::Environment;

fn open() -> Workspace {
    let environment = Environment {
        now: Rc::new(|| 1),
        random: Rc::new(|| 9),
    };
    let workspace = Workspace::painted(&Graph::default(), environment);
    workspace.attach(ProductDocument::create(SessionIdentity {
        person: PersonId::from("ana"),
        actor: [1; 16],
        seed: 1,
    }));
    workspace
}

fn add(workspace: &Workspace, id: &str, fields: &[(&str, f64)]) {
    let number = |(name, value): &(&str, f64)| ((*name).to_owned(), FieldValue::Number(*value));
    workspace
        .dispatch(Command::AddEntity {
            id: EntityId::from(id),
            kind: KindId::from("solution"),
            text: id.to_owned(),
            fields: fields.iter().map(number).collect::<BTreeMap<_, _>>(),
            links: Vec::new(),
        })
        .unwrap();
}

fn rice(figures: &Figures, id: &str) -> Option<f64> {
    let all = figures.of_entity(&EntityId::from(id));
    all.iter().find(|figure| figure.kind.id == "rice")?.value()
}

fn set(workspace: &Workspace, id: &str, field: &str, value: f64) {
    workspace
        .dispatch(Command::SetField {
            id: EntityId::from(id),
            field: field.to_owned(),
            value: Some(FieldValue::Number(value)),
        })
        .unwrap();
}

#[test]
fn a_figure_follows_edits_undo_and_what_comes_later() {
    let workspace = open();
    let fields = [
        ("reach", 500.0),
        ("impact", 3.0),
        ("confidence", 100.0),
        ("effort", 2.0),
    ];
    add(&workspace, "one", &fields);
    let figures = Figures::of(&workspace, Date::default());
    assert_eq!(rice(&figures, "one"), Some(750.0));
    let before = figures.revision.get_untracked();

    set(&workspace, "one", "effort", 3.0);
    assert_eq!(rice(&figures, "one"), Some(500.0));
    assert!(figures.revision.get_untracked() > before);

    workspace.undo().unwrap();
    assert_eq!(rice(&figures, "one"), Some(750.0));
    add(&workspace, "two", &fields);
    assert_eq!(rice(&figures, "two"), Some(750.0));
}

#[test]
fn figures_kept_up_to_date_equal_those_from_scratch() {
    let workspace = open();
    let figures = Figures::of(&workspace, Date::default());
    for (at, id) in ["a", "b", "c"].into_iter().enumerate() {
        let reach = 100.0 * (at as f64 + 1.0);
        add(
            &workspace,
            id,
            &[("reach", reach), ("impact", 1.0), ("effort", 1.0)],
        );
        set(&workspace, id, "confidence", 80.0);
    }
    workspace
        .dispatch(Command::Delete {
            ids: vec![EntityId::from("b")],
        })
        .unwrap();
    let fresh = FigureBook::new(&workspace.projection().view(), Date::default());
    figures.with(|graph, book| {
        assert_eq!(*graph, workspace.projection().view());
        assert_eq!(book.to_json(), fresh.to_json());
    });
}
