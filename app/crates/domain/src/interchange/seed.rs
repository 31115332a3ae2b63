//! Ids and randomness that follow from the content alone, so that importing a file twice gives the
//! same graph twice.

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Digits of an id: 62^11 is just above 2^64.
const DIGITS: usize = 11;

/// FNV-1a over the parts, each closed by a byte that occurs in no text.
pub(super) fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// An id made from content and position.
pub(super) fn derived_id(parts: &[&str]) -> String {
    let mut rest = mix(hash(parts));
    let mut id = String::with_capacity(DIGITS);
    for _ in 0..DIGITS {
        let digit = ALPHABET.get((rest % 62) as usize).copied().unwrap_or(b'0');
        id.push(char::from(digit));
        rest /= 62;
    }
    id
}

/// A stream of numbers that a seed determines (SplitMix64).
pub(super) fn random(seed: u64) -> impl FnMut() -> u32 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        (mix(state) >> 32) as u32
    }
}

/// Spreads the bits of FNV, whose upper ones barely differ for short texts.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
