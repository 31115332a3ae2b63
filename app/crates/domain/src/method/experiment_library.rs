//! The library of experiments: of each type what it tests, what it costs, how long it takes and how
//! strong its evidence is (M14).
//!
//! The types and their names are Bland and Osterwalder's; the assessments are this product's own. They
//! are rough on purpose, and follow from one rule each: the strength from what participants do (1 they
//! talk, 2 they react to something shown or are found in data of others, 3 they act where it costs them
//! little, 4 they act as they would for the real thing, 5 they pay, use the real thing or it is built),
//! the cost from what has to be made and bought (1 nothing, 5 a shop).

use crate::localised::{fill, pick};

use Span::{Days, Hours, Weeks};
use Theme::{Desirability, Feasibility, Viability};

/// Whose assessment this is.
pub const SOURCE: &str = "Types: Bland and Osterwalder, Testing Business Ideas (2019); the assessment is this product's own";

/// The steps of cost and of strength.
pub const MOST: u8 = 5;

/// What a type of experiment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExperimentType {
    /// What experiments name it by.
    pub id: &'static str,
    /// Which risks it tests.
    pub themes: &'static [Theme],
    /// What it costs, 1 to [`MOST`].
    pub cost: u8,
    /// How long it takes until it can start.
    pub set_up: Span,
    /// How long it runs.
    pub run: Span,
    /// How strong its evidence is, 1 to [`MOST`].
    pub strength: u8,
}

/// A kind of risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Do they want it?
    Desirability,
    /// Can we do it?
    Feasibility,
    /// Should we do it: does it pay?
    Viability,
}

impl Theme {
    /// As assumptions name their risk class.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Desirability => "desirability",
            Feasibility => "feasibility",
            Viability => "viability",
        }
    }

    /// The theme of an assumption's risk class; whether people find it of value is a matter of
    /// desirability. Usability and ethics are tested by any type or by none.
    #[must_use]
    pub fn of_class(class: &str) -> Option<Self> {
        match class {
            "desirability" | "value" => Some(Desirability),
            "feasibility" => Some(Feasibility),
            "viability" => Some(Viability),
            _ => None,
        }
    }

    fn title(self, language: &str) -> &'static str {
        pick(
            match self {
                Desirability => ["desirability", "Erwünschtheit", "deseabilidad"],
                Feasibility => ["feasibility", "Machbarkeit", "factibilidad"],
                Viability => ["viability", "Tragfähigkeit", "viabilidad"],
            },
            language,
        )
    }
}

/// A length of time, roughly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// Within a day.
    Hours,
    /// Within a week.
    Days,
    /// Within two months.
    Weeks,
}

impl Span {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Hours => "hours",
            Days => "days",
            Weeks => "weeks",
        }
    }

    fn title(self, language: &str) -> &'static str {
        pick(
            match self {
                Hours => ["hours", "Stunden", "horas"],
                Days => ["days", "Tage", "días"],
                Weeks => ["weeks", "Wochen", "semanas"],
            },
            language,
        )
    }
}

impl ExperimentType {
    /// What helps to choose among many, in that language: `cost 2, evidence 1 of 5`.
    #[must_use]
    pub fn in_short(&self, language: &str) -> String {
        const PATTERN: [&str; 3] = [
            "cost {0}, evidence {1} of {2}",
            "Kosten {0}, Belegkraft {1} von {2}",
            "coste {0}, fuerza {1} de {2}",
        ];
        let parts = [self.cost, self.strength, MOST].map(|step| step.to_string());
        fill(pick(PATTERN, language), &parts)
    }

    /// All of it, in that language.
    #[must_use]
    pub fn in_full(&self, language: &str) -> String {
        const PATTERN: [&str; 3] = [
            "Tests {0}; {1}; {2} to set up, {3} to run. This product's own assessment.",
            "Prüft {0}; {1}; Vorbereitung: {2}, Laufzeit: {3}. Eine Einschätzung dieses Produkts.",
            "Prueba {0}; {1}; preparación: {2}, duración: {3}. Valoración propia de este producto.",
        ];
        let themes: Vec<&str> = self.themes.iter().map(|one| one.title(language)).collect();
        let parts = [
            themes.join(", "),
            self.in_short(language),
            self.set_up.title(language).to_owned(),
            self.run.title(language).to_owned(),
        ];
        fill(pick(PATTERN, language), &parts)
    }
}

/// The type of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static ExperimentType> {
    LIBRARY.iter().find(|known| known.id == id)
}

const fn row(
    id: &'static str,
    themes: &'static [Theme],
    cost: u8,
    set_up: Span,
    run: Span,
    strength: u8,
) -> ExperimentType {
    ExperimentType {
        id,
        themes,
        cost,
        set_up,
        run,
        strength,
    }
}

const D: &[Theme] = &[Desirability];
const F: &[Theme] = &[Feasibility];
const DF: &[Theme] = &[Desirability, Feasibility];
const DV: &[Theme] = &[Desirability, Viability];
const FV: &[Theme] = &[Feasibility, Viability];
const DFV: &[Theme] = &[Desirability, Feasibility, Viability];

/// Every type, in the order of the book: what explores, then what validates.
pub static LIBRARY: [ExperimentType; 44] = [
    row("customer-interview", DV, 2, Days, Weeks, 1),
    row("expert-stakeholder-interviews", DFV, 2, Days, Weeks, 1),
    row("partner-supplier-interviews", FV, 2, Days, Weeks, 1),
    row("day-in-the-life", D, 2, Days, Days, 3),
    row("discovery-survey", D, 2, Days, Weeks, 1),
    row("search-trends", D, 1, Hours, Hours, 2),
    row("web-traffic", D, 1, Hours, Days, 2),
    row("discussion-forums", D, 1, Hours, Days, 2),
    row("sales-force-feedback", DV, 1, Days, Weeks, 2),
    row("customer-support", D, 1, Hours, Days, 2),
    row("online-ad", D, 3, Days, Days, 3),
    row("link-tracking", D, 1, Hours, Days, 3),
    row("404-test", D, 1, Hours, Days, 3),
    row("feature-stub", D, 2, Days, Days, 3),
    row("email-campaign", D, 1, Days, Days, 3),
    row("social-campaign", D, 3, Days, Weeks, 3),
    row("referral-program", DV, 3, Days, Weeks, 4),
    row("3d-print", DF, 3, Days, Days, 2),
    row("paper-prototype", DF, 1, Hours, Days, 2),
    row("storyboard", D, 2, Days, Hours, 2),
    row("data-sheet", DF, 1, Hours, Days, 2),
    row("brochure", DV, 2, Days, Days, 2),
    row("explainer-video", D, 3, Weeks, Weeks, 3),
    row("boomerang", D, 2, Days, Days, 3),
    row("pretend-to-own", DF, 1, Hours, Weeks, 2),
    row("product-box", D, 2, Days, Hours, 1),
    row("speed-boat", D, 2, Hours, Hours, 1),
    row("card-sorting", D, 2, Hours, Hours, 1),
    row("buy-a-feature", DV, 2, Days, Hours, 2),
    row("clickable-prototype", DF, 2, Days, Days, 2),
    row("single-feature-mvp", DFV, 4, Weeks, Weeks, 5),
    row("mash-up", DFV, 3, Weeks, Weeks, 5),
    row("concierge", DFV, 3, Days, Weeks, 4),
    row("life-sized-prototype", DF, 4, Weeks, Days, 3),
    row("simple-landing-page", DV, 2, Days, Weeks, 3),
    row("crowdfunding", DV, 4, Weeks, Weeks, 5),
    row("split-test", DV, 2, Days, Weeks, 4),
    row("presale", DV, 3, Days, Weeks, 5),
    row("validation-survey", DV, 2, Days, Weeks, 2),
    row("wizard-of-oz", DFV, 3, Days, Weeks, 4),
    row("mock-sale", DV, 2, Days, Days, 4),
    row("letter-of-intent", DFV, 1, Hours, Weeks, 4),
    row("pop-up-store", DV, 5, Weeks, Days, 5),
    row("extreme-programming-spike", F, 2, Hours, Days, 5),
];

#[cfg(test)]
mod tests {
    use super::{LIBRARY, MOST, Theme, find};

    #[test]
    fn every_type_that_can_be_chosen_is_assessed_in_the_same_order() {
        let experiment = crate::kind(&"experiment".into()).unwrap();
        let options = experiment.field("type").unwrap().options();
        let chosen: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
        let assessed: Vec<&str> = LIBRARY.iter().map(|known| known.id).collect();
        assert_eq!(assessed, chosen);
    }

    #[test]
    fn every_assessment_is_on_its_scale() {
        for known in &LIBRARY {
            assert!((1..=MOST).contains(&known.cost), "{}", known.id);
            assert!((1..=MOST).contains(&known.strength), "{}", known.id);
            assert!(!known.themes.is_empty(), "{}", known.id);
        }
    }

    /// What people say is weaker than what they do, and payment is the strongest (M14).
    #[test]
    fn talk_is_weaker_than_action_and_action_than_payment() {
        let strength = |id| find(id).unwrap().strength;
        assert!(strength("customer-interview") < strength("link-tracking"));
        assert!(strength("link-tracking") < strength("mock-sale"));
        assert!(strength("mock-sale") < strength("presale"));
    }

    #[test]
    fn an_assessment_is_told_in_every_language() {
        let interview = find("customer-interview").unwrap();
        assert_eq!(interview.in_short("en"), "cost 2, evidence 1 of 5");
        let all = ["en", "de", "es"].map(|language| interview.in_full(language));
        assert!(all[0].contains("desirability, viability") && all[0].contains("weeks to run"));
        assert!(all[1].contains("Wochen") && all[2].contains("semanas"));
        assert_eq!(Theme::of_class("value"), Some(Theme::Desirability));
        assert_eq!(Theme::of_class("ethical"), None);
    }
}
