//! A short hash of content, stored in a deletion flag: when it no longer fits, someone edited what
//! was deleted.
//!
//! It is FNV-1a with 64 bits over length-prefixed parts. The stored form outlives this program, so
//! the function never changes.

use domain::{Entity, FieldValue, Link};

pub(crate) fn entity_digest(entity: &Entity) -> u64 {
    let mut hash = Fnv::new();
    hash.part(entity.kind.as_str().as_bytes());
    hash.part(entity.text.as_bytes());
    for (field, value) in entity.fields.iter() {
        hash.part(field.as_bytes());
        match value {
            FieldValue::Flag(value) => hash.part(&[0, u8::from(*value)]),
            FieldValue::Number(value) => hash.part(&value.to_le_bytes()),
            FieldValue::Text(value) => hash.part(value.as_bytes()),
        }
    }
    hash.0
}

pub(crate) fn link_digest(link: &Link) -> u64 {
    let mut hash = Fnv::new();
    hash.part(link.kind.as_str().as_bytes());
    hash.part(link.from.as_str().as_bytes());
    hash.part(link.to.as_str().as_bytes());
    hash.0
}

struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn part(&mut self, bytes: &[u8]) {
        self.bytes(&(bytes.len() as u64).to_le_bytes());
        self.bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D24: flags that older releases wrote are compared with this function for ever.
    #[test]
    fn the_digest_never_changes() {
        let mut entity = Entity::new("problem".into(), "Too slow 🐌");
        entity.fields.insert("risk".into(), FieldValue::Number(0.5));
        entity.fields.insert("told".into(), FieldValue::Flag(true));

        assert_eq!(
            format!("{:016x}", entity_digest(&entity)),
            "636545afd68e90ca"
        );
    }

    #[test]
    fn moving_text_from_one_part_to_another_shows() {
        let digest = |kind: &str, text: &str| entity_digest(&Entity::new(kind.into(), text));

        assert_ne!(digest("ab", "c"), digest("a", "bc"));
    }
}
