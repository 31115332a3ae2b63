//! MoSCoW: how the effort is split among what must, should and could be done.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::items::ITEMS;
use crate::index::{Handle, Reader};
use crate::method::moscow::{self, Efforts, Warning};

pub(super) static SPLIT: FigureKind = FigureKind::new(
    "moscow",
    ["MoSCoW split", "MoSCoW-Aufteilung", "Reparto MoSCoW"],
    "effort of Must, Should and Could ÷ effort of all three; Must at most 60 %, Could about 20 %",
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
}

/// The effort that goes into each class.
pub(crate) fn efforts<'a>(reader: &Reader<'a>) -> Sorted<'a> {
    let mut efforts = Efforts::default();
    let mut items = Vec::new();
    for item in ITEMS.iter().flat_map(|kind| reader.all(kind)) {
        let Some(class) = reader.text(item, "moscow") else {
            continue;
        };
        let sum = match class {
            "must" => &mut efforts.must,
            "should" => &mut efforts.should,
            "could" => &mut efforts.could,
            "wont" => &mut efforts.wont,
            _ => continue,
        };
        let effort = reader.number(item, "effort");
        *sum += effort.unwrap_or_default();
        items.push((item, class, effort));
    }
    Sorted { efforts, items }
}

pub(super) fn split(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&SPLIT);
    let Sorted { efforts, items } = efforts(context);
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
    if items.is_empty() {
        return;
    }
    let without = items.iter().filter(|(.., effort)| effort.is_none()).count();
    if without > 0 {
        let parts = [
            Part::Number(without as f64),
            Part::Name("no effort entered"),
        ];
        figure.remark_with(&remark::LEFT_OUT, parts);
    }
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
