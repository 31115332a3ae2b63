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

/// Like [`parse`]; also `None` for what may be thousands with a point between them: nobody writes
/// `9.100` for 9.1, and half of the world writes it for 9,100.
pub(crate) fn plain(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_thousands = digits.split_once('.').is_some_and(|(thousands, rest)| {
        let is_led = (1..=3).contains(&thousands.len()) && !thousands.starts_with('0');
        is_led && rest.len() == 3 && rest.ends_with('0')
    });
    parse(text).filter(|_| !is_thousands)
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
    use super::{exact, parse, plain};

    #[test]
    fn what_may_be_thousands_is_none() {
        for thousands in ["9.100", "-9.100", "12.000", "120.050"] {
            assert_eq!(plain(thousands), None, "{thousands}");
        }
        for number in [
            "9.1", "9.10", "0.100", "9.125", "9.1000", "1234.500", "9100", "-0.5",
        ] {
            assert_eq!(plain(number), parse(number), "{number}");
            assert!(plain(number).is_some(), "{number}");
        }
    }

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
