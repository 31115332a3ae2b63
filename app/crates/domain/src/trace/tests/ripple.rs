//! What weakens when something is taken back, by name and by how much.

use super::*;

#[test]
fn retracted_evidence_names_what_weakens() {
    let graph = sketch::graph(CHAIN);
    let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());

    let ripple = ripple(&book, &["evidence".into(), "nobody".into()]);

    assert_eq!(ripple.retracted, [EntityId::from("evidence")]);
    assert_eq!(ripple.decisions.len(), 1);
    assert_eq!(ripple.decisions[0].entity, *"decision");
    let cards: Vec<&str> = ripple
        .cards
        .iter()
        .map(|card| card.entity.as_str())
        .collect();
    for card in ["assumption", "solution", "item", "opportunity", "vision"] {
        assert!(cards.contains(&card), "{card} is not in {cards:?}");
    }
    assert!(!cards.contains(&"quote") && !cards.contains(&"insight"));
    assert_eq!(
        ripple
            .cards
            .iter()
            .find(|card| card.entity == *"assumption")
            .unwrap()
            .strength,
        Some(3.0)
    );
}

/// By how much: the confidence falls from what an experiment without a lock gives to nothing.
#[test]
fn retracted_evidence_shows_what_figures_become() {
    let graph = sketch::graph(CHAIN);
    let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());

    let ripple = ripple(&book, &["evidence".into()]);

    let confidence = ripple.figures.iter().find(|changed| {
        changed.kind.id == "confidence"
            && changed.subject == Subject::Entity(book.index().find("assumption").unwrap())
    });
    let changed = confidence.unwrap();
    let value = |figure: &Option<Figure>| figure.as_ref().unwrap().value().unwrap();
    // At most 3, 33 days old: 1 − 2^(−3 × 2^(−33∕180) ÷ 3).
    let expected = 1.0 - (-3.0 * (-33.0_f64 / 180.0).exp2() / 3.0).exp2();
    assert!((value(&changed.before) - expected).abs() < 1e-12);
    assert_eq!(value(&changed.after), 0.0);
}

/// Of every piece of evidence and every experiment of the sample: no figure changes that the ripple
/// does not name, and nothing that has such a figure is missing among what weakens.
#[test]
fn the_ripple_names_every_figure_and_card_that_changes() {
    let today = Date::parse("2026-11-22").unwrap();
    let graph = crate::sample("en");
    let before = FigureBook::new(&graph, today);
    let reader = before.index().reader();
    let is_evidence = |id: &&EntityId| graph.entities[*id].kind == *"evidence";
    for id in graph.entities.keys().filter(is_evidence) {
        let mut taken_back = graph.clone();
        let fields = &mut taken_back.entities.get_mut(id).unwrap().fields;
        fields.insert("retracted".to_owned(), crate::FieldValue::Flag(true));
        let after = FigureBook::new(&taken_back, today);

        let ripple = ripple(&before, std::slice::from_ref(id));

        let named: Vec<(String, &str)> = ripple
            .figures
            .iter()
            .map(|changed| (of(&before, &changed.subject), changed.kind.id))
            .collect();
        for (subject, figure) in differing(&before, &after) {
            let own = subject == id.as_str();
            let is_named = named.contains(&(subject.clone(), figure));
            assert!(own || is_named, "{id}: {subject} {figure}");
        }
        let weakened: Vec<&EntityId> = ripple
            .cards
            .iter()
            .chain(&ripple.decisions)
            .chain(&ripple.stronger)
            .chain(&ripple.unmoved)
            .map(|one| &one.entity)
            .collect();
        for changed in &ripple.figures {
            if let Subject::Entity(handle) = changed.subject {
                let entity = reader.id(handle).unwrap();
                assert!(weakened.contains(&entity), "{id}: {entity}");
            }
        }
    }
}

/// What a figure is of, by words that both books share.
fn of(book: &FigureBook, subject: &Subject) -> String {
    match subject {
        Subject::Entity(handle) => book.index().id(*handle).unwrap().to_string(),
        Subject::Canvas(canvas) => format!("canvas {canvas}"),
        Subject::Workspace => String::new(),
    }
}

/// The figures that differ between two books of the same entities.
fn differing(one: &FigureBook, other: &FigureBook) -> Vec<(String, &'static str)> {
    let mut all = Vec::new();
    let mut compare = |subject: String, mut before: Vec<&Figure>, after: Vec<&Figure>| {
        before.retain(|figure| !after.contains(figure));
        all.extend(
            before
                .into_iter()
                .map(|figure| (subject.clone(), figure.kind.id)),
        );
    };
    for (handle, _) in one.index().live() {
        let id = one.index().id(handle).unwrap();
        let there = other.index().find(id.as_str()).unwrap();
        compare(
            id.to_string(),
            one.of(handle).collect(),
            other.of(there).collect(),
        );
    }
    for canvas in one.index().canvases() {
        let (before, after) = (
            one.of_canvas(canvas.as_str()),
            other.of_canvas(canvas.as_str()),
        );
        compare(
            format!("canvas {canvas}"),
            before.collect(),
            after.collect(),
        );
    }
    compare(
        String::new(),
        one.of_workspace().collect(),
        other.of_workspace().collect(),
    );
    all
}

/// With an experiment falls what came of it: the confidence in what its evidence carries.
#[test]
fn an_experiment_falls_with_its_evidence() {
    let book = FigureBook::new(&sketch::graph(CHAIN), Date::parse("2026-11-22").unwrap());

    let ripple = ripple(&book, &["experiment".into()]);

    assert_eq!(
        ripple.retracted,
        ["evidence", "experiment"].map(EntityId::from)
    );
    let assumption = Subject::Entity(book.index().find("assumption").unwrap());
    let named = |figure: &str| {
        let mut figures = ripple.figures.iter();
        figures.any(|changed| changed.kind.id == figure && changed.subject == assumption)
    };
    assert!(named("confidence"));
    assert_eq!(ripple.decisions.len(), 1);
}

/// What was taken back is shown as such, and what has weakened stays known.
#[test]
fn what_was_taken_back_counts_nothing_and_what_weakened_stays_known() {
    let mut graph = sketch::graph(CHAIN);
    let evidence = graph.entities.get_mut("evidence").unwrap();
    evidence
        .fields
        .insert("retracted".into(), crate::FieldValue::Flag(true));
    let book = FigureBook::new(&graph, Date::parse("2026-11-22").unwrap());

    assert_eq!(
        find(&trace(&graph, "item").down, "evidence").left_out,
        Some(LeftOut::Retracted)
    );
    let ripple = ripple(&book, &["evidence".into()]);
    assert!(
        ripple
            .figures
            .iter()
            .any(|changed| changed.kind.id == "confidence")
    );
}

#[test]
fn what_comes_from_an_invalid_experiment_counts_nothing() {
    let mut graph = sketch::graph(CHAIN);
    let fields = &mut graph.entities.get_mut("experiment").unwrap().fields;
    for (field, value) in [("lock", "1790000000000|ada||"), ("lock-broken", "x")] {
        fields.insert(field.into(), crate::FieldValue::Text(value.into()));
    }

    let down = trace(&graph, "item").down;

    assert_eq!(find(&down, "evidence").left_out, Some(LeftOut::Invalid));
    assert_eq!(find(&down, "experiment").left_out, Some(LeftOut::Invalid));
}
