//! Parts of the app whose code comes in a file of its own, when they are first shown.
//!
//! Invariant: a part is drawn only once its code, all words and the whole catalogue are here, so that
//! drawing never waits; a part that cannot be had is told in words and can be asked for again.

use futures_util::future::join3;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use crate::i18n::{self, t};
use crate::platform::assets;
use crate::ui::{Banner, Tone};

/// Whether the code of one part is here.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    here: RwSignal<bool>,
}

impl Piece {
    /// Nothing is known to be here yet.
    pub(super) fn new() -> Self {
        Self::of(false)
    }

    /// One of which it is known whether it is here.
    pub(super) fn of(is_here: bool) -> Self {
        Self {
            here: RwSignal::new(is_here),
        }
    }

    /// Whether the part can be drawn now. If not, `fetch` begins, and with it the words and the data
    /// that a canvas does without; the view that asks is drawn again when both have come, and `missing` is called
    /// when one cannot come.
    pub(super) fn is_here(
        self,
        fetch: impl Future<Output = Result<(), SplitLoaderError>> + 'static,
        missing: impl FnOnce() + 'static,
    ) -> bool {
        let coming = async {
            let all = join3(fetch, i18n::load_more(), assets::install_rest()).await;
            matches!(all, (Ok(()), Ok(()), Ok(())))
        };
        self.is_here_after(coming, missing)
    }

    /// The same where `coming` is all that the part needs, and tells whether it came.
    pub(super) fn is_here_after(
        self,
        coming: impl Future<Output = bool> + 'static,
        missing: impl FnOnce() + 'static,
    ) -> bool {
        let is_here = self.here.get();
        if !is_here {
            spawn_local(async move {
                match coming.await {
                    // The page may have been left meanwhile.
                    true => {
                        let _ = self.here.try_set(true);
                    }
                    false => missing(),
                }
            });
        }
        is_here
    }

    /// Draws a page by `draw` once it is here, nothing while it comes, and the words for it when it
    /// cannot be had.
    pub(super) fn page(
        self,
        coming: impl Future<Output = bool> + 'static,
        draw: impl FnOnce() -> Option<AnyView>,
    ) -> Option<AnyView> {
        let missing = RwSignal::new(false);
        let miss = move || {
            // Another page may be on show by now.
            let _ = missing.try_set(true);
        };
        if self.is_here_after(coming, miss) {
            return draw();
        }
        let told = move || {
            missing.get().then(|| {
                view! { <Banner tone=Tone::Problem title=move || t("toast.part_missing")/> }
            })
        };
        Some(told.into_any())
    }
}
