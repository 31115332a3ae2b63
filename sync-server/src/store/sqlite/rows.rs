//! Reads the rows of one document, for the store and for the tools that look into its file.

use rusqlite::Connection;
use sync::{DocumentId, StoredChunk};

use crate::ServerError;
use crate::store::ChunkHash;

/// The chunks of a document in the order in which they were stored, then those that were moved
/// aside and not stored anew since, without their bytes.
pub(super) fn load(
    connection: &Connection,
    document: &DocumentId,
) -> Result<Vec<StoredChunk>, ServerError> {
    let mut statement =
        connection.prepare_cached("SELECT sequence, hash, bytes FROM chunk WHERE document = ?1")?;
    let mut rows = statement
        .query_map([document.as_bytes()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, ChunkHash>(1)?,
                row.get::<_, Vec<u8>>(2)?,
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    // Sorted here: SQLite's sorter would copy every chunk once more.
    rows.sort_unstable_by_key(|(sequence, ..)| *sequence);
    let mut chunks: Vec<_> = rows
        .into_iter()
        .map(|(_, hash, bytes)| StoredChunk {
            hash,
            bytes,
            quarantined: false,
        })
        .collect();
    let mut aside = connection.prepare_cached(
        "SELECT DISTINCT hash FROM quarantine WHERE document = ?1 AND mended_at IS NULL",
    )?;
    for hash in aside.query_map([document.as_bytes()], |row| row.get(0))? {
        chunks.push(StoredChunk {
            hash: hash?,
            bytes: Vec::new(),
            quarantined: true,
        });
    }
    Ok(chunks)
}
