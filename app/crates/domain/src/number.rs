//! Numbers written in text, read as JSON writes them.
//!
//! The JSON reader is there anyway and exact to the last bit; the standard library's own brings
//! tables of ten kilobytes.

/// The number that `text` is; `None` when it is anything else or not finite.
pub(crate) fn parse(text: &str) -> Option<f64> {
    // JSON allows space around a value, a number in text has none.
    let is_bare = !text.contains(|c: char| c.is_ascii_whitespace());
    serde_json::from_str(text).ok().filter(|_: &f64| is_bare)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_finite_number_survives_writing_and_reading() {
        arbtest::arbtest(|bytes| {
            let number = f64::from_bits(bytes.arbitrary()?);
            let read = parse(&number.to_string()).map(f64::to_bits);
            let expected = number.is_finite().then_some(number.to_bits());
            assert_eq!(read, expected, "{number}");
            Ok(())
        })
        .budget_ms(1000);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", " 1", "1 ", "1\n", "one", "NaN", "inf", "1e999", "--1", "1 2", "\"1\"", "true",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
