//! Work on many items side by side, where the platform has threads.
//!
//! Invariant: the results come in the order of the items, as if one thread had done it all.

/// A thread that has less to do than this costs more than it brings.
#[cfg(not(target_family = "wasm"))]
const LEAST: usize = 512;

/// Cuts `items` into one stretch for each processor and joins what `run` makes of the stretches.
/// Few items, and all items in a browser, are one stretch.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn by_stretches<T: Sync, R: Send>(
    items: &[T],
    run: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let threads = processors().min(items.len() / LEAST);
    if threads < 2 {
        return run(items);
    }
    let mut stretches = items.chunks(items.len().div_ceil(threads));
    let own = stretches.next().unwrap_or_default();
    let run = &run;
    std::thread::scope(|scope| {
        let others: Vec<_> = stretches
            .map(|stretch| scope.spawn(move || run(stretch)))
            .collect();
        let mut results = run(own);
        for other in others {
            match other.join() {
                Ok(more) => results.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    })
}

/// See the other one: here are no threads.
#[cfg(target_family = "wasm")]
pub(crate) fn by_stretches<T, R>(items: &[T], run: impl Fn(&[T]) -> Vec<R>) -> Vec<R> {
    run(items)
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
        for length in [0, 1, LEAST - 1, 2 * LEAST, 7 * LEAST + 3] {
            let items: Vec<usize> = (0..length).collect();

            let doubled = by_stretches(&items, |stretch| {
                stretch.iter().map(|item| item * 2).collect()
            });

            assert!(doubled.iter().copied().eq((0..length).map(|item| item * 2)));
        }
    }

    #[test]
    #[should_panic(expected = "in a stretch")]
    fn a_panic_in_a_stretch_is_that_of_the_whole() {
        let items: Vec<usize> = (0..8 * LEAST).collect();

        by_stretches(&items, |stretch| {
            assert!(!stretch.contains(&(8 * LEAST - 1)), "in a stretch");
            stretch.to_vec()
        });
    }
}
