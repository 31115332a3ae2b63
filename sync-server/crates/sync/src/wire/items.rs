//! Reads CBOR items as leniently as JavaScript writes them: integers as floats, `null` and
//! `undefined` for what is absent, byte strings with or without a tag, lengths given or open.
//!
//! Invariant: reads every byte at most twice, and keeps no more bytes than the frame has.

use minicbor::data::{Tag, Type};
use minicbor::decode::{Decoder, Error};

use super::Malformed;

/// How deeply arrays, maps and tags may be nested.
const MAX_DEPTH: usize = 16;

/// The tag for a byte string that is a `Uint8Array`.
const UINT8_ARRAY: u64 = 64;

/// The largest integer that JavaScript's numbers hold exactly.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// A position in a frame.
#[derive(Debug)]
pub(super) struct Items<'b> {
    decoder: Decoder<'b>,
    depth: usize,
}

impl<'b> Items<'b> {
    pub(super) fn new(frame: &'b [u8]) -> Self {
        Self {
            decoder: Decoder::new(frame),
            depth: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.decoder.position() >= self.decoder.input().len()
    }

    /// The kind of the next item.
    pub(super) fn kind(&self) -> Result<Type, Malformed> {
        self.decoder.datatype().map_err(broken)
    }

    /// Reads a map, giving each text key to `field`, which reads the value. Values under other
    /// keys are skipped. `false` when the next item is no map; then nothing was read.
    pub(super) fn map(
        &mut self,
        mut field: impl FnMut(&mut Self, &str) -> Result<(), Malformed>,
    ) -> Result<bool, Malformed> {
        if self.is_empty() || !matches!(self.kind()?, Type::Map | Type::MapIndef) {
            return Ok(false);
        }
        let length = self.decoder.map().map_err(broken)?;
        self.nested(|items| {
            items.each(length, |items| match items.kind()? {
                Type::String | Type::StringIndef => {
                    let key = items.text("key")?.unwrap_or_default();
                    field(items, &key)
                }
                _ => {
                    items.skip()?;
                    items.skip()
                }
            })
        })?;
        Ok(true)
    }

    /// A text, or `None` for null.
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, Malformed> {
        match self.kind()? {
            Type::String => self
                .decoder
                .str()
                .map(|text| Some(text.to_owned()))
                .map_err(broken),
            Type::StringIndef => {
                let pieces = self.decoder.str_iter().map_err(broken)?;
                pieces
                    .collect::<Result<String, Error>>()
                    .map(Some)
                    .map_err(broken)
            }
            _ => self.absent(name),
        }
    }

    /// A list of texts, or `None` for null.
    pub(super) fn texts(&mut self, name: &'static str) -> Result<Option<Vec<String>>, Malformed> {
        if !matches!(self.kind()?, Type::Array | Type::ArrayIndef) {
            return self.absent(name);
        }
        let length = self.decoder.array().map_err(broken)?;
        let mut texts = Vec::new();
        self.each(length, |items| {
            texts.extend(items.text(name)?);
            Ok(())
        })?;
        Ok(Some(texts))
    }

    /// Bytes, tagged or not, or `None` for null.
    pub(super) fn bytes(&mut self, name: &'static str) -> Result<Option<Vec<u8>>, Malformed> {
        if self.kind()? == Type::Tag {
            let tag = self.decoder.tag().map_err(broken)?;
            if tag != Tag::new(UINT8_ARRAY) {
                return Err(Malformed::Field(name));
            }
        }
        match self.kind()? {
            Type::Bytes => self
                .decoder
                .bytes()
                .map(|bytes| Some(bytes.to_vec()))
                .map_err(broken),
            Type::BytesIndef => {
                let mut bytes = Vec::new();
                for piece in self.decoder.bytes_iter().map_err(broken)? {
                    bytes.extend_from_slice(piece.map_err(broken)?);
                }
                Ok(Some(bytes))
            }
            _ => self.absent(name),
        }
    }

    /// A list of hashes, or `None` for null.
    pub(super) fn hashes(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Vec<[u8; 32]>>, Malformed> {
        if !matches!(self.kind()?, Type::Array | Type::ArrayIndef) {
            return self.absent(name);
        }
        let length = self.decoder.array().map_err(broken)?;
        let mut hashes = Vec::new();
        self.each(length, |items| {
            let bytes = items.bytes(name)?.ok_or(Malformed::Field(name))?;
            hashes.push(bytes.try_into().map_err(|_| Malformed::Field(name))?);
            Ok(())
        })?;
        Ok(Some(hashes))
    }

    /// An integer that is not negative, perhaps written as a float, or `None` for null.
    pub(super) fn integer(&mut self, name: &'static str) -> Result<Option<u64>, Malformed> {
        match self.kind()? {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => {
                self.decoder.u64().map(Some).map_err(broken)
            }
            Type::F32 | Type::F64 => {
                let number = self.decoder.f64().map_err(broken)?;
                if number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER).contains(&number) {
                    return Ok(Some(number as u64));
                }
                Err(Malformed::Field(name))
            }
            _ => self.absent(name),
        }
    }

    /// True or false, or `None` for null.
    pub(super) fn flag(&mut self, name: &'static str) -> Result<Option<bool>, Malformed> {
        match self.kind()? {
            Type::Bool => self.decoder.bool().map(Some).map_err(broken),
            _ => self.absent(name),
        }
    }

    /// Passes over one item, whatever it is.
    pub(super) fn skip(&mut self) -> Result<(), Malformed> {
        match self.kind()? {
            Type::Array | Type::ArrayIndef => {
                let length = self.decoder.array().map_err(broken)?;
                self.nested(|items| items.each(length, Self::skip))
            }
            Type::Map | Type::MapIndef => {
                let length = self.decoder.map().map_err(broken)?;
                self.nested(|items| {
                    items.each(length, |items| {
                        items.skip()?;
                        items.skip()
                    })
                })
            }
            Type::Tag => {
                self.decoder.tag().map_err(broken)?;
                self.nested(Self::skip)
            }
            Type::Break | Type::Unknown(_) => Err(Malformed::Broken),
            // No nesting is left: text, bytes and simple values.
            _ => self.decoder.skip().map_err(broken),
        }
    }

    /// Reads null or undefined; anything else is the wrong type for the field.
    fn absent<T>(&mut self, name: &'static str) -> Result<Option<T>, Malformed> {
        match self.kind()? {
            Type::Null | Type::Undefined => {
                self.decoder.skip().map_err(broken)?;
                Ok(None)
            }
            _ => Err(Malformed::Field(name)),
        }
    }

    /// Does something for each of `length` entries, or until the break of an open length. Each
    /// entry takes a byte at least, so a claimed length ends with the frame.
    fn each(
        &mut self,
        length: Option<u64>,
        mut entry: impl FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        if let Some(length) = length {
            for _ in 0..length {
                entry(self)?;
            }
            return Ok(());
        }
        while self.kind()? != Type::Break {
            entry(self)?;
        }
        self.decoder.set_position(self.decoder.position() + 1);
        Ok(())
    }

    fn nested(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Malformed::TooDeep);
        }
        let result = inner(self);
        self.depth -= 1;
        result
    }
}

fn broken(_: Error) -> Malformed {
    Malformed::Broken
}
