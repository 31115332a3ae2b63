//! Plain text from the HTML of a note: paragraphs, breaks and list items become lines, everything
//! else loses its tags. What a browser would not show as text goes with its element.

use std::str::FromStr;

/// Tags that begin on a new line.
const BLOCKS: [&str; 12] = [
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "blockquote",
    "pre",
];

/// Elements whose content nobody reads: programs, styles, and what stands in for them.
const UNSEEN: [&str; 7] = [
    "script", "style", "template", "noscript", "title", "iframe", "svg",
];

/// Named references that note editors write, the letters of western Europe among them; numeric ones
/// are all read.
const NAMED: [(&str, char); 120] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("euro", '€'),
    ("pound", '£'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("times", '×'),
    ("rarr", '→'),
    ("larr", '←'),
    ("AElig", 'Æ'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Agrave", 'À'),
    ("Aring", 'Å'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Ccedil", 'Ç'),
    ("ETH", 'Ð'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Egrave", 'È'),
    ("Euml", 'Ë'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Igrave", 'Ì'),
    ("Iuml", 'Ï'),
    ("Ntilde", 'Ñ'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Ograve", 'Ò'),
    ("Oslash", 'Ø'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("THORN", 'Þ'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("ccedil", 'ç'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("eth", 'ð'),
    ("euml", 'ë'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("igrave", 'ì'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("ograve", 'ò'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("szlig", 'ß'),
    ("thorn", 'þ'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("bdquo", '„'),
    ("sbquo", '‚'),
    ("sect", '§'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("shy", '\u{ad}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("permil", '‰'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("minus", '−'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("harr", '↔'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("cent", '¢'),
    ("yen", '¥'),
];

/// No reference is longer, in bytes, however many zeros a number begins with.
const LONGEST: usize = 32;

/// The text that a reader of the HTML would see.
pub(super) fn to_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut missing = Missing::default();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        rest = match missing.tag(from) {
            Some((tag, behind)) => match missing.behind_unseen(tag, behind) {
                Some(behind) => behind,
                None => {
                    add_tag(&mut text, tag);
                    behind
                }
            },
            None => add_reference(&mut text, from),
        };
    }
    text.push_str(rest);
    tidy(&text)
}

/// What does not come any more in the rest of a text. What has no end is looked for once: else a
/// text of nothing but beginnings would be gone through for each of them.
#[derive(Default)]
struct Missing {
    /// The end of a tag.
    tag_end: bool,
    /// The end of a comment.
    comment_end: bool,
    /// The ends of these elements.
    ends: Vec<String>,
}

impl Missing {
    /// Splits a tag or comment off the start; `None` if the `<` is only a sign, as in "a < b".
    fn tag<'a>(&mut self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let inside = text.strip_prefix('<')?;
        if let Some(comment) = inside.strip_prefix("!--") {
            let end = (!self.comment_end).then(|| comment.split_once("-->"));
            self.comment_end = !matches!(end, Some(Some(_)));
            let (_, behind) = end??;
            return Some(("", behind));
        }
        let starts = inside.strip_prefix('/').unwrap_or(inside);
        if self.tag_end || !starts.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let Some(end) = end_of_tag(inside).or_else(|| inside.find('>')) else {
            self.tag_end = true;
            return None;
        };
        let (tag, behind) = inside.split_at(end);
        Some((tag, behind.strip_prefix('>')?))
    }

    /// What follows the end of an element that nobody reads; `None` for every other tag, and for an
    /// element that has no end: then it was perhaps none, and words are kept.
    fn behind_unseen<'a>(&mut self, tag: &str, behind: &'a str) -> Option<&'a str> {
        let name = name_of(tag);
        let is_unseen = !tag.starts_with('/')
            && !tag.ends_with('/')
            && UNSEEN.contains(&name.as_str())
            && !self.ends.contains(&name);
        if !is_unseen {
            return None;
        }
        let end = behind_end(&name, behind);
        if end.is_none() {
            self.ends.push(name);
        }
        end
    }
}

/// Where a tag ends: at the first `>` that no attribute quotes.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    inside.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        None
    })
}

fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches('/');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.unwrap_or_default().to_ascii_lowercase()
}

/// What follows the end of the element of that name.
fn behind_end<'a>(name: &str, within: &'a str) -> Option<&'a str> {
    let mut rest = within;
    while let Some((_, from)) = rest.split_once("</") {
        let same = from.get(..name.len());
        let ends = from.get(name.len()..).unwrap_or_default();
        let is_end = same.is_some_and(|same| same.eq_ignore_ascii_case(name))
            && !ends.starts_with(|c: char| c.is_ascii_alphanumeric());
        if is_end {
            return ends.split_once('>').map(|(_, behind)| behind);
        }
        rest = from;
    }
    None
}

fn add_tag(text: &mut String, tag: &str) {
    let name = name_of(tag);
    let is_closing = tag.starts_with('/');
    if is_closing && matches!(name.as_str(), "td" | "th") {
        // The cells of a row stand beside each other.
        text.push(' ');
        return;
    }
    if !BLOCKS.contains(&name.as_str()) {
        return;
    }
    if name == "br" || !(text.is_empty() || text.ends_with('\n')) {
        text.push('\n');
    }
    if name == "li" && !is_closing {
        text.push_str("- ");
    }
}

/// Adds the character of a reference, or the `&` or `<` itself; returns what follows.
fn add_reference<'a>(text: &mut String, from: &'a str) -> &'a str {
    let end = from.bytes().take(LONGEST).position(|byte| byte == b';');
    let reference = from.strip_prefix('&').zip(end).and_then(|(behind, end)| {
        let name = behind.get(..end.checked_sub(1)?)?;
        Some((name, behind.get(end..)?))
    });
    if let Some((name, behind)) = reference
        && let Some(c) = character(name)
    {
        text.push(c);
        return behind;
    }
    let mut chars = from.chars();
    text.extend(chars.next());
    chars.as_str()
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => u32::from_str(number),
        };
        return char::from_u32(code.ok()?);
    }
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, c)| *c)
}

/// Trims each line and drops empty ones at the ends.
fn tidy(text: &str) -> String {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\r' | '\u{A0}');
    let lines: Vec<&str> = text
        .split('\n')
        .map(|line| line.trim_matches(is_space))
        .collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(to_text(html), expected, "{html}");
    }

    #[test]
    fn paragraphs_breaks_and_list_items_become_lines() {
        check("<p>One</p><p>Two</p>", "One\nTwo");
        check("One<br>Two<br/>Three<BR />", "One\nTwo\nThree");
        check("<p>One<br></p><p><br></p><p>Two</p>", "One\n\nTwo");
        check("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two");
        check(
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "a b\n1 2",
        );
        check(
            "<p><strong>B</strong>old <a href=\"x>y\">li</a>nk</p>",
            "Bold link",
        );
    }

    #[test]
    fn what_a_browser_does_not_show_is_no_text() {
        check(
            "<style>p > a { color: red }</style>One<script>if (a < b) alert('</p>')</SCRIPT > two",
            "One two",
        );
        check("<p>One<svg><title>Icon</title></svg></p>", "One");
        check("<img alt=\"a > b\" src='x'>Words", "Words");
        // Without an end it was perhaps none: no word is lost.
        check("<style> of writing", "of writing");
        check("<br title=\"open>here", "here");
    }

    /// Each would take minutes if every beginning were followed to the end of the text.
    #[test]
    fn a_text_of_beginnings_without_ends_is_gone_through_once() {
        for beginning in ["<a href=", "<!--", "<a ", "&", "&amp", "</p "] {
            let text = beginning.repeat((4 << 20) / beginning.len());
            assert_eq!(to_text(&text), tidy(&text), "{beginning}");
        }
        for beginning in ["<script>", "<style></style", "<title></title "] {
            to_text(&beginning.repeat((4 << 20) / beginning.len()));
        }
    }

    #[test]
    fn references_are_decoded_once() {
        check(
            "R&amp;D &#43; &#x1F600; &quot;x&quot;&nbsp;",
            "R&D + 😀 \"x\"",
        );
        check(
            "Kr&auml;uter, Stra&szlig;e, a&ntilde;o &bdquo;&Eacute;&ldquo;",
            "Kräuter, Straße, año „É“",
        );
        check("&amp;lt;p&amp;gt;", "&lt;p&gt;");
        check("a & b; &unknown; &#xD800; &", "a & b; &unknown; &#xD800; &");
    }

    #[test]
    fn a_sign_that_is_no_tag_stays() {
        check("I <3 this, 1 < 2 > 0 <", "I <3 this, 1 < 2 > 0 <");
        check("<!-- gone -->here<", "here<");
        check("plain", "plain");
    }

    #[test]
    fn any_text_is_read_without_a_panic() {
        arbtest::arbtest(|u| {
            let html: String = u.arbitrary()?;
            let text = to_text(&html);
            assert!(text.len() <= 2 * html.len());
            Ok(())
        })
        .budget_ms(500);
    }
}
