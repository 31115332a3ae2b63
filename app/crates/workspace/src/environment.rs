//! What the workspace takes from outside: the time and chance. Both are passed in, so that tests
//! and simulations repeat exactly.

use std::rc::Rc;

/// The clock and the source of randomness of one tab.
#[derive(Clone)]
pub struct Environment {
    /// Milliseconds since 1970; advisory, order in the document never depends on it.
    pub now: Rc<dyn Fn() -> i64>,
    /// Uniformly random bits; new ids are made from them.
    pub random: Rc<dyn Fn() -> u64>,
}

/// The digits of ids: letters and digits survive addresses, files and double clicks.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Environment {
    /// A new id of 20 digits (119 bits), so that two devices never make the same one.
    pub fn id(&self) -> String {
        let mut id = String::with_capacity(20);
        for _ in 0..2 {
            let mut bits = (self.random)();
            for _ in 0..10 {
                let digit = usize::try_from(bits % 62).unwrap_or_default();
                id.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
                bits /= 62;
            }
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn ids_are_twenty_digits_and_differ() {
        let state = Cell::new(1u64);
        let environment = Environment {
            now: Rc::new(|| 0),
            random: Rc::new(move || {
                state.set(
                    state
                        .get()
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(7),
                );
                state.get()
            }),
        };
        let (one, two) = (environment.id(), environment.id());
        assert_eq!(one.len(), 20);
        assert!(one.bytes().all(|digit| digit.is_ascii_alphanumeric()));
        assert_ne!(one, two);
    }
}
