//! Frames as JavaScript's cbor-x writes them, byte by byte.

use sync::wire::{EphemeralMessage, Malformed, Message, Native, PeerMetadata, SyncMessage};
use sync::{DocumentId, PeerId};

/// A CBOR text.
fn text(value: &str) -> Vec<u8> {
    let length = u8::try_from(value.len()).expect("short");
    let mut bytes = if length < 24 {
        vec![0x60 + length]
    } else {
        vec![0x78, length]
    };
    bytes.extend(value.as_bytes());
    bytes
}

/// A frame of these keys and encoded values, its length as cbor-x writes it (two bytes).
fn frame(fields: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![0xb9, 0x00, u8::try_from(fields.len()).expect("few")];
    for (key, value) in fields {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}

fn id() -> DocumentId {
    DocumentId::from_bytes([3; 16])
}

fn sync_message() -> Message {
    Message::Sync(SyncMessage {
        document: id(),
        sender: PeerId::from("a"),
        target: PeerId::from("b"),
        data: vec![0x42, 0, 0, 0, 0],
    })
}

fn sync_fields(data: Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("type", text("sync")),
        ("senderId", text("a")),
        ("targetId", text("b")),
        ("documentId", text(&id().to_string())),
        ("data", data),
    ]
}

const DATA: [u8; 6] = [0x45, 0x42, 0, 0, 0, 0];

/// S2: the literal bytes of a join.
#[test]
fn a_join_is_read_from_the_bytes_that_javascript_sends() {
    let bytes = b"\xb9\x00\x04\x64type\x64join\x68senderId\x63abc\
        \x6cpeerMetadata\xb9\x00\x02\x69storageId\xf7\x6bisEphemeral\xf4\
        \x78\x19supportedProtocolVersions\x82\x611\x6cgroundwork-1";
    let expected = Message::Join {
        sender: PeerId::from("abc"),
        versions: vec!["1".to_owned(), "groundwork-1".to_owned()],
        metadata: PeerMetadata::default(),
    };
    assert_eq!(Message::decode(bytes), Ok(expected));
}

/// S2
#[test]
fn metadata_is_read_under_both_of_its_names() {
    for name in ["metadata", "peerMetadata"] {
        let metadata = [vec![0xa1], text("storageId"), text("disk")].concat();
        let bytes = frame(&[
            ("type", text("join")),
            ("senderId", text("a")),
            (name, metadata),
        ]);
        let Ok(Message::Join {
            metadata, versions, ..
        }) = Message::decode(&bytes)
        else {
            panic!("{name}");
        };
        assert_eq!(metadata.storage_id.as_deref(), Some("disk"));
        assert_eq!(versions, ["1"]);
    }
}

/// S2
#[test]
fn byte_strings_are_read_plain_tagged_and_in_pieces() {
    let tagged = [vec![0xd8, 0x40], DATA.to_vec()].concat();
    let pieces = vec![0x5f, 0x42, 0x42, 0, 0x43, 0, 0, 0, 0xff];
    for data in [DATA.to_vec(), tagged, pieces] {
        assert_eq!(
            Message::decode(&frame(&sync_fields(data))),
            Ok(sync_message())
        );
    }
}

/// S2
#[test]
fn open_lengths_and_unknown_fields_are_read() {
    let nested = vec![0x9f, 0xa1, 0x01, 0x82, 0xf9, 0x3c, 0x00, 0xc1, 0x00, 0xff];
    let mut fields = sync_fields(DATA.to_vec());
    fields.insert(1, ("somethingNew", nested));
    let definite = frame(&fields);
    let open = [&[0xbf], &definite[3..], &[0xff]].concat();
    assert_eq!(Message::decode(&definite), Ok(sync_message()));
    assert_eq!(Message::decode(&open), Ok(sync_message()));
}

/// S2: `count` as a double, which cbor-x writes above 2^32.
#[test]
fn integers_are_read_from_floats() {
    let double = |value: f64| [vec![0xfb], value.to_be_bytes().to_vec()].concat();
    let ephemeral = |count: Vec<u8>| {
        let mut fields = sync_fields(vec![0x41, 0x01]);
        fields[0].1 = text("ephemeral");
        fields.extend([("sessionId", text("s")), ("count", count)]);
        Message::decode(&frame(&fields))
    };
    let Ok(Message::Ephemeral(content)) = ephemeral(double(4_294_967_296.0)) else {
        panic!()
    };
    assert_eq!(content.count, 1 << 32);
    for wrong in [
        double(1.5),
        double(-1.0),
        double(f64::NAN),
        double(1e300),
        vec![0x20],
    ] {
        assert_eq!(ephemeral(wrong), Err(Malformed::Field("count")));
    }
}

/// S2
#[test]
fn null_and_undefined_are_absent() {
    for nothing in [0xf6, 0xf7] {
        let bytes = frame(&sync_fields(vec![nothing]));
        assert_eq!(Message::decode(&bytes), Err(Malformed::Missing("data")));
        assert_eq!(Message::decode(&[nothing]), Err(Malformed::NotAMap));
    }
}

/// S3
#[test]
fn what_is_wrong_is_named() {
    let check = |bytes: &[u8], expected| assert_eq!(Message::decode(bytes), Err(expected));
    check(b"", Malformed::NotAMap);
    check(b"\xa0", Malformed::Missing("type"));
    check(b"\xa1\x64type", Malformed::Broken);
    check(
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x64type\x64join",
        Malformed::Broken,
    );
    check(&frame(&sync_fields(vec![0x40])), Malformed::Field("data"));
    check(
        &frame(&sync_fields(vec![0x5b, 0xff, 0, 0, 0, 0, 0, 0, 0])),
        Malformed::Broken,
    );
    check(
        &[frame(&sync_fields(DATA.to_vec())), vec![0]].concat(),
        Malformed::Broken,
    );
    let deep = [b"\xa1\x61x".to_vec(), vec![0x81; 100_000]].concat();
    check(&deep, Malformed::TooDeep);
    let mut fields = sync_fields(DATA.to_vec());
    fields[3].1 = text("nonsense");
    check(&frame(&fields), Malformed::Field("documentId"));
}

/// S2
#[test]
fn a_type_that_is_not_known_is_no_error() {
    let bytes = frame(&[
        ("type", text("remote-heads-changed")),
        ("newHeads", vec![0xa0]),
    ]);
    let kind = "remote-heads-changed".to_owned();
    assert_eq!(Message::decode(&bytes), Ok(Message::Ignored { kind }));
}

/// S4
#[test]
fn a_sync_message_is_written_with_text_keys_and_an_untagged_byte_string() {
    let mut expected =
        b"\xa5\x64type\x64sync\x68senderId\x61a\x68targetId\x61b\x6adocumentId".to_vec();
    expected.extend(text(&id().to_string()));
    expected.extend(b"\x64data\x45\x42\0\0\0\0");
    assert_eq!(sync_message().encode(), expected);
}

/// S4
#[test]
fn every_message_survives_being_written_and_read() {
    let (sender, target) = (PeerId::from("a"), PeerId::from("Grüße"));
    let metadata = PeerMetadata {
        storage_id: Some("s".to_owned()),
        is_ephemeral: true,
        keys: vec!["k".into(), "l".into()],
        owned: vec![id()],
        person: Some("p".to_owned()),
        news: true,
    };
    let versions = vec!["1".to_owned()];
    let content = SyncMessage {
        document: id(),
        sender: sender.clone(),
        target: target.clone(),
        data: vec![1; 70_000],
    };
    let ephemeral = EphemeralMessage {
        document: id(),
        sender: sender.clone(),
        target: target.clone(),
        session: "s".to_owned(),
        count: u64::MAX,
        data: vec![],
    };
    for message in [
        Message::Join {
            sender: sender.clone(),
            versions,
            metadata: metadata.clone(),
        },
        Message::Peer {
            sender: sender.clone(),
            target: target.clone(),
            version: "1".to_owned(),
            metadata,
        },
        Message::Error {
            message: "no".to_owned(),
            document: None,
        },
        Message::Error {
            message: "not this".to_owned(),
            document: Some(id()),
        },
        Message::Request(content.clone()),
        Message::Sync(content),
        Message::DocUnavailable {
            document: id(),
            sender: sender.clone(),
            target,
        },
        Message::Ephemeral(ephemeral),
        Message::Leave { sender },
        Message::Ignored {
            kind: "remote-subscription-change".to_owned(),
        },
    ] {
        assert_eq!(Message::decode(&message.encode()), Ok(message));
    }
}

/// S4
#[test]
fn every_native_message_survives_being_written_and_read() {
    let (document, heads) = (id(), vec![[1; 32], [2; 32]]);
    let (data, peer) = (vec![1; 70_000], PeerId::from("Grüße"));
    for message in [
        Native::Change { document, data },
        Native::Saved {
            document,
            heads: heads.clone(),
            all: true,
        },
        Native::Saved {
            document,
            heads: heads.clone(),
            all: false,
        },
        Native::Seen { document, heads },
        Native::Resync { document },
        Native::Rights {
            document,
            write: false,
        },
        Native::Presence {
            document,
            data: Some(vec![]),
        },
        Native::Presence {
            document,
            data: None,
        },
        Native::Presences {
            document,
            peers: vec![(PeerId::from("b"), None), (peer.clone(), Some(vec![7]))],
            devices: vec![(peer, Some(vec![1; 16]))],
            all: true,
        },
        Native::Follow { document },
        Native::Deliveries {
            document,
            brought: vec![("ada".to_owned(), "Grüße".to_owned()), Default::default()],
        },
        Native::StoreFailing,
        Native::StoreRecovered,
    ] {
        let message = Message::Native(message);
        assert_eq!(Message::decode(&message.encode()), Ok(message));
    }
}

/// S3
#[test]
fn heads_that_are_no_hashes_are_wrong() {
    let short = [vec![0x81, 0x41], vec![1]].concat();
    for (heads, wrong) in [
        (short, Malformed::Field("heads")),
        (vec![0x81, 0xf6], Malformed::Field("heads")),
        (vec![0xf6], Malformed::Missing("heads")),
        (
            vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            Malformed::Broken,
        ),
    ] {
        let bytes = frame(&[
            ("type", text("saved")),
            ("documentId", text(&id().to_string())),
            ("heads", heads),
        ]);
        assert_eq!(Message::decode(&bytes), Err(wrong));
    }
}

/// S3
#[test]
fn no_bytes_make_the_decoder_panic() {
    let valid = frame(&sync_fields(DATA.to_vec()));
    arbtest::arbtest(|u| {
        let mut bytes: Vec<u8> = if u.arbitrary()? {
            u.arbitrary()?
        } else {
            valid.clone()
        };
        for _ in 0..u.int_in_range(0..=4)? {
            let at = u.choose_index(bytes.len().max(1))?;
            if let Some(byte) = bytes.get_mut(at) {
                *byte = u.arbitrary()?;
            }
        }
        drop(Message::decode(&bytes));
        Ok(())
    })
    .budget_ms(1_000);
}
