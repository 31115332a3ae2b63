//! Plans of experiments that nobody could judge, and locks that came late.

use super::ask::Ask;
use super::finding::{Remedy, Report, SUPERSEDES};
use super::kind::Severity::{Error, Warning};
use super::kind::{CheckKind, OWN};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::experiment::{
    ARM, Criterion, EXPERIMENT_OF_ARM, Gap, LOCK, Measure, REPORTS, days_unlocked, flaw, verdict,
};
use crate::index::Handle;
use crate::{Entity, EntityId};

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "experiment-unjudgeable",
            Error,
            "M14",
            OWN,
            [
                "A plan that cannot be judged",
                "Ein Plan, über den niemand urteilen kann",
                "Un plan que no se puede juzgar",
            ],
            [
                "Whatever the data say, there is no verdict: {gap}.",
                "Was die Daten auch sagen, es gibt kein Urteil: {gap}.",
                "Digan lo que digan los datos, no hay veredicto: {gap}.",
            ],
        ),
        run: Run::Entity(&["experiment"], unjudgeable),
    },
    Rule {
        kind: CheckKind::new(
            "locked-after-start",
            Warning,
            "M14",
            OWN,
            [
                "Locked after the start",
                "Nach dem Beginn gesperrt",
                "Bloqueado después del comienzo",
            ],
            [
                "The plan was locked {days} days after the experiment began: the criterion was set when the first people could be seen. Correct the first day, or plan it anew.",
                "Der Plan wurde {days} Tage nach Beginn des Experiments gesperrt: Das Kriterium stand erst fest, als die Ersten zu sehen waren. Berichtige den ersten Tag oder plane es neu.",
                "El plan se bloqueó {days} días después de empezar el experimento: el criterio se fijó cuando ya se podía ver a los primeros. Corrige el primer día o planéalo de nuevo.",
            ],
        ),
        run: Run::Entity(&["experiment"], locked_late),
    },
];

fn unjudgeable(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(criterion) = ask.text(handle, "criterion") else {
        return;
    };
    // One that cannot be read has a finding of its own.
    let Ok(criterion) = criterion.parse::<Criterion>() else {
        return;
    };
    if ask.has_to(handle, SUPERSEDES) {
        return;
    }
    let Some(gap) = gap(ask, handle, &criterion) else {
        return;
    };
    let mut subjects = ask.subject(handle);
    let is_locked = ask.text(handle, LOCK).is_some();
    let first_arm = || ask.children(handle, ARM, EXPERIMENT_OF_ARM).next();
    let of_it = ask.id(handle).cloned();
    let of_metric = || ask.id(ask.reference(handle, "primary-metric")?).cloned();
    let remedy = match (&gap, of_it) {
        (Gap::NoArms, Some(of)) => Remedy::AddTo {
            kind: ARM,
            field: EXPERIMENT_OF_ARM,
            of,
        },
        (Gap::NothingRead, Some(_)) if of_metric().is_some() => match of_metric() {
            Some(of) => Remedy::AddTo {
                kind: "reading",
                field: "metric",
                of,
            },
            None => Remedy::Renew,
        },
        // What is part of a lock is not mended, but planned anew.
        _ if is_locked => Remedy::Renew,
        (Gap::NoControl, _) => {
            subjects.splice(0..0, first_arm().and_then(|arm| ask.id(arm)).cloned());
            Remedy::Enter("role".to_owned())
        }
        (gap, _) => Remedy::Enter(gap.field().to_owned()),
    };
    report.add(subjects, vec![("gap", Part::Gap(gap))], remedy);
}

/// Why there will be no verdict: by the plan; or since the experiment is under way or over, and has
/// nothing that its criterion is about.
fn gap(ask: &Ask<'_>, handle: Handle, criterion: &Criterion) -> Option<Gap> {
    let arms: Vec<(&EntityId, &Entity)> = ask
        .children(handle, ARM, EXPERIMENT_OF_ARM)
        .filter_map(|arm| Some((ask.id(arm)?, ask.entity(arm)?)))
        .collect();
    if let Some(gap) = flaw(ask.entity(handle)?, &arms) {
        return Some(gap);
    }
    let is_over = ask.is_one_of(handle, "status", &["done", "stopped"]);
    let is_under_way = is_over || ask.text(handle, "status") == Some("running");
    let is_about_arms = criterion
        .conditions
        .iter()
        .any(|one| one.measure != Measure::Value && (one.arm.is_some() || one.measure.compares()));
    if is_under_way && arms.is_empty() && is_about_arms {
        return Some(Gap::NoArms);
    }
    let is_promised = is_under_way || ask.text(handle, LOCK).is_some();
    let reads_metric = arms.is_empty()
        || criterion
            .conditions
            .iter()
            .any(|one| one.measure == Measure::Value);
    let has_metric = || ask.reference(handle, "primary-metric").is_some();
    if is_promised && reads_metric && !has_metric() && !ask.has_from(handle, REPORTS) {
        return Some(Gap::PrimaryMetric);
    }
    let has_data = || verdict(ask.reader, handle, ask.today).reached.is_some();
    (is_over && !has_data()).then_some(Gap::NothingRead)
}

fn locked_late(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let days = days_unlocked(ask.reader, handle);
    let Some(days) = days.filter(|_| !ask.has_to(handle, SUPERSEDES)) else {
        return;
    };
    let days = vec![("days", days.to_string().into())];
    report.add(ask.subject(handle), days, Remedy::Renew);
}
