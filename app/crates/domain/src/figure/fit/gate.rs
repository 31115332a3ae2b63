//! The gate of problem–solution fit of a segment (M9).

use super::super::context::Context;
use super::super::evidence::counted;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::{Figure, Row};
use super::super::remark::{self, Part};
use super::super::respondent::participant;
use crate::evidence::{is_said, sum_of};
use crate::index::Handle;
use crate::method::Sample;
use crate::method::check::within;
use crate::method::fit_gate::{self, Gate};

pub(super) static GATE: FigureKind = FigureKind::new(
    "fit-gate",
    ["Problem–solution fit", "Passung von Problem und Lösung", "Encaje problema–solución"],
    "enough problem interviews in the segment, enough of them name the problem unprompted, and evidence above opinion, or an observation or a reading, that somebody will pay supports the gate; what was only said counts as opinion unless it is rated for the gate; closed where all that speaks for the gate and against it together, weighed as for a confidence, speaks against it",
    "M9",
    FigureSource::book("Ash Maurya, Running Lean; the gate is this product's proposal"),
)
.of(&["fit-gate"])
.words(&["open", "closed"]);

pub(super) fn figures(context: &Context<'_>, gate: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&GATE);
    let segment = context.reference(gate, "segment");
    let of_problem = context.all("interview").filter(|interview| {
        let is_problem = context.text(*interview, "kind") == Some("problem");
        let linked = || context.from(*interview, "in-segment").next();
        let of = context.reference(*interview, "segment").or_else(linked);
        is_problem && (segment.is_none() || of == segment)
    });
    let held = figure.held(context, of_problem);
    let held = figure.once_each(context, &held, |one| participant(context, one));
    let interviews = held.len() as u64;
    let named = |one: &&Handle| context.flag(**one, "problem-unprompted");
    let named = held.iter().filter(named).count() as u64;
    figure.input("problem interviews", Some(interviews as f64), "", segment);
    figure.input("named unprompted", Some(named as f64), "", segment);
    let pieces = counted(context, gate, &mut figure);
    // What counts nothing is named in a remark; the rows are for the three questions.
    figure.rows.clear();
    let mut payment: f64 = 0.0;
    for (piece, counted) in pieces.iter().filter(|(piece, _)| piece.word == "supports") {
        let (source, weight) = (piece.entity, counted.evidence.weight);
        let is_rated = || context.rated(source, "weight", Some(gate)).is_some();
        payment = payment.max(match is_said(context, source) && !is_rated() {
            // That somebody says they would pay is what people say of themselves.
            true => {
                let parts = [context.part(source), Part::Name("it counts as opinion")];
                figure.remark_with(&remark::SAID_OF, parts);
                weight.min(fit_gate::opinion())
            }
            false => weight,
        });
    }
    figure.input("evidence of payment", Some(payment), "", Some(gate));
    let sum = sum_of(pieces.iter().map(|(_, counted)| counted.evidence));
    figure.input("sum of evidence", sum, "", Some(gate));
    let is_refuted = sum.is_some_and(|sum| sum < 0.0);
    figure.remark_if(is_refuted, &remark::REFUTED);
    let payment = if is_refuted { 0.0 } else { payment };
    let usual = Gate::default();
    let needed = context.number(gate, "needed-interviews");
    let share = context
        .number(gate, "needed-share")
        .map(|share| share / 100.0);
    let wanted = Gate {
        interviews: needed.map_or(usual.interviews, |needed| needed.max(0.0) as u64),
        unprompted: share.unwrap_or(usual.unprompted),
    };
    figure.input(
        "needed-interviews",
        Some(wanted.interviews as f64),
        "",
        Some(gate),
    );
    figure.input(
        "needed-share",
        Some(wanted.unprompted * 100.0),
        "%",
        Some(gate),
    );
    let result = within("needed-share", wanted.unprompted * 100.0, 0.0, 100.0)
        .and_then(|_| Sample::new(named, interviews))
        .and_then(|sample| fit_gate::fit_gate(sample, payment.min(10.0), wanted));
    if let Ok(result) = &result {
        let word = |holds| if holds { "yes" } else { "no" };
        let reaches_below = result.unprompted.interval.low < wanted.unprompted;
        figure.remark_if(result.is_felt && reaches_below, &remark::FELT_UNCERTAIN);
        let unprompted = Row::share("named unprompted", result.unprompted);
        figure.n = Some(interviews);
        figure.rows = vec![
            Row {
                name: "enough interviews".into(),
                word: word(result.has_interviews),
                ..Row::default()
            },
            unprompted.word(word(result.is_felt)),
            Row {
                name: "would pay".into(),
                word: word(result.would_pay),
                ..Row::default()
            },
        ];
    }
    let word = result.map(|result| if result.passes() { "open" } else { "closed" });
    figures.push(figure.category(word));
}
