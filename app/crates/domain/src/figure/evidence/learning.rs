//! The pace of learning: how many loops, how long, and whether they changed anything (M1).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::money::add;
use super::super::record::Figure;
use super::super::remark;
use super::changed::changes_course;
use crate::index::Handle;
use crate::method::Insufficient;
use crate::method::learning_pace::{self, Loop};
use crate::value::{Date, Money};

const EBM: FigureSource = FigureSource::at(
    "Scrum.org, Evidence-Based Management Guide (2024), CC BY-SA 4.0",
    "https://www.scrum.org/resources/evidence-based-management-guide",
);
const OWN: FigureSource =
    FigureSource::book("This product's proposal, after Ries, The Lean Startup");

pub(super) static TIME_TO_LEARN: FigureKind = FigureKind::new(
    "time-to-learn",
    [
        "Time to learn",
        "Zeit bis zum Lernen",
        "Tiempo de aprendizaje",
    ],
    "decided − started",
    "M1",
    EBM,
)
.of(&["loop"])
.unit("days");

pub(super) static PACE: FigureKind = FigureKind::new(
    "loops-per-month",
    ["Loops a month", "Schleifen im Monat", "Ciclos al mes"],
    "loops decided ÷ months since the first one started",
    "M1",
    OWN,
);

pub(super) static MEDIAN: FigureKind = FigureKind::new(
    "median-time-to-learn",
    [
        "Median time to learn",
        "Mittlere Zeit bis zum Lernen",
        "Tiempo de aprendizaje mediano",
    ],
    "the median of decided − started over the loops that are decided",
    "M1",
    EBM,
)
.unit("days");

pub(super) static CHANGED: FigureKind = FigureKind::new(
    "decisions-changed",
    [
        "Loops that changed a decision",
        "Schleifen, die eine Entscheidung änderten",
        "Ciclos que cambiaron una decisión",
    ],
    "loops whose decision is to kill, pivot, ship, stop or change authority ÷ loops decided",
    "M1",
    OWN,
)
.unit("share");

pub(super) static KILLED: FigureKind = FigureKind::new(
    "kill-rate",
    ["Kill rate", "Anteil beendeter Ideen", "Tasa de descarte"],
    "loops whose decision is to kill or stop ÷ loops decided",
    "M1",
    OWN,
)
.unit("share");

pub(super) static COST: FigureKind = FigureKind::new(
    "cost-per-learning",
    [
        "Cost per learning",
        "Kosten je Erkenntnis",
        "Coste por aprendizaje",
    ],
    "the mean cost of the experiments of the loops that are decided",
    "M1",
    OWN,
);

const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// When a loop was decided: its own date, or that of its decision; not in the future.
fn decided(context: &Context<'_>, lap: Handle) -> Option<Date> {
    let of_decision = || context.date(context.reference(lap, "decision")?, "decided-on");
    let date = context.date(lap, "decided-at").or_else(of_decision);
    date.filter(|date| *date <= context.today)
}

pub(super) fn time_to_learn(context: &Context<'_>, lap: Handle, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&TIME_TO_LEARN);
    figure.text_input("started", context.text(lap, "started"), Some(lap));
    let ahead = || {
        context
            .date(lap, "decided-at")
            .filter(|day| *day > context.today)
    };
    let decided = decided(context, lap).or_else(ahead);
    let text = decided.map(|date| date.to_string());
    figure.text_input("decided-at", text.as_deref(), Some(lap));
    figures.push(figure.number(days(context, lap)));
}

fn days(context: &Context<'_>, lap: Handle) -> Result<f64, Insufficient> {
    let started = context
        .date(lap, "started")
        .ok_or(Insufficient::Missing("started"))?;
    if context
        .date(lap, "decided-at")
        .is_some_and(|day| day > context.today)
    {
        return Err(Insufficient::Missing("a decision taken"));
    }
    let decided = decided(context, lap).ok_or(Insufficient::Missing("decided-at"))?;
    let days = decided.days_since(started) as f64;
    if days < 0.0 {
        return Err(Insufficient::OutOfRange {
            input: "time to learn",
            value: days,
            low: 0.0,
            high: f64::INFINITY,
        });
    }
    Ok(days)
}

pub(super) fn pace(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut loops = Vec::new();
    let mut costs: Vec<Money> = Vec::new();
    let mut first: Option<Date> = None;
    let [mut pace, mut median, mut changed, mut killed, mut cost] =
        [&PACE, &MEDIAN, &CHANGED, &KILLED, &COST].map(Figure::new);
    for lap in context.all("loop") {
        let Ok(days) = days(context, lap) else {
            continue;
        };
        median.input("time-to-learn", Some(days), "days", Some(lap));
        let started = context.date(lap, "started");
        first = first.into_iter().chain(started).min();
        let decision = context.reference(lap, "decision");
        let action = decision.and_then(|decision| context.text(decision, "action"));
        for figure in [&mut changed, &mut killed] {
            figure.text_input("action", action, decision.or(Some(lap)));
        }
        let experiment = context.reference(lap, "experiment");
        let spent = experiment.and_then(|experiment| context.amount(experiment, "cost"));
        if let Some(spent) = spent {
            cost.money_input("cost", Some(&spent), experiment);
            costs.push(spent);
        }
        loops.push(Loop {
            days,
            changed_a_decision: changes_course(action),
            killed: matches!(action, Some("kill" | "stop")),
            cost: None,
        });
    }
    let Some(first) = first else {
        return;
    };
    let passed = context.today.days_since(first) as f64;
    // A loop that began today has taken a day of the month so far.
    let months = passed.max(1.0) / DAYS_A_MONTH;
    pace.input("loops decided", Some(loops.len() as f64), "", None);
    pace.input("months", Some(months), "months", None);
    let learned = learning_pace::learning_pace(&loops, months);
    pace.remark_if(loops.len() < 3, &remark::FEW_LOOPS);
    let of = |value: fn(&learning_pace::LearningPace) -> f64| {
        learned.as_ref().map(value).map_err(Clone::clone)
    };
    median.n = Some(loops.len() as u64);
    figures.push(pace.number(of(|all| all.loops_per_month)));
    figures.push(median.number(of(|all| all.median_days)));
    figures.push(
        changed.share(
            learned
                .as_ref()
                .map(|all| all.changed)
                .map_err(Clone::clone),
        ),
    );
    figures.push(killed.share(learned.as_ref().map(|all| all.killed).map_err(Clone::clone)));
    if !costs.is_empty() {
        let count = costs.len() as f64;
        cost.n = Some(costs.len() as u64);
        let mean = add(&costs, context.period()).map(|mut sum| {
            sum.range = sum.range.times(1.0 / count);
            sum
        });
        figures.push(cost.money(mean));
    }
}
