//! Kinds and their fields: whole, in every language, and able to hold what every method records.

use std::collections::BTreeSet;

use super::*;
use crate::value;

fn check_id(id: &str, whose: &str) {
    let is_kebab = !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
    assert!(
        is_kebab,
        "{whose}: `{id}` is no id in lower case with hyphens"
    );
}

/// Every field of every kind, with its name for messages.
fn fields() -> impl Iterator<Item = (String, &'static Field)> {
    kinds().iter().flat_map(|kind| {
        let named = move |field: &'static Field| (format!("{}.{}", kind.id, field.id), field);
        kind.fields.iter().map(named)
    })
}

#[test]
fn kinds_describe_themselves_and_name_their_method() {
    for kind in kinds() {
        let id = kind.id.as_str();
        check_id(id, id);
        check_localised(&kind.description, id);
        let description = kind.description.text("en");
        assert!(
            description.ends_with(['.', '”', '?']),
            "{id}: {description}"
        );
        if let Some(method) = &kind.method {
            let number = method.strip_prefix('M').and_then(|n| n.parse::<u32>().ok());
            assert!(
                number.is_some_and(|n| (1..=28).contains(&n)),
                "{id}: {method}"
            );
        }
        // What is not published is said to be of our own, which has no address.
        let Some(source) = &kind.source else {
            panic!("{id}: no source");
        };
        if !source.title.starts_with("This product’s proposal") {
            check_source(source, id);
        }
    }
}

/// Every entity can be tagged, in the same words.
#[test]
fn every_kind_has_tags() {
    let first = kinds().first().and_then(|kind| kind.field(TAGS)).unwrap();
    for kind in kinds() {
        assert_eq!(kind.field(TAGS), Some(first), "{}", kind.id);
        assert_eq!(kind.fields.last(), Some(first), "{}", kind.id);
    }
}

/// The meter that a workspace can change begins as the method has it.
#[test]
fn the_confidence_meter_of_a_product_is_the_published_one() {
    let product = kind(&"product".into()).unwrap();
    for step in crate::method::confidence_meter::STEPS {
        let field = product.field(&format!("meter-{}", step.id)).unwrap();
        let usual = crate::FieldValue::Number(step.default_weight());
        assert_eq!(field.default, Some(usual), "{}", step.id);
    }
}

#[test]
fn kinds_have_distinct_names_in_every_language() {
    for language in LANGUAGES {
        let titles: BTreeSet<&str> = kinds()
            .iter()
            .map(|kind| kind.title.text(language))
            .collect();
        let plurals: BTreeSet<&str> = kinds()
            .iter()
            .map(|kind| kind.plural.text(language))
            .collect();
        assert_eq!(
            (titles.len(), plurals.len()),
            (kinds().len(), kinds().len()),
            "{language}"
        );
    }
}

#[test]
fn fields_are_distinct_and_explain_themselves() {
    for kind in kinds() {
        let ids: BTreeSet<&str> = kind.fields.iter().map(|field| field.id.as_str()).collect();
        assert_eq!(ids.len(), kind.fields.len(), "{}", kind.id);
    }
    for (whose, field) in fields() {
        check_id(&field.id, &whose);
        field
            .help
            .iter()
            .for_each(|help| check_localised(help, &whose));
        field
            .source
            .iter()
            .for_each(|source| check_source(source, &whose));
        // A colour, and a field whose name is the question, need no more words.
        let is_plain = field.id == "colour" || field.title.text("en").ends_with('?');
        assert!(field.help.is_some() || is_plain, "{whose}: no help");
    }
}

#[test]
fn options_are_distinct_and_speak_every_language() {
    for (whose, field) in fields() {
        let options = field.options();
        let ids: BTreeSet<&str> = options.iter().map(|option| option.id.as_str()).collect();
        assert_eq!(ids.len(), options.len(), "{whose}");
        assert_ne!(options.len(), 1, "{whose}: a choice of one");
        for option in options {
            check_id(&option.id, &whose);
            check_localised(&option.title, &whose);
        }
        for language in LANGUAGES {
            let titles: BTreeSet<&str> = options
                .iter()
                .map(|option| option.title.text(language))
                .collect();
            assert_eq!(titles.len(), options.len(), "{whose} in {language}");
        }
    }
}

#[test]
fn types_have_sane_bounds() {
    for (whose, field) in fields() {
        match &field.takes {
            FieldType::Number(bounds) => {
                let (min, max) = (
                    bounds.min.unwrap_or(f64::MIN),
                    bounds.max.unwrap_or(f64::MAX),
                );
                assert!(min < max, "{whose}");
                assert!(bounds.unit.iter().all(|unit| !unit.is_empty()), "{whose}");
            }
            FieldType::Scale(scale) => {
                let ascends = scale.steps.is_sorted_by(|a, b| a < b);
                let descends = scale.steps.is_sorted_by(|a, b| a > b);
                assert!(scale.steps.len() >= 2 && (ascends || descends), "{whose}");
                assert_eq!(scale.low.is_some(), scale.high.is_some(), "{whose}");
                let labels = scale.low.iter().chain(&scale.high);
                labels.for_each(|label| check_localised(label, &whose));
            }
            FieldType::Reference { kinds } => check_known(kinds, &whose),
            FieldType::Choice { options } | FieldType::Checklist { options } => {
                assert!(!options.is_empty(), "{whose}");
            }
            _ => {}
        }
    }
}

#[test]
fn defaults_fit_and_are_written_as_they_are_stored() {
    let mut defaults = 0;
    for (whose, field) in fields() {
        let Some(default) = &field.default else {
            continue;
        };
        let value =
            value::read(field, default).unwrap_or_else(|misfit| panic!("{whose}: {misfit}"));
        assert_eq!(value.to_field(field), *default, "{whose}");
        assert!(
            !field.required,
            "{whose}: what has a default is never missing"
        );
        defaults += 1;
    }
    assert!(
        defaults > kinds().len(),
        "every kind has a colour, and some have more"
    );
}

/// What a figure is computed from is offered at once, so that nobody has to look for it.
#[test]
fn what_figures_are_computed_from_stands_first() {
    let offered = |kind: &str| -> Vec<&str> {
        let fields = crate::kind(&kind.into()).unwrap().fields.iter();
        let offered = fields.filter(|field| field.required || field.prominent);
        offered.map(|field| field.id.as_str()).collect()
    };
    assert_eq!(offered("arm"), ["experiment", "role", "n", "successes"]);
    assert_eq!(
        offered("reading"),
        ["metric", "date", "value", "n", "successes"]
    );
    assert_eq!(offered("task-result"), ["session", "task", "result", "seq"]);
    assert_eq!(offered("cohort"), ["start", "size", "active", "period"]);
    // Every kind with figures of its own offers one of its fields, unless other notes are counted.
    let figures = crate::figure::kinds().into_iter();
    let mut bare: Vec<&str> = figures
        .filter_map(|figure| match figure.scope {
            crate::figure::Scope::Entities([kind]) if offered(kind).is_empty() => Some(*kind),
            _ => None,
        })
        .collect();
    bare.sort_unstable();
    bare.dedup();
    assert_eq!(bare, COUNTED);
}

/// Kinds whose figures are computed from what belongs to them: answers, experiments, factors, key results,
/// votes.
const COUNTED: [&str; 5] = ["kano-feature", "learning", "market", "objective", "round"];

#[test]
fn what_is_scored_is_scored_alike() {
    let scored = ["solution", "roadmap-item", "backlog-item", "opportunity"];
    let scores = [
        "reach",
        "impact",
        "confidence",
        "effort",
        "ice-impact",
        "ice-confidence",
        "ice-ease",
        "business-value",
        "time-criticality",
        "risk-reduction",
        "job-size",
        "cost-of-delay",
        "duration",
        "moscow",
        "value",
    ];
    for score in scores {
        let of = |kind_id: &str| kind(&kind_id.into()).unwrap().field(score);
        let first = of("solution").unwrap_or_else(|| panic!("{score}"));
        assert!(scored.iter().all(|kind| of(kind) == Some(first)), "{score}");
    }
}

#[test]
fn the_library_holds_forty_four_experiments() {
    let experiment = kind(&"experiment".into()).unwrap();
    assert_eq!(experiment.field("type").unwrap().options().len(), 44);
}

/// The records of each method, one a line: the method, the kind that holds them, and the fields
/// that it cannot do without.
const RECORDS: &str = "
    M1 loop question hypothesis experiment built measured learned decision started built-at \
        data-at decided-at
    M1 idea
    M2 problem
    M2 alternative
    M2 solution
    M2 metric
    M2 value-proposition
    M2 concept
    M2 advantage
    M2 channel
    M2 segment pain ease-of-reach margin size
    M2 early-adopter
    M2 cost
    M2 revenue-stream
    M3 partner
    M3 activity
    M3 resource
    M3 relationship
    M3 channel phase
    M3 value-proposition
    M3 segment
    M3 cost
    M3 revenue-stream
    M4 job type importance
    M4 pain severity
    M4 gain relevance
    M4 pain-reliever
    M4 gain-creator
    M4 product-service
    M4 positioning segment-name need category benefit alternative difference
    M5 discovery-step step interviews-done exit-test passed
    M5 earlyvangelist signs
    M5 interview kind rank
    M6 learning believed observed learned therefore action
    M7 mvp riskiest-assumption type audience what-is-faked metric success-criterion cost-limit \
        time-limit ethics-note
    M8 signal source seen-on seen-by pestel field likelihood impact horizon direction strength
    M8 competitor segment job price strengths weaknesses changed-on evolution force
    M9 fit-gate segment early-adopters must-have today will-pay needed-interviews needed-share
    M9 interview problem-unprompted
    M10 segment who job situation reachable size pain ability-to-pay early-adopter-traits \
        exclusion
    M10 persona
    M11 interview photo quick-facts memorable-quote experience-map consent date recruiter segment
    M11 participant alias consent
    M11 quote source moment
    M11 insight
    M11 opportunity type
    M11 solution status
    M11 force force strength timeline
    M11 job job-step
    M11 desired-outcome direction measure object clarifier importance-share satisfaction-share n \
        segment
    M11 outcome-rating outcome importance satisfaction segment
    M11 kano-feature
    M11 kano-answer feature functional dysfunctional
    M12 market
    M12 market-factor market level value
    M13 assumption class importance right-if status
    M13 hypothesis we-believe will-result-in we-know-when risk-if-wrong action expected form
    M14 experiment type believe verify measure right-if critical test-cost reliability \
        time-required primary-metric criterion planned-n alpha power design lock starts ends cost
    M14 arm experiment role n successes share mean deviation
    M14 evidence fact behaviour setting investment gilad weight n date source
    M15 fit-survey very somewhat not segment
    M15 fit-answer answer uses who-benefits main-benefit improve segment
    M15 cohort start size active
    M16 test-session participant sus
    M16 task-result session result seconds errors seq task
    M16 observation severity
    M17 metric definition unit source class lead direction baseline target line-in-the-sand stage \
        guardrail one-metric actionable
    M17 reading metric date value n successes cohort source
    M17 cohort size active period
    M17 viral invites conversion
    M17 product model lean-stage
    M18 vision
    M18 mission
    M18 need
    M18 product-feature
    M18 business-goal
    M18 segment
    M18 strategy-choice frame question
    M18 metric
    M19 portfolio-item side return risk disruption horizon ulwick
    M19 plan-milestone tranche due
    M19 economics required-profit required-margin
    M19 assumption weight
    M20 solution reach impact confidence effort ice-impact ice-confidence ice-ease business-value \
        time-criticality risk-reduction job-size cost-of-delay duration moscow value
    M20 opportunity size market company customer
    M20 criterion-weight weight inverted
    M20 rating subject criterion target value by round at
    M20 round workshop technique budget date
    M20 vote round subject by count
    M21 roadmap-item lane outcome baseline target actual appetite owner status shipped-on goal
    M22 objective period owner commitment due starts
    M22 key-result start target current weight confidence commitment starts due
    M23 economics arpa margin churn churn-period sales-marketing new-customers fixed-costs price \
        variable-cost cash cash-in cash-out
    M23 cost amount driver
    M23 revenue-stream amount driver
    M23 quantity value driver
    M24 behaviour who what when where baseline
    M24 barrier com-b behaviour
    M24 nudge east behaviour ethics
    M24 hypothesis probability by outcome
    M24 assumption probability by
    M25 goal level start target current due
    M25 metric area class template
    M25 product gross-revenue employees product-revenue product-expenses
    M26 team purpose cadence agreements contact
    M26 member team person role scope
    M26 charter mission customers agreements cadence contact
    M27 decision-area holder level wanted money-limit time-limit risk-limit next-review
    M27 delegation-vote area person level round
    M27 decision action area level decided-by consulted options rationale reversible asked-on \
        decided-on review-on outcome overturned frozen
    M27 authority-experiment area level period measure guardrail result
    M27 pain-point stakeholder cost area
    M28 backlog-item status source requested-by created-on
    M28 roadmap-item usage satisfaction-gap actual status
    M28 decision action
";

/// The records as (method, kind, fields).
fn records() -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    RECORDS.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.next()?, words.collect()))
    })
}

#[test]
fn every_method_has_its_records() {
    let methods: BTreeSet<&str> = records().map(|(method, _, _)| method).collect();
    let numbers: Vec<String> = (1..=28).map(|number| format!("M{number}")).collect();
    assert!(
        numbers
            .iter()
            .all(|number| methods.contains(number.as_str()))
    );
    for (method, id, fields) in records() {
        let record = kind(&KindId::from(id)).unwrap_or_else(|| panic!("{method}: {id}"));
        for field in fields {
            assert!(record.field(field).is_some(), "{method}: {id}.{field}");
        }
    }
}

#[test]
fn every_kind_is_among_the_records_of_its_method() {
    let records: BTreeSet<(&str, &str)> = records().map(|(method, id, _)| (method, id)).collect();
    for kind in kinds() {
        let Some(method) = &kind.method else { continue };
        assert!(
            records.contains(&(method.as_str(), kind.id.as_str())),
            "{method}: {}",
            kind.id
        );
    }
}

#[test]
fn a_scale_is_written_as_its_ends_or_its_steps() {
    let scale = |parts: &str| {
        let text = format!(r#"{{"id": "f", "title": {{"en": "F"}}, "type": "scale", {parts}}}"#);
        serde_json::from_str::<Field>(&text).map(|field| field.takes)
    };
    let steps = |steps: &[f64]| {
        let (low, high) = (None, None);
        FieldType::Scale(Scale {
            steps: steps.to_vec(),
            low,
            high,
        })
    };
    assert_eq!(
        scale(r#""min": 0, "max": 4"#).unwrap(),
        steps(&[0.0, 1.0, 2.0, 3.0, 4.0])
    );
    assert_eq!(
        scale(r#""min": 0, "max": 1, "step": 0.5"#).unwrap(),
        steps(&[0.0, 0.5, 1.0])
    );
    assert_eq!(
        scale(r#""steps": [3, 1, 0.25]"#).unwrap(),
        steps(&[3.0, 1.0, 0.25])
    );
    for wrong in [
        r#""min": 1"#,
        r#""min": 4, "max": 1"#,
        r#""min": 0, "max": 1e9"#,
        r#""min": 0, "max": 9, "step": 0"#,
        r#""steps": [1]"#,
        r#""steps": []"#,
    ] {
        assert!(scale(wrong).is_err(), "{wrong}");
    }
}
