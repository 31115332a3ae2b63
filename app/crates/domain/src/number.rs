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

/// Like [`parse`]; also `None` for a whole number of which not every digit would be kept.
pub(crate) fn exact(text: &str) -> Option<f64> {
    let number = parse(text)?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    // Zero may have a sign.
    let is_kept = || number == 0.0 || number.to_string() == text;
    (!is_whole || is_kept()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{exact, parse};

    #[test]
    fn a_whole_number_is_exact_or_none() {
        for kept in [
            "0",
            "-0",
            "-17",
            "9007199254740992",
            "9007199254740994",
            "1e300",
            "0.1",
            "5.0",
        ] {
            assert_eq!(exact(kept), parse(kept), "{kept}");
        }
        for lost in [
            "9007199254740993",
            "-9007199254740993",
            "12345678901234567890",
        ] {
            assert_eq!(exact(lost), None, "{lost}");
        }
    }

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
