//! Values as people write them by hand where one scalar is clumsy: a list or an object for a
//! checklist, an object for a quantity or for money. What comes out is what an entity stores.

use serde_json::{Map, Value};

use super::node::whole_number;
use crate::FieldValue;
use crate::catalogue::{DEFINITION, Field, FieldType, TAGS};
use crate::experiment::{LOCK, LOCKED_PLAN, Lock};
use crate::value::{self, Currency, Money, Period, Quantity, Range};

/// The scalars, by the keys under which the entity keeps them, that a list or an object stands for
/// in the field; `None` when the field takes no such thing.
pub(super) fn scalars(field: &Field, written: &Value) -> Option<Vec<(String, FieldValue)>> {
    let key = |item: &str| format!("{}.{item}", field.id);
    match (&field.takes, written) {
        (FieldType::Checklist { .. }, Value::Array(items)) => items
            .iter()
            .map(|item| Some((key(item.as_str()?), FieldValue::Flag(true))))
            .collect(),
        (FieldType::Checklist { .. }, Value::Object(items)) => items
            .iter()
            .map(|(item, flag)| Some((key(item), FieldValue::Flag(flag.as_bool()?))))
            .collect(),
        (FieldType::Quantity { unit }, Value::Object(members)) => {
            let own = text(members, "unit")?.map(str::to_owned);
            let quantity = Quantity {
                range: range(members, &["unit"])?,
                unit: own.or_else(|| unit.clone()),
            };
            canonical(field, &value::Value::Quantity(quantity))
        }
        (FieldType::Money { period }, Value::Object(members)) => {
            let code = text(members, "currency")?.map(str::trim);
            let range = range(members, &["currency", "period"])?;
            if let Some(unknown) = code.filter(|code| Currency::parse(code).is_none()) {
                // Kept as text, it is told what is wrong with it like any other amount.
                let period = text(members, "period")?.map(|name| format!("/{name}"));
                let quantity = Quantity {
                    range,
                    unit: Some(format!("{unknown}{}", period.unwrap_or_default())),
                };
                let amount = value::Value::Quantity(quantity).to_field(field);
                return Some(vec![(field.id.clone(), amount)]);
            }
            let money = Money {
                range,
                currency: code.and_then(Currency::parse),
                period: match text(members, "period")? {
                    Some(name) => Period::from_name(name.trim())?,
                    None => *period,
                },
            };
            canonical(field, &value::Value::Money(money))
        }
        (FieldType::Text { .. }, Value::Array(items)) if field.id == TAGS => {
            // A comma within one would make two of it.
            let whole = |tag: &&str| !tag.contains(',');
            let one = |tag: &'_ Value| tag.as_str().filter(whole).map(str::to_owned);
            let tags: Option<Vec<String>> = items.iter().map(one).collect();
            let tags = tags?.join(", ");
            Some(vec![(field.id.clone(), FieldValue::Text(tags))])
        }
        (FieldType::Text { .. }, Value::Object(members)) if field.id == LOCK => lock(members),
        // The canvas that a note of that kind holds, written where it stands.
        (FieldType::Text { .. }, Value::Object(_)) if field.id == DEFINITION => {
            let text = serde_json::to_string_pretty(written).ok()?;
            Some(vec![(field.id.clone(), FieldValue::Text(text))])
        }
        _ => None,
    }
}

/// A lock: when and by whom, and what was promised.
fn lock(members: &Map<String, Value>) -> Option<Vec<(String, FieldValue)>> {
    let mut promise = members.clone();
    promise.retain(|name, _| !["at", "by", "heads", "digest"].contains(&name.as_str()));
    let at = match members.get("at")? {
        Value::Number(at) => whole_number(at)?.to_string(),
        at => at.as_str()?.to_owned(),
    };
    let [by, heads, digest] = ["by", "heads", "digest"].map(|name| text(members, name));
    let (by, heads, digest) = (by?, heads?, digest?);
    let rest = [by, heads, digest].map(Option::unwrap_or_default).join("|");
    let lock: Lock = format!("{at}|{rest}").parse().ok()?;
    let mut scalars = vec![(LOCK.to_owned(), FieldValue::Text(lock.to_string()))];
    if !promise.is_empty() {
        let promise = FieldValue::Text(Value::Object(promise).to_string());
        scalars.push((LOCKED_PLAN.to_owned(), promise));
    }
    Some(scalars)
}

/// The scalar of a value, if the field reads it as that value again.
fn canonical(field: &Field, value: &value::Value) -> Option<Vec<(String, FieldValue)>> {
    let scalar = value.to_field(field);
    let is_read = value::read(field, &scalar).is_ok_and(|read| read == *value);
    is_read.then(|| vec![(field.id.clone(), scalar)])
}

/// `low`, `likely` and `high`, or `likely` alone; nothing else but the members named.
fn range(members: &Map<String, Value>, others: &[&str]) -> Option<Range> {
    let known = |name: &String| {
        ["low", "likely", "high"].contains(&name.as_str()) || others.contains(&name.as_str())
    };
    if !members.keys().all(known) {
        return None;
    }
    let likely = members.get("likely")?.as_f64()?;
    match (members.get("low"), members.get("high")) {
        (None, None) => Range::new(likely, likely, likely),
        (low, high) => Range::new(low?.as_f64()?, likely, high?.as_f64()?),
    }
}

/// The text of that name, if there is one; `None` when it is something else.
fn text<'a>(members: &'a Map<String, Value>, name: &str) -> Option<Option<&'a str>> {
    match members.get(name) {
        None | Some(Value::Null) => Some(None),
        Some(Value::String(text)) => Some(Some(text)),
        Some(_) => None,
    }
}
