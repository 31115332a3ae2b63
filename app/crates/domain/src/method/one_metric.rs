//! The one metric that matters, by business model and stage (M17).
//!
//! Croll and Yoskovitz name several for each model and stage; which of them is proposed first is this
//! product's choice. A stage is a gate to the next: the metric moves on with it.

/// The models, as products name them.
pub const MODELS: [&str; 6] = [
    "e-commerce",
    "saas",
    "mobile-app",
    "media",
    "user-generated",
    "marketplace",
];

/// The stages in their order, as products name them.
pub const STAGES: [&str; 5] = ["empathy", "stickiness", "virality", "revenue", "scale"];

/// Every metric that is proposed.
pub const METRICS: [&str; 14] = [
    "problem-named-unprompted",
    "repeat-purchase-rate",
    "customer-retention",
    "daily-of-monthly-users",
    "returning-visitors",
    "share-who-create",
    "listings-that-sell",
    "customers-by-referral",
    "viral-coefficient",
    "shares-per-visit",
    "ltv-cac",
    "revenue-per-user",
    "revenue-per-visit",
    "payback",
];

/// By model, a metric for each stage; before there is a product it is the same for all.
const PROPOSED: [[&str; 5]; 6] = [
    [
        NAMED,
        "repeat-purchase-rate",
        "customers-by-referral",
        "ltv-cac",
        "payback",
    ],
    [
        NAMED,
        "customer-retention",
        "viral-coefficient",
        "ltv-cac",
        "payback",
    ],
    [
        NAMED,
        "daily-of-monthly-users",
        "viral-coefficient",
        "revenue-per-user",
        "payback",
    ],
    [
        NAMED,
        "returning-visitors",
        "shares-per-visit",
        "revenue-per-visit",
        "revenue-per-visit",
    ],
    [
        NAMED,
        "share-who-create",
        "viral-coefficient",
        "revenue-per-user",
        "revenue-per-user",
    ],
    [
        NAMED,
        "listings-that-sell",
        "customers-by-referral",
        "revenue-per-user",
        "payback",
    ],
];
const NAMED: &str = "problem-named-unprompted";

/// The metric that is proposed for a model at a stage; nothing for one that nobody knows.
#[must_use]
pub fn proposed(model: &str, stage: &str) -> Option<&'static str> {
    let model = MODELS.iter().position(|known| *known == model)?;
    let stage = STAGES.iter().position(|known| *known == stage)?;
    PROPOSED.get(model)?.get(stage).copied()
}

#[cfg(test)]
mod tests {
    use super::{METRICS, MODELS, STAGES, proposed};

    #[test]
    fn every_model_has_a_metric_at_every_stage_that_a_product_can_name() {
        let product = crate::kind(&"product".into()).unwrap();
        let options = |field: &str| -> Vec<&str> {
            let options = product.field(field).unwrap().options();
            options.iter().map(|option| option.id.as_str()).collect()
        };
        assert_eq!(options("model"), MODELS);
        assert_eq!(options("lean-stage"), STAGES);
        for model in MODELS {
            for stage in STAGES {
                let metric = proposed(model, stage).unwrap();
                assert!(METRICS.contains(&metric), "{model} {stage}: {metric}");
            }
        }
        assert_eq!(proposed("saas", "stickiness"), Some("customer-retention"));
        assert_eq!(proposed("saas", ""), None);
    }

    #[test]
    fn no_metric_is_named_in_vain() {
        let all = MODELS
            .iter()
            .flat_map(|model| STAGES.map(|stage| proposed(model, stage)));
        let all: Vec<&str> = all.flatten().collect();
        assert!(METRICS.iter().all(|metric| all.contains(metric)));
    }
}
