//! Gilad's confidence meter: how much each kind of evidence is worth, 0.01 to 10 (M14).
//!
//! Its author says that the scale is logarithmic on purpose and not scientific; the product shows
//! it as a scale that a team may edit.

/// One step of the meter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Its key, stable for files.
    pub id: &'static str,
    /// What the evidence is.
    pub title: &'static str,
    /// The least that it is worth.
    pub low: f64,
    /// The most that it is worth.
    pub high: f64,
}

impl Step {
    /// What one piece of such evidence weighs unless somebody says otherwise: the middle of its
    /// range, so that a stronger step always weighs more than a weaker one.
    #[must_use]
    pub fn default_weight(self) -> f64 {
        // In thousandths, so that 0.1 to 0.2 is 0.15 and not the nearest sum of floats.
        (f64::midpoint(self.low, self.high) * 1e3).round() / 1e3
    }
}

/// A step, written as one row of the table.
const fn step(id: &'static str, title: &'static str, low: f64, high: f64) -> Step {
    Step {
        id,
        title,
        low,
        high,
    }
}

/// The ten steps, weakest first.
pub const STEPS: [Step; 10] = [
    step("self-conviction", "Self-conviction", 0.01, 0.01),
    step("pitch-deck", "Pitch deck", 0.03, 0.03),
    step("thematic-support", "Thematic support", 0.03, 0.1),
    step("others-opinion", "Others’ opinion", 0.1, 0.2),
    step("estimates", "Estimates and plans", 0.4, 0.5),
    step("anecdotal", "Anecdotal evidence", 0.5, 1.0),
    step("market-data", "Market data", 1.0, 3.0),
    step("user-evidence", "User and customer evidence", 3.0, 3.0),
    step("test-results", "Test results", 4.0, 5.0),
    step("launch-data", "Launch data", 10.0, 10.0),
];

/// The step of that key.
#[must_use]
pub fn by_id(id: &str) -> Option<Step> {
    STEPS.into_iter().find(|step| step.id == id)
}

#[cfg(test)]
mod tests {
    use super::{STEPS, by_id};

    #[test]
    fn stronger_evidence_never_weighs_less() {
        assert!(STEPS.iter().all(|step| step.low <= step.high));
        assert!(STEPS.is_sorted_by(|a, b| a.low <= b.low && a.high <= b.high));
        let weights = STEPS.map(super::Step::default_weight);
        assert!(weights.is_sorted_by(|weaker, stronger| weaker < stronger));
        assert_eq!(by_id("market-data").unwrap().default_weight(), 2.0);
        assert_eq!(by_id("launch-data").unwrap().default_weight(), 10.0);
        assert_eq!(by_id("gut"), None);
    }
}
