//! Sorting and collecting for code that is downloaded before it runs.
//!
//! `sort` and `collect` into a map compile a whole merge sort, five kilobytes of it, for every type
//! that they are used with. What is here does the same with one algorithm for all types.

use std::cmp::Ordering;

/// Sorts as [`slice::sort_by`] does: what compares equal keeps its order.
pub fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = order(
        items.len(),
        &mut |one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        },
    );
    let mut unsorted: Vec<Option<T>> = items.drain(..).map(Some).collect();
    for index in order {
        items.extend(unsorted.get_mut(index).and_then(Option::take));
    }
}

/// Sorts as [`slice::sort_by_key`] does.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Collects as [`Iterator::collect`] does, into a map or a set: of equal keys the last one stays.
pub fn gather<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(items);
    collection
}

/// The numbers below `length` in the order of what they stand for, compiled once.
fn order(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    order
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn sorting_is_that_of_the_standard_library() {
        arbtest::arbtest(|bytes| {
            // Few keys, so that many are equal; the second part tells them apart.
            let keys: Vec<u8> = bytes.arbitrary()?;
            let items: Vec<(u8, usize)> = keys.iter().map(|key| key % 8).zip(0..).collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
            Ok(())
        })
        .budget_ms(1000);
    }

    #[test]
    fn the_last_of_equal_keys_stays() {
        let map: BTreeMap<u8, &str> = gather([(2, "b"), (1, "a"), (2, "c")]);
        assert_eq!(map, BTreeMap::from([(1, "a"), (2, "c")]));
    }
}
