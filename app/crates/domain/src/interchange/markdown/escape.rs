//! Text of our own export: what Markdown would take for its own is escaped, and only that.
//!
//! A backslash stands before a character that would mean something; white space at the ends of a
//! line and control characters, which editors drop, are written `&#32;`. Lists and emphasis within
//! a note stay as they are. Only texts with our comment behind them are ever unescaped.

use std::fmt::Write as _;

/// Escapes one line; `is_first` when a list marker stands before it.
pub(super) fn escape_line(line: &str, is_first: bool) -> String {
    let mut escaped = String::with_capacity(line.len());
    let last = line.chars().count().saturating_sub(1);
    let mut number_so_far = true;
    for (index, (at, c)) in line.char_indices().enumerate() {
        let is_edge = index == 0 || index == last;
        let followed_by = |what: &str| {
            line.get(at + c.len_utf8()..)
                .is_some_and(|s| s.starts_with(what))
        };
        let starts_block = index == 0
            && (matches!(c, '#' | '>' | '=' | '`' | '~' | '|')
                || (is_first && matches!(c, '-' | '+' | '*' | '_')));
        let ends_number = is_first && index > 0 && number_so_far && matches!(c, '.' | ')');
        number_so_far &= c.is_ascii_digit();
        if (is_edge && matches!(c, ' ' | '\t')) || (c != '\t' && is_unseen(c)) {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "&#{};", u32::from(c));
            continue;
        }
        if starts_block || ends_number || matches!(c, '\\' | '<') || (c == '&' && followed_by("#"))
        {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Escapes a text for a place that has one line only: a heading, a name.
pub(super) fn escape_inline(text: &str) -> String {
    let escaped: Vec<String> = text
        .split('\n')
        .map(|line| escape_line(line, true))
        .collect();
    escaped.join("&#10;")
}

/// The text that was escaped, line ends included.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let (c, length) = escaped_char(from).unwrap_or_else(|| {
            let c = from.chars().next().unwrap_or_default();
            (c, c.len_utf8())
        });
        plain.push(c);
        rest = from.get(length..).unwrap_or_default();
    }
    plain + rest
}

/// The character that an escape at the start of the text stands for, and the escape's length.
fn escaped_char(text: &str) -> Option<(char, usize)> {
    if let Some(behind) = text.strip_prefix('\\') {
        let c = behind.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((c, 2));
    }
    let (digits, _) = text.strip_prefix("&#")?.split_once(';')?;
    if digits.len() > 7 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((char::from_u32(digits.parse().ok()?)?, digits.len() + 3))
}

/// Characters that editors and transports change or drop.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(escape_line(text, true), expected);
        assert_eq!(unescape(expected), text);
    }

    #[test]
    fn only_what_markdown_would_take_for_its_own_is_escaped() {
        check(
            "Costs R&D *a lot*, 3 - 4 [hours](x)",
            "Costs R&D *a lot*, 3 - 4 [hours](x)",
        );
        check("# 1", "\\# 1");
        check("- a", "\\- a");
        check("12. a. b", "12\\. a. b");
        check("a <!-- b --> \\#", "a \\<!-- b --> \\\\#");
        check(" a\tb ", "&#32;a\tb&#32;");
        check("\r\u{0}&#32;", "&#13;&#0;\\&#32;");
    }

    #[test]
    fn any_text_survives_on_one_line() {
        arbtest::arbtest(|u| {
            let text: String = u.arbitrary()?;
            let escaped = escape_inline(&text);
            assert_eq!(unescape(&escaped), text);
            assert_eq!(escaped.trim_matches([' ', '\t', '\n', '\r']), escaped);
            assert!(
                !escaped.contains('\n') && !escaped.contains("<!--") || escaped.contains("\\<!--")
            );
            Ok(())
        })
        .budget_ms(1000);
    }
}
