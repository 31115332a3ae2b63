//! MoSCoW: how the effort is split among what must, should and could be done.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::items::{ITEMS, is_over};
use crate::index::{Handle, Reader};
use crate::method::moscow::{self, Efforts, Warning};
use crate::value::Date;

pub(super) static SPLIT: FigureKind = FigureKind::new(
    "moscow",
    ["MoSCoW split", "MoSCoW-Aufteilung", "Reparto MoSCoW"],
    "effort of Must, Should and Could ÷ effort of all three, of what is neither done nor dropped; a solution counts with the roadmap item that bets on it; Must at most 60 %, Could about 20 %",
    "M20",
    FigureSource::at(
        "DSDM Handbook, chapter 10: MoSCoW prioritisation",
        "https://www.agilebusiness.org/dsdm-project-framework/moscow-prioririsation.html",
    ),
)
.unit("share");

/// What was sorted, and the effort of each class.
pub(crate) struct Sorted<'a> {
    /// The sums.
    pub(crate) efforts: Efforts,
    /// Each item with its class and its effort, where one is entered.
    pub(crate) items: Vec<(Handle, &'a str, Option<f64>)>,
    /// What is done or dropped, and so no longer planned.
    over: Vec<Handle>,
    /// Solutions whose work is that of a roadmap item.
    twice: Vec<Handle>,
}

/// The effort that goes into each class, of what is still planned, each piece of work once.
pub(crate) fn efforts<'a>(reader: &Reader<'a>, today: Date) -> Sorted<'a> {
    let mut sorted = Sorted {
        efforts: Efforts::default(),
        items: Vec::new(),
        over: Vec::new(),
        twice: Vec::new(),
    };
    let items = |kind| reader.all(kind).map(move |item| (kind, item));
    for (kind, item) in ITEMS.iter().copied().flat_map(items) {
        let Some(class) = reader.text(item, "moscow") else {
            continue;
        };
        let sum = match class {
            "must" => &mut sorted.efforts.must,
            "should" => &mut sorted.efforts.should,
            "could" => &mut sorted.efforts.could,
            "wont" => &mut sorted.efforts.wont,
            _ => continue,
        };
        // Nobody bets on anything else.
        let is_bet_on = kind == "solution";
        let bets = is_bet_on.then(|| reader.to(item, "bets-on"));
        let bets: Vec<Handle> = bets.into_iter().flatten().collect();
        let mut same = std::iter::once(&item).chain(&bets);
        let is_counted = |bet: &Handle| {
            reader.text(*bet, "moscow").is_some() && reader.number(*bet, "effort").is_some()
        };
        if same.any(|one| is_over(reader, *one, today)) {
            sorted.over.push(item);
        } else if bets.iter().any(is_counted) {
            sorted.twice.push(item);
        } else {
            let effort = reader.number(item, "effort");
            let effort = effort.filter(|effort| *effort >= 0.0);
            *sum += effort.unwrap_or_default();
            sorted.items.push((item, class, effort));
        }
    }
    sorted
}

pub(super) fn split(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&SPLIT);
    let Sorted {
        efforts,
        items,
        over,
        twice,
    } = efforts(context, context.today);
    let left_out = [
        (over, "done or dropped"),
        (twice, "it counts with its roadmap item"),
    ];
    for (items, reason) in left_out {
        for item in items {
            figure.remark_with(&remark::LEFT_OUT, [context.part(item), Part::Name(reason)]);
        }
    }
    for (item, class, effort) in &items {
        let name = match *class {
            "must" => "effort (must)",
            "should" => "effort (should)",
            "could" => "effort (could)",
            _ => "effort (wont)",
        };
        if effort.is_some() {
            figure.input(name, *effort, "person-months", Some(*item));
        }
    }
    if items.is_empty() && figure.remarks.is_empty() {
        return;
    }
    let without = items.iter().filter(|(.., effort)| effort.is_none()).count();
    figure.left_out(without, "no effort entered");
    match moscow::split(efforts) {
        Ok(split) => {
            let parts = [
                ("must", split.must),
                ("should", split.should),
                ("could", split.could),
            ];
            figure.rows = parts.map(|(name, share)| Row::number(name, share)).into();
            for warning in split.warnings {
                figure.remark(match warning {
                    Warning::TooMuchMust => &remark::TOO_MUCH_MUST,
                    Warning::TooLittleCould => &remark::TOO_LITTLE_COULD,
                    Warning::TooMuchCould => &remark::TOO_MUCH_COULD,
                });
            }
            figure.outcome = Outcome::Parts;
        }
        Err(reason) => figure.outcome = Outcome::Missing(reason),
    }
    figures.push(figure);
}
