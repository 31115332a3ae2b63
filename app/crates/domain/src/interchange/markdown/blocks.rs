//! Markdown cut into headings, list items and paragraphs; just enough of it for a canvas.
//!
//! A list item with all that is indented under it, nested bullets included, is one passage. Lines
//! inside are kept as written, less the indentation of the item.

use super::attributes::Attributes;
use crate::interchange::names;

/// One piece of the file.
#[derive(Debug, PartialEq)]
pub(super) enum Block {
    Heading {
        level: usize,
        text: String,
        attributes: Option<Attributes>,
        line: usize,
    },
    /// A list item, or a paragraph.
    Passage {
        text: String,
        attributes: Option<Attributes>,
        /// Where its comment stands, else where it begins, from 1.
        line: usize,
    },
}

/// The pieces, and what was left out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    /// Comments that stand alone.
    pub(super) comments: usize,
    /// Whether metadata between `---` lines came first.
    pub(super) front_matter: bool,
}

/// Cuts the text; never fails, since every text is Markdown.
pub(super) fn cut(text: &str) -> Blocks {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let mut cutter = Cutter {
        lines: &lines,
        next: 0,
        open: None,
        cut: Blocks::default(),
        unclosed_fences: [false; 2],
        no_comment_until: 0,
    };
    cutter.skip_front_matter();
    while let Some(line) = cutter.take() {
        cutter.line(line);
    }
    cutter.close();
    cutter.cut
}

struct Cutter<'a> {
    lines: &'a [&'a str],
    next: usize,
    open: Option<Open>,
    cut: Blocks,
    /// What was looked for in vain, so that no file is searched through once a line: whether a
    /// fence of backticks or tildes that begins here or later has no end,
    unclosed_fences: [bool; 2],
    /// and the line before which no comment can begin.
    no_comment_until: usize,
}

/// The passage that further lines are added to.
struct Open {
    /// `None` for a paragraph.
    item: Option<Marker>,
    /// Where it begins, from 1.
    first: usize,
    lines: Vec<String>,
    /// Blank lines seen since; they count only if the passage goes on.
    blank: usize,
}

/// A list marker: how far it is indented, and where its text begins.
#[derive(Clone, Copy)]
struct Marker {
    indent: usize,
    content: usize,
}

impl<'a> Cutter<'a> {
    fn take(&mut self) -> Option<&'a str> {
        let line = self.lines.get(self.next)?;
        self.next += 1;
        Some(line)
    }

    fn rest(&self) -> &'a [&'a str] {
        self.lines.get(self.next..).unwrap_or_default()
    }

    fn skip_front_matter(&mut self) {
        if self.lines.first().map(|line| trim(line)) == Some("---") {
            let end = self
                .lines
                .iter()
                .skip(1)
                .position(|line| trim(line) == "---");
            if let Some(end) = end {
                self.next = end + 2;
                self.cut.front_matter = true;
            }
        }
    }

    fn line(&mut self, line: &str) {
        let (indent, content) = split_indent(line);
        if content.is_empty() {
            return self.blank();
        }
        let is_inside = indent >= 2 && self.open.as_ref().is_some_and(|open| open.item.is_some());
        if !is_inside {
            if self.comment(content) || self.heading(content) {
                return;
            }
            if is_break(content) {
                return self.close();
            }
        }
        match split_marker(indent, content) {
            Some((marker, rest)) if !self.nests(indent) => {
                self.close();
                self.open = Some(Open {
                    item: Some(marker),
                    first: self.next,
                    lines: vec![rest.to_owned()],
                    blank: 0,
                });
            }
            _ => self.text(line, indent),
        }
        self.fence(content);
    }

    fn blank(&mut self) {
        match &mut self.open {
            Some(open) if open.item.is_some() => open.blank += 1,
            _ => self.close(),
        }
    }

    /// Whether a marker so far in belongs to the item that is open.
    fn nests(&self, indent: usize) -> bool {
        let open = self.open.as_ref().and_then(|open| open.item);
        open.is_some_and(|marker| indent > marker.indent + 1)
    }

    fn text(&mut self, line: &str, indent: usize) {
        let goes_on = self
            .open
            .as_ref()
            .is_some_and(|open| open.blank == 0 || indent >= 2);
        if !goes_on {
            self.close();
        }
        let first = self.next;
        let open = self.open.get_or_insert_with(|| Open {
            item: None,
            first,
            lines: Vec::new(),
            blank: 0,
        });
        let blank = std::mem::take(&mut open.blank);
        open.lines.extend(std::iter::repeat_n(String::new(), blank));
        let width = open.item.map_or(usize::MAX, |marker| marker.content);
        open.lines
            .push(trim_end(strip_columns(line, width)).to_owned());
    }

    /// Takes the lines of a fenced block as they are, if the fence is closed somewhere.
    fn fence(&mut self, content: &str) {
        let content = split_marker(0, content).map_or(content, |(_, rest)| rest);
        let mut fences = ["```", "~~~"].into_iter().zip(&mut self.unclosed_fences);
        let Some((fence, unclosed)) = fences.find(|(fence, _)| content.starts_with(fence)) else {
            return;
        };
        if *unclosed {
            return;
        }
        let rest = self.lines.get(self.next..).unwrap_or_default();
        let Some(end) = rest.iter().position(|line| trim(line).starts_with(fence)) else {
            *unclosed = true;
            return;
        };
        if let Some(open) = &mut self.open {
            let width = open.item.map_or(0, |marker| marker.content);
            let inside = rest.iter().take(end + 1);
            open.lines
                .extend(inside.map(|line| trim_end(strip_columns(line, width)).to_owned()));
            self.next += end + 1;
        }
    }

    /// Steps over a comment that stands on lines of its own.
    fn comment(&mut self, content: &str) -> bool {
        if !content.starts_with("<!--") || self.next < self.no_comment_until {
            return false;
        }
        let first = [content].into_iter();
        let mut lines = first.chain(self.rest().iter().copied()).enumerate();
        let end = lines.find(|(_, line)| line.contains("-->"));
        match end {
            Some((end, line)) if trim(line).ends_with("-->") => {
                self.close();
                self.next += end;
                self.cut.comments += 1;
                true
            }
            Some((end, _)) => {
                self.no_comment_until = self.next + end;
                false
            }
            None => {
                self.no_comment_until = usize::MAX;
                false
            }
        }
    }

    fn heading(&mut self, content: &str) -> bool {
        let found = atx_heading(content)
            .or_else(|| self.underlined_heading(content))
            .or_else(|| bold_heading(content));
        let Some((level, text)) = found else {
            return false;
        };
        self.close();
        let line = self.next;
        let (text, attributes) = match Attributes::split_off(text) {
            Some((text, attributes)) => (trim(text).to_owned(), Some(attributes)),
            None => (self.without_comment(text).to_owned(), None),
        };
        self.cut.blocks.push(Block::Heading {
            level,
            text,
            attributes,
            line,
        });
        true
    }

    /// A heading without somebody's comment at its end.
    fn without_comment<'t>(&mut self, heading: &'t str) -> &'t str {
        let before = heading
            .strip_suffix("-->")
            .and_then(|inside| inside.rsplit_once("<!--"));
        let Some((text, _)) = before else {
            return heading;
        };
        self.cut.comments += 1;
        trim(text)
    }

    /// A line with `===` under it; with `---` only if it names a slot, since that is also a rule.
    fn underlined_heading<'t>(&mut self, content: &'t str) -> Option<(usize, &'t str)> {
        let is_new = self.open.as_ref().is_none_or(|open| open.blank > 0)
            && split_marker(0, content).is_none();
        let under = trim(self.lines.get(self.next).copied().unwrap_or_default());
        let is_line_of = |c: char| under.len() >= 3 && under.chars().all(|own| own == c);
        let level = if is_new && is_line_of('=') {
            1
        } else if is_new && is_line_of('-') && names::is_known(content) {
            2
        } else {
            return None;
        };
        self.next += 1;
        Some((level, content))
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut lines = open.lines;
        let own = lines.last().and_then(|line| Attributes::split_off(line));
        let own = own.map(|(text, attributes)| (trim_end(text).to_owned(), attributes));
        if let Some((text, attributes)) = own {
            lines.pop();
            lines.push(text);
            self.cut.blocks.push(Block::Passage {
                text: lines.join("\n"),
                attributes: Some(attributes),
                line: open.first + lines.len() - 1,
            });
            return;
        }
        let text = lines.join("\n");
        let text = text.trim_matches([' ', '\t', '\n']);
        if !text.is_empty() {
            self.cut.blocks.push(Block::Passage {
                text: text.to_owned(),
                attributes: None,
                line: open.first,
            });
        }
    }
}

/// `## Problem`, also `##Problem` where that names a slot: without the space it may be a hashtag.
fn atx_heading(content: &str) -> Option<(usize, &str)> {
    let text = content.trim_start_matches('#');
    let level = content.len() - text.len();
    let is_heading = text.is_empty() || text.starts_with([' ', '\t']) || names::is_known(text);
    if !(1..=6).contains(&level) || !is_heading {
        return None;
    }
    let text = trim(text);
    let without_closing = text.trim_end_matches('#');
    let is_closed = without_closing.is_empty() || without_closing.ends_with([' ', '\t']);
    Some((
        level,
        if is_closed {
            trim(without_closing)
        } else {
            text
        },
    ))
}

/// A line that is bold as a whole and names a slot.
fn bold_heading(content: &str) -> Option<(usize, &str)> {
    let content = content.strip_suffix(':').unwrap_or(content);
    let inside = ["**", "__"]
        .into_iter()
        .find_map(|mark| content.strip_prefix(mark)?.strip_suffix(mark))?;
    names::is_known(inside).then(|| (6, trim(inside)))
}

/// A rule: three or more of `-`, `*` or `_` and nothing else.
fn is_break(content: &str) -> bool {
    ['-', '*', '_'].into_iter().any(|mark| {
        let marks = content.chars().filter(|c| *c == mark).count();
        marks >= 3 && content.chars().all(|c| c == mark || c == ' ' || c == '\t')
    })
}

/// Splits `- text`, `* text`, `+ text`, `• text`, `1. text` and `1) text`.
fn split_marker(indent: usize, content: &str) -> Option<(Marker, &str)> {
    let behind = match content.strip_prefix(['-', '*', '+', '•']) {
        Some(behind) => behind,
        None => {
            let behind = content.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = content.len() - behind.len();
            if !(1..=9).contains(&digits) {
                return None;
            }
            behind.strip_prefix(['.', ')'])?
        }
    };
    let text = behind.trim_start_matches([' ', '\t']);
    if !behind.is_empty() && text.len() == behind.len() {
        return None;
    }
    let width = content
        .strip_suffix(behind)
        .map_or(1, |marker| marker.chars().count());
    let space = (behind.len() - text.len()).clamp(1, 4);
    Some((
        Marker {
            indent,
            content: indent + width + space,
        },
        trim_end(text),
    ))
}

/// The indentation in columns, a tab reaching to the next multiple of four, and what follows
/// without white space at its end.
fn split_indent(line: &str) -> (usize, &str) {
    let mut columns = 0;
    for c in line.chars() {
        match c {
            ' ' => columns += 1,
            '\t' => columns = (columns / 4 + 1) * 4,
            _ => break,
        }
    }
    (columns, trim(line))
}

/// The line without its indentation, of which at most so many columns are taken away.
fn strip_columns(line: &str, most: usize) -> &str {
    let mut columns = 0;
    let mut rest = line;
    while columns < most {
        let behind = match rest.strip_prefix(' ') {
            Some(behind) => behind,
            None => match rest.strip_prefix('\t') {
                Some(behind) => behind,
                None => break,
            },
        };
        columns = if rest.starts_with(' ') {
            columns + 1
        } else {
            (columns / 4 + 1) * 4
        };
        rest = behind;
    }
    rest
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\t'])
}

#[cfg(test)]
mod tests;
