//! A canvas on paper: how wide its columns are and how small its notes, so that it stays on one page for
//! as long as it can be read; what is left over goes on to further pages, named by slot.
//!
//! Invariant: nothing is set smaller than [`SMALLEST`], and no note is lost: what the first page does
//! not hold in full stands on a later one.

mod sheet;

use domain::Canvas;
use domain::catalogue::GridArea;

pub(super) use sheet::print_on_sheets;

/// The scales to choose from. At full scale notes are set in 8 points.
const SCALES: [f64; 6] = [1.0, 0.92, 0.84, 0.77, 0.7, SMALLEST];
/// Notes of 5.2 points: smaller, nobody reads them.
const SMALLEST: f64 = 0.65;
/// Down to here the columns keep the widths of the published layout.
const AS_PUBLISHED: f64 = 0.84;

/// The width of the smaller of A4 and Letter, on its side, within the margins of `print.css`, in
/// millimetres; a little on the safe side.
const WIDTH: f64 = 258.0;
/// Sizes of `print.css` at full scale, in millimetres.
const LINE: f64 = 3.53;
const CHARACTER: f64 = 1.5;
const NOTE_SIDES: f64 = 4.4;
const NOTE_ENDS: f64 = 2.9;
const SLOT_SIDES: f64 = 4.0;
const SLOT_ENDS: f64 = 11.0;
/// From this width on, a slot sets its notes side by side.
const SIDE_BY_SIDE: f64 = 46.0;

/// How much wider or narrower the columns of a slot are made in one step; a small one may change no line,
/// where a large one sets notes side by side.
const STEPS_WIDE: [f64; 6] = [0.7, 0.9, 1.1, 1.4, 2.0, 3.0];
/// No column becomes narrower than this share of what it would have if all were equal.
const NARROWEST: f64 = 0.55;
/// More steps than this change nothing that could be seen.
const STEPS: usize = 30;

/// How many characters each line of each note has, slot by slot.
type Lengths = Vec<Vec<Vec<usize>>>;

/// The ways to set a canvas with these texts, by slot, in the order in which they are tried: its scale
/// and the widths of its columns, as shares of the page. Large comes before small, and the published
/// layout before columns that follow what is in them.
fn ways(canvas: &Canvas, texts: &[Vec<String>]) -> Vec<(f64, Vec<f64>)> {
    let lengths = lengths(texts);
    let mut ways = Vec::new();
    for scale in SCALES {
        if scale >= AS_PUBLISHED {
            ways.push((scale, equal(canvas)));
        }
        ways.push((scale, fitting(canvas, &lengths, scale)));
    }
    ways
}

fn lengths(texts: &[Vec<String>]) -> Lengths {
    let of_note = |text: &String| text.split('\n').map(|line| line.chars().count()).collect();
    let of_slot = |notes: &Vec<String>| notes.iter().map(of_note).collect();
    texts.iter().map(of_slot).collect()
}

fn equal(canvas: &Canvas) -> Vec<f64> {
    let count = canvas.layout.columns.max(1);
    let share = 1.0 / f64::from(count);
    (0..count).map(|_| share).collect()
}

/// The widths with which the canvas needs the least height, found step by step from equal ones.
fn fitting(canvas: &Canvas, lengths: &Lengths, scale: f64) -> Vec<f64> {
    let mut best = equal(canvas);
    let least = NARROWEST / f64::from(canvas.layout.columns.max(1));
    let mut lowest = height(canvas, lengths, &best, scale);
    for _ in 0..STEPS {
        let tried = canvas
            .slots
            .iter()
            .flat_map(|slot| STEPS_WIDE.map(|factor| stretched(&best, &slot.area, factor)))
            .filter(|widths| widths.iter().all(|width| *width >= least))
            .map(|widths| (height(canvas, lengths, &widths, scale), widths))
            .min_by(|(one, _), (other, _)| one.total_cmp(other));
        match tried {
            Some((height, widths)) if height < lowest * 0.998 => (lowest, best) = (height, widths),
            _ => break,
        }
    }
    best
}

/// The same widths with those of an area changed, and all still one page together.
fn stretched(widths: &[f64], area: &GridArea, factor: f64) -> Vec<f64> {
    let mut changed = widths.to_vec();
    let of_area = changed.iter_mut().skip(start(area.column));
    for width in of_area.take(span(area.column_span)) {
        *width *= factor;
    }
    let sum: f64 = changed.iter().sum();
    changed.into_iter().map(|width| width / sum).collect()
}

/// The height of the whole grid in millimetres, reckoned from the lengths of its texts. A slot over
/// several rows asks for its height from their sum.
fn height(canvas: &Canvas, lengths: &Lengths, widths: &[f64], scale: f64) -> f64 {
    let mut rows = vec![0.0_f64; usize::try_from(canvas.layout.rows).unwrap_or_default()];
    let mut slots: Vec<_> = canvas.slots.iter().zip(lengths).collect();
    slots.sort_by_key(|(slot, _)| slot.area.row_span);
    for (slot, notes) in slots {
        let area = &slot.area;
        let share: f64 = spanned(widths, area.column, area.column_span).sum();
        let width = WIDTH * share - SLOT_SIDES * scale;
        let there: f64 = spanned(&rows, area.row, area.row_span).sum();
        let missing = slot_height(notes, width, scale) - there;
        if missing > 0.0 {
            let (first, count) = (start(area.row), span(area.row_span));
            for row in rows.iter_mut().skip(first).take(count) {
                *row += missing / f64::from(area.row_span.max(1));
            }
        }
    }
    rows.iter().sum()
}

fn spanned(tracks: &[f64], first: u32, count: u32) -> impl Iterator<Item = f64> {
    tracks.iter().copied().skip(start(first)).take(span(count))
}

fn start(line: u32) -> usize {
    usize::try_from(line.saturating_sub(1)).unwrap_or_default()
}

fn span(count: u32) -> usize {
    usize::try_from(count.max(1)).unwrap_or(1)
}

fn slot_height(notes: &[Vec<usize>], width: f64, scale: f64) -> f64 {
    let abreast = (width / (SIDE_BY_SIDE * scale)).floor().max(1.0);
    let line = (width / abreast - NOTE_SIDES * scale).max(1.0) / (CHARACTER * scale);
    let heights = notes
        .iter()
        .map(|note| lines(note, line).mul_add(LINE, NOTE_ENDS) * scale);
    let notes: f64 = heights.sum();
    // Side by side, the columns are seldom of one height.
    let uneven = if abreast > 1.0 { LINE * scale } else { 0.0 };
    SLOT_ENDS.mul_add(scale, notes / abreast + uneven)
}

/// How many lines a text takes when a line has room for `room` characters.
#[expect(
    clippy::cast_precision_loss,
    reason = "texts are far shorter than 2^52"
)]
fn lines(lengths: &[usize], room: f64) -> f64 {
    lengths
        .iter()
        .map(|length| (*length as f64 / room).ceil().max(1.0))
        .sum()
}

#[cfg(test)]
mod tests {
    use domain::{CanvasId, canvas};

    use super::*;

    fn lean() -> &'static Canvas {
        canvas(&CanvasId::from("lean-canvas")).unwrap()
    }

    fn texts(notes: impl Fn(usize) -> usize) -> Vec<Vec<String>> {
        let text = "A note of some length, as people write them";
        let slots = 0..lean().slots.len();
        slots
            .map(|slot| vec![text.to_owned(); notes(slot)])
            .collect()
    }

    #[test]
    fn the_published_layout_at_full_size_is_tried_first() {
        let ways = ways(lean(), &texts(|_| 2));
        assert_eq!(ways.first(), Some(&(1.0, equal(lean()))));
    }

    #[test]
    fn no_way_is_too_small_to_read() {
        for (scale, widths) in ways(lean(), &texts(|_| 90)) {
            assert!(scale * 8.0 >= 5.0, "{scale}");
            assert!((widths.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_columns_of_a_full_slot_are_widened() {
        // Given forty notes in the first slot and none elsewhere
        let lengths = lengths(&texts(|slot| if slot == 0 { 40 } else { 0 }));
        let equal = equal(lean());

        let fitting = fitting(lean(), &lengths, 1.0);

        let share = |widths: &[f64]| {
            let area = &lean().slots[0].area;
            spanned(widths, area.column, area.column_span).sum::<f64>()
        };
        assert!(share(&fitting) > 1.5 * share(&equal));
        let height = |widths: &[f64]| height(lean(), &lengths, widths, 1.0);
        assert!(height(&fitting) < 0.7 * height(&equal));
    }

    #[test]
    fn columns_with_as_much_in_each_stay_equal() {
        let lengths = lengths(&texts(|_| 0));
        assert_eq!(fitting(lean(), &lengths, 1.0), equal(lean()));
    }
}
