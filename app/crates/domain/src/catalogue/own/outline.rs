//! A canvas by its title and the titles of its slots: all that somebody has to know who makes one.

use std::collections::BTreeSet;

use super::{LONGEST_ID, VIEWS, arrange, to_text};
use crate::catalogue::{Canvas, GridArea, Layout, Slot};
use crate::{CanvasId, Localised, SlotId};

/// What new notes of a slot are about which no more than its title is known.
const ANYTHING: &str = "note";

/// The title of a canvas and those of its slots, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The title of the canvas.
    pub title: String,
    /// The titles of its slots, in reading order.
    pub slots: Vec<String>,
}

impl Outline {
    /// The outline of a canvas.
    #[must_use]
    pub fn of(canvas: &Canvas, language: &str) -> Self {
        let slots = canvas.slots.iter().map(|slot| slot.title.text(language));
        Self {
            title: canvas.title.text(language).to_owned(),
            slots: slots.map(str::to_owned).collect(),
        }
    }

    /// The canvas, changed to have this outline, in the form of the catalogue's files. What keeps its
    /// title stays as it is; slots that are not the same as before lie in reading order.
    #[must_use]
    pub fn carried_out(
        &self,
        canvas: &Canvas,
        language: &str,
        is_taken: impl Fn(&CanvasId) -> bool,
    ) -> String {
        let before = Self::of(canvas, language);
        let mut canvas = canvas.clone();
        if self.title != before.title {
            canvas.title = words(language, &self.title);
            // It told what the other one is for.
            canvas.description = words(language, "");
            let is_taken = |id: &str| VIEWS.contains(&id) || is_taken(&CanvasId::from(id));
            canvas.id = CanvasId::from(free_id(&self.title, "canvas", is_taken));
        }
        if self.slots != before.slots {
            canvas.slots = self.slots_from(canvas.slots, language);
            canvas.layout = Layout::default();
            let here: BTreeSet<SlotId> = canvas.slots.iter().map(|slot| slot.id.clone()).collect();
            canvas
                .orders
                .retain(|order| order.steps.iter().flatten().all(|step| here.contains(step)));
            for slot in &mut canvas.slots {
                slot.part_of = slot.part_of.take().filter(|whole| here.contains(whole));
            }
            arrange::arrange(&mut canvas);
        }
        to_text(&canvas)
    }

    fn slots_from(&self, mut before: Vec<Slot>, language: &str) -> Vec<Slot> {
        let mut ids: BTreeSet<SlotId> = before.iter().map(|slot| slot.id.clone()).collect();
        let mut slot = |title: &String| {
            let known = before
                .iter()
                .position(|slot| slot.title.text(language) == title);
            if let Some(known) = known {
                return Slot {
                    area: GridArea::default(),
                    ..before.remove(known)
                };
            }
            let id = free_id(title, "slot", |id| ids.contains(&SlotId::from(id)));
            let id = SlotId::from(id);
            ids.insert(id.clone());
            Slot {
                id,
                title: words(language, title),
                question: words(language, ""),
                takes: vec![ANYTHING.into()],
                area: GridArea::default(),
                fields: Default::default(),
                limit: None,
                advice: None,
                suggestions: Vec::new(),
                aliases: Vec::new(),
                part_of: None,
            }
        };
        self.slots.iter().map(&mut slot).collect()
    }
}

fn words(language: &str, text: &str) -> Localised {
    let said = Some((language, text)).filter(|(_, text)| !text.is_empty());
    said.into_iter().collect()
}

/// An id that says the title as far as an id can, else the `kind` of thing, and that is free.
fn free_id(title: &str, kind: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let letters = title.chars().flat_map(char::to_lowercase).map(|letter| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            ' '
        }
    });
    let letters: String = letters.collect();
    let mut id = letters.split_whitespace().collect::<Vec<_>>().join("-");
    // Leaves room for a number.
    id.truncate(LONGEST_ID - 8);
    let id = id.trim_end_matches('-');
    let id = if id.is_empty() { kind } else { id };
    if !is_taken(id) {
        return id.to_owned();
    }
    let mut numbered = (2_u32..).map(|number| format!("{id}-{number}"));
    numbered.find(|id| !is_taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::read_own;

    const OWN: &str = r#"{
        "id": "pre-mortem", "title": { "en": "Pre-mortem", "de": "Vorabschau" },
        "layout": { "columns": 2, "rows": 1 },
        "slots": [
            { "id": "causes", "title": { "en": "Causes" }, "takes": ["assumption"], "limit": 3,
              "area": { "column": 2, "row": 1, "column_span": 1, "row_span": 1 } },
            { "id": "signs", "title": { "en": "Signs" }, "part_of": "causes",
              "area": { "column": 1, "row": 1, "column_span": 1, "row_span": 1 } }
        ],
        "orders": [{ "id": "usual", "title": { "en": "Usual" },
            "source": { "title": "Us", "url": "" }, "steps": [["causes"], ["signs"]] }]
    }"#;

    fn outline(title: &str, slots: &[&str]) -> Outline {
        Outline {
            title: title.to_owned(),
            slots: slots.iter().map(|slot| (*slot).to_owned()).collect(),
        }
    }

    fn carried_out(outline: &Outline, language: &str) -> Canvas {
        let canvas = read_own(OWN).unwrap();
        let text = outline.carried_out(&canvas, language, |id| *id == *"start-stop");
        read_own(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    #[test]
    fn its_own_outline_changes_nothing() {
        let canvas = read_own(OWN).unwrap();
        for language in ["en", "de"] {
            let own = Outline::of(&canvas, language);
            assert_eq!(carried_out(&own, language), canvas);
        }
    }

    #[test]
    fn a_canvas_is_made_of_a_title_and_lines() {
        let wanted = outline("Start, Stop!", &["Größer", "Stop", "Stop", "止める"]);
        let made = carried_out(&wanted, "de");

        assert_eq!(Outline::of(&made, "de"), wanted);
        let ids: Vec<&str> = made.slots.iter().map(|slot| slot.id.as_str()).collect();
        assert_eq!(made.id, *"start-stop-2");
        assert_eq!(ids, ["gr-er", "stop", "stop-2", "slot"]);
        assert!(made.orders.is_empty());
    }

    #[test]
    fn a_slot_that_keeps_its_title_stays_what_it_was() {
        let made = carried_out(&outline("Pre-mortem", &["Signs", "Luck", "Causes"]), "en");

        assert_eq!(made.id, *"pre-mortem");
        let causes = &made.slots[2];
        assert_eq!((causes.id.as_str(), causes.limit), ("causes", Some(3)));
        assert_eq!(made.slots[0].part_of, Some("causes".into()));
        assert_eq!((made.layout.columns, made.layout.rows), (3, 1));
        let without = carried_out(&outline("Pre-mortem", &["Signs"]), "en");
        assert_eq!(without.slots[0].part_of, None);
    }

    #[test]
    fn no_title_breaks_the_form() {
        arbtest::arbtest(|bytes| {
            let title: String = bytes.arbitrary()?;
            let slots: Vec<String> = bytes.arbitrary()?;
            let canvas = read_own(OWN).unwrap();
            let wanted = Outline { title, slots };
            let text = wanted.carried_out(&canvas, "en", |_| false);
            if let Ok(made) = read_own(&text) {
                assert_eq!(made.slots.len(), wanted.slots.len());
            }
            Ok(())
        })
        .budget_ms(300);
    }
}
