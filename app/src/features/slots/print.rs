//! A canvas prints on one page: how small its notes must be set, estimated from their words.
//!
//! The layout for paper exists only while the browser prints, too late to be measured; so the
//! heights are reckoned from the canvas' grid, and a little on the safe side.

use domain::Canvas;

/// Millimetres of the smaller of A4 and Letter, on its side, within the margins of `print.css` and
/// without title and credits.
const PAGE: (f64, f64) = (258.0, 162.0);
/// Sizes of `print.css` at full scale, in millimetres.
const LINE: f64 = 3.9;
const CHARACTER: f64 = 1.5;
const NOTE_SIDES: f64 = 4.4;
const NOTE_ENDS: f64 = 3.4;
const SLOT_SIDES: f64 = 4.0;
const SLOT_ENDS: f64 = 11.0;
/// From this width on, a slot sets its notes side by side.
const SIDE_BY_SIDE: f64 = 46.0;
/// The scales to choose from; below the last one nobody could read it.
const SCALES: [f64; 10] = [1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45, 0.38, 0.3];

/// The largest scale at which the canvas with these texts, by slot, fits on a page.
pub(super) fn scale(canvas: &Canvas, texts: &[Vec<String>]) -> f64 {
    let smallest = SCALES.last().copied().unwrap_or(1.0);
    SCALES
        .into_iter()
        .find(|scale| height(canvas, texts, *scale) <= PAGE.1)
        .unwrap_or(smallest)
}

/// The height of the whole grid. A slot over several rows asks for its height from their sum.
fn height(canvas: &Canvas, texts: &[Vec<String>], scale: f64) -> f64 {
    let column = PAGE.0 / f64::from(canvas.layout.columns.max(1));
    let mut rows = vec![0.0_f64; usize::try_from(canvas.layout.rows).unwrap_or_default()];
    let mut slots: Vec<_> = canvas.slots.iter().zip(texts).collect();
    slots.sort_by_key(|(slot, _)| slot.area.row_span);
    for (slot, texts) in slots {
        let width = column * f64::from(slot.area.column_span) - SLOT_SIDES * scale;
        let needed = slot_height(texts, width, scale);
        let first = usize::try_from(slot.area.row.saturating_sub(1)).unwrap_or_default();
        let count = usize::try_from(slot.area.row_span.max(1)).unwrap_or(1);
        let spanned = rows.iter_mut().skip(first).take(count);
        let missing = needed - spanned.map(|row| *row).sum::<f64>();
        if missing > 0.0 {
            for row in rows.iter_mut().skip(first).take(count) {
                *row += missing / f64::from(slot.area.row_span.max(1));
            }
        }
    }
    rows.iter().sum()
}

fn slot_height(texts: &[String], width: f64, scale: f64) -> f64 {
    let abreast = (width / (SIDE_BY_SIDE * scale)).floor().max(1.0);
    let line = (width / abreast - NOTE_SIDES * scale).max(1.0) / (CHARACTER * scale);
    let heights: Vec<f64> = texts
        .iter()
        .map(|text| lines(text, line).mul_add(LINE, NOTE_ENDS) * scale)
        .collect();
    let notes: f64 = heights.iter().sum();
    let tallest = heights.into_iter().fold(0.0, f64::max);
    // Side by side, the last row of notes is seldom full.
    let notes = if abreast > 1.0 {
        notes / abreast + tallest
    } else {
        notes
    };
    SLOT_ENDS.mul_add(scale, notes)
}

/// How many lines a text takes when a line has room for `room` characters.
#[expect(
    clippy::cast_precision_loss,
    reason = "texts are far shorter than 2^52"
)]
fn lines(text: &str, room: f64) -> f64 {
    text.split('\n')
        .map(|line| (line.chars().count() as f64 / room).ceil().max(1.0))
        .sum()
}

#[cfg(test)]
mod tests {
    use domain::{CanvasId, canvas};

    use super::*;

    fn check(notes: usize, text: &str) -> f64 {
        let lean = canvas(&CanvasId::from("lean-canvas")).unwrap();
        let texts = vec![vec![text.to_owned(); notes]; lean.slots.len()];
        let scale = scale(lean, &texts);
        assert!(height(lean, &texts, scale) <= PAGE.1 || scale <= 0.3);
        scale
    }

    #[test]
    fn a_few_notes_are_set_at_full_size() {
        assert!((check(2, "A note of some length, as people write them") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn many_notes_are_set_smaller_and_never_larger() {
        let text = "Another note of forty-five characters of text";
        let scales: Vec<f64> = (0..14).map(|notes| check(notes, text)).collect();
        assert!(scales.windows(2).all(|pair| pair[1] <= pair[0]));
        assert!(scales[10] < 0.7);
    }

    #[test]
    fn an_endless_text_is_set_as_small_as_can_be_read() {
        assert!((check(40, &"word ".repeat(400)) - 0.3).abs() < 1e-9);
    }
}
