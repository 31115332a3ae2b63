//! Texts are made of few characters, wide and combining ones among them, so that changes meet.

use arbtest::arbitrary::{Result, Unstructured};

use super::{Delta, between_texts, split, width};

const ALPHABET: [&str; 6] = ["a", "b", "é", "e\u{301}", "👩‍🔬", "🐌"];

fn text(u: &mut Unstructured<'_>) -> Result<String> {
    (0..u.int_in_range(0..=8)?)
        .map(|_| Ok(*u.choose(&ALPHABET)?))
        .collect()
}

/// Some splices, each at character boundaries.
fn change(u: &mut Unstructured<'_>, before: &str) -> Result<Delta> {
    let mut delta = Delta::default();
    for _ in 0..u.int_in_range(0..=3)? {
        let now = delta.apply(before);
        let start = width(split(&now, u.int_in_range(0..=width(&now))?).0);
        let rest = split(&now, start).1;
        let delete = width(split(rest, u.int_in_range(0..=width(rest))?).0);
        delta = delta.then(&Delta::splice(start, delete, &text(u)?));
    }
    Ok(delta)
}

/// D31: two changes of one text give the same text in either order.
#[test]
fn either_order_gives_the_same_text() {
    arbtest::arbtest(|u| {
        let before = text(u)?;
        let (mine, theirs) = (change(u, &before)?, change(u, &before)?);

        let theirs_then_mine = mine.over(&theirs, false).apply(&theirs.apply(&before));
        let mine_then_theirs = theirs.over(&mine, true).apply(&mine.apply(&before));

        assert_eq!(
            theirs_then_mine, mine_then_theirs,
            "{before:?} {mine:?} {theirs:?}"
        );
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn an_inverse_gives_the_text_before() {
    arbtest::arbtest(|u| {
        let before = text(u)?;
        let delta = change(u, &before)?;

        assert_eq!(delta.inverse(&before).apply(&delta.apply(&before)), before);
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn two_changes_are_one_after_the_other() {
    arbtest::arbtest(|u| {
        let before = text(u)?;
        let first = change(u, &before)?;
        let second = change(u, &first.apply(&before))?;

        assert_eq!(
            first.then(&second).apply(&before),
            second.apply(&first.apply(&before))
        );
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn splices_made_in_order_make_the_change() {
    arbtest::arbtest(|u| {
        let before = text(u)?;
        let delta = change(u, &before)?;

        let spliced = delta
            .splices()
            .into_iter()
            .fold(before.clone(), |text, (at, delete, insert)| {
                Delta::splice(at, delete, insert).apply(&text)
            });

        assert_eq!(spliced, delta.apply(&before));
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn the_difference_of_two_texts_leads_from_one_to_the_other() {
    arbtest::arbtest(|u| {
        let (before, after) = (text(u)?, text(u)?);

        assert_eq!(between_texts(&before, &after).apply(&before), after);
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn what_a_colleague_typed_within_a_deleted_range_stays() {
    let deletion = Delta::splice(0, 4, "");
    let typed = Delta::splice(2, 0, "XY");

    assert_eq!(deletion.over(&typed, false).apply("abXYcd!"), "XY!");
}
