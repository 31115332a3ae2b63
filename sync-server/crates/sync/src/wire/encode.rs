//! Writes a message as a frame, as JavaScript's implementation reads it: text keys, byte strings
//! without a tag, nothing for what is absent.

use std::convert::Infallible;

use minicbor::Encoder;
use minicbor::encode::Error;

use super::{EphemeralMessage, Message, PeerMetadata, SyncMessage};

type Written = Result<(), Error<Infallible>>;

/// Writes one frame.
pub(super) fn encode(message: &Message) -> Vec<u8> {
    let mut frame = Frame(Encoder::new(Vec::new()));
    // Writing to a vector cannot fail.
    frame.message(message).ok();
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
            Message::Error { message } => {
                self.begin("error", 1)?;
                self.text("message", message)
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
            Message::Ignored { kind } => self.begin(kind, 0),
        }
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
        let fields = 1 + u64::from(metadata.storage_id.is_some());
        self.0.str("peerMetadata")?.map(fields)?;
        if let Some(storage_id) = &metadata.storage_id {
            self.text("storageId", storage_id)?;
        }
        self.0.str("isEphemeral")?.bool(metadata.is_ephemeral)?;
        Ok(())
    }

    fn sync(&mut self, kind: &str, content: &SyncMessage) -> Written {
        self.begin(kind, 4)?;
        self.text("senderId", content.sender.as_str())?;
        self.text("targetId", content.target.as_str())?;
        self.text("documentId", &content.document.to_string())?;
        self.0.str("data")?.bytes(&content.data)?;
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
