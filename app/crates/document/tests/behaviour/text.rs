//! Texts are counted in UTF-16 units, whatever is written in them.

use document::{Command, TextSplice};

use super::support::{AT, ada_and_ben, exchange, run, splice, text, words};

/// D16, D17: any splices do to the text what they do to a textarea.
#[test]
fn splices_do_what_they_do_in_a_textarea() {
    arbtest::arbtest(|u| {
        let (mut ada, _) = ada_and_ben("");
        let mut expected: Vec<u16> = Vec::new();
        for step in 0..u.int_in_range(1..=8)? {
            let start = boundary(&expected, u.int_in_range(0..=expected.len())?);
            let end = boundary(&expected, u.int_in_range(start..=expected.len())?);
            let insert = words(u)?;
            run(&mut ada, step, splice("n", start, end - start, &insert));
            expected.splice(start..end, insert.encode_utf16());

            assert_eq!(text(&ada, "n"), String::from_utf16(&expected).unwrap());
        }
        Ok(())
    })
    .budget_ms(1000);
}

/// The next boundary between characters.
fn boundary(text: &[u16], at: usize) -> usize {
    let splits = text
        .get(at)
        .is_some_and(|unit| (0xdc00..=0xdfff).contains(unit));
    if splits { at + 1 } else { at }
}

/// D16: a family is one character to a person and eleven units to a textarea.
#[test]
fn joined_and_combining_characters_are_edited_in_parts() {
    let (mut ada, _) = ada_and_ben("👨‍👩‍👧‍👦e\u{301}!");
    assert_eq!("👨‍👩‍👧‍👦".encode_utf16().count(), 11);

    run(&mut ada, 1, splice("n", 8, 3, ""));
    run(&mut ada, 2, splice("n", 8, 1, "E"));

    assert_eq!(text(&ada, "n"), "👨‍👩‍👧E\u{301}!");
}

/// D16: one command, several splices, each after the one before.
#[test]
fn splices_apply_in_order() {
    let (mut ada, _) = ada_and_ben("abc");
    let insert = |at, insert: &str| TextSplice {
        at,
        delete: 0,
        insert: insert.into(),
    };
    let splices = vec![insert(0, "🐌"), insert(2, "-"), insert(6, "!")];

    run(
        &mut ada,
        1,
        Command::EditText {
            id: "n".into(),
            splices,
        },
    );

    assert_eq!(text(&ada, "n"), "🐌-abc!");
}

/// D18: replacing changes only what differs, so a colleague's edit of the rest stays.
#[test]
fn a_replaced_text_merges_with_an_edit_elsewhere() {
    let (mut ada, mut ben) = ada_and_ben("hello world");
    let replacement = "hello brave world".to_owned();
    run(
        &mut ada,
        1,
        Command::ReplaceText {
            id: "n".into(),
            text: replacement,
        },
    );
    run(&mut ben, 1, splice("n", 11, 0, "!"));

    exchange(&mut ada, &mut ben);

    assert_eq!(text(&ada, "n"), "hello brave world!");
}

/// D18: two long texts with nothing in common are replaced at once and undone at once.
#[test]
fn a_long_text_is_replaced_in_no_time() {
    let (mut ada, _) = ada_and_ben(&"ab".repeat(10_000));
    let long = "🐌c".repeat(5_000);

    run(
        &mut ada,
        1,
        Command::ReplaceText {
            id: "n".into(),
            text: long.clone(),
        },
    );

    assert_eq!(text(&ada, "n"), long);
    ada.undo(AT).unwrap();
    assert_eq!(text(&ada, "n"), "ab".repeat(10_000));
}

/// D16: what is typed at the same place at once stays whole.
#[test]
fn words_typed_at_the_same_place_do_not_mix() {
    let (mut ada, mut ben) = ada_and_ben("");
    for (index, (mine, theirs)) in "cat".chars().zip("dog".chars()).enumerate() {
        run(&mut ada, 1, splice("n", index, 0, &mine.to_string()));
        run(&mut ben, 1, splice("n", index, 0, &theirs.to_string()));
    }

    exchange(&mut ada, &mut ben);

    assert!(["catdog", "dogcat"].contains(&text(&ada, "n").as_str()));
}
