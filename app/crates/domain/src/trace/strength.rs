//! What a step of a trace weighs, what it counts, when it was and who said it.

use crate::counts;
use crate::evidence::{EXPLORATORY, Fallen, Standing, conversation, speaks, standing, weight};
use crate::experiment::{EXPERIMENT, EXPERIMENT_OF_ARM, Word, verdict};
use crate::index::{Handle, Reader};
use crate::value::Date;

/// Why something counts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It was deleted or never was here; only a link still names it.
    Gone,
    /// Somebody has taken it back.
    Retracted,
    /// The experiment that it comes from, or that it is, is invalid.
    Invalid,
    /// The experiment that it comes from is still running.
    Running,
    /// It is dated in the future.
    Ahead,
}

impl LeftOut {
    /// A stable name, for message keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Retracted => "retracted",
            Self::Invalid => "invalid",
            Self::Running => "running",
            Self::Ahead => "ahead",
        }
    }
}

/// What something weighs for what it is linked to, on Gilad's confidence meter: the rating of that
/// link, else its own weight, else that of its kind, else what its axes of strength say (1 is 0.01,
/// 5 is 10); of a raw source, what such a source weighs. `None` for what is neither.
pub(super) fn strength(
    reader: &Reader<'_>,
    evidence: Handle,
    target: Option<Handle>,
    today: Date,
) -> Option<f64> {
    let strength = weight(reader, evidence, target);
    // Without a lock before the data there was no test, only something seen.
    let is_held = strength.is_some_and(|strength| strength > EXPLORATORY)
        && standing(reader, evidence, today) == Standing::Exploratory;
    let most = if is_held { EXPLORATORY } else { f64::INFINITY };
    strength.map(|strength| strength.min(most))
}

/// Why it counts nothing today, if so.
#[must_use]
pub fn left_out(reader: &Reader<'_>, handle: Handle, today: Date) -> Option<LeftOut> {
    if reader.entity(handle).is_none() {
        return Some(LeftOut::Gone);
    }
    if reader.flag(handle, "retracted") {
        return Some(LeftOut::Retracted);
    }
    if reader.is(handle, EXPERIMENT) {
        let word = verdict(reader, handle, today).word;
        return matches!(word, Word::Invalid(_)).then_some(LeftOut::Invalid);
    }
    if !speaks(reader, handle) {
        return None;
    }
    match standing(reader, handle, today) {
        Standing::LeftOut(Fallen::Invalid(_)) => Some(LeftOut::Invalid),
        Standing::LeftOut(Fallen::Running) => Some(LeftOut::Running),
        Standing::Ahead(_) => Some(LeftOut::Ahead),
        _ => None,
    }
}

/// The number of a reading, an arm or a record that holds one.
pub(super) fn value(reader: &Reader<'_>, handle: Handle) -> Option<f64> {
    match reader.kind(handle) {
        "arm" => {
            let n = reader.number(handle, "n").filter(|n| *n > 0.0);
            let share = || Some(reader.number(handle, "successes")? / n?);
            share().or_else(|| reader.number(handle, "mean"))
        }
        "reading" => counts::value(reader, handle),
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

/// The day that it names, else that of the conversation in which it was said or of the experiment
/// that it is a part of, else the day on which it was entered.
pub(super) fn date(reader: &Reader<'_>, handle: Handle) -> Option<Date> {
    let named = |handle| DATES.iter().find_map(|field| reader.date(handle, field));
    named(handle)
        .or_else(|| named(conversation(reader, handle)?))
        .or_else(|| named(reader.reference(handle, EXPERIMENT_OF_ARM)?))
        .or_else(|| {
            let stamp = reader.entity(handle)?.created.as_ref()?;
            stamp.day()
        })
}

/// The person that it names; of words, who was talked with; else who entered it.
pub(super) fn by(reader: &Reader<'_>, handle: Handle) -> Option<String> {
    let named = |handle| PEOPLE.iter().find_map(|field| reader.text(handle, field));
    let said = || {
        let conversation = conversation(reader, handle)?;
        let participant = reader.from(conversation, "with").next();
        let speaker = participant.unwrap_or(conversation);
        let alias = reader.text(speaker, "alias");
        let text = || reader.entity(speaker).map(|entity| entity.text.as_str());
        alias.or_else(text).filter(|words| !words.trim().is_empty())
    };
    let entered = || {
        let stamp = reader.entity(handle)?.created.as_ref()?;
        Some(stamp.by.to_string()).filter(|by| !by.is_empty())
    };
    let spoken = said().or_else(|| named(handle));
    spoken.map(ToOwned::to_owned).or_else(entered)
}
