//! What a decision keeps of the moment in which it was taken: the figures, and the point in the
//! document's history from which they were computed.
//!
//! Stored as one JSON object, `{"figures": {…}, "heads": "…"}`, in the field [`FROZEN`].

mod kept;

use serde_json::{Map, Value};

use crate::{KindId, catalogue};

pub use kept::{Kept, KeptValue, basis, of_entity, to_object};

/// The kind of a decision.
pub const DECISION: &str = "decision";
/// The link from what leads to a decision.
pub const LEADS_TO: &str = "leads-to";
/// The field that holds the [`Frozen`] figures; the command that decides is alone in writing it.
pub const FROZEN: &str = "frozen";

/// Whether a decision can follow from an entity of that kind.
#[must_use]
pub fn leads_to_decisions(kind: &KindId) -> bool {
    let link = catalogue::link_kind(&LEADS_TO.into());
    link.is_some_and(|link| link.from.contains(kind))
}

/// The figures of a decision, frozen.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    /// The document's heads: hexadecimal, separated by commas.
    pub heads: String,
    /// The figures, in whatever form they were computed.
    pub figures: Map<String, Value>,
}

impl Frozen {
    /// Figures, given as a JSON object, at these heads; `None` when the text is none.
    #[must_use]
    pub fn new(figures: &str, heads: String) -> Option<Self> {
        let figures = serde_json::from_str(figures).ok()?;
        Some(Self { heads, figures })
    }

    /// Reads what [`Frozen::to_text`] writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut stored: Map<String, Value> = serde_json::from_str(text).ok()?;
        let figures = match stored.remove("figures")? {
            Value::Object(figures) => figures,
            _ => return None,
        };
        let heads = stored.get("heads").and_then(Value::as_str);
        Some(Self {
            heads: heads.unwrap_or_default().to_owned(),
            figures,
        })
    }

    /// The stored form.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut stored = Map::new();
        stored.insert("figures".to_owned(), Value::Object(self.figures.clone()));
        stored.insert("heads".to_owned(), Value::String(self.heads.clone()));
        Value::Object(stored).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frozen_figures_read_back_to_the_last_digit() {
        let frozen = Frozen::new(r#"{"s1": {"rice": 0.1, "n": 12}}"#, "ab,cd".into()).unwrap();

        let text = frozen.to_text();

        let stored: Value = serde_json::from_str(&text).unwrap();
        let expected = r#"{"figures":{"s1":{"n":12,"rice":0.1}},"heads":"ab,cd"}"#;
        assert_eq!(stored, serde_json::from_str::<Value>(expected).unwrap());
        assert_eq!(Frozen::parse(&text), Some(frozen));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["", "[]", "12", "{", "\"figures\""] {
            assert_eq!(Frozen::new(text, String::new()), None, "{text}");
            assert_eq!(Frozen::parse(text), None, "{text}");
        }
        assert_eq!(Frozen::parse(r#"{"figures": 3}"#), None);
    }
}
