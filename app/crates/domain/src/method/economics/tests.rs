//! Tests of the economics of one customer.

use super::{
    Basis, PerPeriod, Warning, acquisition_cost, lifetime, lifetime_value, payback, value_to_cost,
    warnings,
};
use crate::method::{Insufficient, Period, testing::near};

fn monthly(value: f64) -> PerPeriod {
    PerPeriod {
        value,
        period: Period::Month,
    }
}

/// iContact: 3.3 % churn and 50 a month, 2,000,000 spent on 4,000 customers.
#[test]
fn the_published_customer_is_reproduced() {
    near(lifetime(0.033).unwrap(), 30.3, 0.05);
    let ltv = lifetime_value(monthly(50.0), monthly(0.033), None).unwrap();
    near(ltv.value, 1_500.0, 20.0);
    near(ltv.value, 1_515.15, 0.005);
    assert_eq!(ltv.basis, Basis::Revenue);
    let cac = acquisition_cost(2_000_000.0, 4_000).unwrap();
    assert_eq!(cac, 500.0);
    near(value_to_cost(ltv.value, cac).unwrap(), 3.0, 0.05);
    assert_eq!(payback(cac, monthly(50.0), None).unwrap().value, 10.0);
}

#[test]
fn the_margin_shortens_value_and_lengthens_payback() {
    let ltv = lifetime_value(monthly(50.0), monthly(0.05), Some(0.8)).unwrap();
    near(ltv.value, 800.0, 1e-9);
    assert_eq!(ltv.basis, Basis::GrossMargin);
    near(
        payback(400.0, monthly(50.0), Some(0.8)).unwrap().value,
        10.0,
        1e-9,
    );
}

#[test]
fn payback_is_in_months_whatever_the_period() {
    let yearly = PerPeriod {
        value: 1_200.0,
        period: Period::Year,
    };
    near(payback(500.0, yearly, None).unwrap().value, 5.0, 1e-9);
}

#[test]
fn unlike_periods_are_converted_and_no_churn_is_refused() {
    let yearly = PerPeriod {
        value: 0.3,
        period: Period::Year,
    };
    let unlike = lifetime_value(monthly(50.0), yearly, None).unwrap();
    near(unlike.value, 600.0 / 0.3, 1e-9);
    let per_year = PerPeriod {
        value: 600.0,
        ..yearly
    };
    let other_way = lifetime_value(per_year, monthly(0.05), None).unwrap();
    near(other_way.value, 50.0 / 0.05, 1e-9);
    let none = lifetime_value(monthly(50.0), monthly(0.0), None);
    assert_eq!(none, Err(Insufficient::Zero("churn")));
    let all = [Warning::NoChurn, Warning::PeriodsDiffer, Warning::NoMargin];
    let stopped = PerPeriod {
        value: -0.1,
        ..yearly
    };
    assert_eq!(warnings(monthly(50.0), stopped, None), all);
    assert_eq!(warnings(monthly(50.0), monthly(0.1), Some(0.5)), []);
}

#[test]
fn what_cannot_be_is_refused() {
    for bad in [0.0, -0.1, 1.1, f64::NAN, 1e-320] {
        assert!(lifetime(bad).is_err(), "{bad}");
    }
    assert_eq!(
        acquisition_cost(5.0, 0),
        Err(Insufficient::Missing("new customers"))
    );
    assert!(acquisition_cost(f64::INFINITY, 1).is_err());
    assert!(payback(5.0, monthly(0.0), None).is_err());
    assert!(payback(5.0, monthly(10.0), Some(-0.2)).is_err());
    assert!(payback(5.0, monthly(10.0), Some(1.2)).is_err());
    assert!(value_to_cost(5.0, 0.0).is_err());
    assert!(lifetime_value(monthly(f64::MAX), monthly(1e-9), None).is_err());
}
