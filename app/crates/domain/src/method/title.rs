//! What the methods are called.

/// By number, from M1 on.
const TITLES: [&str; 28] = [
    "Build–Measure–Learn and Lean Startup",
    "Lean Canvas",
    "Business Model Canvas",
    "Value proposition fit",
    "Customer Development",
    "Validated learning",
    "MVP and the first MVP",
    "Sensing the environment",
    "Problem–Solution fit gate",
    "Target customers",
    "Real needs: interviews, jobs to be done, outcomes",
    "Market opportunity and segmentation",
    "Hypotheses and assumption mapping",
    "Experiments",
    "Product–Market fit",
    "User testing",
    "Lean analytics",
    "Vision, business strategy, product strategy",
    "Innovation",
    "Prioritization techniques",
    "Lean product roadmap",
    "OKRs and outcomes",
    "Business modelling and financial viability",
    "Behavioral economics",
    "Evidence-Based Management",
    "The product team",
    "Authority, and small experiments that earn more of it",
    "Not a feature factory",
];

/// What the method of that number, 1 to 28, is called in English.
#[must_use]
pub fn title(number: u32) -> Option<&'static str> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    TITLES.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn methods_are_counted_from_one() {
        assert_eq!(title(0), None);
        assert_eq!(title(20), Some("Prioritization techniques"));
        assert_eq!(title(29), None);
    }
}
