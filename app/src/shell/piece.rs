//! Parts of the app whose code comes in a file of its own, when they are first shown.
//!
//! Invariant: a part is drawn only once its code and all words are here, so that drawing never waits; a part that
//! cannot be had is told in words and can be asked for again.

use futures_util::future::join;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use crate::i18n;

/// Whether the code of one part is here.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    here: RwSignal<bool>,
}

impl Piece {
    /// Nothing is known to be here yet.
    pub(super) fn new() -> Self {
        Self {
            here: RwSignal::new(false),
        }
    }

    /// Whether the part can be drawn now. If not, `fetch` begins; the view that asks is drawn again
    /// when it has come, and `missing` is called when it cannot come.
    pub(super) fn is_here(
        self,
        fetch: impl Future<Output = Result<(), SplitLoaderError>> + 'static,
        missing: impl FnOnce() + 'static,
    ) -> bool {
        let is_here = self.here.get();
        if !is_here {
            spawn_local(async move {
                match join(fetch, i18n::load_more()).await {
                    // The page may have been left meanwhile.
                    (Ok(()), Ok(())) => {
                        let _ = self.here.try_set(true);
                    }
                    _ => missing(),
                }
            });
        }
        is_here
    }
}
