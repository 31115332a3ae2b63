//! Tests of the confidence in an assumption.

use super::{Direction, Evidence, HALF_LIFE_DAYS, confidence};
use crate::method::testing::near;

const SUPPORTS: Evidence = Evidence {
    direction: Direction::Supports,
    weight: 3.0,
    is_indirect: false,
    age_days: 0.0,
    experiment: None,
};

fn value(evidence: &[Evidence]) -> f64 {
    confidence(evidence, HALF_LIFE_DAYS).unwrap().value
}

#[test]
fn one_piece_of_customer_evidence_is_half_of_certainty() {
    assert_eq!(value(&[]), 0.0);
    near(value(&[SUPPORTS]), 0.5, 1e-12);
    near(value(&[SUPPORTS, SUPPORTS]), 0.75, 1e-12);
    let launch = Evidence {
        weight: 10.0,
        ..SUPPORTS
    };
    near(value(&[launch]), 0.9008, 5e-5);
}

#[test]
fn what_was_only_said_and_what_is_old_counts_half() {
    let said = Evidence {
        is_indirect: true,
        ..SUPPORTS
    };
    let old = Evidence {
        age_days: HALF_LIFE_DAYS,
        ..said
    };
    let found = confidence(&[said, old], HALF_LIFE_DAYS).unwrap();
    near(found.rows[0].value, 1.5, 1e-12);
    near(found.rows[1].value, 0.75, 1e-12);
    near(found.sum, 2.25, 1e-12);
}

#[test]
fn evidence_against_takes_away() {
    let refutes = Evidence {
        direction: Direction::Refutes,
        weight: 4.0,
        ..SUPPORTS
    };
    let found = confidence(&[SUPPORTS, refutes], HALF_LIFE_DAYS).unwrap();
    assert_eq!((found.value, found.sum), (0.0, -1.0));
    let neutral = Evidence {
        direction: Direction::Neutral,
        ..SUPPORTS
    };
    near(value(&[SUPPORTS, neutral]), 0.5, 1e-12);
}

#[test]
fn an_experiment_counts_once_whatever_the_order() {
    let of = |weight, direction| Evidence {
        weight,
        direction,
        experiment: Some(7),
        ..SUPPORTS
    };
    let (weak, strong) = (of(1.0, Direction::Supports), of(5.0, Direction::Supports));
    for evidence in [[weak, strong, SUPPORTS], [strong, SUPPORTS, weak]] {
        let found = confidence(&evidence, HALF_LIFE_DAYS).unwrap();
        near(found.sum, 8.0, 1e-12);
        assert_eq!(found.rows.iter().filter(|row| row.counts).count(), 2);
    }
    let against = of(5.0, Direction::Refutes);
    near(
        confidence(&[strong, against], HALF_LIFE_DAYS).unwrap().sum,
        -5.0,
        1e-12,
    );
}

#[test]
fn impossible_weights_and_ages_are_refused() {
    for weight in [-0.1, 10.1, f64::NAN] {
        assert!(
            confidence(&[Evidence { weight, ..SUPPORTS }], 180.0).is_err(),
            "{weight}"
        );
    }
    let ageless = Evidence {
        age_days: f64::NAN,
        ..SUPPORTS
    };
    assert!(confidence(&[ageless], 180.0).is_err());
    assert!(confidence(&[SUPPORTS], 0.0).is_err());
    let tomorrow = Evidence {
        age_days: -1.0,
        ..SUPPORTS
    };
    near(value(&[tomorrow]), 0.5, 1e-12);
}

#[test]
fn confidence_stays_in_range_and_support_never_lowers_it() {
    arbtest::arbtest(|bytes| {
        let mut evidence = Vec::new();
        for _ in 0..bytes.int_in_range(0..=8_u8)? {
            evidence.push(Evidence {
                direction: *bytes.choose(&[
                    Direction::Supports,
                    Direction::Neutral,
                    Direction::Refutes,
                ])?,
                weight: f64::from(bytes.int_in_range(0..=1_000_u16)?) / 100.0,
                is_indirect: bytes.arbitrary()?,
                age_days: f64::from(bytes.arbitrary::<u16>()?),
                experiment: bytes.arbitrary::<Option<bool>>()?.map(usize::from),
            });
        }
        let before = value(&evidence);
        assert!((0.0..=1.0).contains(&before));
        evidence.push(SUPPORTS);
        assert!(value(&evidence) >= before);
        Ok(())
    })
    .budget_ms(1000);
}
