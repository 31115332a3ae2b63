//! MoSCoW: how the effort is split among what must, should and could be done.

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Outcome, Row};
use super::super::remark::{self, Part};
use super::items::ITEMS;
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

pub(super) fn split(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&SPLIT);
    let mut efforts = Efforts::default();
    let mut without = 0_usize;
    for item in ITEMS.iter().flat_map(|kind| context.all(kind)) {
        let Some(class) = context.text(item, "moscow") else {
            continue;
        };
        let Some(effort) = context.number(item, "effort") else {
            without += 1;
            continue;
        };
        let (sum, name) = match class {
            "must" => (&mut efforts.must, "effort (must)"),
            "should" => (&mut efforts.should, "effort (should)"),
            "could" => (&mut efforts.could, "effort (could)"),
            "wont" => (&mut efforts.wont, "effort (wont)"),
            _ => continue,
        };
        *sum += effort;
        figure.input(name, Some(effort), "person-months", Some(item));
    }
    if figure.inputs.is_empty() && without == 0 {
        return;
    }
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
