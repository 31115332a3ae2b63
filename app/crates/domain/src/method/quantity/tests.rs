//! Tests of the arithmetic of ranges and units.

use super::{Quantity, product, sum};
use crate::method::{Insufficient, Unit};

fn quantity(low: f64, likely: f64, high: f64, unit: &str) -> Quantity {
    Quantity::new(low, likely, high, Unit::parse(unit)).unwrap()
}

/// A widely seen market size adds trips to dollars.
#[test]
fn unlike_units_are_refused_by_name() {
    let trips = quantity(1.0, 2.0, 3.0, "trips");
    let dollars = quantity(1.0, 2.0, 3.0, "USD");
    let refused = trips.plus(&dollars).unwrap_err();
    assert_eq!(refused.to_string(), "trips and USD are unlike units");
    assert!(trips.minus(&dollars).is_err());
    let monthly = quantity(1.0, 2.0, 3.0, "USD/month");
    assert!(matches!(
        dollars.plus(&monthly),
        Err(Insufficient::UnlikeUnits { .. })
    ));
}

#[test]
fn ranges_are_combined_end_by_end() {
    let (a, b) = (
        quantity(1.0, 2.0, 4.0, "EUR"),
        quantity(10.0, 20.0, 30.0, "EUR"),
    );
    assert_eq!(a.plus(&b).unwrap(), quantity(11.0, 22.0, 34.0, "EUR"));
    assert_eq!(b.minus(&a).unwrap(), quantity(6.0, 18.0, 29.0, "EUR"));
    assert_eq!(
        sum(&[a.clone(), b, a]).unwrap(),
        quantity(12.0, 24.0, 38.0, "EUR")
    );
}

#[test]
fn products_and_quotients_carry_their_units() {
    let accounts = quantity(1_000.0, 2_000.0, 5_000.0, "accounts");
    let price = quantity(10.0, 12.0, 20.0, "EUR/account");
    let revenue = product(&[accounts.clone(), price.clone()]).unwrap();
    assert_eq!(revenue, quantity(10_000.0, 24_000.0, 100_000.0, "EUR"));
    let quotient = revenue.over(&accounts).unwrap();
    assert_eq!(
        (quotient.low(), quotient.likely(), quotient.high()),
        (2.0, 12.0, 100.0)
    );
    assert!(quotient.unit().is_like(price.unit()));
}

#[test]
fn negative_ranges_multiply_by_their_corners() {
    let change = quantity(-2.0, 1.0, 3.0, "");
    assert_eq!(change.times(&change).unwrap(), quantity(-6.0, 1.0, 9.0, ""));
    assert!(quantity(1.0, 1.0, 1.0, "").over(&change).is_err());
}

#[test]
fn a_range_is_in_order_and_finite() {
    let of = |low, likely, high| Quantity::new(low, likely, high, Unit::none());
    assert!(of(2.0, 1.0, 3.0).is_err() && of(1.0, 4.0, 3.0).is_err());
    assert!(of(3.0, 2.0, 1.0).is_err() && of(1.0, f64::NAN, 3.0).is_err());
    assert!(of(0.0, 1.0, f64::INFINITY).is_err());
    let enormous = of(1.0, 1.0, f64::MAX).unwrap();
    assert_eq!(
        enormous.times(&enormous),
        Err(Insufficient::TooLarge("quantity"))
    );
    assert_eq!(product(&[]), Err(Insufficient::Missing("factors")));
}

#[test]
fn every_result_is_a_range_that_holds_every_point() {
    arbtest::arbtest(|bytes| {
        let mut any = || {
            let mut ends = [0.0; 3];
            for end in &mut ends {
                *end = f64::from(bytes.arbitrary::<i16>()?);
            }
            ends.sort_by(f64::total_cmp);
            let inside = bytes.int_in_range(0..=4_u8)?;
            let point = ends[0] + (ends[2] - ends[0]) * f64::from(inside) / 4.0;
            Ok((quantity(ends[0], ends[1], ends[2], "EUR"), point))
        };
        let ((a, x), (b, y)) = (any()?, any()?);
        let holds = |range: Quantity, point: f64| {
            let slack = 1e-9 * point.abs().max(1.0);
            assert!(range.low() <= range.likely() && range.likely() <= range.high());
            assert!(range.low() - slack <= point && point <= range.high() + slack);
        };
        holds(a.plus(&b).unwrap(), x + y);
        holds(a.minus(&b).unwrap(), x - y);
        holds(a.times(&b).unwrap(), x * y);
        if let Ok(quotient) = a.over(&b) {
            holds(quotient, x / y);
        }
        Ok(())
    })
    .budget_ms(1000);
}
