//! Two people move one note at the same time.

use document::{Anchor, ProductDocument};

use super::support::{ada_and_ben, exchange, place, run};

/// Where each had wanted the note that stands elsewhere.
fn outmoved(ada: &ProductDocument, ben: &ProductDocument) -> [Option<String>; 2] {
    [ada, ben].map(|one| {
        let slot = one.outmoved(&"lean-canvas".into(), &"n".into())?;
        Some(slot.as_str().to_owned())
    })
}

fn slot(product: &ProductDocument) -> String {
    let placement = product.placement(&"lean-canvas".into(), &"n".into());
    placement.expect("it is there").slot.as_str().to_owned()
}

/// D58
#[test]
fn who_was_outmoved_knows_and_the_other_does_not() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, place("n", "solution", Anchor::Last));
    run(&mut ben, 1, place("n", "channels", Anchor::Last));
    assert_eq!(outmoved(&ada, &ben), [None, None]);

    exchange(&mut ada, &mut ben);
    let wanted = |slot: &str| Some(slot.to_owned());
    let expected = match slot(&ada).as_str() {
        "solution" => [None, wanted("channels")],
        "channels" => [wanted("solution"), None],
        other => panic!("it stands in {other}"),
    };
    assert_eq!(outmoved(&ada, &ben), expected);

    // A move that knows of both settles it.
    run(&mut ben, 2, place("n", "problem", Anchor::Last));
    exchange(&mut ada, &mut ben);
    assert_eq!(outmoved(&ada, &ben), [None, None]);
}

/// D58
#[test]
fn moves_one_after_the_other_and_into_the_same_slot_outmove_nobody() {
    let (mut ada, mut ben) = ada_and_ben("n");
    run(&mut ada, 1, place("n", "solution", Anchor::Last));
    exchange(&mut ada, &mut ben);
    run(&mut ben, 1, place("n", "channels", Anchor::Last));
    exchange(&mut ada, &mut ben);
    assert_eq!(outmoved(&ada, &ben), [None, None]);

    run(&mut ada, 2, place("n", "solution", Anchor::First));
    run(&mut ben, 2, place("n", "solution", Anchor::Last));
    exchange(&mut ada, &mut ben);
    assert_eq!(outmoved(&ada, &ben), [None, None]);
}
