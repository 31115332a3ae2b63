//! Reads the rows of one document, for the store and for the tools that look into its file.

use rusqlite::{Connection, Row};
use sync::{DocumentId, StoredChunk};

use crate::ServerError;
use crate::store::ChunkHash;

/// The chunks of a document in the order in which they were stored, then those that were moved
/// aside and not mended since, without their bytes.
pub(super) fn load(
    connection: &Connection,
    document: &DocumentId,
) -> Result<Vec<StoredChunk>, ServerError> {
    let mut statement = connection
        .prepare_cached("SELECT sequence, hash, bytes, heads FROM chunk WHERE document = ?1")?;
    let mut rows = statement
        .query_map([document.as_bytes()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, ChunkHash>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                heads(row, 3)?,
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    // Sorted here: SQLite's sorter would copy every chunk once more.
    rows.sort_unstable_by_key(|(sequence, ..)| *sequence);
    let mut chunks: Vec<_> = rows
        .into_iter()
        .map(|(_, hash, bytes, heads)| StoredChunk {
            hash,
            bytes,
            quarantined: false,
            heads,
        })
        .collect();
    let mut aside = connection.prepare_cached(
        "SELECT hash, max(heads) FROM quarantine WHERE document = ?1 AND mended_at IS NULL
         GROUP BY hash",
    )?;
    for found in aside.query_map([document.as_bytes()], |row| {
        Ok((row.get(0)?, heads(row, 1)?))
    })? {
        let (hash, heads) = found?;
        chunks.push(StoredChunk {
            hash,
            bytes: Vec::new(),
            quarantined: true,
            heads,
        });
    }
    Ok(chunks)
}

/// The heads in a column, 32 bytes each; none where nobody said.
pub(super) fn heads(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<[u8; 32]>> {
    let bytes: Option<Vec<u8>> = row.get(column)?;
    let bytes = bytes.unwrap_or_default();
    let (heads, rest) = bytes.as_chunks();
    Ok(if rest.is_empty() {
        heads.to_vec()
    } else {
        Vec::new()
    })
}
