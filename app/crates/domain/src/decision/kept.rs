//! The figures that a decision keeps: what is frozen when it is taken, and what they are today.
//!
//! Invariant: what is kept is what was shown; a figure without a value is not kept.

use serde_json::{Map, Value, json};

use super::Frozen;
use crate::EntityId;
use crate::experiment::{EXPERIMENT, claims};
use crate::figure::{self, DIFFERENCE, Figure, FigureBook, Outcome};
use crate::trace;

/// More entities than this are behind no decision that a person could look over.
const MOST: usize = 60;

/// A figure as it was at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The entity that it speaks of.
    pub entity: EntityId,
    /// The figure, by the id of its kind.
    pub figure: String,
    /// Its value.
    pub value: KeptValue,
    /// What the value counts, as in [`Figure::unit`].
    pub unit: String,
    /// How many observations it rests on.
    pub n: Option<u64>,
    /// The interval in which the true value lies, in the figure's unit.
    pub interval: Option<(f64, f64)>,
}

/// The value of a kept figure.
#[derive(Clone, Debug, PartialEq)]
pub enum KeptValue {
    /// A number.
    Number(f64),
    /// A number with what is low and high.
    Range {
        /// The least.
        low: f64,
        /// The likeliest.
        likely: f64,
        /// The most.
        high: f64,
    },
    /// The id of a word that the figure's kind explains.
    Word(String),
}

/// What a decision about an entity rests on, as the figures are now: those of the entity, of what
/// carries it and of what it serves, as far as they have a value.
#[must_use]
pub fn basis(book: &FigureBook, about: &EntityId) -> Vec<Kept> {
    let reader = book.index().reader();
    let trace = book
        .index()
        .find(about.as_str())
        .and_then(|handle| trace::why(&reader, handle, book.today()));
    let Some(trace) = trace else {
        return Vec::new();
    };
    let mut entities = vec![about.clone()];
    let mut add = |entity: &EntityId| {
        if entities.len() < MOST && !entities.contains(entity) {
            entities.push(entity.clone());
        }
    };
    for step in trace.down.iter().chain(&trace.up) {
        add(&step.entity);
        // What an experiment was about is decided upon, too.
        if step.kind == *EXPERIMENT {
            let experiment = book.index().find(step.entity.as_str());
            let tested = experiment.map(|experiment| claims(&reader, experiment));
            let tested = tested.into_iter().flatten();
            tested
                .filter_map(|claim| reader.id(claim))
                .for_each(&mut add);
        }
    }
    let of = |entity: &EntityId| of_entity(book, entity);
    entities.iter().flat_map(of).collect()
}

/// The figures of an entity that have a value now.
#[must_use]
pub fn of_entity(book: &FigureBook, entity: &EntityId) -> Vec<Kept> {
    let Some(handle) = book.index().find(entity.as_str()) else {
        return Vec::new();
    };
    book.of(handle)
        .filter_map(|figure| Kept::of(entity, figure))
        .collect()
}

/// Figures as the JSON object that a decision freezes: `{entity: {figure: {"value": …}}}`.
#[must_use]
pub fn to_object(kept: &[Kept]) -> String {
    let mut entities = Map::new();
    for one in kept {
        let figures = entities
            .entry(one.entity.to_string())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(figures) = figures {
            figures.insert(one.figure.clone(), one.to_value());
        }
    }
    Value::Object(entities).to_string()
}

impl Kept {
    fn of(entity: &EntityId, figure: &Figure) -> Option<Self> {
        let value = match &figure.outcome {
            Outcome::Number(value) => KeptValue::Number(*value),
            Outcome::Range { low, likely, high } => KeptValue::Range {
                low: *low,
                likely: *likely,
                high: *high,
            },
            Outcome::Word(word) => KeptValue::Word((*word).to_owned()),
            Outcome::Order(_) | Outcome::Parts | Outcome::Missing(_) => return None,
        };
        Some(Self {
            entity: entity.clone(),
            figure: figure.kind.id.to_owned(),
            value,
            unit: figure.unit.to_string(),
            n: figure.n,
            interval: figure.interval,
        })
    }

    /// Whether it is today what it was. What was kept without an interval is held against the rest.
    #[must_use]
    pub fn is_still(&self, today: &Self) -> bool {
        let today = Self {
            interval: today.interval.filter(|_| self.interval.is_some()),
            ..today.clone()
        };
        *self == today
    }

    fn to_value(&self) -> Value {
        let mut value = match &self.value {
            KeptValue::Number(value) => json!({ "value": value }),
            KeptValue::Range { low, likely, high } => {
                json!({ "value": likely, "low": low, "high": high })
            }
            KeptValue::Word(word) => json!({ "word": word }),
        };
        if let Value::Object(members) = &mut value {
            if !self.unit.is_empty() {
                members.insert("unit".to_owned(), self.unit.clone().into());
            }
            if let Some(n) = self.n {
                members.insert("n".to_owned(), n.into());
            }
            if let Some((low, high)) = self.interval {
                members.insert("interval".to_owned(), json!([low, high]));
            }
        }
        value
    }

    /// Reads one figure; a bare number or word counts, too. `None` for anything else.
    fn read(entity: &str, of: &str, value: &Value) -> Option<Self> {
        let number = |name: &str| value.get(name).and_then(Value::as_f64);
        let word = value.as_str().or(value.get("word").and_then(Value::as_str));
        let read = match (
            value.as_f64().or(number("value")),
            number("low"),
            number("high"),
            word,
        ) {
            (Some(likely), Some(low), Some(high), _) => KeptValue::Range { low, likely, high },
            (Some(value), ..) => KeptValue::Number(value),
            (None, _, _, Some(word)) => KeptValue::Word(word.to_owned()),
            (None, _, _, None) => return None,
        };
        let unit = value.get("unit").and_then(Value::as_str);
        // Before differences of shares had a unit of their own they were kept as shares.
        let unit = unit.map(
            |unit| match figure::kinds().into_iter().find(|kind| kind.id == of) {
                Some(kind) if unit == "share" && kind.unit == DIFFERENCE => DIFFERENCE,
                _ => unit,
            },
        );
        let end = |place: usize| value.get("interval")?.get(place)?.as_f64();
        Some(Self {
            entity: entity.into(),
            figure: of.to_owned(),
            value: read,
            unit: unit.unwrap_or_default().to_owned(),
            n: value.get("n").and_then(Value::as_u64),
            interval: end(0).zip(end(1)),
        })
    }
}

impl Frozen {
    /// The figures that can be read, by entity and figure.
    #[must_use]
    pub fn kept(&self) -> Vec<Kept> {
        let mut kept = Vec::new();
        for (entity, figures) in &self.figures {
            for (figure, value) in figures.as_object().into_iter().flatten() {
                kept.extend(Kept::read(entity, figure, value));
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch;
    use crate::value::Date;

    fn book(lines: &str) -> FigureBook {
        FigureBook::new(&sketch::graph(lines), Date::new(2026, 11, 22).unwrap())
    }

    const CHAIN: &str = "l learning | They read it
        d decision | Build it
        s solution | Digest | reach = 500 | impact = 2 | confidence = 80 | effort = 4
        l -leads-to-> d
        d -changes-> s";

    #[test]
    fn what_a_decision_rests_on_reads_back_as_it_was() {
        let kept = basis(&book(CHAIN), &"d".into());

        let frozen = Frozen::new(&to_object(&kept), "ab".into()).unwrap();
        let mut read = Frozen::parse(&frozen.to_text()).unwrap().kept();
        let mut before = kept;
        let key = |kept: &Kept| (kept.entity.clone(), kept.figure.clone());
        read.sort_by_key(key);
        before.sort_by_key(key);
        assert_eq!(read, before);
        assert!(!read.is_empty());
    }

    #[test]
    fn a_figure_of_the_entity_itself_is_kept_with_its_value() {
        let kept = of_entity(&book(CHAIN), &"s".into());

        let rice = kept.iter().find(|kept| kept.figure == "rice").unwrap();
        assert_eq!(rice.value, KeptValue::Number(200.0));
        assert!(of_entity(&book(CHAIN), &"nobody".into()).is_empty());
        assert!(basis(&book(CHAIN), &"nobody".into()).is_empty());
    }

    /// What is kept of a split test: its intervals, and the assumption that it was about.
    #[test]
    fn intervals_and_the_claim_that_was_tested_are_kept() {
        let book = book(
            "a assumption | Stars raise trust
            x experiment | Stars or none
            one arm | A | experiment = x | role = control | successes = 126 | n = 300
            two arm | B | experiment = x | role = variant | successes = 93 | n = 300
            e evidence | 31 of 100 | gilad = test-results
            l learning | They do not
            a -tested-by-> x
            x -produces-> e
            e -refutes-> a
            x -concludes-in-> l",
        );
        let kept = basis(&book, &"l".into());
        let find = |entity: &str, figure: &str| {
            let mut kept = kept.iter();
            kept.find(|kept| kept.entity == *entity && kept.figure == figure)
        };
        assert!(find("a", "confidence").is_some());
        let difference = find("x", "ab-difference").unwrap();
        let (low, high) = difference.interval.unwrap();
        assert!(low < -0.11 && -0.11 < high);
        // As earlier versions kept it.
        let bare = Kept {
            interval: None,
            ..difference.clone()
        };
        assert!(bare.is_still(difference) && !difference.is_still(&bare));
    }

    /// Decisions of earlier versions kept a difference in the unit of shares.
    #[test]
    fn a_difference_that_was_kept_as_a_share_is_one_of_points() {
        let kept = |figure: &str, unit: &str| {
            let figures =
                format!(r#"{{"x": {{"{figure}": {{"value": 0.131, "unit": "{unit}"}}}}}}"#);
            let frozen = Frozen::new(&figures, String::new()).unwrap();
            frozen.kept().remove(0)
        };
        assert_eq!(
            kept("ab-difference", "share"),
            kept("ab-difference", DIFFERENCE)
        );
        assert_eq!(kept("power", "share").unit, "share");
    }

    #[test]
    fn figures_of_other_forms_are_read_as_far_as_they_can() {
        let frozen = Frozen::new(
            r#"{"s": {"rice": 12, "verdict": "met", "odd": [1], "n": {"value": null}}, "t": 3}"#,
            String::new(),
        );

        let kept = frozen.unwrap().kept();

        let values: Vec<&KeptValue> = kept.iter().map(|kept| &kept.value).collect();
        let expected = [KeptValue::Number(12.0), KeptValue::Word("met".into())];
        assert!(values.iter().all(|value| expected.contains(value)) && values.len() == 2);
    }
}
