//! The promise of the whole module, kept under any numbers: a finite answer or a reason, no panic.

use arbtest::arbitrary::{Result, Unstructured};

use super::economics::PerPeriod;
use super::sample_size::{Form, Plan};
use super::*;

/// Numbers as they come: ordinary ones, extreme ones, and what is no number.
fn any(bytes: &mut Unstructured<'_>) -> Result<f64> {
    Ok(match bytes.int_in_range(0..=5_u8)? {
        0 => f64::from_bits(bytes.arbitrary()?),
        1 => *bytes.choose(&[0.0, -0.0, 1.0, f64::NAN, f64::INFINITY, f64::MAX, 5e-324])?,
        2 => f64::from(bytes.arbitrary::<i32>()?),
        3 => f64::from(bytes.int_in_range(0..=10_u8)?),
        _ => f64::from(bytes.arbitrary::<u16>()?) / 65_535.0,
    })
}

/// Demands that what is answered at all is finite.
#[track_caller]
fn demand<T>(answer: std::result::Result<T, Insufficient>, numbers: impl Fn(&T) -> Vec<f64>) {
    match answer {
        Ok(answer) => assert!(numbers(&answer).iter().all(|number| number.is_finite())),
        // A reason can always be put into words.
        Err(reason) => assert!(!reason.to_string().is_empty()),
    }
}

#[track_caller]
fn number(answer: std::result::Result<f64, Insufficient>) {
    demand(answer, |number| vec![*number]);
}

#[test]
fn any_numbers_give_a_finite_answer_or_a_reason() {
    arbtest::arbtest(|bytes| {
        let (a, b, c, d) = (any(bytes)?, any(bytes)?, any(bytes)?, any(bytes)?);
        priorities(a, b, c, d);
        money(a, b, c);
        judgements(a, b, c, d);
        statistics(a, b, c);
        Ok(())
    })
    .budget_ms(1000);
}

fn priorities(a: f64, b: f64, c: f64, d: f64) {
    let rice = rice::Rice {
        reach: a,
        impact: b,
        confidence: c,
        effort: d,
    };
    demand(rice::rice(rice), |found| vec![found.score]);
    number(ice::ellis_product(a, b, c));
    number(ice::gilad(a, b, c));
    let wsjf = wsjf::Wsjf {
        value: a,
        urgency: b,
        enablement: c,
        size: d,
    };
    demand(wsjf::wsjf(wsjf), |found| vec![found.score]);
    let jobs = [(a, b), (c, d)].map(|(cost_per_week, weeks)| cost_of_delay::Job {
        cost_per_week,
        weeks,
    });
    number(cost_of_delay::cd3(jobs[0]));
    number(cost_of_delay::delay_cost(&jobs));
    number(cost_of_delay::value_earned(&jobs, a, d));
    let efforts = moscow::Efforts {
        must: a,
        should: b,
        could: c,
        wont: d,
    };
    demand(moscow::split(efforts), |split| {
        vec![split.must, split.should, split.could]
    });
    let criteria = [a, 1.0 - a].map(|weight| weighted::Criterion {
        weight,
        is_cost: false,
    });
    demand(
        weighted::weighted(&criteria, &[vec![b, c], vec![c, d]]),
        |scored| {
            let flips = scored.flips.iter().map(|flip| flip.weight);
            scored.scores.iter().copied().chain(flips).collect()
        },
    );
    demand(opportunity::opportunity(a, b), |found| vec![found.score]);
    number(opportunity::olsen(a, b));
}

fn money(a: f64, b: f64, c: f64) {
    let monthly = |value| PerPeriod {
        value,
        period: Period::Month,
    };
    number(economics::lifetime(a));
    for margin in [None, Some(c)] {
        demand(
            economics::lifetime_value(monthly(a), monthly(b), margin),
            |ltv| vec![ltv.value],
        );
        demand(economics::payback(a, monthly(b), margin), |payback| {
            vec![payback.value]
        });
    }
    number(economics::value_to_cost(a, b));
    number(economics::acquisition_cost(a, 3));
    demand(break_even::break_even(a, b, c), |found| {
        vec![found.exact, found.units, found.revenue]
    });
    demand(runway::runway(a, b, c), |found| match found.lasts {
        runway::Lasts::Periods(periods) => vec![found.net_burn, periods],
        runway::Lasts::Infinite => vec![found.net_burn],
    });
    demand(reverse_income::reverse_income(a, b, c), |found| {
        vec![
            found.revenue,
            found.units,
            found.allowable_costs,
            found.allowable_unit_cost,
        ]
    });
    if let (Ok(one), Ok(two)) = (
        Quantity::new(a, b, c, Unit::none()),
        Quantity::exact(a, Unit::none()),
    ) {
        let ends = |found: &Quantity| vec![found.low(), found.likely(), found.high()];
        demand(one.plus(&two), ends);
        demand(one.minus(&two), ends);
        demand(one.times(&two), ends);
        demand(two.over(&one), ends);
    }
    demand(growth::viral(a, b), |viral| vec![viral.coefficient]);
}

fn judgements(a: f64, b: f64, c: f64, d: f64) {
    demand(okr::progress(a, b, c), |found| {
        vec![found.unclamped, found.score]
    });
    demand(okr::pace(a, b, c), |pace| vec![pace.ratio]);
    number(okr::objective(&[(a, b), (c, d)]));
    let forces = forces::Forces {
        push: a,
        pull: b,
        anxiety: c,
        habit: d,
    };
    demand(forces::balance(forces), |found| vec![found.balance]);
    let evidence = confidence::Evidence {
        direction: confidence::Direction::Supports,
        weight: a,
        is_indirect: true,
        age_days: b,
        experiment: None,
    };
    demand(confidence::confidence(&[evidence], c), |found| {
        vec![found.value, found.sum]
    });
    let stake = risk::Stake {
        importance: a,
        confidence: b,
        value: c,
    };
    number(risk::risk(stake));
    demand(signal::signal(a, b, c), |found| {
        vec![found.size, found.strength]
    });
    number(evidence_based::innovation_rate(a, b));
    number(evidence_based::product_cost_ratio(a, b));
    number(portfolio::innovation_risk(&[(a, b), (c, d)]));
    demand(portfolio::shares(&[a, b, c]), Clone::clone);
    let prediction = calibration::Prediction {
        probability: a,
        happened: true,
    };
    demand(calibration::calibration(&[prediction]), |found| {
        vec![found.brier]
    });
    demand(average::mean("x", &[a, b, c]), |mean| vec![mean.value]);
    number(average::median("x", &[a, b, c, d]));
}

fn statistics(a: f64, b: f64, c: f64) {
    for form in [Form::EvanMiller, Form::R] {
        let plan = Plan {
            base: a,
            change: b,
            alpha: c,
        };
        demand(sample_size::sample_size(plan, 0.8, form), |size| {
            vec![size.exact]
        });
        number(sample_size::power(plan, 100, form));
    }
    number(distribution::normal_quantile(a));
    number(distribution::chi_square_p(a, 3));
    demand(chi_square::sample_ratio(&[10, 20], &[a, b]), |ratio| {
        vec![ratio.test.statistic, ratio.test.p_value]
    });
    demand(holm::adjusted(&[a, b, c]), Clone::clone);
    demand(usability::users_needed(a, b), |needed| vec![needed.exact]);
    number(usability::problems_found(a, 5));
}
