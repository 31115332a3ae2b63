//! Templates with `{{name}}` in them: the page and the service worker.
//!
//! Invariant: what comes out contains no placeholder, and every value given was used; a misspelt
//! name fails the build instead of reaching a browser.

use crate::BundlerError;

/// Replaces every `{{name}}` in `text` by the value of that name.
pub fn fill(template: &str, text: &str, values: &[(&str, String)]) -> Result<String, BundlerError> {
    let problem = |problem: String| BundlerError::Template {
        template: template.to_owned(),
        problem,
    };
    let mut used = vec![false; values.len()];
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let (name, behind) = after
            .split_once("}}")
            .ok_or_else(|| problem("a placeholder is not closed".into()))?;
        let (value, used) = values
            .iter()
            .zip(&mut used)
            .find(|((known, _), _)| *known == name)
            .ok_or_else(|| problem(format!("nothing is known for `{{{{{name}}}}}`")))?;
        *used = true;
        filled.push_str(&value.1);
        rest = behind;
    }
    filled.push_str(rest);

    match values.iter().zip(used).find(|(_, used)| !used) {
        Some(((name, _), _)) => Err(problem(format!("it has no `{{{{{name}}}}}`"))),
        None => Ok(filled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let values = [("boot", "/b.js".to_owned()), ("style", "/s.css".to_owned())];
        let result = fill("page", text, &values).unwrap_or_else(|error| error.to_string());
        assert_eq!(result, expected);
    }

    #[test]
    fn every_placeholder_is_replaced_as_often_as_it_occurs() {
        check("{{boot}} {{style}} {{boot}}", "/b.js /s.css /b.js");
    }

    #[test]
    fn a_placeholder_unknown_unclosed_or_absent_fails_the_build() {
        check("{{boat}}", "page: nothing is known for `{{boat}}`");
        check("{{boot}}{{style", "page: a placeholder is not closed");
        check("{{boot}}", "page: it has no `{{style}}`");
    }

    #[test]
    fn a_value_is_not_searched_for_placeholders() {
        let values = [("a", "{{b}}".to_owned())];
        assert_eq!(fill("page", "{{a}}", &values).unwrap(), "{{b}}");
    }
}
