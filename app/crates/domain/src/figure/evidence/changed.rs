//! Whether experiments change anything: those after which a decision took another course (M1).

use super::super::context::Context;
use super::super::kind::{FigureKind, FigureSource};
use super::super::record::Figure;
use crate::index::Handle;
use crate::method::Sample;

pub(super) static EXPERIMENTS: FigureKind = FigureKind::new(
    "experiments-changed",
    [
        "Experiments that changed a decision",
        "Experimente, die eine Entscheidung änderten",
        "Experimentos que cambiaron una decisión",
    ],
    "experiments whose learning or loop led to the decision to kill, pivot, ship, stop or change authority ÷ experiments that are over",
    "M1",
    FigureSource::book("This product's proposal, after Ries, The Lean Startup"),
)
.unit("share");

/// Whether a decision of that action takes another course.
pub(super) fn changes_course(action: Option<&str>) -> bool {
    matches!(
        action,
        Some("kill" | "pivot" | "ship" | "stop" | "change-authority")
    )
}

pub(super) fn experiments(context: &Context<'_>, figures: &mut Vec<Figure>) {
    let mut figure = Figure::new(&EXPERIMENTS);
    let (mut over, mut changed) = (0, 0);
    for experiment in context.all("experiment") {
        let decisions = decisions(context, experiment);
        // What still runs may have taught something, and is not over for that.
        let is_over = match context.text(experiment, "status") {
            Some("done" | "stopped") => true,
            Some("running") => false,
            _ => {
                let mut learnings = context.from(experiment, "concludes-in");
                !decisions.is_empty() || learnings.next().is_some()
            }
        };
        if !is_over {
            continue;
        }
        let action = |decision: &Handle| context.text(*decision, "action");
        let mut actions = decisions.iter().map(action);
        let changing = actions.find(|action| changes_course(*action)).flatten();
        let said = changing.or_else(|| decisions.iter().find_map(action));
        figure.text_input("action", said, Some(experiment));
        over += 1;
        changed += u64::from(changing.is_some());
    }
    if over > 0 {
        figures.push(figure.share(Sample::new(changed, over).and_then(Sample::share)));
    }
}

/// The decisions to which an experiment led, by its learnings and its loops, and that were taken.
fn decisions(context: &Context<'_>, experiment: Handle) -> Vec<Handle> {
    let learnings = context.from(experiment, "concludes-in");
    let mut decisions: Vec<Handle> = learnings
        .flat_map(|learning| context.from(learning, "leads-to"))
        .collect();
    let loops = context.children(experiment, "loop", "experiment");
    decisions.extend(loops.filter_map(|lap| context.reference(lap, "decision")));
    decisions.retain(|decision| {
        let is_taken = match context.date(*decision, "decided-on") {
            Some(date) => date <= context.today,
            None => context.field(*decision, "asked-on").is_none(),
        };
        is_taken && context.is(*decision, "decision")
    });
    decisions
}
