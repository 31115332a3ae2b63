//! A number for a name, so that two names are told apart without going through their letters.

/// What most names differ in: their length, and their first, middle and last byte. Names with
/// different marks differ; most names with the same mark are the same.
pub(crate) fn mark(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let length = bytes.len();
    let last = length.saturating_sub(1);
    u32::from_le_bytes([length as u8, at(0), at(length / 2), at(last)])
}
