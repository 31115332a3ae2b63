//! Collects what an import had to change or leave out, each thing said once.

use super::Warning;

/// So many are shown; a file with more has one common cause.
const MOST: usize = 50;

/// Collects warnings for the person.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    collected: Vec<Warning>,
    more: usize,
}

impl Warnings {
    pub(super) fn add(&mut self, warning: Warning) {
        if self.collected.contains(&warning) {
            return;
        }
        if self.is_full() {
            self.more += 1;
        } else {
            self.collected.push(warning);
        }
    }

    /// Whether what is added from now on is only counted.
    pub(super) fn is_full(&self) -> bool {
        self.collected.len() >= MOST
    }

    /// Says how many times something happened, if it did.
    pub(super) fn add_count(&mut self, key: &'static str, count: usize) {
        if count > 0 {
            self.add(Warning::counted(key, count));
        }
    }

    /// All of them; when there are too many, the last one says how many more there are.
    pub(super) fn into_list(mut self) -> Vec<Warning> {
        if self.more > 0 {
            let more = Warning::counted("import.warning.more", self.more);
            self.collected.push(more);
        }
        self.collected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_said_once_and_a_flood_is_counted() {
        let mut warnings = Warnings::default();
        for number in (0..MOST + 3).chain(0..MOST) {
            let name = number.to_string();
            warnings.add(Warning::new("import.warning.member").with("name", name));
        }
        let list = warnings.into_list();
        assert_eq!(list.len(), MOST + 1);
        assert_eq!(list[MOST].to_string(), "And 3 more.");
    }
}
