//! Finds the line of a value in JSON text, for messages: the parsed value no longer knows it.

use crate::compact;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Member(String),
    Item(usize),
}

/// The line, from 1, on which the value at `path` begins; where the path ends early, the line of
/// the last value found. The text must be valid JSON; of any other text it gives some line.
pub(crate) fn line_of(text: &str, path: &[Step]) -> usize {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    };
    scanner.skip_space();
    let mut found = scanner.at;
    for step in path {
        let inside = match step {
            Step::Member(name) => scanner.enter_member(name),
            Step::Item(index) => scanner.enter_item(*index),
        };
        let Some(start) = inside else { break };
        found = start;
        scanner.at = start;
    }
    line_at(text, found)
}

/// A member that its object has twice, of which a reader would take the last.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Twice {
    /// The way to the member.
    pub(crate) path: Vec<Step>,
    /// The line, from 1, of the one before.
    pub(crate) first: usize,
}

/// An object or a list that is open.
struct Level {
    /// The names of an object's members so far with where they stand; none of a list.
    names: Option<Vec<(String, usize)>>,
    /// How many items of a list came before.
    index: usize,
    /// Whether a string that begins now is a name.
    is_name_next: bool,
}

/// Finds a member that stands twice in one object. The text must be valid JSON; of any other text
/// it finds something or nothing.
pub(crate) fn twice(text: &str) -> Option<Twice> {
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
    };
    let mut levels: Vec<Level> = Vec::new();
    while let Some(byte) = scanner.peek() {
        match byte {
            b'{' | b'[' => levels.push(Level {
                names: (byte == b'{').then(Vec::new),
                index: 0,
                is_name_next: byte == b'{',
            }),
            b'}' | b']' => {
                let names = levels.pop().and_then(|level| level.names);
                if let Some((name, first)) = names.and_then(repeated) {
                    let mut path: Vec<Step> = levels.iter().map(Level::step).collect();
                    path.push(Step::Member(name));
                    let first = line_at(text, first);
                    return Some(Twice { path, first });
                }
            }
            b',' => {
                if let Some(level) = levels.last_mut() {
                    level.index += 1;
                    level.is_name_next = level.names.is_some();
                }
            }
            b'"' => {
                let from = scanner.at;
                scanner.skip_value();
                let level = levels.last_mut().filter(|level| level.is_name_next);
                if let Some(level) = level {
                    level.is_name_next = false;
                    let name = text.get(from..scanner.at).unwrap_or_default();
                    let name = serde_json::from_str(name).unwrap_or_default();
                    level.names.get_or_insert_default().push((name, from));
                }
                continue;
            }
            _ => {}
        }
        scanner.at += 1;
    }
    None
}

impl Level {
    /// The way to what is read in it now.
    fn step(&self) -> Step {
        match self.names.as_ref().map(|names| names.last()) {
            Some(name) => Step::Member(name.map(|(name, _)| name.clone()).unwrap_or_default()),
            None => Step::Item(self.index),
        }
    }
}

/// A name that is there twice, with where its last but one stands.
fn repeated(mut names: Vec<(String, usize)>) -> Option<(String, usize)> {
    compact::sort_by(&mut names, |one, other| one.cmp(other));
    let pairs = names.iter().zip(names.iter().skip(1));
    let mut pairs = pairs.rev().filter(|(one, next)| one.0 == next.0);
    pairs.next().map(|(one, _)| one.clone())
}

/// The line, from 1, of a place in a text.
fn line_at(text: &str, at: usize) -> usize {
    let before = text.as_bytes().iter().take(at);
    before.filter(|byte| **byte == b'\n').count() + 1
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Steps over `{` and so on, and over the space behind it.
    fn skip(&mut self, expected: u8) -> bool {
        let is_there = self.peek() == Some(expected);
        if is_there {
            self.at += 1;
            self.skip_space();
        }
        is_there
    }

    /// The start of the last member of that name: JSON readers take the last too.
    fn enter_member(&mut self, name: &str) -> Option<usize> {
        if !self.skip(b'{') {
            return None;
        }
        let mut found = None;
        while self.peek() == Some(b'"') {
            let from = self.at;
            self.skip_value();
            let key = self.bytes.get(from..self.at)?;
            let key = str::from_utf8(key).unwrap_or_default();
            let is_it = serde_json::from_str::<String>(key).is_ok_and(|key| key == name);
            self.skip_space();
            if !self.skip(b':') {
                break;
            }
            if is_it {
                found = Some(self.at);
            }
            self.skip_value();
            self.skip_space();
            if !self.skip(b',') {
                break;
            }
        }
        found
    }

    fn enter_item(&mut self, index: usize) -> Option<usize> {
        if !self.skip(b'[') {
            return None;
        }
        for _ in 0..index {
            self.skip_value();
            self.skip_space();
            if !self.skip(b',') {
                return None;
            }
        }
        Some(self.at)
    }

    /// Steps behind the value that starts here, counting brackets outside strings.
    fn skip_value(&mut self) {
        let (mut depth, mut in_text) = (0_usize, false);
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if in_text => self.at += 1,
                b'"' => in_text = !in_text,
                _ if in_text => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' | b':' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            let is_whole = depth == 0 && !in_text && matches!(byte, b'"' | b'}' | b']');
            if is_whole {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_value_is_found_through_strings_and_brackets() {
        let text = "{\n \"a\": [1, \"}]\\\"\",\n {\"b\\u0063\":\n [true]}], \n\"z\": {}}";
        let member = |name: &str| Step::Member(name.into());
        let check = |path: &[Step], expected| assert_eq!(line_of(text, path), expected, "{path:?}");
        check(&[], 1);
        check(&[member("a")], 2);
        check(&[member("a"), Step::Item(1)], 2);
        check(&[member("a"), Step::Item(2)], 3);
        check(
            &[member("a"), Step::Item(2), member("bc"), Step::Item(0)],
            4,
        );
        check(&[member("z"), member("none")], 5);
    }

    #[test]
    fn a_member_that_stands_twice_is_found_with_both_lines() {
        let text = "{\n \"a\": [1, {\"x\": \"x\",\n \"y\": {\"x\": 2},\n \"\\u0078\": [\"x\"]}]}";
        let found = twice(text).unwrap();
        let member = |name: &str| Step::Member(name.into());
        assert_eq!(found.path, [member("a"), Step::Item(1), member("x")]);
        assert_eq!((found.first, line_of(text, &found.path)), (2, 4));
        assert_eq!(
            twice("{\"a\": {\"b\": \"a\"}, \"b\": [\"a\", \"a\"]}"),
            None
        );
    }

    #[test]
    fn any_text_gives_some_line() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary()?;
            let path = [Step::Member("a".into()), Step::Item(u.int_in_range(0..=3)?)];
            assert!(line_of(&text, &path) <= text.lines().count() + 1);
            let first = twice(&text).map_or(0, |twice| twice.first);
            assert!(first <= text.lines().count() + 1);
            Ok(())
        })
        .budget_ms(200);
    }
}
