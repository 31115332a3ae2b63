//! How many users a test needs to see a problem at least once (M16).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use crate::index::Handle;
use crate::method::check::within;
use crate::method::usability;

pub(super) static NEEDED: FigureKind = FigureKind::new(
    "users-needed",
    [
        "Users needed to see a problem",
        "Nötige Testpersonen, um ein Problem zu sehen",
        "Usuarios necesarios para ver un problema",
    ],
    "ln(1 − P) ÷ ln(1 − p), rounded up; P the chance to see a problem at least once, p the share of users who meet it",
    "M16",
    FigureSource::at(
        "Jeff Sauro, How to find the right sample size for a usability test",
        "https://measuringu.com/sample-size-problems/",
    ),
)
.of(&["experiment"])
.unit("people");

pub(super) fn figures(context: &Context<'_>, experiment: Handle, figures: &mut Vec<Figure>) {
    if context.field(experiment, "problem-prevalence").is_none() {
        return;
    }
    let mut figure = Figure::new(&NEEDED);
    let prevalence = figure.field(context, experiment, "problem-prevalence");
    let chance = figure.field(context, experiment, "problem-chance");
    // What is certain, or cannot be met, needs no formula and has none.
    let share = |name, percent| within(name, percent, 0.1, 99.9).map(|percent| percent / 100.0);
    let needed = || {
        let prevalence = share("problem-prevalence", prevalence?)?;
        let chance = share("problem-chance", chance?)?;
        usability::users_needed(chance, prevalence)
    };
    figures.push(figure.number(needed().map(|needed| needed.users as f64)));
}
