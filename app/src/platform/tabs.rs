//! What the tabs that have one document open tell each other, so that they converge without a
//! server.
//!
//! A tab that opens says which point it has reached; the others answer with what it lacks and ask
//! for what they lack. Every change is told at once. A message of another version of the app is
//! ignored: it will say its own hello.

use document::Heads;
use js_sys::{Object, Reflect, Uint8Array};
use sync::DocumentId;
use wasm_bindgen::{JsCast, JsValue};

use super::channel::Channel;

/// Grows when the form of [`TabMessage`] changes.
const VERSION: f64 = 1.0;

/// What one tab says to the others about their document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TabMessage {
    /// "I have just opened and have everything up to here."
    Hello { heads: Heads },
    /// "I have everything up to here and miss something that you have."
    Want { heads: Heads },
    /// "These are changes; with them I have everything up to here."
    Chunk { bytes: Vec<u8>, heads: Heads },
}

impl TabMessage {
    pub(crate) fn encode(&self) -> JsValue {
        let message = Object::new();
        let (kind, heads, bytes) = match self {
            Self::Hello { heads } => ("hello", heads, None),
            Self::Want { heads } => ("want", heads, None),
            Self::Chunk { bytes, heads } => ("chunk", heads, Some(bytes)),
        };
        let set = |name: &str, value: &JsValue| {
            // A plain object takes every property.
            let _ = Reflect::set(&message, &name.into(), value);
        };
        set("groundwork", &VERSION.into());
        set("type", &kind.into());
        set("heads", &heads.to_string().into());
        if let Some(bytes) = bytes {
            set("bytes", &Uint8Array::from(bytes.as_slice()));
        }
        message.into()
    }

    /// The message, if it is one of this version.
    pub(crate) fn decode(message: &JsValue) -> Option<Self> {
        let get = |name: &str| Reflect::get(message, &name.into()).ok();
        if get("groundwork")?.as_f64() != Some(VERSION) {
            return None;
        }
        let heads = get("heads")?.as_string()?.parse().ok()?;
        match get("type")?.as_string()?.as_str() {
            "hello" => Some(Self::Hello { heads }),
            "want" => Some(Self::Want { heads }),
            "chunk" => {
                let bytes = get("bytes")?.dyn_into::<Uint8Array>().ok()?.to_vec();
                Some(Self::Chunk { bytes, heads })
            }
            _ => None,
        }
    }
}

/// Joins the tabs that have a document open.
pub(crate) fn join(document: &DocumentId, received: impl Fn(TabMessage) + 'static) -> Channel {
    Channel::open(&channel_name(document), move |message| {
        if let Some(message) = TabMessage::decode(&message) {
            received(message);
        }
    })
}

/// Tells the tabs that have a document open about changes made outside them.
pub(crate) fn tell(document: &DocumentId, bytes: &[u8], heads: &Heads) {
    let channel = Channel::open(&channel_name(document), |_| {});
    channel.post(
        &TabMessage::Chunk {
            bytes: bytes.to_vec(),
            heads: heads.clone(),
        }
        .encode(),
    );
}

fn channel_name(document: &DocumentId) -> String {
    format!("groundwork-document-{document}")
}
