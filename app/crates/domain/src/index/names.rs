//! Names that recur thousands of times, each kept once and counted, so that comparing two is
//! comparing numbers.

use std::collections::HashMap;
use std::sync::Arc;

use super::hash::Seed;

/// The names met so far. A name keeps its number for ever.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// By number.
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u16, Seed>,
}

impl Names {
    /// The number of a name that has been met.
    pub(super) fn get(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    /// The number of a name, a new one if need be. After 65,535 names all others share the last
    /// number, which no figure asks for.
    pub(super) fn intern(&mut self, name: &str) -> u16 {
        if let Some(number) = self.get(name) {
            return number;
        }
        let Ok(number) = u16::try_from(self.texts.len()) else {
            return u16::MAX;
        };
        let name: Arc<str> = name.into();
        self.texts.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// The name of a number.
    pub(super) fn text(&self, number: u16) -> &str {
        self.texts.get(usize::from(number)).map_or("", |name| name)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }
}
