//! Cutler's signs of a feature factory that no single record shows by itself: success that the
//! numbers deny, and priorities that are shuffled without anything being learned.
//!
//! Other signs are rules of their own: no measurement (`shipped-without-outcome-reading`), features
//! instead of outcomes (`roadmap-feature-without-outcome-link`), nothing ever stopped
//! (`no-kill-in-90-days`), nothing ever failed (`no-acknowledged-failures`).

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::Warning;
use super::kind::{CUTLER, CheckKind};
use super::rule::{Rule, Run};
use crate::FieldValue;
use crate::index::Handle;
use crate::outcome::actual;
use crate::value::Date;

/// So many decisions about one thing …
const SHUFFLES: usize = 3;
/// … within so many days are a shuffle.
const SHUFFLE_DAYS: i64 = 30;

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "success-theatre",
            Warning,
            "M28",
            CUTLER,
            ["Success theatre", "Erfolgstheater", "Teatro del éxito"],
            [
                "It is kept as a success, and what it was to change has not moved towards its target: {actual} instead of {baseline} before.",
                "Es gilt als Erfolg, und was es ändern sollte, ist dem Ziel nicht näher gekommen: {actual} statt vorher {baseline}.",
                "Se mantiene como un éxito y lo que debía cambiar no se ha acercado a su objetivo: {actual} en vez de {baseline} antes.",
            ],
        ),
        run: Run::Entity(&["roadmap-item"], theatre),
    },
    Rule {
        kind: CheckKind::new(
            "rapid-shuffling",
            Warning,
            "M28",
            CUTLER,
            [
                "Rapid shuffling",
                "Hastiges Umsortieren",
                "Cambios a toda prisa",
            ],
            [
                "{count} decisions changed it within {days} days, and nothing that was learned led to any of them.",
                "{count} Entscheidungen änderten es binnen {days} Tagen, und zu keiner führte etwas Gelerntes.",
                "{count} decisiones lo cambiaron en {days} días y a ninguna llevó nada aprendido.",
            ],
        ),
        run: Run::Entity(&["roadmap-item", "solution", "backlog-item"], shuffled),
    },
];

fn theatre(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if ask.text(handle, "status") != Some("kept") {
        return;
    }
    let number = |field| ask.number(handle, field);
    let (Some((actual, _)), Some(baseline), Some(target)) = (
        actual(ask, handle, ask.today),
        number("baseline"),
        number("target"),
    ) else {
        return;
    };
    if (actual - baseline) * (target - baseline) > 0.0 || target == baseline {
        return;
    }
    let said = |number: f64| number.to_string().into();
    let parts = vec![("actual", said(actual)), ("baseline", said(baseline))];
    let measuring = FieldValue::Text("measuring".to_owned());
    let remedy = Remedy::Set("status".to_owned(), Some(measuring));
    report.add(ask.subject(handle), parts, remedy);
}

fn shuffled(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let decisions = ask.to(handle, "changes");
    let mut decided: Vec<(Date, Handle)> = decisions
        .filter_map(|decision| Some((ask.date(decision, "decided-on")?, decision)))
        .filter(|(date, _)| *date <= ask.today)
        .collect();
    decided.sort_by_key(|(date, decision)| (*date, ask.id(*decision)));
    decided.dedup();
    // As long as it goes on without anything learned, from each decision on.
    let blind = |from: usize| {
        let rest = decided.get(from..)?;
        let (first, _) = rest.first()?;
        let is_blind = |(date, decision): &&(Date, Handle)| {
            date.days_since(*first) <= SHUFFLE_DAYS && !ask.has_to(*decision, "leads-to")
        };
        let length = rest.iter().take_while(is_blind).count();
        rest.get(..length).filter(|_| length >= SHUFFLES)
    };
    let Some(shuffle) = (0..decided.len()).find_map(blind) else {
        return;
    };
    let latest = shuffle.last().and_then(|(_, latest)| ask.id(*latest));
    let Some(latest) = latest.cloned() else {
        return;
    };
    let mut subjects = ask.subject(handle);
    let count = shuffle.len().to_string();
    let shuffle = shuffle.iter();
    subjects.extend(shuffle.filter_map(|(_, decision)| ask.id(*decision).cloned()));
    let parts = vec![
        ("count", count.into()),
        ("days", SHUFFLE_DAYS.to_string().into()),
    ];
    let remedy = Remedy::link_from("leads-to", &["learning"]).at(latest);
    report.add(subjects, parts, remedy);
}
