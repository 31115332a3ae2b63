//! The plan of an experiment: exactly what a lock pins, and its digest.
//!
//! Two plans have one digest only if they say the same. The digest is stored in locks, so its
//! recipe never changes.

use std::fmt::{self, Write as _};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::criterion::{Criterion, canonical};
use super::gap::{Gap, flaw};
use crate::{Entity, EntityId, FieldValue, Quoted, compact, number};

/// What an experiment has promised before its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Named parts in a fixed order, the arms apart.
    parts: Vec<(&'static str, String)>,
    /// The arms with their roles, planned shares and parts in the criterion, by id; empty when no
    /// arm has been made.
    arms: String,
    /// Why its data could not be judged, by its arms and its design.
    flaw: Option<Gap>,
}

/// The digest of a plan: 16 bytes of SHA-256 in hexadecimal, and as much for the arms behind a `+`
/// if there were arms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    plan: String,
    arms: Option<String>,
}

/// The fields that are pinned, each with what counts when it is missing: spelling out a default
/// later changes nothing.
pub(super) const FIELDS: [(&str, &str); 8] = [
    ("primary-metric", ""),
    ("criterion", ""),
    ("planned-n", ""),
    ("alpha", "0.05"),
    ("power", "0.8"),
    ("design", "fixed"),
    ("believe", ""),
    ("right-if", ""),
];

/// The fields of a hypothesis that say what it claims.
pub(super) const CLAIMS: [&str; 6] = [
    "we-believe",
    "will-result-in",
    "we-know-when",
    "right-if",
    "action",
    "expected",
];

/// The fields of an arm that are pinned.
pub(super) const ARM_PARTS: [&str; 2] = ["role", "share"];

/// Whether an arm holds data already: participants, successes or a mean.
#[must_use]
pub fn has_data(arm: &Entity) -> bool {
    let is_set = |field: &str| match arm.fields.get(field) {
        Some(FieldValue::Number(number)) => *number != 0.0,
        Some(FieldValue::Text(text)) => !text.trim().is_empty(),
        Some(FieldValue::Flag(_)) | None => false,
    };
    ["n", "successes", "mean"].iter().any(|field| is_set(field))
}

/// Whether a reading holds a value: what an experiment reports is among its data.
#[must_use]
pub fn is_read(reading: &Entity) -> bool {
    ["value", "n", "successes"]
        .iter()
        .any(|field| match reading.fields.get(field) {
            Some(FieldValue::Text(text)) => !text.trim().is_empty(),
            // Nought is a reading, too.
            Some(FieldValue::Number(_)) => true,
            Some(FieldValue::Flag(_)) | None => false,
        })
}

impl Plan {
    /// The plan of an experiment that tests these hypotheses (or assumptions) in these arms, in any
    /// order.
    #[must_use]
    pub fn new(
        experiment: &Entity,
        hypotheses: &[(&EntityId, &Entity)],
        arms: &[(&EntityId, &Entity)],
    ) -> Self {
        let mut parts: Vec<(&'static str, String)> = FIELDS
            .iter()
            .map(|(field, _)| (*field, spelt(field, experiment.fields.get(field))))
            .collect();
        parts.push(("hypotheses", claims(hypotheses)));
        Self {
            parts,
            arms: groups(experiment, arms),
            flaw: flaw(experiment, arms),
        }
    }

    /// What is missing for a lock, the first of it.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        if self.part("primary-metric").is_empty() {
            return Some(Gap::PrimaryMetric);
        }
        let criterion = self.part("criterion");
        if criterion.is_empty() {
            return Some(Gap::Criterion);
        }
        if let Err(error) = criterion.parse::<Criterion>() {
            return Some(Gap::UnreadableCriterion(error));
        }
        let planned = number::parse(self.part("planned-n")).unwrap_or(0.0);
        if planned < 1.0 {
            return Some(Gap::PlannedN);
        }
        self.flaw.clone()
    }

    fn part(&self, name: &str) -> &str {
        self.parts
            .iter()
            .find(|(part, _)| *part == name)
            .map_or("", |(_, value)| value)
    }

    /// The digest that a lock keeps.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut text = String::new();
        for (name, value) in &self.parts {
            push(&mut text, name);
            push(&mut text, value);
        }
        Digest {
            plan: hash(&text),
            arms: (!self.arms.is_empty()).then(|| hash(&self.arms)),
        }
    }

    /// Whether this is what was locked. An experiment that was locked before it had arms takes any.
    #[must_use]
    pub fn is_as_locked(&self, lock: &Digest) -> bool {
        let now = self.digest();
        now.plan == lock.plan && (lock.arms.is_none() || now.arms == lock.arms)
    }

    /// What is promised, as a JSON object of the experiment's own parts: what a lock keeps in plain
    /// words beside the digest.
    #[must_use]
    pub fn promise(&self) -> String {
        let own = self.parts.iter().filter(|(name, _)| is_own(name));
        let written = own.map(|(name, value)| format!("{}: {}", Quoted(name), json!(value)));
        format!("{{ {} }}", written.collect::<Vec<_>>().join(", "))
    }

    /// The first part that differs from a promise. A promise that leaves a part out says nothing of
    /// it; a text that is none is broken as a whole.
    #[must_use]
    pub fn breaks(&self, promise: &str) -> Option<&'static str> {
        let Ok(Value::Object(promised)) = serde_json::from_str(promise) else {
            return Some("plan");
        };
        let own = self.parts.iter().filter(|(name, _)| is_own(name));
        let mut changed = own.filter(|(name, value)| {
            let promised = promised.get(*name).and_then(scalar);
            promised.is_some_and(|scalar| spelt(name, Some(&scalar)) != *value)
        });
        changed.next().map(|(name, _)| *name)
    }

    /// The first part in which another plan of the same experiment differs, `None` when it does
    /// not.
    #[must_use]
    pub fn differing(&self, other: &Plan) -> Option<&'static str> {
        let differs = |part: &&(&'static str, String)| other.part(part.0) != part.1;
        match self.parts.iter().find(differs) {
            Some((name, _)) => Some(name),
            None => (self.arms != other.arms).then_some("arms"),
        }
    }
}

impl Digest {
    /// Reads what [`fmt::Display`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_hash =
            |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let (plan, arms) = match text.split_once('+') {
            Some((plan, arms)) => (plan, Some(arms)),
            None => (text, None),
        };
        (is_hash(plan) && arms.is_none_or(is_hash)).then(|| Self {
            plan: plan.to_owned(),
            arms: arms.map(ToOwned::to_owned),
        })
    }

    /// This digest as far as another one goes: without the arms where that was taken before there
    /// were any.
    #[must_use]
    pub fn pinning_like(self, other: &Digest) -> Self {
        Self {
            arms: self.arms.filter(|_| other.has_arms()),
            ..self
        }
    }

    /// Whether the experiment had arms when it was locked.
    #[must_use]
    pub fn has_arms(&self) -> bool {
        self.arms.is_some()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.plan)?;
        match &self.arms {
            Some(arms) => write!(formatter, "+{arms}"),
            None => Ok(()),
        }
    }
}

/// Whether a part is one of the experiment's own fields.
fn is_own(part: &str) -> bool {
    FIELDS.iter().any(|(field, _)| *field == part)
}

/// A field of the experiment as the plan has it.
fn spelt(field: &str, scalar: Option<&FieldValue>) -> String {
    let value = one_spelling(scalar);
    let default = FIELDS.iter().find(|(known, _)| *known == field);
    match default {
        _ if field == "criterion" => canonical(&value),
        Some((_, default)) if value.is_empty() => (*default).to_owned(),
        _ => value,
    }
}

fn scalar(value: &Value) -> Option<FieldValue> {
    match value {
        Value::String(text) => Some(FieldValue::Text(text.clone())),
        Value::Number(number) => number.as_f64().map(FieldValue::Number),
        Value::Bool(flag) => Some(FieldValue::Flag(*flag)),
        _ => None,
    }
}

pub(super) fn value(entity: &Entity, field: &str) -> String {
    one_spelling(entity.fields.get(field))
}

/// A scalar in one spelling, so that `400` and `"400"`, `50` and `"50 %"` are the same.
fn one_spelling(scalar: Option<&FieldValue>) -> String {
    match scalar {
        None => String::new(),
        Some(FieldValue::Flag(value)) => value.to_string(),
        Some(FieldValue::Number(value)) => value.to_string(),
        Some(FieldValue::Text(text)) => {
            let text = text.trim();
            let digits = text.strip_suffix('%').unwrap_or(text).trim_end();
            match number::parse(digits) {
                Some(value) => value.to_string(),
                None => text.to_owned(),
            }
        }
    }
}

fn claims(hypotheses: &[(&EntityId, &Entity)]) -> String {
    let mut text = String::new();
    for (id, hypothesis) in by_id(hypotheses) {
        push(&mut text, id.as_str());
        push(&mut text, hypothesis.text.trim());
        for claim in CLAIMS {
            push(&mut text, &value(hypothesis, claim));
        }
    }
    text
}

/// The arms, and to which of them the criterion refers: a renamed arm is another promise only if
/// the criterion calls it by name.
fn groups(experiment: &Entity, arms: &[(&EntityId, &Entity)]) -> String {
    let mut text = String::new();
    let arms = by_id(arms);
    for (id, arm) in &arms {
        push(&mut text, id.as_str());
        for part in ARM_PARTS {
            push(&mut text, &value(arm, part));
        }
    }
    if arms.is_empty() {
        return text;
    }
    let criterion = value(experiment, "criterion").parse::<Criterion>();
    for condition in criterion.iter().flat_map(|criterion| &criterion.conditions) {
        let named = condition
            .arm
            .as_deref()
            .and_then(|name| arms.iter().find(|(id, arm)| is_called(name, id, arm)));
        push(&mut text, named.map_or("", |(id, _)| id.as_str()));
    }
    text
}

/// Whether a criterion that says `name` means this arm: by its text, its role or its id.
pub(super) fn is_called(name: &str, id: &EntityId, arm: &Entity) -> bool {
    let text = arm.text.trim();
    text.eq_ignore_ascii_case(name)
        || id.as_str() == name
        || value(arm, "role").eq_ignore_ascii_case(name)
}

fn by_id<'a>(entities: &[(&'a EntityId, &'a Entity)]) -> Vec<(&'a EntityId, &'a Entity)> {
    let mut entities = entities.to_vec();
    compact::sort_by(&mut entities, |a, b| a.0.cmp(b.0));
    entities
}

/// Appends a part with its length, so that no two lists of parts give one text.
fn push(text: &mut String, part: &str) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{}:{part}", part.len());
}

fn hash(text: &str) -> String {
    let mut hash = String::with_capacity(32);
    for byte in Sha256::digest(text.as_bytes()).iter().take(16) {
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}

#[cfg(test)]
mod tests;
