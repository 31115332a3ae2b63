//! Names that recur thousands of times, each kept once and counted, so that comparing two is
//! comparing numbers.

/// The names met so far. A name keeps its number for ever.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// By number.
    texts: Vec<Box<str>>,
    /// The numbers in the order of their names.
    sorted: Vec<u16>,
}

impl Names {
    /// The number of a name that has been met.
    pub(super) fn get(&self, name: &str) -> Option<u16> {
        let at = self.position(name).ok()?;
        self.sorted.get(at).copied()
    }

    /// The number of a name, a new one if need be. After 65,535 names all others share the last
    /// number, which no figure asks for.
    pub(super) fn intern(&mut self, name: &str) -> u16 {
        match self.position(name) {
            Ok(at) => self.sorted.get(at).copied().unwrap_or(u16::MAX),
            Err(at) => {
                let Ok(number) = u16::try_from(self.texts.len()) else {
                    return u16::MAX;
                };
                self.texts.push(name.into());
                self.sorted.insert(at, number);
                number
            }
        }
    }

    /// The name of a number.
    pub(super) fn text(&self, number: u16) -> &str {
        self.texts.get(usize::from(number)).map_or("", |name| name)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    fn position(&self, name: &str) -> Result<usize, usize> {
        self.sorted
            .binary_search_by(|number| self.text(*number).cmp(name))
    }
}
