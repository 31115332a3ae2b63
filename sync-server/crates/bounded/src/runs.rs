//! The runs of a column: a count and a value, a count of values each written out, or a count of
//! nulls.
//!
//! Invariant: takes as many steps as the column has bytes at most, whatever the runs claim.

use crate::Refusal;
use crate::column::Kind;
use crate::reader::Reader;

const PART: &str = "column";

/// A value, and how many rows in a row have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run<'a> {
    pub(crate) rows: u64,
    pub(crate) value: Value<'a>,
}

/// A value of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    Null,
    Number(u64),
    Difference(i64),
    Text(&'a [u8]),
}

/// Walks the runs of a column; the values of a literal run come as runs of one.
#[derive(Clone, Debug)]
pub(crate) struct Runs<'a> {
    kind: Kind,
    reader: Reader<'a>,
    /// How many values of the present literal run are still to come.
    literal: u64,
    failed: bool,
}

impl<'a> Runs<'a> {
    pub(crate) fn new(kind: Kind, data: &'a [u8]) -> Self {
        Self {
            kind,
            reader: Reader::new(data),
            literal: 0,
            failed: false,
        }
    }

    fn read(&mut self) -> Result<Run<'a>, Refusal> {
        if self.literal == 0 {
            let header = self.reader.signed(PART)?;
            let rows = header.unsigned_abs();
            match header {
                0 => {
                    return Ok(Run {
                        rows: self.reader.unsigned(PART)?,
                        value: Value::Null,
                    });
                }
                1.. => {
                    return Ok(Run {
                        rows,
                        value: self.value()?,
                    });
                }
                _ => self.literal = rows,
            }
        }
        self.literal -= 1;
        Ok(Run {
            rows: 1,
            value: self.value()?,
        })
    }

    fn value(&mut self) -> Result<Value<'a>, Refusal> {
        match self.kind {
            Kind::Delta => self.reader.signed(PART).map(Value::Difference),
            Kind::Text => self.reader.prefixed(PART).map(Value::Text),
            _ => self.reader.unsigned(PART).map(Value::Number),
        }
    }
}

impl<'a> Iterator for Runs<'a> {
    type Item = Result<Run<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed || (self.reader.is_empty() && self.literal == 0) {
            return None;
        }
        let run = self.read();
        self.failed = run.is_err();
        Some(run)
    }
}
