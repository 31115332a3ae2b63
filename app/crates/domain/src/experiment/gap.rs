//! What a plan lacks: parts that are missing, and what would leave its data unjudged whatever they say.
//!
//! Invariant: a plan without a gap comes to a verdict as soon as there are enough data.

use std::fmt;

use super::criterion::{Criterion, Measure};
use super::plan::{is_called, value};
use super::{CriterionError, FIRST_LOOK};
use crate::localised::pick;
use crate::{Entity, EntityId, number};

/// What a plan lacks before it can be locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No primary metric.
    PrimaryMetric,
    /// A primary metric that is none of this workspace.
    UnknownMetric,
    /// No criterion.
    Criterion,
    /// A criterion that cannot be read.
    UnreadableCriterion(CriterionError),
    /// No planned number of participants, or none above zero.
    PlannedN,
    /// The criterion names an arm, and there is none of that name, or more than one.
    UnknownArm(String),
    /// Several arms, and the criterion does not say which it means.
    WhichArm,
    /// The criterion compares with a control, and there is none, or more than one.
    NoControl,
    /// A sequential design that plans fewer than anything is said of.
    FewForSequence,
    /// The criterion is about arms, data should come in, and there are no arms.
    NoArms,
    /// It is over, and neither an arm nor a reading of its metric says anything.
    NothingRead,
}

impl Gap {
    /// The field of the experiment that fills it.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::PrimaryMetric | Self::UnknownMetric | Self::NothingRead => "primary-metric",
            Self::Criterion
            | Self::UnreadableCriterion(_)
            | Self::UnknownArm(_)
            | Self::WhichArm
            | Self::NoControl
            | Self::NoArms => "criterion",
            Self::PlannedN | Self::FewForSequence => "planned-n",
        }
    }

    /// A stable name, for message keys.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::PrimaryMetric => "primary-metric",
            Self::UnknownMetric => "unknown-metric",
            Self::Criterion => "criterion",
            Self::UnreadableCriterion(_) => "unreadable",
            Self::PlannedN => "planned-n",
            Self::UnknownArm(_) => "unknown-arm",
            Self::WhichArm => "which-arm",
            Self::NoControl => "no-control",
            Self::FewForSequence => "few-for-sequence",
            Self::NoArms => "no-arms",
            Self::NothingRead => "nothing-read",
        }
    }

    /// What is missing, in English: apart from the others, which a page downloads later.
    fn english(&self) -> &'static str {
        match self {
            Self::PrimaryMetric => "it has no primary metric",
            Self::UnknownMetric => "its primary metric is no metric of this workspace",
            Self::Criterion => "it has no criterion",
            Self::UnreadableCriterion(_) => "its criterion, {}",
            Self::PlannedN => "it has no planned number of participants",
            Self::UnknownArm(_) => "the criterion means one arm called “{}”, and there is not one",
            Self::WhichArm => {
                "there are several arms, and the criterion does not say which of them it means"
            }
            Self::NoControl => {
                "the criterion compares with a control, and no arm, or more than one, has that role"
            }
            Self::FewForSequence => {
                "a sequential design says nothing of fewer than 30 participants in an arm, and it plans fewer"
            }
            Self::NoArms => "the criterion is about arms, and there are none",
            Self::NothingRead => {
                "it is over, and neither an arm nor a reading of its primary metric from its days says anything"
            }
        }
    }

    /// What is missing, in German and in Spanish.
    fn german_and_spanish(&self) -> [&'static str; 2] {
        match self {
            Self::PrimaryMetric => ["es hat keine Hauptkennzahl", "no tiene métrica principal"],
            Self::UnknownMetric => [
                "seine Hauptkennzahl ist keine Kennzahl dieses Arbeitsbereichs",
                "su métrica principal no es una métrica de este espacio de trabajo",
            ],
            Self::Criterion => ["es hat kein Kriterium", "no tiene criterio"],
            Self::UnreadableCriterion(_) => ["sein Kriterium, {}", "su criterio, {}"],
            Self::PlannedN => [
                "es hat keine geplante Zahl an Teilnehmenden",
                "no tiene un número previsto de participantes",
            ],
            Self::UnknownArm(_) => [
                "das Kriterium meint einen Arm namens „{}“, und es gibt nicht genau einen",
                "el criterio se refiere a un brazo llamado «{}» y no hay exactamente uno",
            ],
            Self::WhichArm => [
                "es gibt mehrere Arme, und das Kriterium sagt nicht, welchen es meint",
                "hay varios brazos y el criterio no dice a cuál se refiere",
            ],
            Self::NoControl => [
                "das Kriterium vergleicht mit einer Kontrolle, und kein Arm oder mehr als einer hat diese Rolle",
                "el criterio compara con un control y ningún brazo, o más de uno, tiene ese papel",
            ],
            Self::FewForSequence => [
                "ein sequenzielles Design sagt nichts über weniger als 30 Teilnehmende je Arm, und es plant weniger",
                "un diseño secuencial no dice nada con menos de 30 participantes por brazo, y prevé menos",
            ],
            Self::NoArms => [
                "das Kriterium handelt von Armen, und es gibt keine",
                "el criterio trata de brazos y no hay ninguno",
            ],
            Self::NothingRead => [
                "es ist vorbei, und weder ein Arm noch ein Messwert seiner Hauptkennzahl aus seinen Tagen sagt etwas",
                "ha terminado, y ni un brazo ni una lectura de su métrica principal de sus días dice nada",
            ],
        }
    }

    /// What is missing, as a sentence without its end, in that language, else in English.
    #[must_use]
    pub fn text(&self, language: &str) -> String {
        let [german, spanish] = self.german_and_spanish();
        let words = pick([self.english(), german, spanish], language);
        match self {
            Self::UnreadableCriterion(error) => words.replace("{}", &error.text(language)),
            Self::UnknownArm(name) => words.replace("{}", name),
            _ => words.to_owned(),
        }
    }
}

impl fmt::Display for Gap {
    /// The English words.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.english();
        let (before, after) = words.split_once("{}").unwrap_or((words, ""));
        formatter.write_str(before)?;
        match self {
            Self::UnreadableCriterion(error) => fmt::Display::fmt(error, formatter)?,
            Self::UnknownArm(name) => formatter.write_str(name)?,
            _ => {}
        }
        formatter.write_str(after)
    }
}

/// Why the data of an experiment with these arms could not be judged, whatever they say. An
/// experiment without arms may get any.
pub(crate) fn flaw(experiment: &Entity, arms: &[(&EntityId, &Entity)]) -> Option<Gap> {
    let criterion: Criterion = value(experiment, "criterion").parse().ok()?;
    let conditions = criterion.conditions.iter();
    let in_arms = conditions.filter(|condition| condition.measure != Measure::Value);
    if !arms.is_empty() {
        let controls = controls(arms);
        for condition in in_arms.clone() {
            let found = meant(condition.arm.as_deref(), arms, &controls);
            let place = match (found, &condition.arm) {
                (Some(place), _) => place,
                (None, Some(name)) => return Some(Gap::UnknownArm(name.clone())),
                (None, None) => return Some(Gap::WhichArm),
            };
            let mut control = controls.iter().enumerate().filter(|(_, is)| **is);
            let only = control.next().filter(|_| control.next().is_none());
            let has_other = only.is_some_and(|(control, _)| control != place);
            if condition.measure.compares() && !has_other {
                return Some(Gap::NoControl);
            }
        }
    }
    let is_sequential = value(experiment, "design") == "sequential";
    let planned = number::parse(&value(experiment, "planned-n"));
    let is_few = is_sequential && planned.is_some_and(|planned| planned < FIRST_LOOK);
    let mut in_sequence = in_arms.filter(|one| one.measure != Measure::ProbabilityBetter);
    (is_few && in_sequence.next().is_some()).then_some(Gap::FewForSequence)
}

/// Which arms are controls: those that say so; of two arms, the one beside the variant.
pub(super) fn controls(arms: &[(&EntityId, &Entity)]) -> Vec<bool> {
    let has_role = |role: &str| {
        let roles = arms.iter().map(|(_, arm)| value(arm, "role") == role);
        roles.collect::<Vec<bool>>()
    };
    let variants = has_role("variant");
    match variants.iter().filter(|is| **is).count() {
        1 if arms.len() == 2 => variants.into_iter().map(|is| !is).collect(),
        _ => has_role("control"),
    }
}

/// The arm that a condition means: the one of that name, else the only variant, else the only arm.
pub(super) fn meant(
    name: Option<&str>,
    arms: &[(&EntityId, &Entity)],
    controls: &[bool],
) -> Option<usize> {
    let all = arms.iter().zip(controls).enumerate();
    let mut meant = all.filter(|(_, ((id, arm), is_control))| match name {
        Some(name) => is_called(name, id, arm),
        None => !**is_control || arms.len() == 1,
    });
    let (place, _) = meant.next()?;
    meant.next().is_none().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch;

    fn gap(fields: &str, arms: &[&str]) -> Option<&'static str> {
        let graph = sketch::graph(&format!("x experiment | X | {fields}"));
        let lines: Vec<String> = arms
            .iter()
            .enumerate()
            .map(|(place, arm)| format!("a{place} arm | {arm}"))
            .collect();
        let arms = sketch::graph(&lines.join("\n")).entities;
        let arms: Vec<(&EntityId, &Entity)> = arms.iter().collect();
        flaw(&graph.entities[&EntityId::from("x")], &arms).map(|gap| gap.name())
    }

    #[test]
    fn a_plan_whose_data_nobody_could_judge_has_a_gap() {
        let two = ["A | role = control", "B | role = variant"];
        let roleless = ["A", "B"];
        for (criterion, arms, found) in [
            ("share of B >= 40 %", &two[..], None),
            ("share >= 40 %", &two, None),
            ("share of C >= 40 %", &two, Some("unknown-arm")),
            ("share >= 40 %", &roleless, Some("which-arm")),
            ("difference of B > 0", &roleless, Some("no-control")),
            ("mean-difference of A > 0", &two, Some("no-control")),
            ("value > 3; count of C > 3", &two, Some("unknown-arm")),
            ("value > 3", &roleless, None),
            ("difference > 0", &[], None),
            ("more people", &two, None),
        ] {
            let fields = format!("criterion = {criterion}");
            assert_eq!(gap(&fields, arms), found, "{criterion} {arms:?}");
        }
    }

    #[test]
    fn a_sequence_that_ends_before_its_first_look_has_a_gap() {
        let at = |criterion: &str, planned: u32| {
            let rest = format!("planned-n = {planned} | design = sequential");
            gap(&format!("criterion = {criterion} | {rest}"), &[])
        };
        assert_eq!(at("mean > 3", 29), Some("few-for-sequence"));
        assert_eq!(at("mean > 3", 30), None);
        assert_eq!(at("value > 3", 29), None);
    }
}
