//! Where a dragged note lands: between which two notes of a slot, and where to draw the line.
//!
//! Pure arithmetic on boxes in reading order; a slot is one column or rows of several.

use super::geometry::Area;

/// Half the space between two notes, where the insertion line lies.
const HALF_GAP: f64 = 3.0;

/// The place between the notes of one slot that a pointer means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Landing {
    /// The note is put before the one at this index; the number of notes means last.
    pub(crate) before: usize,
    /// The insertion line; flat where notes lie above each other, upright where side by side.
    pub(crate) line: Area,
}

/// Finds the landing for a pointer at (`x`, `y`) over a slot whose list fills `list` and whose
/// notes lie at `notes`, in order.
pub(crate) fn landing(list: Area, notes: &[Area], x: f64, y: f64) -> Landing {
    let several_columns = notes
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if b.top < a.bottom));
    let before = notes
        .iter()
        .position(|note| {
            if several_columns {
                y < note.top || (y <= note.bottom && x < f64::midpoint(note.left, note.right))
            } else {
                y < f64::midpoint(note.top, note.bottom)
            }
        })
        .unwrap_or(notes.len());
    Landing {
        before,
        line: line(list, notes, before, several_columns),
    }
}

fn line(list: Area, notes: &[Area], before: usize, upright: bool) -> Area {
    let next = notes.get(before);
    let previous = before.checked_sub(1).and_then(|index| notes.get(index));
    match (next, previous) {
        (Some(next), _) if upright => vertical(next.left - HALF_GAP, *next),
        (None, Some(previous)) if upright => vertical(previous.right + HALF_GAP, *previous),
        (Some(next), _) => horizontal(next.top - HALF_GAP, *next),
        (None, Some(previous)) => horizontal(previous.bottom + HALF_GAP, *previous),
        (None, None) => horizontal(list.top + HALF_GAP, list),
    }
}

fn horizontal(y: f64, along: Area) -> Area {
    Area {
        top: y,
        bottom: y,
        ..along
    }
}

fn vertical(x: f64, along: Area) -> Area {
    Area {
        left: x,
        right: x,
        ..along
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(left: f64, top: f64) -> Area {
        Area {
            left,
            top,
            right: left + 100.0,
            bottom: top + 20.0,
        }
    }

    const LIST: Area = Area {
        left: 0.0,
        top: 0.0,
        right: 210.0,
        bottom: 100.0,
    };

    #[test]
    fn an_empty_slot_takes_the_note_first() {
        let found = landing(LIST, &[], 50.0, 90.0);
        assert_eq!(found.before, 0);
        assert_eq!(found.line.top, HALF_GAP);
    }

    #[test]
    fn in_one_column_the_middle_of_a_note_decides() {
        let notes = [area(0.0, 0.0), area(0.0, 26.0)];
        assert_eq!(landing(LIST, &notes, 50.0, 9.0).before, 0);
        assert_eq!(landing(LIST, &notes, 50.0, 11.0).before, 1);
        assert_eq!(landing(LIST, &notes, 50.0, 95.0).before, 2);
    }

    #[test]
    fn in_several_columns_notes_are_taken_in_reading_order() {
        let notes = [area(0.0, 0.0), area(106.0, 0.0), area(0.0, 26.0)];
        assert_eq!(landing(LIST, &notes, 90.0, 10.0).before, 1);
        assert_eq!(landing(LIST, &notes, 190.0, 10.0).before, 2);
        assert_eq!(landing(LIST, &notes, 190.0, 30.0).before, 3);
    }
}
