//! Properties of ranks.

use arbtest::arbitrary::{self, Unstructured};
use arbtest::arbtest;

use super::*;

/// A small seeded generator, so that every run is the same.
fn random(mut state: u64) -> impl FnMut() -> u32 {
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32
    }
}

fn any_rank(u: &mut Unstructured<'_>) -> arbitrary::Result<Rank> {
    let length = u.int_in_range(1..=12)?;
    let mut text = String::new();
    for _ in 0..length {
        text.push(char::from(*u.choose(DIGITS)?));
    }
    text.push('1');
    Ok(Rank::parse(&text).unwrap())
}

#[test]
fn a_rank_between_two_is_strictly_between() {
    arbtest(|u| {
        let (a, b) = (any_rank(u)?, any_rank(u)?);
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let mut random = random(u.arbitrary()?);
        let before_all = Rank::between(None, Some(&low), &mut random);
        let after_all = Rank::between(Some(&high), None, &mut random);
        assert!(before_all < low && high < after_all);
        if low < high {
            let middle = Rank::between(Some(&low), Some(&high), &mut random);
            assert!(low < middle && middle < high, "{low} {middle} {high}");
        }
        Ok(())
    })
    .budget_ms(1000);
}

#[test]
fn insertions_anywhere_keep_the_order_and_never_end_in_the_lowest_digit() {
    arbtest(|u| {
        let mut random = random(u.arbitrary()?);
        let mut list: Vec<Rank> = Vec::new();
        for _ in 0..u.int_in_range(1..=60)? {
            let at = u.int_in_range(0..=list.len())?;
            let before = at.checked_sub(1).map(|index| &list[index]);
            let new = Rank::between(before, list.get(at), &mut random);
            assert_eq!(Rank::parse(new.as_str()).as_ref(), Some(&new));
            list.insert(at, new);
        }
        assert!(list.is_sorted_by(|a, b| a < b));
        Ok(())
    })
    .budget_ms(1000);
}

/// Inserts 10,000 times at one place between two neighbours; returns the longest rank.
fn longest(first: &str, last: &str, always_behind_first: bool) -> usize {
    let (mut low, mut high) = (Rank::parse(first).unwrap(), Rank::parse(last).unwrap());
    let mut random = random(7);
    let mut longest = 0;
    for _ in 0..10_000 {
        let new = Rank::between(Some(&low), Some(&high), &mut random);
        longest = longest.max(new.as_str().len());
        if always_behind_first {
            high = new
        } else {
            low = new
        }
    }
    longest
}

#[test]
fn thousands_of_insertions_at_one_place_stay_short() {
    for behind_first in [true, false] {
        assert!(longest("V", "W", behind_first) <= 24);
        assert!(longest("V", "V00001", behind_first) <= 24);
    }
}

#[test]
fn a_long_list_written_from_either_end_stays_short() {
    let mut random = random(3);
    let down = Rank::spread(None, None, 20_000, &mut random);
    assert!(down.is_sorted_by(|a, b| a < b));
    assert!(down.iter().all(|rank| rank.as_str().len() <= 20));
    let mut first = down[0].clone();
    for _ in 0..20_000 {
        first = Rank::between(None, Some(&first), &mut random);
    }
    assert!(first.as_str().len() <= 20, "{first}");
}

#[test]
fn two_people_who_insert_at_the_same_place_rarely_choose_the_same_rank() {
    let (low, high) = (Rank::parse("V").unwrap(), Rank::parse("W").unwrap());
    let distinct: std::collections::BTreeSet<Rank> = (0..100)
        .map(|seed| Rank::between(Some(&low), Some(&high), &mut random(seed)))
        .collect();
    assert!(distinct.len() > 90, "{}", distinct.len());
}

#[test]
fn equal_neighbours_put_the_new_rank_just_behind_them() {
    let tied = Rank::parse("Vk3").unwrap();
    let next = Rank::parse("Vk4").unwrap();

    let new = Rank::between(Some(&tied), Some(&tied), &mut random(1));

    assert!(tied < new && new < next);
    assert!(
        Rank::between(Some(&next), Some(&tied), &mut random(1)) > next,
        "out of order"
    );
}

#[test]
fn text_that_is_no_rank_is_refused() {
    for text in ["", "0", "V0", "a-b", "ä", "a|b", " "] {
        assert_eq!(Rank::parse(text), None, "{text:?}");
    }
    assert_eq!(Rank::parse(&"V".repeat(LONGEST + 1)), None);
    assert_eq!(
        serde_json::from_str::<Rank>("\"?\"").unwrap(),
        Rank::default()
    );
}
