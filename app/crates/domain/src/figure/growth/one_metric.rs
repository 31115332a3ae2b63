//! The one metric that matters now, by the product's business model and stage (M17).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark;
use crate::method::{Insufficient, one_metric};

pub(super) static PROPOSED: FigureKind = FigureKind::new(
    "one-metric",
    [
        "One metric that matters",
        "Die eine Kennzahl, die zählt",
        "La única métrica que importa",
    ],
    "by the product's business model and Lean Analytics stage: what this product proposes first of the metrics that Croll and Yoskovitz name; the metric that is marked as the one in the rows",
    "M17",
    FigureSource::at(
        "Croll and Yoskovitz, Lean Analytics; the choice among theirs is this product's",
        "https://leananalyticsbook.com/",
    ),
)
.words(&one_metric::METRICS);

pub(super) fn figures(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let Some(product) = context.product() else {
        return;
    };
    let model = context.text(product, "model");
    let stage = context.text(product, "lean-stage");
    if model.is_none() && stage.is_none() {
        return;
    }
    let mut figure = Figure::new(&PROPOSED);
    figure.text_input("model", model, Some(product));
    figure.text_input("lean-stage", stage, Some(product));
    let mut marked = 0;
    for metric in context.all("metric") {
        if context.flag(metric, "one-metric") {
            marked += 1;
            figure.rows.push(Row {
                name: "marked as the one".into(),
                ..Row::default().about(metric)
            });
        }
    }
    match marked {
        0 => figure.remark(&remark::NONE_MARKED),
        1 => {}
        _ => figure.remark(&remark::SEVERAL_MARKED),
    }
    let proposed = || {
        let model = model.ok_or(Insufficient::Missing("model"))?;
        let stage = stage.ok_or(Insufficient::Missing("lean-stage"))?;
        let unknown = match one_metric::MODELS.contains(&model) {
            true => Insufficient::Unreadable("lean-stage"),
            false => Insufficient::Unreadable("model"),
        };
        one_metric::proposed(model, stage).ok_or(unknown)
    };
    figures.push(figure.category(proposed()));
}
