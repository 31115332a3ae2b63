//! Files of the app's own beside its code: words, catalogue, samples. The page lists their addresses
//! by name, which carry a hash; the service worker keeps every one of them.

use std::collections::HashMap;

use futures_util::future::join;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use web_sys::Response;

use super::page;

/// The element of the page that lists them.
const LIST: &str = "assets";

/// Why a file of the app's own did not come.
#[derive(Debug, thiserror::Error)]
#[error("{name} could not be loaded")]
pub struct AssetError {
    name: String,
}

/// The text of the file of that name.
///
/// # Errors
///
/// There is no such file, or it is not on this device and there is no network.
pub async fn text(name: &str) -> Result<String, AssetError> {
    fetch(name).await.ok_or_else(|| AssetError {
        name: name.to_owned(),
    })
}

/// Fetches the catalogue of canvases and kinds, once, before anything is asked of it.
///
/// # Errors
///
/// It is not on this device and there is no network.
pub async fn install_catalogue() -> Result<(), AssetError> {
    if !domain::catalogue::is_installed() {
        let catalogue = text("catalogue").await?;
        // One that does not read leaves an empty catalogue: each view says that it does not know it.
        let _ = domain::catalogue::install(&catalogue);
    }
    Ok(())
}

/// Fetches all that other canvases than the first show, once, before one of them is drawn.
///
/// # Errors
///
/// It is not on this device and there is no network.
pub async fn install_canvases() -> Result<(), AssetError> {
    if !domain::catalogue::has_whole_canvases() {
        let canvases = text("canvases").await?;
        // They may have come by another way meanwhile.
        let _ = domain::catalogue::install_canvases(&canvases);
    }
    Ok(())
}

/// Fetches what the first canvas does without: the fields of the kinds, and the canvases as a whole.
///
/// # Errors
///
/// It is not on this device and there is no network.
pub async fn install_rest() -> Result<(), AssetError> {
    let (fields, canvases) = join(install_fields(), install_canvases()).await;
    fields.and(canvases)
}

/// Fetches the fields of the catalogue's kinds, once, before anything is asked of them: no canvas shows
/// them. The catalogue has been installed.
///
/// # Errors
///
/// They are not on this device and there is no network.
pub async fn install_fields() -> Result<(), AssetError> {
    if domain::catalogue::has_fields() {
        return Ok(());
    }
    let fields = text("fields").await?;
    let name = || AssetError {
        name: "fields".to_owned(),
    };
    take_fields(fields).await.map_err(|_| name())
}

#[wasm_split(later, fallible)]
fn take_fields(text: String) -> Result<(), SplitLoaderError> {
    // They may have come by another way meanwhile, and those that do not read leave kinds without.
    let _ = domain::catalogue::install_fields(&text);
    Ok(())
}

/// Tells the page that the app cannot start; it explains that in its own words.
pub fn cannot_start(error: &AssetError) {
    web_sys::console::error_1(&JsValue::from_str(&error.to_string()));
    if let (Some(window), Ok(event)) = (page::window(), web_sys::Event::new("groundwork-failed")) {
        // Nobody prevents it, and nothing is left to do when it cannot be told.
        let _ = window.dispatch_event(&event);
    }
}

async fn fetch(name: &str) -> Option<String> {
    let list = page::document()?.get_element_by_id(LIST)?.text_content()?;
    let addresses: HashMap<String, String> = serde_json::from_str(&list).ok()?;
    let asked = page::window()?.fetch_with_str(addresses.get(name)?);
    let response: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?;
    text.as_string()
}
