//! Work on many items side by side, where the platform has threads.
//!
//! Invariant: the results come in the order of the items, as if one thread had done it all.

/// So many items are taken at a time; a thread that has less to do costs more than it brings.
#[cfg(not(target_family = "wasm"))]
const STRETCH: usize = 64;

/// Cuts `items` into stretches, which the processors take as they come to them, and joins what `run`
/// makes of the stretches. Few items, and all items in a browser, are one stretch. What a thread may
/// keep from one stretch to the next is made by `start`.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn by_stretches<T: Sync, K, R: Send>(
    items: &[T],
    start: impl Fn() -> K + Sync,
    run: impl Fn(&K, &[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    use std::sync::atomic::{AtomicUsize, Ordering};

    let stretches: Vec<&[T]> = items.chunks(STRETCH).collect();
    let threads = processors().min(stretches.len() / 2);
    if threads < 2 {
        return run(&start(), items);
    }
    let taken = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        let kept = start();
        loop {
            let number = taken.fetch_add(1, Ordering::Relaxed);
            let Some(stretch) = stretches.get(number) else {
                return done;
            };
            done.push((number, run(&kept, stretch)));
        }
    };
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    let results = done.into_iter().flat_map(|(_, results)| results);
    results.collect()
}

/// See the other one: here are no threads.
#[cfg(target_family = "wasm")]
pub(crate) fn by_stretches<T, K, R>(
    items: &[T],
    start: impl Fn() -> K,
    run: impl Fn(&K, &[T]) -> Vec<R>,
) -> Vec<R> {
    run(&start(), items)
}

/// How many there are; to ask takes longer than to start a thread.
#[cfg(not(target_family = "wasm"))]
fn processors() -> usize {
    static PROCESSORS: std::sync::OnceLock<usize> = std::sync::OnceLock::new();
    *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for length in [0, 1, STRETCH - 1, 4 * STRETCH, 15 * STRETCH + 3] {
            let items: Vec<usize> = (0..length).collect();

            let doubled = by_stretches(
                &items,
                || (),
                |(), stretch| stretch.iter().map(|item| item * 2).collect(),
            );

            assert!(doubled.iter().copied().eq((0..length).map(|item| item * 2)));
        }
    }

    #[test]
    #[should_panic(expected = "in a stretch")]
    fn a_panic_in_a_stretch_is_that_of_the_whole() {
        let items: Vec<usize> = (0..16 * STRETCH).collect();

        by_stretches(
            &items,
            || (),
            |(), stretch| {
                assert!(!stretch.contains(&(16 * STRETCH - 1)), "in a stretch");
                stretch.to_vec()
            },
        );
    }
}
