//! Small inputs that claim to be enormous.

use miniz_oxide::MZFlush;
use miniz_oxide::deflate::core::CompressorOxide;
use miniz_oxide::deflate::stream::deflate;

use crate::documents::{chunk, unsigned};

/// A raw DEFLATE stream of about a thousandth of this many mebibytes of zeros.
pub(crate) fn deflated_zeros(mebibytes: usize) -> Vec<u8> {
    const STEP: usize = 16;
    let zeros = vec![0; STEP << 20];
    let mut step = vec![0; 64 << 10];
    let mut compressor = CompressorOxide::default();
    compressor.set_format_and_level(miniz_oxide::DataFormat::Raw, 6);
    let result = deflate(&mut compressor, &zeros, &mut step, MZFlush::Sync);
    assert_eq!(result.bytes_consumed, zeros.len());
    step.truncate(result.bytes_written);
    // A flushed piece ends on a byte and refers to no more than what came before.
    let mut stream = step.repeat(mebibytes / STEP);
    stream.extend([0x03, 0x00]);
    stream
}

/// A column's specification and data.
pub(crate) type Column = (u64, Vec<u8>);

/// A run of `rows` equal values.
pub(crate) fn run(rows: i64, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    signed(&mut bytes, rows);
    bytes.extend(value);
    bytes
}

/// A number written as LEB128.
pub(crate) fn number(value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    unsigned(&mut bytes, value);
    bytes
}

fn signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if (value == 0 && low & 0x40 == 0) || (value == -1 && low & 0x40 != 0) {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn columns(out: &mut Vec<u8>, columns: &[Column]) {
    unsigned(out, columns.len() as u64);
    for (specification, data) in columns {
        unsigned(out, *specification);
        unsigned(out, data.len() as u64);
    }
}

/// A change that sets the key "a" `rows` times, its first operation numbered `first`.
pub(crate) fn change_of(first: u64, rows: i64) -> Vec<u8> {
    change_by([7; 16], first, rows)
}

/// The same by this actor.
pub(crate) fn change_by(actor: [u8; 16], first: u64, rows: i64) -> Vec<u8> {
    let mut data = change_data(
        first,
        &[
            (0x15, run(rows, &[1, b'a'])),
            (0x34, number(rows.unsigned_abs())),
            (0x42, run(rows, &[1])),
            (0x56, run(rows, &[2])),
            (0x70, run(rows, &[0])),
        ],
    );
    data.splice(2..18, actor);
    chunk(1, &data)
}

/// A change of these columns.
pub(crate) fn change(first: u64, table: &[Column]) -> Vec<u8> {
    chunk(1, &change_data(first, table))
}

/// The content of a change of these columns.
pub(crate) fn change_data(first: u64, table: &[Column]) -> Vec<u8> {
    let mut data = vec![0, 16];
    data.extend([7; 16]);
    unsigned(&mut data, 1);
    unsigned(&mut data, first);
    data.extend([0, 0, 0]);
    columns(&mut data, table);
    data.extend(table.iter().flat_map(|(_, column)| column));
    data
}

/// A document of one actor, without heads, of these columns.
pub(crate) fn document(changes: &[Column], operations: &[Column]) -> Vec<u8> {
    let mut data = vec![1, 16];
    data.extend([7; 16]);
    data.push(0);
    columns(&mut data, changes);
    columns(&mut data, operations);
    data.extend(
        changes
            .iter()
            .chain(operations)
            .flat_map(|(_, column)| column),
    );
    chunk(0, &data)
}

/// A message of the second version that carries these bytes.
pub(crate) fn message(carried: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x43, 0, 0, 0, 1];
    unsigned(&mut bytes, carried.len() as u64);
    bytes.extend(carried);
    bytes
}

/// A change that makes this many maps, and is filled up to as many bytes at least.
fn objects(rows: i64, bytes: usize) -> Vec<u8> {
    let table = [
        (0x15, run(rows, &[1, b'a'])),
        (0x34, number(rows.unsigned_abs())),
        (0x42, run(rows, &[0])),
        (0x56, run(rows, &[0])),
        (0x70, run(rows, &[0])),
    ];
    let mut data = change_data(1, &table);
    data.resize(data.len() + bytes, 1);
    chunk(1, &data)
}

/// Every bomb, by name. The largest is a megabyte and inflates to a gibibyte.
pub(crate) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let gibibyte = deflated_zeros(1_024);
    let deflated_change = {
        let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 2];
        unsigned(&mut bytes, gibibyte.len() as u64);
        bytes.extend(&gibibyte);
        bytes
    };
    let history = |rows, last| {
        vec![
            (0x01, run(rows, &[0])),
            (0x13, run(rows, last)),
            (0x40, run(rows, &[0])),
        ]
    };
    let long_key = [number(1 << 16), vec![b'k'; 1 << 16]].concat();
    vec![
        ("a change that inflates to a gibibyte", deflated_change),
        (
            "a column that inflates to a gibibyte",
            document(&[], &[(0x42 | 8, gibibyte.clone())]),
        ),
        (
            "a history that inflates to a gibibyte",
            document(&[(0x01 | 8, gibibyte)], &[]),
        ),
        ("a run of a billion operations", change_of(1, 1 << 30)),
        ("a run of a million operations", change_of(1, 1_000_000)),
        ("a run of as many as can be said", change_of(1, i64::MAX)),
        (
            "a literal run of as many as can be said",
            change_of(1, i64::MIN),
        ),
        (
            "a run of nulls",
            change(1, &[(0x42, [vec![0], number(u64::MAX)].concat())]),
        ),
        ("booleans", change(1, &[(0x34, number(u64::MAX))])),
        (
            "a billion predecessors",
            change(1, &[(0x70, run(1, &number(1 << 30)))]),
        ),
        (
            "a million changes",
            document(&history(1_000_000, &[1]), &[]),
        ),
        (
            "a change that claims a billion operations",
            document(&history(1, &number(1 << 30)), &[]),
        ),
        ("a dependency out of range", {
            let mut table = history(2, &[1]);
            table[2].1 = run(2, &[1]);
            table.push((0x43, run(2, &number(40))));
            document(&table, &[])
        }),
        (
            "a long key a hundred thousand times",
            change(1, &[(0x15, run(100_000, &long_key))]),
        ),
        (
            "values of gigabytes",
            change(1, &[(0x56, run(1, &number(1 << 40)))]),
        ),
        ("as many objects as operations", objects(3_900_000, 250_000)),
        ("a first operation beyond 32 bits", change_of(1 << 32, 1)),
    ]
}
