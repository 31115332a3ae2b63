//! Where outlines and names go, without a page.

use domain::EntityId;

use super::*;

const NOTE: Area = Area {
    left: 100.0,
    top: 100.0,
    width: 200.0,
    height: 50.0,
};

fn tab(peer: &str, person: &str, name: &str) -> (Mark, Placed) {
    let mark = Mark {
        peer: peer.to_owned(),
        person: person.into(),
        name: name.to_owned(),
        colour: Hue::default(),
        note: Some(EntityId::from("n")),
        caret: None,
        pointer: None,
        carried: None,
    };
    let placed = Placed {
        peer: peer.to_owned(),
        name: name.to_owned(),
        colour: Hue::default(),
        note: Some(NOTE),
        label: String::new(),
        side: Side::Above,
        caret: None,
        chosen: Vec::new(),
        pointer: None,
        over_box: false,
        carried: None,
    };
    (mark, placed)
}

fn shared(tabs: &[(Mark, Placed)], own: Option<Area>) -> Vec<Placed> {
    let mut placed: Vec<_> = tabs.iter().map(|(mark, it)| (mark, it.clone())).collect();
    share_notes(&mut placed, own);
    placed.into_iter().map(|(_, placed)| placed).collect()
}

#[test]
fn a_person_with_two_tabs_on_a_note_is_named_once() {
    let tabs = [
        tab("1", "ada", "Ada"),
        tab("2", "ada", "Ada"),
        tab("3", "ben", "Ben"),
    ];

    let placed = shared(&tabs, None);

    let labels: Vec<&str> = placed.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["Ada, Ben", "", ""]);
    assert_eq!(placed[0].note, Some(NOTE));
    assert_eq!(placed[1].note, None);
    // Outside Ada's, so that both colours show.
    assert_eq!(placed[2].note, Some(NOTE.grown(APART)));
}

#[test]
fn somebody_under_the_same_id_with_another_name_is_not_hidden() {
    let tabs = [tab("1", "ada", "Ada"), tab("2", "ada", "Not Ada")];
    assert_eq!(shared(&tabs, None)[0].label, "Ada, Not Ada");
}

#[test]
fn names_make_way_for_the_box_in_which_one_writes() {
    let tabs = [tab("1", "ada", "Ada")];
    let side = |own: Area| shared(&tabs, Some(own))[0].side;
    let above = Area { top: 45.0, ..NOTE };
    let below = Area { top: 155.0, ..NOTE };
    let around = Area {
        top: 0.0,
        height: 500.0,
        ..NOTE
    };
    let elsewhere = Area {
        left: 400.0,
        ..NOTE
    };
    assert_eq!(side(above), Side::Below);
    assert_eq!(side(below), Side::Above);
    assert_eq!(side(around), Side::Nowhere);
    assert_eq!(side(elsewhere), Side::Above);
}
