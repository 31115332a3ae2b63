//! Whether the browser has room left, and whether it promises to keep what it stored.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::page;

/// From this share of what the browser grants on, the storage counts as full.
const FULL: f64 = 0.98;

/// Whether there is no room left, as far as the browser says. A full storage does not always fail
/// by that name.
pub(crate) async fn is_full() -> bool {
    match estimate().await {
        Some(estimate) => match (estimate.get_usage(), estimate.get_quota()) {
            (Some(used), Some(granted)) => used >= granted * FULL,
            _ => false,
        },
        None => false,
    }
}

async fn estimate() -> Option<StorageEstimate> {
    let estimate = JsFuture::from(manager()?.estimate().ok()?).await.ok()?;
    Some(estimate.unchecked_into())
}

/// Asks the browser to keep what is stored. It may ask the person, so this happens at an edit and
/// not at a visit.
pub(crate) async fn persist() -> bool {
    let Some(Ok(answer)) = manager().map(|manager| manager.persist()) else {
        return false;
    };
    JsFuture::from(answer)
        .await
        .is_ok_and(|answer| answer.is_truthy())
}

/// The storage manager; only a secure origin has one.
fn manager() -> Option<StorageManager> {
    let manager = page::window()?.navigator().storage();
    manager.is_object().then_some(manager)
}
