//! Takes comments and blank space out of CSS.
//!
//! Invariant: the result means the same. Only blank space that separates nothing goes; strings
//! are copied as they are; nothing is renamed, reordered or merged.

/// `css` without comments and needless blank space.
pub(super) fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    // A blank is owed until it is known what follows it.
    let mut blank = false;
    let mut characters = css.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '/' if characters.peek() == Some(&'*') => {
                characters.next();
                let mut last = ' ';
                for next in characters.by_ref() {
                    if (last, next) == ('*', '/') {
                        break;
                    }
                    last = next;
                }
                blank = true;
            }
            _ if character.is_whitespace() => blank = true,
            _ => {
                if character == '}' && out.ends_with(';') {
                    out.pop();
                }
                if blank && !out.is_empty() && !glues_left(character) && !out.ends_with(glues_right)
                {
                    out.push(' ');
                }
                blank = false;
                out.push(character);
                if matches!(character, '"' | '\'') {
                    copy_string(character, &mut characters, &mut out);
                }
            }
        }
    }
    out
}

/// Copies up to and including the closing quote.
fn copy_string(quote: char, characters: &mut impl Iterator<Item = char>, out: &mut String) {
    while let Some(character) = characters.next() {
        out.push(character);
        if character == '\\' {
            out.extend(characters.next());
        } else if character == quote {
            return;
        }
    }
}

/// Needs no blank before it. Not `:`, which begins a pseudo-class after a blank, nor `+`, `-` and
/// `*`, which need their blanks in `calc()`.
fn glues_left(character: char) -> bool {
    matches!(character, '{' | '}' | ';' | ',')
}

/// Needs no blank behind it.
fn glues_right(character: char) -> bool {
    matches!(character, '{' | '}' | ';' | ',' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(css: &str, expected: &str) {
        assert_eq!(minify(css), expected);
        assert_eq!(minify(expected), expected, "a second pass changes nothing");
    }

    #[test]
    fn blank_space_that_separates_nothing_goes() {
        check(
            ".a ,\n.b {\n  color: red ;\n  margin : 0 auto;\n}\n",
            ".a,.b{color:red;margin :0 auto}",
        );
    }

    #[test]
    fn blank_space_that_means_something_stays() {
        check(
            ".a :hover{top:calc(1px + 2px)}",
            ".a :hover{top:calc(1px + 2px)}",
        );
        check(
            "@media (width < 40rem) and (hover){}",
            "@media (width < 40rem) and (hover){}",
        );
        check(".a\n> .b .c{}", ".a > .b .c{}");
    }

    #[test]
    fn comments_go_and_still_separate() {
        check("a{margin:1px/* and */2px/**/}", "a{margin:1px 2px}");
        check("/* first */a{}/* open", "a{}");
    }

    #[test]
    fn strings_are_left_alone() {
        check(
            r#"a{content:"a  /* ; } \" b"}"#,
            r#"a{content:"a  /* ; } \" b"}"#,
        );
        check("a{content:'\\'  ' ;}", "a{content:'\\'  '}");
    }
}
