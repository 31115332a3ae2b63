//! What the type of an experiment costs and proves, from the library of experiments.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::experiment::OF;
use crate::experiment::claims;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::experiment_library::{self, Theme};

pub(super) static TYPE: FigureKind = FigureKind::new(
    "experiment-type",
    [
        "Type of experiment",
        "Art des Experiments",
        "Tipo de experimento",
    ],
    "the assessment of its type in the library of experiments: which risks it tests, cost and strength of its evidence from 1 to 5, time to set up and to run",
    "M14",
    FigureSource::at(
        experiment_library::SOURCE,
        "https://www.strategyzer.com/library/testing-business-ideas",
    ),
)
.of(OF);

pub(super) fn figures(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    let Some(chosen) = context.text(experiment, "type") else {
        return;
    };
    let mut figure = Figure::new(&TYPE);
    figure.text_input("type", Some(chosen), Some(experiment));
    let Some(known) = experiment_library::find(chosen) else {
        figure.outcome = Outcome::Missing(Insufficient::Unreadable("type"));
        figures.push(figure);
        return;
    };
    for theme in known.themes {
        figure.rows.push(word("theme", theme.name()));
    }
    let step = |step| f64::from(step);
    figure.rows.extend([
        Row::number("cost", step(known.cost)).in_unit("of 5"),
        Row::number("evidence strength", step(known.strength)).in_unit("of 5"),
        word("time to set up", known.set_up.name()),
        word("time to run", known.run.name()),
    ]);
    let mut claims = claims(context, experiment);
    claims.dedup();
    for claim in claims {
        let theme = context.text(claim, "class").and_then(Theme::of_class);
        if let Some(theme) = theme.filter(|theme| !known.themes.contains(theme)) {
            let parts = [context.part(claim), Part::Name(theme.name())];
            figure.remark_with(&remark::OTHER_THEME, parts);
        }
    }
    figure.outcome = Outcome::Parts;
    figures.push(figure);
}

fn word(name: &'static str, word: &'static str) -> Row {
    Row {
        name: name.into(),
        ..Row::default()
    }
    .word(word)
}
