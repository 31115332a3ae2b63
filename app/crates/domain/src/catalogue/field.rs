//! The fields of a kind: their names, and which values they take.

use serde::Deserialize;

use super::Source;
use crate::value::Period;
use crate::{FieldValue, KindId, Localised};

/// A value that entities of a kind can have.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "FieldInFile")]
pub struct Field {
    /// The key under which the entity holds the value; of a checklist, what its items' keys begin
    /// with.
    pub id: String,
    /// Its name.
    pub title: Localised,
    /// What to enter.
    pub help: Option<Localised>,
    /// Whether an entity without it is unfinished. It is pointed out, never refused.
    pub required: bool,
    /// Whether it is offered at once, beside what is required: figures are computed from it.
    pub prominent: bool,
    /// What an entity that has no value counts as.
    pub default: Option<FieldValue>,
    /// Where the field's convention was published.
    pub source: Option<Source>,
    /// What values it takes.
    pub takes: FieldType,
}

impl Field {
    /// Whether an entity keeps values of this field under that key.
    #[must_use]
    pub fn keeps(&self, key: &str) -> bool {
        match &self.takes {
            // The value of a checklist is that of its items.
            FieldType::Checklist { options } if key.len() > self.id.len() => key
                .strip_prefix(self.id.as_str())
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|item| options.iter().any(|option| option.id == item)),
            FieldType::Checklist { .. } => false,
            _ => self.id == key,
        }
    }

    /// What can be chosen, of a choice or a checklist; empty for all others.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match &self.takes {
            FieldType::Choice { options } | FieldType::Checklist { options } => options,
            _ => &[],
        }
    }
}

/// What values a field takes; `type` in the file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FieldType {
    /// Yes or no.
    Flag,
    /// Free text.
    Text {
        /// Whether it usually takes several lines.
        long: bool,
    },
    /// A number.
    Number(Bounds),
    /// A number with what is low and high, of any unit.
    Quantity {
        /// The unit of a number that names none.
        unit: Option<String>,
    },
    /// Money with what is low and high.
    Money {
        /// The period of an amount that names none.
        period: Period,
    },
    /// A day.
    Date,
    /// The id of one of the options.
    Choice {
        /// What can be chosen, in order.
        options: Vec<Choice>,
    },
    /// A step of a scale.
    Scale(Scale),
    /// The id of a person of the workspace, or a plain name.
    Person,
    /// The id of an entity.
    Reference {
        /// The kinds that the entity may be of; none named means any.
        kinds: Vec<KindId>,
    },
    /// A flag for each of the options.
    Checklist {
        /// What can be ticked, in order.
        options: Vec<Choice>,
    },
    /// The name of a [`crate::Hue`].
    Colour,
}

/// Which numbers a field takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The unit, such as `people`; with `%`, 33 stands for 33 %.
    pub unit: Option<String>,
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
    /// Whether it has no fraction.
    pub whole: bool,
}

/// The steps among which a person chooses.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The steps, in the order in which they are offered; at least two.
    pub steps: Vec<f64>,
    /// What the first step means.
    pub low: Option<Localised>,
    /// What the last step means.
    pub high: Option<Localised>,
}

/// One option of a choice, or one item of a checklist.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Choice {
    /// What is stored.
    pub id: String,
    /// What is shown.
    pub title: Localised,
}

/// A field as files write it: with the parts of its type beside its own.
#[derive(Deserialize)]
struct FieldInFile {
    id: String,
    title: Localised,
    help: Option<Localised>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    prominent: bool,
    default: Option<FieldValue>,
    source: Option<Source>,
    r#type: String,
    #[serde(default)]
    long: bool,
    unit: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    #[serde(default)]
    whole: bool,
    period: Option<String>,
    options: Option<Vec<Choice>>,
    step: Option<f64>,
    steps: Option<Vec<f64>>,
    low: Option<Localised>,
    high: Option<Localised>,
    kinds: Option<Vec<KindId>>,
}

/// More steps than this are no scale but a number.
const MOST_STEPS: f64 = 100.0;

impl TryFrom<FieldInFile> for Field {
    type Error = String;

    fn try_from(file: FieldInFile) -> Result<Self, String> {
        let options = || {
            let options = file.options.clone();
            options.ok_or_else(|| "a choice or checklist without options".to_owned())
        };
        let takes = match file.r#type.as_str() {
            "flag" => FieldType::Flag,
            "text" => FieldType::Text { long: file.long },
            "number" => FieldType::Number(Bounds {
                unit: file.unit,
                min: file.min,
                max: file.max,
                whole: file.whole,
            }),
            "quantity" => FieldType::Quantity { unit: file.unit },
            "money" => FieldType::Money {
                period: match file.period.as_deref() {
                    None => Period::Once,
                    Some(name) => {
                        Period::from_name(name).ok_or_else(|| format!("unknown period `{name}`"))?
                    }
                },
            },
            "date" => FieldType::Date,
            "choice" => FieldType::Choice {
                options: options()?,
            },
            "scale" => FieldType::Scale(Scale {
                steps: match file.steps {
                    Some(steps) if steps.len() >= 2 => steps,
                    Some(_) => return Err("a scale has at least two steps".to_owned()),
                    None => steps_between(file.min, file.max, file.step)?,
                },
                low: file.low,
                high: file.high,
            }),
            "person" => FieldType::Person,
            "reference" => FieldType::Reference {
                kinds: file.kinds.unwrap_or_default(),
            },
            "checklist" => FieldType::Checklist {
                options: options()?,
            },
            "colour" => FieldType::Colour,
            other => return Err(format!("unknown type of field `{other}`")),
        };
        Ok(Self {
            id: file.id,
            title: file.title,
            help: file.help,
            required: file.required,
            prominent: file.prominent,
            default: file.default,
            source: file.source,
            takes,
        })
    }
}

/// The steps of a scale that is written as its ends; without `step` they are one apart.
fn steps_between(
    min: Option<f64>,
    max: Option<f64>,
    step: Option<f64>,
) -> Result<Vec<f64>, String> {
    let (Some(min), Some(max)) = (min, max) else {
        return Err("a scale has `steps`, or `min` and `max`".to_owned());
    };
    let step = step.unwrap_or(1.0);
    let mut steps = Vec::new();
    // Not a number of any kind fails the comparison.
    if step > 0.0 && (max - min) / step <= MOST_STEPS {
        let mut next = min;
        while next <= max {
            steps.push(next);
            next = min + step * steps.len() as f64;
        }
    }
    if steps.len() < 2 {
        return Err("a scale has at least two steps and at most a hundred".to_owned());
    }
    Ok(steps)
}
