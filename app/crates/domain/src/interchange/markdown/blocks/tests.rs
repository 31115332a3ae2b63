//! How Markdown is cut.

use super::*;

/// Blocks as lines: `2 heading` or `> passage`.
fn check(markdown: &str, expected: &[&str]) {
    let blocks = cut(markdown).blocks.into_iter().map(|block| match block {
        Block::Heading { level, text, .. } => format!("{level} {text}"),
        Block::Passage { text, .. } => format!("> {text}"),
    });
    assert_eq!(blocks.collect::<Vec<_>>(), expected, "\n{markdown}");
}

#[test]
fn headings_are_found_and_hashtags_are_not() {
    check("# A #\n##  B ##\n###\tC#", &["1 A", "2 B", "3 C#"]);
    check("#winning\n####### seven", &["> #winning\n####### seven"]);
    check("A\n===\nB\n---\n", &["1 A", "> B"]);
    check("**A**\n\n**Channels**", &["> **A**", "6 Channels"]);
}

#[test]
fn a_rule_ends_a_passage_and_is_none() {
    check("a\n***\nb\n- - -\nc\n_ _ _", &["> a", "> b", "> c"]);
}

#[test]
fn an_item_takes_what_is_indented_under_it() {
    check("- a\n\n\n  b\n\nc", &["> a\n\n\nb", "> c"]);
    check("10. a\n    b\n  c", &["> a\nb\nc"]);
    check("-\n- \n-x", &["> -x"]);
}

#[test]
fn a_fence_without_an_end_is_text() {
    check("- ```\n- b\n# C", &["> ```", "> b", "1 C"]);
    check("~~~\n- b\n# C\n~~~\n- d", &["> ~~~\n- b\n# C\n~~~", "> d"]);
}

#[test]
fn comments_alone_are_counted_and_comments_in_text_stay() {
    let markdown = "<!-- a -->\n<!--\n# B\n-->\nc <!-- d -->\n\n<!-- e\nf";
    check(markdown, &["> c <!-- d -->", "> <!-- e\nf"]);
    assert_eq!(cut(markdown).comments, 2);
}
