//! Reads the primitives of Automerge's storage format from a slice.
//!
//! Invariant: never reads past the end, and takes only the shortest form of a number, which is the
//! one that Automerge writes.

use crate::Refusal;

/// A position in a slice.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What has not been read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn remaining(&self) -> u64 {
        self.rest.len() as u64
    }

    /// The next `length` bytes; `part` names what is read, for the refusal.
    pub(crate) fn take(&mut self, length: u64, part: &'static str) -> Result<&'a [u8], Refusal> {
        let length = usize::try_from(length).map_err(|_| Refusal::Malformed(part))?;
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(Refusal::Malformed(part))?;
        self.rest = rest;
        Ok(taken)
    }

    pub(crate) fn byte(&mut self, part: &'static str) -> Result<u8, Refusal> {
        let (first, rest) = self.rest.split_first().ok_or(Refusal::Malformed(part))?;
        self.rest = rest;
        Ok(*first)
    }

    pub(crate) fn array<const N: usize>(&mut self, part: &'static str) -> Result<[u8; N], Refusal> {
        let (first, rest) = self
            .rest
            .split_first_chunk()
            .ok_or(Refusal::Malformed(part))?;
        self.rest = rest;
        Ok(*first)
    }

    /// An unsigned LEB128 number.
    pub(crate) fn unsigned(&mut self, part: &'static str) -> Result<u64, Refusal> {
        let mut value = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte(part)?;
            // The tenth byte has room for the one bit that is left.
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                if byte == 0 && shift > 0 {
                    break;
                }
                return Ok(value);
            }
        }
        Err(Refusal::Malformed(part))
    }

    /// A signed LEB128 number.
    pub(crate) fn signed(&mut self, part: &'static str) -> Result<i64, Refusal> {
        let mut value = 0;
        let mut previous = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte(part)?;
            // The tenth byte repeats the sign and ends the number.
            if shift == 63 && byte != 0 && byte != 0x7f {
                break;
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let repeats_sign =
                    (byte == 0 && previous & 0x40 == 0) || (byte == 0x7f && previous & 0x40 != 0);
                if shift > 0 && repeats_sign {
                    break;
                }
                if shift < 63 && byte & 0x40 != 0 {
                    value |= -1 << (shift + 7);
                }
                return Ok(value);
            }
            previous = byte;
        }
        Err(Refusal::Malformed(part))
    }

    /// Bytes preceded by their length.
    pub(crate) fn prefixed(&mut self, part: &'static str) -> Result<&'a [u8], Refusal> {
        let length = self.unsigned(part)?;
        self.take(length, part)
    }
}
