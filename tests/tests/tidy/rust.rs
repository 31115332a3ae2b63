//! Just enough of Rust's grammar to see what a file mentions: its paths and its string literals.

/// What stands in a file's code, comments left out.
pub(crate) struct Source {
    /// The code with the content of every string literal blanked out.
    pub(crate) code: String,
    /// The content of every string literal, escapes as written.
    pub(crate) strings: Vec<Literal>,
}

/// A string literal.
pub(crate) struct Literal {
    /// Its content.
    pub(crate) text: String,
    /// The code in front of it, up to the last thing that is no blank: `t(` in `t("key")`.
    pub(crate) before: String,
}

impl Source {
    /// Takes a file apart.
    pub(crate) fn parse(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut source = Self {
            code: String::with_capacity(text.len()),
            strings: Vec::new(),
        };
        let mut at = 0;
        while at < characters.len() {
            at += source.token(&characters[at..]);
        }
        source
    }

    /// Takes one token from the front of `rest`, which is not empty; how long it was.
    fn token(&mut self, rest: &[char]) -> usize {
        let starts = |pattern: &str| pattern.chars().eq(rest.iter().take(pattern.len()).copied());
        let inside_word = self.code.ends_with(is_word);
        if starts("//") {
            return rest.iter().position(|&c| c == '\n').unwrap_or(rest.len());
        }
        if starts("/*") {
            return block_comment(rest);
        }
        if rest[0] == 'r' && !inside_word {
            let hashes = rest[1..].iter().take_while(|&&c| c == '#').count();
            if rest.get(1 + hashes) == Some(&'"') {
                return self.raw_string(rest, hashes);
            }
        }
        if rest[0] == '"' {
            return self.string(rest);
        }
        if rest[0] == '\'' {
            let length = character(rest);
            self.code.push_str("' '");
            return length;
        }
        self.code.push(rest[0]);
        1
    }

    fn string(&mut self, rest: &[char]) -> usize {
        let mut end = 1;
        while end < rest.len() && rest[end] != '"' {
            end += if rest[end] == '\\' { 2 } else { 1 };
        }
        self.literal(&rest[1..end.min(rest.len())]);
        end + 1
    }

    fn raw_string(&mut self, rest: &[char], hashes: usize) -> usize {
        let start = 2 + hashes;
        let closes = |at: usize| {
            rest[at..]
                .iter()
                .skip(1)
                .take(hashes)
                .filter(|&&c| c == '#')
                .count()
                == hashes
        };
        let end = (start..rest.len())
            .find(|&at| rest[at] == '"' && closes(at))
            .unwrap_or(rest.len());
        self.literal(&rest[start..end]);
        end + 1 + hashes
    }

    fn literal(&mut self, content: &[char]) {
        let before: Vec<char> = self.code.trim_end().chars().rev().take(40).collect();
        self.strings.push(Literal {
            text: content.iter().collect(),
            before: before.into_iter().rev().collect(),
        });
        self.code.push_str("\"\"");
    }

    /// Every path in the code (`a::b::c`), those of `use` trees written out. A `use` of a single
    /// name counts as a path of one part.
    pub(crate) fn paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        for statement in self.code.split(';') {
            // The last `use` of what precedes the semicolon; the code before it has no semicolon.
            if let Some(start) = word_start(statement, "use") {
                expand(statement[start + 3..].trim(), &[], &mut paths);
            }
        }
        paths.extend(inline_paths(&self.code));
        paths
    }

    /// Whether the file has a module of that name.
    pub(crate) fn declares_module(&self, name: &str) -> bool {
        let declared = |tail: &str| tail.starts_with([';', ' ', '{']);
        let pattern = format!("mod {name}");
        let mut places = self.code.match_indices(&pattern);
        places.any(|(at, _)| declared(&self.code[at + pattern.len()..]))
    }

    /// Whether `word` stands in the code by itself.
    pub(crate) fn mentions(&self, word: &str) -> bool {
        word_start(&self.code, word).is_some()
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn word_start(code: &str, word: &str) -> Option<usize> {
    code.match_indices(word).map(|(at, _)| at).find(|&at| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

fn block_comment(rest: &[char]) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at + 1 < rest.len() {
        match (rest[at], rest[at + 1]) {
            ('/', '*') => (at, depth) = (at + 2, depth + 1),
            ('*', '/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of a character literal, or of the tick of a lifetime.
fn character(rest: &[char]) -> usize {
    match rest {
        [_, '\\', tail @ ..] => 3 + tail.iter().skip(1).position(|&c| c == '\'').unwrap_or(0) + 1,
        [_, _, '\'', ..] => 3,
        _ => 1,
    }
}

/// Writes a `use` tree out into `paths`.
fn expand(tree: &str, prefix: &[String], paths: &mut Vec<Vec<String>>) {
    let (head, group) = match tree.find('{') {
        Some(open) => (
            &tree[..open],
            Some(&tree[open + 1..tree.rfind('}').unwrap_or(tree.len())]),
        ),
        None => (tree, None),
    };
    let head = head.split(" as ").next().unwrap_or_default();
    let mut path = prefix.to_vec();
    path.extend(
        head.split("::")
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned),
    );
    match group {
        None => paths.push(path),
        Some(group) => split_list(group)
            .into_iter()
            .for_each(|branch| expand(branch, &path, paths)),
    }
}

/// The branches of a group, split at the commas that are not in a deeper group.
fn split_list(group: &str) -> Vec<&str> {
    let mut depth = 0;
    group
        .split(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0
        })
        .map(str::trim)
        .filter(|branch| !branch.is_empty())
        .collect()
}

fn inline_paths(code: &str) -> Vec<Vec<String>> {
    code.split(|c: char| !is_word(c) && c != ':')
        .filter(|run| run.contains("::"))
        .map(|run| {
            run.split("::")
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, expected: &[&str]) {
        let paths: Vec<String> = Source::parse(code)
            .paths()
            .iter()
            .map(|path| path.join("::"))
            .collect();
        for path in expected {
            assert!(
                paths.iter().any(|found| found == path),
                "{path} not in {paths:?}"
            );
        }
    }

    #[test]
    fn use_trees_are_written_out() {
        check(
            "use a::{b, c::{self, d as e}};\nfn f() { use automerge; }",
            &["a::b", "a::c::self", "a::c::d", "automerge"],
        );
    }

    #[test]
    fn paths_within_code_are_seen() {
        check(
            "let x: std::time::Instant = crate::a::b();",
            &["std::time::Instant", "crate::a::b"],
        );
    }

    #[test]
    fn comments_and_strings_are_no_code() {
        let source = Source::parse(
            "/* a::b /* c::d */ */ // e::f\nlet s = (\"g::h\", r#\"i\"::j\"#, '\"', '\\'');",
        );
        assert!(source.paths().is_empty(), "{:?}", source.paths());
        let strings: Vec<&str> = source
            .strings
            .iter()
            .map(|literal| literal.text.as_str())
            .collect();
        assert_eq!(strings, ["g::h", "i\"::j"]);
    }

    #[test]
    fn a_literal_knows_what_stands_before_it() {
        let source = Source::parse("view! { {t( \"key\")} } fn f<'a>(x: &'a str) { tn(\"n\", 1) }");
        let before: Vec<bool> = source
            .strings
            .iter()
            .map(|literal| literal.before.ends_with('('))
            .collect();
        assert_eq!(before, [true, true]);
        assert!(source.mentions("view") && !source.mentions("vie"));
    }
}
