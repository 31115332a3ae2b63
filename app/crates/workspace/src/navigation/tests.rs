//! The geometry of the published layouts.

use domain::catalogue;

use super::*;

fn check(canvas: &str, from: &str, direction: Direction, expected: Option<&str>) {
    let canvas = catalogue::canvas(&CanvasId::from(canvas)).unwrap();
    let found = neighbour(canvas, &SlotId::from(from), direction);
    assert_eq!(
        found.as_ref().map(SlotId::as_str),
        expected,
        "{from} {direction:?}"
    );
}

#[test]
fn neighbours_on_the_lean_canvas() {
    check("lean-canvas", "problem", Direction::Right, Some("solution"));
    check(
        "lean-canvas",
        "problem",
        Direction::Down,
        Some("existing-alternatives"),
    );
    check(
        "lean-canvas",
        "existing-alternatives",
        Direction::Right,
        Some("key-metrics"),
    );
    check(
        "lean-canvas",
        "existing-alternatives",
        Direction::Down,
        Some("cost-structure"),
    );
    check(
        "lean-canvas",
        "early-adopters",
        Direction::Down,
        Some("revenue-streams"),
    );
    check("lean-canvas", "customer-segments", Direction::Right, None);
    check(
        "lean-canvas",
        "revenue-streams",
        Direction::Left,
        Some("cost-structure"),
    );
    check("lean-canvas", "nowhere", Direction::Left, None);
}

#[test]
fn neighbours_on_the_business_model_canvas() {
    check(
        "business-model-canvas",
        "key-partners",
        Direction::Right,
        Some("key-activities"),
    );
    check(
        "business-model-canvas",
        "key-resources",
        Direction::Up,
        Some("key-activities"),
    );
    check(
        "business-model-canvas",
        "customer-segments",
        Direction::Down,
        Some("revenue-streams"),
    );
}

/// P8
#[test]
fn every_slot_can_be_reached_from_every_other() {
    for canvas in catalogue::canvases() {
        check_reach(canvas);
    }
}

/// On a canvas of one's own, slots may lie askew of one another.
#[test]
fn a_slot_in_a_corner_of_its_own_is_reached() {
    let mut canvas = catalogue::canvases()[0].clone();
    canvas.slots.truncate(2);
    for (slot, at) in canvas.slots.iter_mut().zip([1, 4]) {
        slot.area = GridArea {
            column: at,
            row: at,
            column_span: 1,
            row_span: 1,
        };
    }
    let [one, other] = [canvas.slots[0].id.clone(), canvas.slots[1].id.clone()];

    assert_eq!(
        neighbour(&canvas, &one, Direction::Right),
        Some(other.clone())
    );
    assert_eq!(neighbour(&canvas, &other, Direction::Up), Some(one.clone()));
    assert_eq!(neighbour(&canvas, &one, Direction::Left), None);
    check_reach(&canvas);
}

fn check_reach(canvas: &Canvas) {
    for first in &canvas.slots {
        let mut reached = vec![first.id.clone()];
        let mut next = 0;
        while let Some(slot) = reached.get(next).cloned() {
            next += 1;
            for direction in [
                Direction::Up,
                Direction::Down,
                Direction::Left,
                Direction::Right,
            ] {
                if let Some(found) = neighbour(canvas, &slot, direction)
                    && !reached.contains(&found)
                {
                    reached.push(found);
                }
            }
        }
        assert_eq!(reached.len(), canvas.slots.len(), "{}", canvas.id);
    }
}
