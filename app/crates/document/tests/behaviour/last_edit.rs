//! Who changed a note last.

use arbtest::arbtest;
use document::{Anchor, Context, ProductDocument};

use super::support::{
    AT, ada_and_ben, add, delete, exchange, field, likely_command, place, product, restore, run,
    splice,
};

fn last(product: &ProductDocument, id: &str) -> Option<String> {
    let edit = product.last_edit(&id.into())?;
    Some(edit.by.expect("an author").to_string())
}

/// D52
#[test]
fn a_note_that_nobody_has_edited_has_no_last_edit() {
    let (mut ada, ben) = ada_and_ben("n");
    assert_eq!(last(&ada, "n"), None);
    assert_eq!(last(&ben, "n"), None);
    assert_eq!(last(&ada, "elsewhere"), None);
    run(&mut ada, 1, place("n", "solution", Anchor::Last));
    assert_eq!(last(&ada, "n"), None, "moving it is no edit of it");
}

/// D52
#[test]
fn each_edit_of_a_note_is_its_last_one() {
    let (mut ada, mut ben) = ada_and_ben("n");
    let commands = [
        splice("n", 1, 0, "ew"),
        splice("n", 0, 3, ""),
        field("n", "colour", "red"),
        field("n", "colour", "blue"),
        delete("n"),
        restore("n"),
    ];
    for (number, command) in (1..).zip(commands) {
        let (one, name) = if number % 2 == 0 {
            (&mut ada, "ada")
        } else {
            (&mut ben, "ben")
        };
        run(one, number, command);
        exchange(&mut ada, &mut ben);
        assert_eq!(last(&ada, "n").as_deref(), Some(name), "{number}");
        run(
            &mut ada,
            100 + number,
            add(&format!("other-{number}"), "other"),
        );
        exchange(&mut ada, &mut ben);
        assert_eq!(last(&ben, "n").as_deref(), Some(name), "{number}");
    }
    let edit = ada.last_edit(&"n".into()).expect("it was edited");
    assert_eq!(edit.at, AT / 1_000 * 1_000);
}

/// D52: what was only taken away is found behind anything else.
#[test]
fn the_last_edit_of_any_note_is_that_of_the_latest_change_that_touched_it() {
    arbtest(|u| {
        let (mut ada, mut ben) = (product("ada", 1), product("ben", 2));
        let mut expected = None;
        run(&mut ada, 0, add("a", "a"));
        exchange(&mut ada, &mut ben);
        for gesture in 1..u.int_in_range(2..=12)? {
            let (one, name) = if u.arbitrary()? {
                (&mut ada, "ada")
            } else {
                (&mut ben, "ben")
            };
            let before = one.entity(&"a".into());
            let context = Context { at: AT, gesture };
            // What is refused, or changes nothing, is no edit.
            let _ = one.execute(&likely_command(u)?, context);
            if one.entity(&"a".into()) != before {
                expected = Some(name.to_owned());
            }
            exchange(&mut ada, &mut ben);
        }
        assert_eq!(last(&ada, "a"), expected);
        assert_eq!(last(&ben, "a"), expected);
        Ok(())
    })
    .budget_ms(700);
}
