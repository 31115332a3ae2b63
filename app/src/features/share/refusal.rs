//! What the server has refused, and what it may still want for it.

use leptos::prelude::*;

use super::wording;
use crate::i18n::t;
use crate::platform::api::ApiError;
use crate::ui::{Banner, TextField, Tone};

/// A refusal that is shown until the next try.
#[derive(Clone, Copy)]
pub(super) struct Refused {
    error: RwSignal<Option<ApiError>>,
    /// Whether the server has made no workspace without its token.
    wants_token: RwSignal<bool>,
    /// The token, as it was typed.
    token: RwSignal<String>,
}

impl Refused {
    pub(super) fn new() -> Self {
        Self {
            error: RwSignal::new(None),
            wants_token: RwSignal::new(false),
            token: RwSignal::new(String::new()),
        }
    }

    /// Begins another try, with the token if somebody has typed one.
    pub(super) fn try_again(self) -> Option<String> {
        self.error.set(None);
        let token = self.token.get_untracked().trim().to_owned();
        (!token.is_empty()).then_some(token)
    }

    /// Takes down what has come of it. The dialog may have been closed meanwhile.
    pub(super) fn came_to(self, error: Option<ApiError>) {
        let _ = self.error.try_set(error);
        if error == Some(ApiError::Closed) {
            let _ = self.wants_token.try_set(true);
        } else if error.is_none() {
            let _ = self.wants_token.try_set(false);
            let _ = self.token.try_set(String::new());
        }
    }
}

/// Why it was refused and, from a server that makes no workspaces for everyone on, a field for its
/// token.
#[component]
pub(super) fn Refusal(
    /// What it shows.
    refused: Refused,
    /// What a refusal is called here.
    #[prop(default = wording::problem)]
    words: fn(ApiError) -> (String, String),
) -> impl IntoView {
    let Refused {
        error,
        wants_token,
        token,
    } = refused;
    view! {
        {move || error.get().map(|error| {
            let (title, more) = words(error);
            view! { <Banner tone=Tone::Problem title=title detail=Signal::stored(Some(more))/> }
        })}
        {move || wants_token.get().then(|| view! {
            <TextField
                label=move || t("share.token")
                value=token
                hint=Signal::derive(|| Some(t("share.token_more")))
                kind="password"
            />
        })}
    }
}
