//! The names and the scalar forms of the stored document.
//!
//! The root map: `schema` (a number), `about` {`name`}, `entities` {id → map of `kind`, `text` (a
//! text object), `created`, `deleted` and `f:<field>`}, `links` {id → map of `kind`, `from`, `to`,
//! `created`, `deleted`}, `placements` {`canvas/entity` → `slot|rank|x|y`}, `people` {person →
//! `name|colour`}, and `ratings`, `readings`, `decisions`, empty so far. Unknown keys are kept.

use domain::decision::FROZEN;
use domain::experiment::{LOCK, LOCK_BROKEN, LOCKED_PLAN};
use domain::{CanvasId, EntityId, Hue, Person, PersonId, Stamp};

use crate::CommandError;

pub(crate) const SCHEMA: &str = "schema";
pub(crate) const ABOUT: &str = "about";
pub(crate) const ENTITIES: &str = "entities";
pub(crate) const LINKS: &str = "links";
pub(crate) const PLACEMENTS: &str = "placements";
pub(crate) const PEOPLE: &str = "people";
/// Every container of the document; genesis makes them and nothing else ever does.
pub(crate) const CONTAINERS: [&str; 8] = [
    ABOUT,
    ENTITIES,
    LINKS,
    PLACEMENTS,
    PEOPLE,
    "ratings",
    "readings",
    "decisions",
];

pub(crate) const NAME: &str = "name";
pub(crate) const KIND: &str = "kind";
pub(crate) const TEXT: &str = "text";
pub(crate) const CREATED: &str = "created";
pub(crate) const DELETED: &str = "deleted";
pub(crate) const FROM: &str = "from";
pub(crate) const TO: &str = "to";
pub(crate) const FIELD_PREFIX: &str = "f:";
/// Fields that their own commands alone write.
pub(crate) const PROTECTED: [&str; 4] = [LOCK, LOCK_BROKEN, LOCKED_PLAN, FROZEN];

/// The longest text that a command may leave, in UTF-16 units: far beyond any note, and small
/// enough that one paste cannot stall every colleague.
pub const LONGEST_TEXT: usize = 100_000;
/// The longest id or field name, in bytes.
const LONGEST_NAME: usize = 256;

pub(crate) fn field_key(field: &str) -> String {
    format!("{FIELD_PREFIX}{field}")
}

pub(crate) fn placement_key(canvas: &CanvasId, entity: &EntityId) -> String {
    format!("{canvas}/{entity}")
}

/// Canvas and entity of a key of `placements`. Only the canvas's id has no `/`.
pub(crate) fn parse_placement_key(key: &str) -> Option<(CanvasId, EntityId)> {
    let (canvas, entity) = key.split_once('/')?;
    let is_named = is_name(canvas) && is_name(entity);
    is_named.then(|| (canvas.into(), entity.into()))
}

/// `by|at`; the person's id may itself contain the bar.
pub(crate) fn stamp_text(stamp: &Stamp) -> String {
    format!("{}|{}", stamp.by, stamp.at)
}

pub(crate) fn parse_stamp(text: &str) -> Option<Stamp> {
    let (by, at) = text.rsplit_once('|')?;
    Some(Stamp {
        by: by.into(),
        at: at.parse().ok()?,
    })
}

/// `by|at|digest`, the digest being that of the content at the time of deletion.
pub(crate) fn deletion_text(stamp: &Stamp, digest: u64) -> String {
    format!("{}|{}|{digest:016x}", stamp.by, stamp.at)
}

/// Stamp and digest of a flag. A flag of another form still flags, so nothing is refused here.
pub(crate) fn parse_deletion(text: &str) -> (Stamp, Option<u64>) {
    let read = text.rsplit_once('|').and_then(|(stamp, digest)| {
        Some((parse_stamp(stamp)?, u64::from_str_radix(digest, 16).ok()))
    });
    read.unwrap_or_else(|| {
        (
            Stamp {
                by: PersonId::from(""),
                at: 0,
            },
            None,
        )
    })
}

/// `name|colour`; the name may itself contain the bar.
pub(crate) fn person_text(person: &Person) -> String {
    format!("{}|{}", person.name, person.colour.name())
}

pub(crate) fn parse_person(text: &str) -> Person {
    let (name, colour) = text.rsplit_once('|').unwrap_or((text, ""));
    Person {
        name: name.to_owned(),
        colour: Hue::from_name(colour).unwrap_or_default(),
    }
}

/// Whether a key can be an id. Only another program writes others, and they are not read: every part
/// of the app may have the length of an id for granted.
pub(crate) fn is_name(key: &str) -> bool {
    !key.is_empty() && key.len() <= LONGEST_NAME
}

pub(crate) fn check_name(name: &str) -> Result<(), CommandError> {
    if !is_name(name) {
        return Err(CommandError::InvalidName(name.chars().take(40).collect()));
    }
    Ok(())
}

/// A canvas's id must not have the `/` that ends it in a key of `placements`.
pub(crate) fn check_canvas(canvas: &CanvasId) -> Result<(), CommandError> {
    check_name(canvas.as_str())?;
    if canvas.as_str().contains('/') {
        return Err(CommandError::InvalidName(canvas.to_string()));
    }
    Ok(())
}

pub(crate) fn check_text(text: &str) -> Result<(), CommandError> {
    // No text has more UTF-16 units than bytes, so most are not counted.
    if text.len() > LONGEST_TEXT && text.encode_utf16().count() > LONGEST_TEXT {
        return Err(CommandError::TooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_in_names_survive() {
        let stamp = Stamp {
            by: "a|b".into(),
            at: -5,
        };
        let person = Person {
            name: "A | B".into(),
            colour: Hue::Cyan,
        };

        assert_eq!(parse_stamp(&stamp_text(&stamp)), Some(stamp.clone()));
        assert_eq!(parse_deletion(&deletion_text(&stamp, 7)), (stamp, Some(7)));
        assert_eq!(parse_person(&person_text(&person)), person);
    }

    #[test]
    fn a_placement_key_splits_at_the_first_slash() {
        assert_eq!(
            parse_placement_key("lean-canvas/a/b"),
            Some(("lean-canvas".into(), "a/b".into()))
        );
        assert_eq!(parse_placement_key("lean-canvas"), None);
        assert_eq!(parse_placement_key("/a"), None);
        assert_eq!(parse_placement_key("lean-canvas/"), None);
    }
}
