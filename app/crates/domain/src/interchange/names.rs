//! Which canvas or slot a heading, or the title of a frame, means.
//!
//! Names match in any language of the catalogue, in any case, with spaces, hyphens or underscores,
//! in the singular or the plural, with a number before and a remark in parentheses behind.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::{Canvas, Localised, Slot, canvases};

/// The canvas of that name.
pub(super) fn find_canvas(title: &str) -> Option<&'static Canvas> {
    let key = key(title);
    table()
        .iter()
        .find(|known| known.names.contains(&key))
        .map(|known| known.canvas)
}

/// Whether a heading that bears the canvas's name begins the canvas, given the headings below it.
///
/// Most names of canvases are plain words, such as "Metrics", that stand over a block of another
/// canvas just as well. So what stands below decides: the heading begins its canvas when no other
/// canvas fits those headings better, and when none fits at all, if it is no single word.
pub(super) fn begins(canvas: &Canvas, heading: &str, below: &[&str]) -> bool {
    let keys: Vec<String> = below.iter().map(|title| key(title)).collect();
    let fits = |known: &Known| named_slots(known, &keys);
    let own = table().iter().find(|known| known.canvas.id == canvas.id);
    match table().iter().map(fits).max() {
        None | Some(0) => heading.trim().contains(' '),
        best => own.map(fits) == best,
    }
}

/// The slot of that name on the canvas.
pub(super) fn find_slot(canvas: &Canvas, title: &str) -> Option<&'static Slot> {
    let known = table().iter().find(|known| known.canvas.id == canvas.id)?;
    known.slots.get(&key(title)).copied()
}

/// Whether the title names a canvas or a slot of any.
pub(super) fn is_known(title: &str) -> bool {
    let key = key(title);
    table()
        .iter()
        .any(|known| known.names.contains(&key) || known.slots.contains_key(&key))
}

/// The canvas of which the most slots are named; the earlier in the catalogue when equal.
pub(super) fn best_canvas(titles: &[&str]) -> Option<&'static Canvas> {
    let keys: Vec<String> = titles.iter().map(|title| key(title)).collect();
    let mut best: Option<(usize, &'static Canvas)> = None;
    for known in table() {
        let count = named_slots(known, &keys);
        if count > best.map_or(0, |(count, _)| count) {
            best = Some((count, known.canvas));
        }
    }
    best.map(|(_, canvas)| canvas)
}

/// How many different slots of the canvas are named.
fn named_slots(known: &Known, keys: &[String]) -> usize {
    let mut slots: Vec<&str> = keys
        .iter()
        .filter_map(|key| Some(known.slots.get(key)?.id.as_str()))
        .collect();
    slots.sort_unstable();
    slots.dedup();
    slots.len()
}

/// Takes a canvas's name off the beginning or end of a title: "Understudy – Lean Canvas".
pub(super) fn split_canvas(title: &str) -> Option<(&'static Canvas, String)> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|');
    for canvas in canvases() {
        for name in canvas
            .title
            .texts()
            .chain(canvas.aliases.iter().map(String::as_str))
        {
            // An abbreviation such as BMC, or a plain word, can be part of a name by chance.
            if !name.contains(' ') {
                continue;
            }
            let rest = strip_name(title, name, is_separator);
            if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
                return Some((canvas, rest));
            }
        }
    }
    None
}

fn strip_name(
    title: &str,
    name: &str,
    is_separator: impl Fn(char) -> bool + Copy,
) -> Option<String> {
    let (length, total) = (name.len(), title.len());
    let matches = |part: Option<&str>| part.is_some_and(|part| part.eq_ignore_ascii_case(name));
    let rest = if matches(title.get(..length)) {
        title.get(length..)?.strip_prefix(is_separator)
    } else if matches(title.get(total.checked_sub(length)?..)) {
        title.get(..total - length)?.strip_suffix(is_separator)
    } else {
        None
    }?;
    Some(rest.trim_matches(is_separator).to_owned())
}

/// What all spellings of a name have in common.
pub(super) fn key(title: &str) -> String {
    let title = title.trim();
    let without_remark = title
        .strip_suffix(')')
        .and_then(|title| title.rsplit_once('('));
    let title = without_remark.map_or(title, |(title, _)| title);
    let lower = title.to_lowercase();
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.skip_while(is_number).map(singular).collect()
}

/// Not grammar: both sides of a comparison are cut alike.
fn singular(word: &str) -> String {
    match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(stem), _) if stem.len() > 2 => format!("{stem}y"),
        (_, Some(stem)) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

struct Known {
    canvas: &'static Canvas,
    names: Vec<String>,
    slots: BTreeMap<String, &'static Slot>,
}

fn table() -> &'static [Known] {
    static TABLE: OnceLock<Vec<Known>> = OnceLock::new();
    TABLE.get_or_init(|| canvases().iter().map(known).collect())
}

fn known(canvas: &'static Canvas) -> Known {
    let names = names(canvas.id.as_str(), &canvas.title, &canvas.aliases);
    let mut slots = BTreeMap::new();
    for slot in &canvas.slots {
        for name in names_of_slot(slot) {
            slots.entry(name).or_insert(slot);
        }
    }
    Known {
        canvas,
        names,
        slots,
    }
}

fn names_of_slot(slot: &Slot) -> Vec<String> {
    names(slot.id.as_str(), &slot.title, &slot.aliases)
}

fn names(id: &str, title: &Localised, aliases: &[String]) -> Vec<String> {
    let aliases = aliases.iter().map(String::as_str);
    [id].into_iter()
        .chain(title.texts())
        .chain(aliases)
        .map(key)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(canvas: &str, title: &str, expected: Option<&str>) {
        let canvas = crate::canvas(&canvas.into()).unwrap();
        let found = find_slot(canvas, title).map(|slot| slot.id.as_str());
        assert_eq!(found, expected, "{title}");
    }

    #[test]
    fn a_slot_is_found_in_every_spelling() {
        for title in [
            "Customer Segments",
            "customer-segment",
            "CUSTOMER_SEGMENTS",
            "CustomerSegments",
            "3. Customer segments",
            "Customer Segments (who?)",
            "👥 Customer segment:",
            "**Customer Segments**",
            "Kundensegmente",
            "Segmentos de clientes",
            "Customers",
        ] {
            check("lean-canvas", title, Some("customer-segments"));
        }
        check("lean-canvas", "Key Partners", None);
        check("lean-canvas", "", None);
        check(
            "business-model-canvas",
            "Key-Activity",
            Some("key-activities"),
        );
        check(
            "business-model-canvas",
            "Key partnerships",
            Some("key-partners"),
        );
        check("lean-canvas", "UVP", Some("unique-value-proposition"));
        check("lean-canvas", "Alternatives", Some("existing-alternatives"));
    }

    #[test]
    fn no_name_means_two_slots_of_one_canvas() {
        for canvas in canvases() {
            let mut seen = BTreeMap::new();
            for slot in &canvas.slots {
                for name in names_of_slot(slot) {
                    let first = *seen.entry(name.clone()).or_insert(&slot.id);
                    assert_eq!(*first, slot.id, "{}: {name}", canvas.id);
                }
            }
        }
    }

    #[test]
    fn the_canvas_is_the_one_that_most_names_fit() {
        let best = |titles: &[&str]| best_canvas(titles).map(|canvas| canvas.id.as_str());
        assert_eq!(
            best(&["Channels", "Key Partners"]),
            Some("business-model-canvas")
        );
        assert_eq!(best(&["Channels", "Problem"]), Some("lean-canvas"));
        assert_eq!(best(&["Channels"]), Some("lean-canvas"));
        assert_eq!(best(&["Agenda"]), None);
    }

    #[test]
    fn a_plain_word_begins_its_canvas_only_over_its_own_slots() {
        let begins =
            |title: &str, below: &[&str]| begins(find_canvas(title).unwrap(), title, below);
        assert!(begins("Metrics", &["Guardrails", "Outcomes"]));
        assert!(!begins("Metrics", &["Problem", "Solution", "Channels"]));
        assert!(!begins("Metrics", &[]));
        assert!(begins("Lean Canvas", &[]));
        assert!(begins("Business Model Canvas", &["Channels"]));
    }

    #[test]
    fn a_title_may_hold_the_workspace_and_the_canvas() {
        for title in [
            "Tern – Lean Canvas",
            "Lean Canvas: Tern",
            "lean canvas | Tern",
        ] {
            let (canvas, name) = split_canvas(title).unwrap();
            assert_eq!((canvas.id.as_str(), name.as_str()), ("lean-canvas", "Tern"));
        }
        assert_eq!(split_canvas("Clean Canvases"), None);
        assert_eq!(split_canvas("Lean Canvas"), None);
    }
}
