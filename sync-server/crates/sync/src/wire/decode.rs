//! Reads a frame into a message.

use minicbor::data::Type;

use super::items::Items;
use super::{
    Brought, EphemeralMessage, Malformed, Message, Native, PeerMetadata, Shown, SyncMessage,
    VERSION_1,
};
use crate::{AccessKey, DocumentId, PeerId};

/// The fields of any message, as far as they were there.
#[derive(Debug, Default)]
struct Fields {
    kind: Option<String>,
    sender: Option<String>,
    target: Option<String>,
    document: Option<String>,
    data: Option<Vec<u8>>,
    count: Option<u64>,
    session: Option<String>,
    versions: Option<Vec<String>>,
    version: Option<String>,
    metadata: Option<PeerMetadata>,
    message: Option<String>,
    key: Option<String>,
    heads: Option<Vec<[u8; 32]>>,
    peers: Option<Shown>,
    devices: Option<Shown>,
    all: Option<bool>,
    write: Option<bool>,
    brought: Option<Vec<String>>,
}

/// Reads one frame.
pub(super) fn decode(frame: &[u8]) -> Result<Message, Malformed> {
    let mut items = Items::new(frame);
    let mut fields = Fields::default();
    if !items.map(|items, key| fields.read(items, key))? {
        return Err(Malformed::NotAMap);
    }
    if !items.is_empty() {
        return Err(Malformed::Broken);
    }
    fields.into_message()
}

impl Fields {
    fn read(&mut self, items: &mut Items<'_>, key: &str) -> Result<(), Malformed> {
        match key {
            "type" => self.kind = items.text("type")?,
            "senderId" => self.sender = items.text("senderId")?,
            "targetId" => self.target = items.text("targetId")?,
            "documentId" => self.document = items.text("documentId")?,
            "data" => self.data = items.bytes("data")?,
            "count" => self.count = items.integer("count")?,
            "sessionId" => self.session = items.text("sessionId")?,
            "supportedProtocolVersions" => {
                self.versions = items.texts("supportedProtocolVersions")?;
            }
            "selectedProtocolVersion" => self.version = items.text("selectedProtocolVersion")?,
            // The protocol's description has the one, its implementations send the other.
            "peerMetadata" | "metadata" => {
                if let Some(metadata) = read_metadata(items)? {
                    self.metadata = Some(metadata);
                }
            }
            "key" => self.key = items.text("key")?,
            "message" => self.message = items.text("message")?,
            "heads" => self.heads = items.hashes("heads")?,
            "peers" => self.peers = Some(read_by_peer(items, "peers")?),
            "devices" => self.devices = Some(read_by_peer(items, "devices")?),
            "all" => self.all = items.flag("all")?,
            "write" => self.write = items.flag("write")?,
            "brought" => self.brought = items.texts("brought")?,
            _ => items.skip()?,
        }
        Ok(())
    }

    fn into_message(mut self) -> Result<Message, Malformed> {
        let kind = self.kind.take().ok_or(Malformed::Missing("type"))?;
        Ok(match kind.as_str() {
            "join" => Message::Join {
                sender: self.sender()?,
                // Clients of before there were versions speak the first.
                versions: self.versions.unwrap_or_else(|| vec![VERSION_1.to_owned()]),
                metadata: self.metadata.unwrap_or_default(),
            },
            "peer" => Message::Peer {
                sender: self.sender()?,
                target: self.target()?,
                version: self.version.unwrap_or_else(|| VERSION_1.to_owned()),
                metadata: self.metadata.unwrap_or_default(),
            },
            "error" => Message::Error {
                // The last word is heard, whatever it is about.
                document: self.document().ok(),
                message: self.message.unwrap_or_default(),
            },
            "request" => Message::Request(self.into_sync()?),
            "sync" => Message::Sync(self.into_sync()?),
            "doc-unavailable" => Message::DocUnavailable {
                document: self.document()?,
                sender: self.sender()?,
                target: self.target()?,
            },
            "ephemeral" => Message::Ephemeral(EphemeralMessage {
                document: self.document()?,
                sender: self.sender()?,
                target: self.target()?,
                session: self.session.ok_or(Malformed::Missing("sessionId"))?,
                count: self.count.ok_or(Malformed::Missing("count"))?,
                data: self.data.ok_or(Malformed::Missing("data"))?,
            }),
            "access" => Message::Access {
                key: self.key.take().ok_or(Malformed::Missing("key"))?.into(),
            },
            "leave" => Message::Leave {
                sender: self.sender()?,
            },
            _ => match self.into_native(&kind)? {
                Some(native) => Message::Native(native),
                None => Message::Ignored { kind },
            },
        })
    }

    fn into_native(mut self, kind: &str) -> Result<Option<Native>, Malformed> {
        Ok(Some(match kind {
            "change" => Native::Change {
                document: self.document()?,
                data: self.data.ok_or(Malformed::Missing("data"))?,
            },
            "saved" => Native::Saved {
                document: self.document()?,
                heads: self.heads()?,
                all: self.all.unwrap_or(true),
            },
            "seen" => Native::Seen {
                document: self.document()?,
                heads: self.heads()?,
            },
            "resync" => Native::Resync {
                document: self.document()?,
            },
            "rights" => Native::Rights {
                document: self.document()?,
                write: self.write.ok_or(Malformed::Missing("write"))?,
            },
            "presence" => Native::Presence {
                document: self.document()?,
                data: self.data,
            },
            "presences" => Native::Presences {
                document: self.document()?,
                peers: self.peers.take().ok_or(Malformed::Missing("peers"))?,
                devices: self.devices.take().unwrap_or_default(),
                all: self.all.unwrap_or(false),
            },
            "follow" => Native::Follow {
                document: self.document()?,
            },
            "deliveries" => Native::Deliveries {
                document: self.document()?,
                brought: self.brought()?,
            },
            "store-failing" => Native::StoreFailing,
            "store-recovered" => Native::StoreRecovered,
            _ => return Ok(None),
        }))
    }

    fn heads(&mut self) -> Result<Vec<[u8; 32]>, Malformed> {
        self.heads.take().ok_or(Malformed::Missing("heads"))
    }

    /// Texts by two: an author, and who brought their changes.
    fn brought(&mut self) -> Result<Brought, Malformed> {
        let texts = self.brought.take().ok_or(Malformed::Missing("brought"))?;
        let mut texts = texts.into_iter();
        let mut brought = Vec::new();
        while let Some(author) = texts.next() {
            let bringer = texts.next().ok_or(Malformed::Field("brought"))?;
            brought.push((author, bringer));
        }
        Ok(brought)
    }

    fn into_sync(mut self) -> Result<SyncMessage, Malformed> {
        let data = self.data.take().ok_or(Malformed::Missing("data"))?;
        if data.is_empty() {
            return Err(Malformed::Field("data"));
        }
        Ok(SyncMessage {
            document: self.document()?,
            sender: self.sender()?,
            target: self.target()?,
            data,
        })
    }

    fn sender(&mut self) -> Result<PeerId, Malformed> {
        self.sender
            .take()
            .map(PeerId::from)
            .ok_or(Malformed::Missing("senderId"))
    }

    fn target(&mut self) -> Result<PeerId, Malformed> {
        self.target
            .take()
            .map(PeerId::from)
            .ok_or(Malformed::Missing("targetId"))
    }

    fn document(&self) -> Result<DocumentId, Malformed> {
        let text = self
            .document
            .as_deref()
            .ok_or(Malformed::Missing("documentId"))?;
        text.parse().map_err(|_| Malformed::Field("documentId"))
    }
}

/// A map from peers to what is said of them.
fn read_by_peer(items: &mut Items<'_>, field: &'static str) -> Result<Shown, Malformed> {
    let mut peers = Vec::new();
    let is_map = items.map(|items, key| {
        peers.push((PeerId::from(key), items.bytes(field)?));
        Ok(())
    })?;
    if is_map {
        Ok(peers)
    } else {
        Err(Malformed::Field(field))
    }
}

/// What a peer says about itself to a server of this kind.
fn read_own(items: &mut Items<'_>, metadata: &mut PeerMetadata) -> Result<(), Malformed> {
    if !matches!(items.kind()?, Type::Map | Type::MapIndef) {
        return items.skip();
    }
    let keys = &mut metadata.keys;
    items.map(|items, key| {
        match key {
            "key" => keys.extend(items.text("key")?.map(AccessKey::from)),
            "keys" => keys.extend(
                items
                    .texts("keys")?
                    .into_iter()
                    .flatten()
                    .map(AccessKey::from),
            ),
            "owned" => metadata.owned.extend(
                items
                    .texts("owned")?
                    .into_iter()
                    .flatten()
                    .filter_map(|id| id.parse::<DocumentId>().ok()),
            ),
            "person" => metadata.person = items.text("person")?,
            "news" => metadata.news = items.flag("news")? == Some(true),
            _ => items.skip()?,
        }
        Ok(())
    })?;
    Ok(())
}

fn read_metadata(items: &mut Items<'_>) -> Result<Option<PeerMetadata>, Malformed> {
    if !matches!(items.kind()?, Type::Map | Type::MapIndef) {
        items.skip()?;
        return Ok(None);
    }
    let mut metadata = PeerMetadata::default();
    items.map(|items, key| {
        match key {
            "storageId" => metadata.storage_id = items.text("storageId")?,
            "isEphemeral" => metadata.is_ephemeral = items.flag("isEphemeral")?.unwrap_or(false),
            "groundwork" => read_own(items, &mut metadata)?,
            _ => items.skip()?,
        }
        Ok(())
    })?;
    Ok(Some(metadata))
}
