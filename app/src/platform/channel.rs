//! A BroadcastChannel to the other tabs of this browser. Where there is none, a tab is alone and
//! nothing else changes.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::page;

/// One channel; closed when dropped.
pub(crate) struct Channel {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Channel {
    /// Joins the channel of that name.
    pub(crate) fn open(name: &str, received: impl Fn(JsValue) + 'static) -> Self {
        let channel = BroadcastChannel::new(name).ok();
        let listener = channel.as_ref().map(|channel| {
            page::listen(channel, "message", move |event| {
                if let Some(message) = event.dyn_ref::<MessageEvent>() {
                    received(message.data());
                }
            })
        });
        Self {
            channel,
            _listener: listener,
        }
    }

    /// Tells the other tabs. They may be gone; nobody answers for that.
    pub(crate) fn post(&self, message: &JsValue) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(message);
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
