//! The geometry of the published layouts.

use super::*;

fn check(canvas: &str, from: &str, direction: Direction, expected: Option<&str>) {
    let found = neighbour(&CanvasId::from(canvas), &SlotId::from(from), direction);
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

#[test]
fn every_slot_can_be_reached_from_every_other() {
    for canvas in catalogue::canvases() {
        let Some(first) = canvas.slots.first() else {
            continue;
        };
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
                if let Some(found) = neighbour(&canvas.id, &slot, direction)
                    && !reached.contains(&found)
                {
                    reached.push(found);
                }
            }
        }
        assert_eq!(reached.len(), canvas.slots.len(), "{}", canvas.id);
    }
}
