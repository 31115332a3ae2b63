//! What is told, what is drawn, and when it is gone.

use super::*;

const CANVAS: &str = "lean-canvas";

fn onlooker(peer: &str, presence: Presence, since: f64) -> Onlooker {
    Onlooker {
        peer: peer.to_owned(),
        person: PersonId::from(format!("person of {peer}")),
        name: String::new(),
        colour: Hue::Blue,
        presence,
        since,
    }
}

fn here() -> Presence {
    Presence {
        canvas: Some(CanvasId::from(CANVAS)),
        note: Some(EntityId::from("n1")),
        ..Presence::default()
    }
}

fn pointing() -> Presence {
    Presence {
        note: None,
        pointer: Some(Spot::at(SlotId::from("problem"), 0.5, 0.25)),
        ..here()
    }
}

fn drawn(all: &[Onlooker], now: f64) -> (Vec<Mark>, Option<f64>) {
    marks(all, &PersonId::from("me"), &CanvasId::from(CANVAS), now)
}

/// P11
#[test]
fn nothing_is_told_while_nobody_else_is_here() {
    assert_eq!(here().told(false), Presence::default());
    assert_eq!(here().told(true), here());
}

#[test]
fn others_on_this_canvas_are_drawn_and_nobody_else() {
    let elsewhere = Presence {
        canvas: Some(CanvasId::from("kano")),
        ..here()
    };
    let mut mine = onlooker("c", here(), 0.0);
    mine.person = PersonId::from("me");
    let nowhere = onlooker("d", Presence::default(), 0.0);
    let all = [
        onlooker("a", here(), 0.0),
        onlooker("b", elsewhere, 0.0),
        mine,
        nowhere,
    ];
    let (marks, next) = drawn(&all, 1_000_000.0);
    let peers: Vec<&str> = marks.iter().map(|mark| mark.peer.as_str()).collect();
    assert_eq!((peers, next), (vec!["a"], None));
}

/// P11
#[test]
fn a_pointer_that_rests_is_gone_after_a_few_seconds_and_a_carried_note_is_not() {
    let all = [onlooker("a", pointing(), 1_000.0)];
    let gone = 1_000.0 + POINTER_RESTS_MS;
    let (marks, next) = drawn(&all, gone - 1.0);
    assert_eq!((marks.len(), next), (1, Some(gone)));
    assert_eq!(drawn(&all, gone), (Vec::new(), None));

    let carrying = Presence {
        carried: Some(EntityId::from("n2")),
        ..pointing()
    };
    let (marks, next) = drawn(&[onlooker("a", carrying, 1_000.0)], gone * 9.0);
    assert_eq!((marks.len(), next), (1, None));
    assert_eq!(marks[0].carried, Some(EntityId::from("n2")));
}

/// P11
#[test]
fn the_last_word_of_each_counts_and_a_repeated_one_is_no_news() {
    let mut all = Vec::new();
    assert!(hear(&mut all, "b", Some(onlooker("b", pointing(), 1.0))));
    assert!(hear(&mut all, "a", Some(onlooker("a", here(), 2.0))));
    assert!(!hear(&mut all, "b", Some(onlooker("b", pointing(), 9.0))));
    assert_eq!(all[1].since, 1.0);
    let moved = Presence {
        pointer: Some(Spot::at(SlotId::from("problem"), 0.6, 0.25)),
        ..here()
    };
    assert!(hear(&mut all, "b", Some(onlooker("b", moved, 10.0))));
    assert_eq!(all[1].since, 10.0);
    assert!(hear(&mut all, "b", None) && !hear(&mut all, "b", None));
    assert_eq!(all.len(), 1);
}

#[test]
fn whatever_is_heard_in_whatever_order_each_is_known_once_and_in_order() {
    arbtest::arbtest(|random| {
        let mut all = Vec::new();
        let mut expected = std::collections::BTreeMap::new();
        for step in 0..random.int_in_range(0..=40_u8)? {
            let peer = random.choose(&["a", "b", "c", "d"])?;
            let heard = random
                .arbitrary::<bool>()?
                .then(|| onlooker(peer, pointing(), f64::from(step)));
            match &heard {
                Some(heard) => expected.insert(*peer, heard.presence.clone()),
                None => expected.remove(peer),
            };
            hear(&mut all, peer, heard);
        }
        let known: Vec<_> = all.iter().map(|one| one.peer.as_str()).collect();
        assert_eq!(known, expected.into_keys().collect::<Vec<_>>());
        Ok(())
    })
    .budget_ms(1_000);
}

#[test]
fn a_spot_means_the_same_at_any_width_and_never_lies_outside() {
    let spot = Spot::at(SlotId::from("problem"), 0.5, 0.25);
    assert_eq!(spot.shares(), (0.5, 0.25));
    for (x, y) in [(-1.0, 2.0), (f64::NAN, f64::INFINITY)] {
        let (x, y) = Spot::at(SlotId::from("problem"), x, y).shares();
        assert!((0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y));
    }
    let wild = Spot {
        slot: SlotId::from("problem"),
        x: u16::MAX,
        y: 0,
    };
    assert_eq!(wild.shares(), (1.0, 0.0));
}
