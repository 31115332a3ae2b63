//! From scalar to value.

use super::{Currency, Date, Misfit, Money, Period, Quantity, Value, amount};
use crate::catalogue::{Bounds, Choice, Field, FieldType};
use crate::{EntityId, FieldValue, Hue, number};

/// How far a number may lie from a step of a scale that it stands for.
const NEAR: f64 = 1e-9;

/// Reads the scalar as a value of the field. Of a checklist, the scalar is that of one item.
///
/// # Errors
///
/// The scalar does not fit the field's type or lies outside of its bounds.
pub fn read(field: &Field, scalar: &FieldValue) -> Result<Value, Misfit> {
    match &field.takes {
        FieldType::Flag | FieldType::Checklist { .. } => flag(scalar),
        FieldType::Text { .. } => match words(scalar) {
            Some(text) => Ok(Value::Text(text)),
            None => Err(misfit("misfit.text", None, scalar)),
        },
        FieldType::Number(bounds) => {
            let unit = bounds.unit.as_deref();
            let found = plain_number(scalar, unit);
            let example = || Some(("example", with_unit("12.5", unit)));
            let found = found.ok_or_else(|| misfit("misfit.number", example(), scalar))?;
            match broken(bounds, found) {
                None => Ok(Value::Number(found)),
                Some((key, limit)) => {
                    let limit = limit.map(|limit| ("limit", limit.to_string()));
                    Err(misfit(key, limit, scalar))
                }
            }
        }
        FieldType::Quantity { unit } => quantity(scalar, unit.as_deref()),
        FieldType::Money { period } => money(scalar, *period),
        FieldType::Date => match scalar {
            FieldValue::Text(text) => Date::parse(text.trim()),
            _ => None,
        }
        .map(Value::Date)
        .ok_or_else(|| {
            misfit(
                "misfit.date",
                Some(("example", "2026-11-22".to_owned())),
                scalar,
            )
        }),
        FieldType::Choice { options } => choice(scalar, options),
        FieldType::Scale(scale) => plain_number(scalar, None)
            .and_then(|found| {
                let mut steps = scale.steps.iter();
                steps.find(|step| (*step - found).abs() < NEAR)
            })
            .map(|step| Value::Scale(*step))
            .ok_or_else(|| {
                let steps: Vec<String> = scale.steps.iter().map(f64::to_string).collect();
                misfit("misfit.scale", Some(("options", steps.join(", "))), scalar)
            }),
        FieldType::Person => id(scalar).map(Value::Person),
        FieldType::Reference { .. } => id(scalar).map(|id| Value::Reference(EntityId::from(id))),
        FieldType::Colour => match scalar {
            FieldValue::Text(name) => Hue::from_name(name),
            _ => None,
        }
        .map(Value::Colour)
        .ok_or_else(|| {
            let names = Hue::ALL.map(Hue::name).join(", ");
            misfit("misfit.colour", Some(("options", names)), scalar)
        }),
    }
}

/// What a number breaks of its bounds, by the name of what to say, and the limit.
fn broken(bounds: &Bounds, found: f64) -> Option<(&'static str, Option<f64>)> {
    let least = bounds.min.filter(|least| found < *least);
    let most = bounds.max.filter(|most| found > *most);
    match (least, most) {
        _ if bounds.whole && found.fract() != 0.0 => Some(("misfit.whole", None)),
        (Some(least), _) => Some(("misfit.minimum", Some(least))),
        (None, Some(most)) => Some(("misfit.maximum", Some(most))),
        (None, None) => None,
    }
}

/// Whether the scalar is at once seen to fit, as most do; [`read`] says the rest.
pub(super) fn is_plain(field: &Field, scalar: &FieldValue) -> bool {
    match &field.takes {
        FieldType::Text { .. } => matches!(scalar, FieldValue::Text(_)),
        FieldType::Flag | FieldType::Checklist { .. } => matches!(scalar, FieldValue::Flag(_)),
        FieldType::Person | FieldType::Reference { .. } => {
            matches!(scalar, FieldValue::Text(id) if !id.trim().is_empty())
        }
        FieldType::Choice { options } => match scalar {
            FieldValue::Text(id) => options.iter().any(|option| option.id == *id),
            _ => false,
        },
        FieldType::Number(bounds) => match scalar {
            FieldValue::Number(found) => found.is_finite() && broken(bounds, *found).is_none(),
            _ => false,
        },
        FieldType::Scale(scale) => match scalar {
            FieldValue::Number(found) => scale.steps.contains(found),
            _ => false,
        },
        FieldType::Quantity { .. } => range(scalar).is_some(),
        _ => false,
    }
}

fn misfit(
    key: &'static str,
    expected: Option<(&'static str, String)>,
    found: &FieldValue,
) -> Misfit {
    Misfit {
        key,
        expected: expected.into_iter().collect(),
        found: found.clone(),
    }
}

fn with_unit(number: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| number.to_owned(), |unit| format!("{number} {unit}"))
}

/// Text, or a number as text: who writes `2026` by hand means the word.
fn words(scalar: &FieldValue) -> Option<String> {
    match scalar {
        FieldValue::Text(text) => Some(text.clone()),
        FieldValue::Number(number) => Some(number.to_string()),
        FieldValue::Flag(_) => None,
    }
}

fn flag(scalar: &FieldValue) -> Result<Value, Misfit> {
    let found = match scalar {
        FieldValue::Flag(flag) => Some(*flag),
        FieldValue::Text(text) => match text.trim() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        FieldValue::Number(_) => None,
    };
    found
        .map(Value::Flag)
        .ok_or_else(|| misfit("misfit.flag", None, scalar))
}

/// A finite number, or text that is one, with or without the field's unit behind it.
fn plain_number(scalar: &FieldValue, unit: Option<&str>) -> Option<f64> {
    match scalar {
        FieldValue::Number(number) => Some(*number).filter(|number| number.is_finite()),
        FieldValue::Text(text) => {
            let text = text.trim();
            let bare = unit.and_then(|unit| text.strip_suffix(unit));
            number::plain(bare.unwrap_or(text).trim_end())
        }
        FieldValue::Flag(_) => None,
    }
}

/// The range of a number or of its notation, and the words behind it.
fn range(scalar: &FieldValue) -> Option<(super::Range, &str)> {
    match scalar {
        FieldValue::Number(number) => Some((super::Range::new(*number, *number, *number)?, "")),
        FieldValue::Text(text) => amount::parse(text.trim()),
        FieldValue::Flag(_) => None,
    }
}

fn quantity(scalar: &FieldValue, unit: Option<&str>) -> Result<Value, Misfit> {
    let example = || Some(("example", with_unit("8..12..20", unit)));
    let (range, own) = range(scalar).ok_or_else(|| misfit("misfit.quantity", example(), scalar))?;
    let own = Some(own).filter(|own| !own.is_empty());
    Ok(Value::Quantity(Quantity {
        range,
        unit: own.or(unit).map(str::to_owned),
    }))
}

fn money(scalar: &FieldValue, usual: Period) -> Result<Value, Misfit> {
    let parts = || {
        let (range, rest) = range(scalar)?;
        let (currency, period) = match rest.split_once('/') {
            Some((currency, period)) => (currency.trim(), Period::from_name(period.trim())?),
            None => (rest, usual),
        };
        Some((range, currency, period))
    };
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|c| c.is_ascii_alphabetic());
    let parts = parts();
    if let Some((range, code, period)) = parts {
        let currency = Currency::parse(code);
        if code.is_empty() || currency.is_some() {
            return Ok(Value::Money(Money {
                range,
                currency,
                period,
            }));
        }
    }
    match parts {
        Some((_, code, _)) if is_code(code) => {
            let code = Some(("code", code.to_ascii_uppercase()));
            Err(misfit("misfit.currency", code, scalar))
        }
        _ => Err(no_money(scalar, usual)),
    }
}

/// What is wrong with something that is no amount of money at all.
fn no_money(scalar: &FieldValue, usual: Period) -> Misfit {
    let example = match usual {
        Period::Once => "15 EUR".to_owned(),
        usual => format!("15 EUR/{}", usual.name()),
    };
    let example = format!("{example}, 12..15..20 EUR/year");
    misfit("misfit.money", Some(("example", example)), scalar)
}

fn choice(scalar: &FieldValue, options: &[Choice]) -> Result<Value, Misfit> {
    let found = words(scalar).filter(|id| options.iter().any(|option| option.id == *id));
    found.map(Value::Choice).ok_or_else(|| {
        let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
        misfit("misfit.choice", Some(("options", ids.join(", "))), scalar)
    })
}

/// An id; files may write it as a number.
fn id(scalar: &FieldValue) -> Result<String, Misfit> {
    words(scalar)
        .map(|id| id.trim().to_owned())
        .filter(|id| !id.is_empty())
        .ok_or_else(|| misfit("misfit.id", None, scalar))
}
