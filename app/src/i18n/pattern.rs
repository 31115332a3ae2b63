//! Filling the `{placeholders}` of a text.
//!
//! Invariant: a placeholder without a value stays as it is, so that a mistake is seen; values are
//! never read for placeholders again.

/// `pattern` with each `{name}` replaced by the value given for that name.
pub(super) fn fill(pattern: &str, arguments: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) => {
                match arguments.iter().find(|(known, _)| *known == name) {
                    Some((_, value)) => filled.push_str(value),
                    None => {
                        filled.push('{');
                        filled.push_str(name);
                        filled.push('}');
                    }
                }
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    fn check(pattern: &str, expected: &str) {
        assert_eq!(fill(pattern, &[("who", "{n}"), ("n", "3")]), expected);
    }

    #[test]
    fn placeholders_are_filled_once_and_unknown_ones_stay() {
        check("{n} notes by {who}", "3 notes by {n}");
        check("{other} and {n", "{other} and {n");
        check("}{n}{", "}3{");
        check("", "");
    }
}
