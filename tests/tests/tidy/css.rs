//! Just enough of CSS to see the declarations of a sheet.

/// A declaration: `property: value`.
pub(crate) struct Declaration {
    /// The property's name.
    pub(crate) property: String,
    /// The value, as written.
    pub(crate) value: String,
}

/// All declarations of a sheet, comments and strings left out.
pub(crate) fn declarations(sheet: &str) -> Vec<Declaration> {
    let mut found = Vec::new();
    let mut piece = String::new();
    for character in without_comments_and_strings(sheet).chars() {
        match character {
            // What ends in a brace was a selector or the head of a block.
            '{' => piece.clear(),
            '}' | ';' => {
                if let Some((property, value)) = piece.split_once(':') {
                    found.push(Declaration {
                        property: property.trim().to_owned(),
                        value: value.trim().to_owned(),
                    });
                }
                piece.clear();
            }
            _ => piece.push(character),
        }
    }
    found
}

/// What opens the blocks of a sheet that lie in no other block.
pub(crate) fn outermost(sheet: &str) -> Vec<String> {
    let (mut found, mut piece, mut depth) = (Vec::new(), String::new(), 0);
    for character in without_comments_and_strings(sheet).chars() {
        match character {
            '{' => {
                if depth == 0 {
                    found.push(piece.trim().to_owned());
                }
                depth += 1;
                piece.clear();
            }
            '}' => {
                depth -= 1;
                piece.clear();
            }
            ';' => piece.clear(),
            _ => piece.push(character),
        }
    }
    found
}

fn without_comments_and_strings(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        out.push_str(&rest[..at]);
        let quote = rest[at..].chars().next().unwrap();
        rest = &rest[at + 1..];
        let end = match (quote, rest.strip_prefix('*')) {
            ('/', Some(comment)) => comment.find("*/").map(|end| end + 3),
            ('/', None) => {
                out.push('/');
                Some(0)
            }
            _ => rest.find(quote).map(|end| end + 1),
        };
        rest = end.map_or("", |end| &rest[end..]);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outermost_blocks_are_told_from_inner_ones_and_from_statements() {
        let sheet = "@layer a, b; @layer a { .x { top: 0 } } .y { &:hover { top: 0 } }";
        assert_eq!(outermost(sheet), ["@layer a", ".y"]);
    }

    #[test]
    fn declarations_are_told_from_selectors_comments_and_strings() {
        let sheet = "/* a: b; */ @layer x { a:hover #id { color: red; content: \"c: d;\"; \
                     &:focus { top: 1px / 2 } } }";
        let found: Vec<String> = declarations(sheet)
            .into_iter()
            .map(|declaration| format!("{}={}", declaration.property, declaration.value))
            .collect();
        assert_eq!(found, ["color=red", "content=", "top=1px / 2"]);
    }
}
