//! Files and the clipboard: giving a file to the person, taking one from them.

use std::fmt;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlTextAreaElement, Url};

use super::page;

/// The largest file that is read, in bytes: far more than any workspace, far less than memory.
pub const LARGEST: f64 = 64.0 * 1024.0 * 1024.0;

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than [`LARGEST`].
    TooLarge,
    /// The browser could not read it, for instance because it has been moved.
    Unreadable,
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::TooLarge => "the file is too large",
            Self::Unreadable => "the file could not be read",
        })
    }
}

/// Reads a file that was picked or dropped.
pub async fn read(file: &File) -> Result<Vec<u8>, FileError> {
    if file.size() > LARGEST {
        return Err(FileError::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| FileError::Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Gives the person a file. Tells whether the browser took it.
pub fn download(name: &str, media_type: &str, content: &[u8]) -> bool {
    offer(name, media_type, content).is_some()
}

fn offer(name: &str, media_type: &str, content: &[u8]) -> Option<()> {
    let parts = Array::of1(&Uint8Array::from(content));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link = page::document()?
        .create_element("a")
        .ok()?
        .dyn_into::<HtmlAnchorElement>()
        .ok()?;
    link.set_href(&address);
    link.set_download(name);
    let body = page::document()?.body()?;
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    // The browser reads the address after the click; a minute later it surely has.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Some(())
}

/// Puts a text on the clipboard. Tells whether it is there.
pub async fn copy(text: &str) -> bool {
    if let Some(clipboard) = page::window().map(|window| window.navigator().clipboard())
        // Absent outside a secure origin, whatever the binding's type says.
        && JsValue::from(clipboard.clone()).is_object()
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

/// The older way: a selected text and the browser's own command.
fn copy_by_selection(text: &str) -> Option<bool> {
    let document = page::document()?;
    let focused = document.active_element();
    let area = document
        .create_element("textarea")
        .ok()?
        .dyn_into::<HtmlTextAreaElement>()
        .ok()?;
    area.set_value(text);
    // Inside an open dialog nothing outside it can be selected.
    let parent = focused
        .as_ref()
        .and_then(|element| element.closest("dialog").ok().flatten());
    let open = || document.query_selector("dialog[open]").ok().flatten();
    let parent = parent
        .or_else(open)
        .or_else(|| document.body().map(Into::into))?;
    parent.append_child(&area).ok()?;
    // The command copies what is selected where the focus is.
    let _ = area.focus();
    area.select();
    let copied = document
        .dyn_ref::<web_sys::HtmlDocument>()
        .and_then(|document| document.exec_command("copy").ok())
        .unwrap_or(false);
    area.remove();
    if let Some(focused) =
        focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = focused.focus();
    }
    Some(copied)
}
