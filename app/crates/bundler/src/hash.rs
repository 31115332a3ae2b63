//! Content hashes: a file's name changes exactly when its bytes do, so that browsers may keep it
//! for ever.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// How many hexadecimal digits a file name carries: 64 bits, far beyond any accident.
const NAME_DIGITS: usize = 16;

/// The SHA-256 of `bytes` in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// One hash over several parts. Each part's length is hashed with it, so that moving a byte from
/// one part to the next changes the result.
pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut whole = Vec::new();
    for part in parts {
        whole.extend_from_slice(&(part.len() as u64).to_le_bytes());
        whole.extend_from_slice(&Sha256::digest(part));
    }
    hex(&whole)
}

/// `assets/<stem>.<hash>.<extension>`.
pub fn asset_path(stem: &str, extension: &str, bytes: &[u8]) -> String {
    let digits: String = hex(bytes).chars().take(NAME_DIGITS).collect();
    format!("assets/{stem}.{digits}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_named_by_the_first_digits_of_its_sha256() {
        // The SHA-256 of "abc" is in the standard itself (FIPS 180-4, example B.1).
        assert_eq!(
            asset_path("app", "js", b"abc"),
            "assets/app.ba7816bf8f01cfea.js"
        );
        assert!(hex(b"abc").ends_with("f20015ad"));
    }

    #[test]
    fn a_byte_that_moves_between_parts_changes_the_hash() {
        let together = of_parts([b"ab".as_slice(), b"c"]);
        assert_ne!(together, of_parts([b"a".as_slice(), b"bc"]));
        assert_eq!(together, of_parts([b"ab".as_slice(), b"c"]));
    }
}
