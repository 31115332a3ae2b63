//! Whether the roadmap does both of what a fit survey asks for (M15): half of it deepens what fans
//! love, half removes what holds the others back.

use super::super::context::Context;
use super::super::kind::FigureKind;
use super::super::prioritisation::is_over;
use super::super::record::{Figure, Outcome, Row};
use super::super::remark;
use super::fit_survey::SCORE;
use crate::index::Handle;

pub(super) static HALVES: FigureKind = FigureKind::new(
    "fit-halves",
    [
        "Halves of the roadmap",
        "Hälften der Roadmap",
        "Mitades de la hoja de ruta",
    ],
    "planned roadmap items that lead to a note under “What fans love” or “What holds others back”, counted for each; half and half is the advice, and one side less than half of the other is told",
    "M15",
    SCORE.source,
);

const CANVAS: &str = "product-market-fit";

/// What an item and the solutions that it bets on are for.
fn aims(context: &Context<'_>, item: Handle) -> Vec<Handle> {
    let bets = context.from(item, "bets-on");
    let mut aims: Vec<Handle> = context.from(item, "aims-at").collect();
    for source in bets.chain(std::iter::once(item)) {
        for link in ["addresses", "relieves", "creates"] {
            aims.extend(context.from(source, link));
        }
        aims.extend(context.to(source, "addressed-by"));
    }
    aims
}

/// Whether something, or what reveals it, stands in a slot.
fn stands(context: &Context<'_>, aim: Handle, slot: &str) -> bool {
    let mut all = std::iter::once(aim).chain(context.to(aim, "reveals"));
    all.any(|one| context.stands_in(one, CANVAS, slot))
}

pub(super) fn figures(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let is_empty = |slot| context.in_slot(CANVAS, slot).next().is_none();
    if is_empty("what-fans-love") && is_empty("what-holds-others-back") {
        return;
    }
    let mut figure = Figure::new(&HALVES);
    let (mut deepens, mut unblocks, mut neither) = (0_u32, 0_u32, 0_u32);
    for item in context.all("roadmap-item") {
        if is_over(context, item, context.today) {
            continue;
        }
        let aims = aims(context, item);
        let leads = |slot| aims.iter().any(|aim| stands(context, *aim, slot));
        let (love, block) = (leads("what-fans-love"), leads("what-holds-others-back"));
        deepens += u32::from(love);
        unblocks += u32::from(block);
        neither += u32::from(!love && !block);
    }
    let all = deepens + unblocks + neither;
    if all == 0 {
        return;
    }
    let parts = [
        ("deepens what fans love", deepens),
        ("removes what holds others back", unblocks),
        ("does neither", neither),
    ];
    for (name, count) in parts {
        figure.input(name, Some(f64::from(count)), "", None);
        figure.rows.push(Row::number(name, f64::from(count)));
    }
    let (less, more) = (deepens.min(unblocks), deepens.max(unblocks));
    figure.remark_if(less * 2 < more, &remark::LOPSIDED);
    figure.outcome = Outcome::Parts;
    figures.push(figure);
}
