//! What a step of a trace weighs, what it counts, when it was and who said it.

use crate::index::{Handle, Reader};
use crate::method::confidence_meter;
use crate::value::Date;

/// What evidence weighs for what it is linked to, on Gilad's confidence meter: the rating of that
/// link, else its own weight, else that of its kind. `None` for what is no evidence.
pub(super) fn strength(
    reader: &Reader<'_>,
    evidence: Handle,
    target: Option<Handle>,
) -> Option<f64> {
    let rated = target.and_then(|target| reader.rated(evidence, "weight", Some(target)));
    let kind = || confidence_meter::by_id(reader.text(evidence, "gilad")?);
    rated
        .map(|rated| rated.value)
        .or_else(|| {
            let own = reader.number(evidence, "weight");
            own.filter(|_| reader.is(evidence, "evidence"))
        })
        .or_else(|| Some(kind()?.default_weight()))
}

/// The number of a reading, an arm or a record that holds one.
pub(super) fn value(reader: &Reader<'_>, handle: Handle) -> Option<f64> {
    match reader.kind(handle) {
        "arm" => {
            let n = reader.number(handle, "n").filter(|n| *n > 0.0);
            let share = || Some(reader.number(handle, "successes")? / n?);
            share().or_else(|| reader.number(handle, "mean"))
        }
        _ => reader.number(handle, "value"),
    }
}

const DATES: [&str; 7] = [
    "date",
    "decided-on",
    "seen-on",
    "ends",
    "shipped-on",
    "created-on",
    "starts",
];
const PEOPLE: [&str; 7] = [
    "by",
    "respondent",
    "interviewer",
    "decided-by",
    "seen-by",
    "owner",
    "alias",
];

/// The day that it names, else the day on which it was entered.
pub(super) fn date(reader: &Reader<'_>, handle: Handle) -> Option<Date> {
    let named = DATES.iter().find_map(|field| reader.date(handle, field));
    named.or_else(|| {
        let stamp = reader.entity(handle)?.created.as_ref()?;
        Date::from_milliseconds(stamp.at)
    })
}

/// The person that it names, else who entered it.
pub(super) fn by(reader: &Reader<'_>, handle: Handle) -> Option<String> {
    let named = PEOPLE.iter().find_map(|field| reader.text(handle, field));
    named.map(ToOwned::to_owned).or_else(|| {
        let stamp = reader.entity(handle)?.created.as_ref()?;
        Some(stamp.by.to_string())
    })
}
