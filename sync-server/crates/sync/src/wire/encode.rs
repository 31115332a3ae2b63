//! Writes a message as a frame, as JavaScript's implementation reads it: text keys, byte strings
//! without a tag, nothing for what is absent.

use std::convert::Infallible;

use minicbor::Encoder;
use minicbor::encode::Error;

use super::{EphemeralMessage, Message, Native, PeerMetadata, Shown, SyncMessage};
use crate::DocumentId;

type Written = Result<(), Error<Infallible>>;

/// Writes one frame.
pub(super) fn encode(message: &Message) -> Vec<u8> {
    let mut frame = Frame(Encoder::new(Vec::new()));
    // Writing to a vector cannot fail.
    frame.message(message).ok();
    frame.0.into_writer()
}

/// Writes the beginning of a `sync`, up to its data.
pub(super) fn sync_head(content: &SyncMessage, length: usize) -> Vec<u8> {
    let mut frame = Frame(Encoder::new(Vec::new()));
    // Writing to a vector cannot fail.
    frame.sync_head("sync", content, length).ok();
    frame.0.into_writer()
}

struct Frame(Encoder<Vec<u8>>);

impl Frame {
    fn message(&mut self, message: &Message) -> Written {
        match message {
            Message::Join {
                sender,
                versions,
                metadata,
            } => {
                self.begin("join", 3)?;
                self.text("senderId", sender.as_str())?;
                self.0
                    .str("supportedProtocolVersions")?
                    .array(versions.len() as u64)?;
                for version in versions {
                    self.0.str(version)?;
                }
                self.metadata(metadata)
            }
            Message::Peer {
                sender,
                target,
                version,
                metadata,
            } => {
                self.begin("peer", 4)?;
                self.text("senderId", sender.as_str())?;
                self.text("targetId", target.as_str())?;
                self.text("selectedProtocolVersion", version)?;
                self.metadata(metadata)
            }
            Message::Error { message, document } => {
                self.begin("error", if document.is_some() { 2 } else { 1 })?;
                self.text("message", message)?;
                match document {
                    Some(document) => self.text("documentId", &document.to_string()),
                    None => Ok(()),
                }
            }
            Message::Request(content) => self.sync("request", content),
            Message::Sync(content) => self.sync("sync", content),
            Message::DocUnavailable {
                document,
                sender,
                target,
            } => {
                self.begin("doc-unavailable", 3)?;
                self.text("senderId", sender.as_str())?;
                self.text("targetId", target.as_str())?;
                self.text("documentId", &document.to_string())
            }
            Message::Ephemeral(content) => self.ephemeral(content),
            Message::Leave { sender } => {
                self.begin("leave", 1)?;
                self.text("senderId", sender.as_str())
            }
            Message::Access { key } => {
                self.begin("access", 1)?;
                self.text("key", key.reveal())
            }
            Message::Native(content) => self.native(content),
            Message::Ignored { kind } => self.begin(kind, 0),
        }
    }

    fn native(&mut self, content: &Native) -> Written {
        match content {
            Native::Change { document, data } => {
                self.about("change", document, 1)?;
                self.0.str("data")?.bytes(data)?;
            }
            Native::Saved {
                document,
                heads,
                all,
            } => {
                // All heads are named as they always were.
                self.about("saved", document, if *all { 1 } else { 2 })?;
                self.heads(heads)?;
                if !all {
                    self.0.str("all")?.bool(false)?;
                }
            }
            Native::Seen { document, heads } => {
                self.about("seen", document, 1)?;
                self.heads(heads)?;
            }
            Native::Resync { document } => self.about("resync", document, 0)?,
            Native::Rights { document, write } => {
                self.about("rights", document, 1)?;
                self.0.str("write")?.bool(*write)?;
            }
            Native::Presence { document, data } => {
                self.about("presence", document, 1)?;
                self.0.str("data")?;
                self.bytes_or_null(data.as_deref())?;
            }
            Native::Presences {
                document,
                peers,
                devices,
                all,
            } => {
                let fields = if devices.is_empty() { 2 } else { 3 };
                self.about("presences", document, fields)?;
                self.0.str("all")?.bool(*all)?;
                self.by_peer("peers", peers)?;
                if !devices.is_empty() {
                    self.by_peer("devices", devices)?;
                }
            }
            Native::Follow { document } => self.about("follow", document, 0)?,
            Native::Deliveries { document, brought } => {
                self.about("deliveries", document, 1)?;
                let texts = brought.len().saturating_mul(2);
                self.0.str("brought")?.array(texts as u64)?;
                for (author, bringer) in brought {
                    self.0.str(author)?.str(bringer)?;
                }
            }
            Native::StoreFailing => self.begin("store-failing", 0)?,
            Native::StoreRecovered => self.begin("store-recovered", 0)?,
        }
        Ok(())
    }

    /// Begins a message about a document with so many fields besides.
    fn about(&mut self, kind: &str, document: &DocumentId, fields: u64) -> Written {
        self.begin(kind, fields + 1)?;
        self.text("documentId", &document.to_string())
    }

    fn heads(&mut self, heads: &[[u8; 32]]) -> Written {
        self.0.str("heads")?.array(heads.len() as u64)?;
        for head in heads {
            self.0.bytes(head)?;
        }
        Ok(())
    }

    fn by_peer(&mut self, key: &str, shown: &Shown) -> Written {
        self.0.str(key)?.map(shown.len() as u64)?;
        for (peer, data) in shown {
            self.0.str(peer.as_str())?;
            self.bytes_or_null(data.as_deref())?;
        }
        Ok(())
    }

    fn bytes_or_null(&mut self, bytes: Option<&[u8]>) -> Written {
        match bytes {
            Some(bytes) => self.0.bytes(bytes)?,
            None => self.0.null()?,
        };
        Ok(())
    }

    /// Begins a message of this type with so many fields besides.
    fn begin(&mut self, kind: &str, fields: u64) -> Written {
        self.0.map(fields + 1)?;
        self.text("type", kind)
    }

    fn text(&mut self, key: &str, value: &str) -> Written {
        self.0.str(key)?.str(value)?;
        Ok(())
    }

    fn metadata(&mut self, metadata: &PeerMetadata) -> Written {
        let (keys, person) = (&metadata.keys, &metadata.person);
        let owned = &metadata.owned;
        let own = [
            !keys.is_empty(),
            !owned.is_empty(),
            person.is_some(),
            metadata.news,
        ];
        let own = own.into_iter().map(u64::from).sum();
        let fields = 1 + u64::from(metadata.storage_id.is_some()) + u64::from(own > 0);
        self.0.str("peerMetadata")?.map(fields)?;
        if let Some(storage_id) = &metadata.storage_id {
            self.text("storageId", storage_id)?;
        }
        self.0.str("isEphemeral")?.bool(metadata.is_ephemeral)?;
        if own > 0 {
            self.0.str("groundwork")?.map(own)?;
        }
        if metadata.news {
            self.0.str("news")?.bool(true)?;
        }
        if let Some(person) = person {
            self.text("person", person)?;
        }
        if !keys.is_empty() {
            self.0.str("keys")?.array(keys.len() as u64)?;
            for key in keys {
                self.0.str(key.reveal())?;
            }
        }
        if !owned.is_empty() {
            self.0.str("owned")?.array(owned.len() as u64)?;
            for document in owned {
                self.0.str(&document.to_string())?;
            }
        }
        Ok(())
    }

    fn sync(&mut self, kind: &str, content: &SyncMessage) -> Written {
        self.sync_head(kind, content, content.data.len())?;
        self.0.writer_mut().extend_from_slice(&content.data);
        Ok(())
    }

    /// All but the data itself, which come last.
    fn sync_head(&mut self, kind: &str, content: &SyncMessage, length: usize) -> Written {
        self.begin(kind, 4)?;
        self.text("senderId", content.sender.as_str())?;
        self.text("targetId", content.target.as_str())?;
        self.text("documentId", &content.document.to_string())?;
        self.0.str("data")?.bytes_len(length as u64)?;
        Ok(())
    }

    fn ephemeral(&mut self, content: &EphemeralMessage) -> Written {
        self.begin("ephemeral", 6)?;
        self.text("senderId", content.sender.as_str())?;
        self.text("targetId", content.target.as_str())?;
        self.text("documentId", &content.document.to_string())?;
        self.text("sessionId", &content.session)?;
        self.0.str("count")?.u64(content.count)?;
        self.0.str("data")?.bytes(&content.data)?;
        Ok(())
    }
}
