//! The forces of progress: whether people would switch (M11).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark;
use crate::index::Handle;
use crate::method::forces::{self, Forces};

const SOURCE: FigureSource = FigureSource::at(
    "Bob Moesta and Alan Klement, The forces of progress",
    "https://jobstobedone.org/the-four-forces",
);

pub(super) static BALANCE: FigureKind = FigureKind::new(
    "forces-balance",
    ["Balance of forces", "Kräftebilanz", "Balance de fuerzas"],
    "push + pull − (anxiety + habit), each the sum of its strengths; above 0 people switch",
    "M11",
    SOURCE,
);

pub(super) static OF_INTERVIEW: FigureKind = FigureKind::new(
    "interview-forces",
    ["Balance of forces", "Kräftebilanz", "Balance de fuerzas"],
    BALANCE.formula,
    "M11",
    SOURCE,
)
.of(&["interview"]);

pub(super) fn all(context: &Context<'_>, figures: &mut Vec<Figure>) {
    balance(context, &BALANCE, context.all("force"), figures);
}

pub(super) fn of_interview(context: &Context<'_>, interview: Handle, figures: &mut Vec<Figure>) {
    let forces = context.children(interview, "force", "interview");
    balance(context, &OF_INTERVIEW, forces, figures);
}

fn balance(
    context: &Context<'_>,
    kind: &'static FigureKind,
    entities: impl Iterator<Item = Handle>,
    figures: &mut Vec<Figure>,
) {
    let mut figure = Figure::new(kind);
    let mut sums = [
        ("push", 0.0),
        ("pull", 0.0),
        ("anxiety", 0.0),
        ("habit", 0.0),
    ];
    let mut unrated = 0_usize;
    for entity in entities {
        let Some(force) = context.text(entity, "force") else {
            continue;
        };
        let strength = context.number(entity, "strength");
        let Some(strength) = strength.filter(|strength| (1.0..=5.0).contains(strength)) else {
            match strength {
                None => unrated += 1,
                Some(_) => figure.off_scale(context, entity),
            }
            continue;
        };
        if let Some((name, sum)) = sums.iter_mut().find(|(name, _)| *name == force) {
            *sum += strength;
            figure.input(*name, Some(strength), "", Some(entity));
        }
    }
    if figure.inputs.is_empty() && figure.remarks.is_empty() {
        return;
    }
    figure.left_out(unrated, "no strength entered");
    figure.rows = sums
        .iter()
        .map(|(name, sum)| Row::number(*name, *sum))
        .collect();
    let [(_, push), (_, pull), (_, anxiety), (_, habit)] = sums;
    let balance = forces::balance(Forces {
        push,
        pull,
        anxiety,
        habit,
    });
    let switches = balance.as_ref().is_ok_and(|balance| balance.switches);
    figure.remark(if switches {
        &remark::SWITCHES
    } else {
        &remark::STAYS
    });
    figures.push(figure.number(balance.map(|balance| balance.balance)));
}
