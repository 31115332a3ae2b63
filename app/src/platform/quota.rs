//! How much room the browser gives, and whether it promises to keep what it stored.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use super::page;

/// The room on this device, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// What this origin uses.
    pub used: f64,
    /// What it may use.
    pub granted: f64,
    /// Whether the browser promises not to evict it.
    pub persistent: bool,
}

/// How much room there is; `None` where the browser does not say.
pub async fn estimate() -> Option<Room> {
    let manager = manager()?;
    let estimate = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let estimate: StorageEstimate = estimate.unchecked_into();
    let persistent = match manager.persisted() {
        Ok(answer) => JsFuture::from(answer)
            .await
            .is_ok_and(|answer| answer.is_truthy()),
        Err(_) => false,
    };
    Some(Room {
        used: estimate.get_usage()?,
        granted: estimate.get_quota()?,
        persistent,
    })
}

/// Asks the browser to keep what is stored. It may ask the person, so this happens at an edit and
/// not at a visit.
pub async fn persist() -> bool {
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
