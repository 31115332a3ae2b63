//! Opening a workspace by its link, its `automerge:` address or its bare id.

use domain::CanvasId;
use leptos::prelude::*;
use sync::DocumentId;

use super::{Destination, Starting};
use crate::i18n::{t, tf};
use crate::platform::keyring;
use crate::ui::{Button, TextField};

/// The form "Open by link".
#[component]
pub(super) fn OpenLink(
    /// What the page's parts share.
    starting: Starting,
) -> impl IntoView {
    let link = RwSignal::new(String::new());
    let error = RwSignal::new(None::<&'static str>);
    let elsewhere = RwSignal::new(None::<Elsewhere>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let text = link.get_untracked();
        elsewhere.set(None);
        match destination_in(&text) {
            Ok((destination, key)) => {
                let there = Elsewhere::in_link(&text, &own_host());
                // What is on this device opens from here, wherever the link points to.
                if there.is_some() && !starting.device.knows(&destination.document) {
                    error.set(None);
                    elsewhere.set(there);
                    return;
                }
                if let Some(key) = key {
                    keyring::arrived(destination.document, key);
                }
                starting.open.run(destination);
            }
            Err(problem) => error.set(Some(problem.key())),
        }
    };
    let told = move || {
        elsewhere.get().map(|there| {
            view! {
                <p class="start-elsewhere">
                    {tf("start.link_elsewhere", &[("host", &there.host)])} " "
                    <a href=there.address rel="noreferrer">{t("start.link_open_there")}</a>
                </p>
            }
        })
    };
    view! {
        <form class="start-link" on:submit=submit novalidate=true>
            <TextField
                label=move || t("start.link")
                value=link
                hint=Signal::derive(|| Some(t("start.link_hint")))
                error=Signal::derive(move || error.get().map(t))
            />
            <Button label=move || t("start.open") submit=true/>
            <div class="start-link-told" role="status">{told}</div>
        </form>
    }
}

/// The server that serves this page.
fn own_host() -> String {
    window().location().host().unwrap_or_default()
}

/// A link to a workspace of another server, which this one knows nothing about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Elsewhere {
    /// The other server's name.
    host: String,
    /// The link, whole.
    address: String,
}

impl Elsewhere {
    /// The server that a link to a workspace names, if it is another than `own`.
    fn in_link(text: &str, own: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("https".to_owned(), text),
        };
        let (host, _) = rest.split_once('/')?;
        let is_host = ["http", "https"].contains(&scheme.as_str())
            && !host.is_empty()
            && !host.contains(char::is_whitespace);
        (is_host && !host.eq_ignore_ascii_case(own)).then(|| Self {
            host: host.to_owned(),
            address: format!("{scheme}://{rest}"),
        })
    }
}

/// Why a text leads to no workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Empty,
    Words,
    NoWorkspace,
    Damaged,
}

impl Problem {
    const fn key(self) -> &'static str {
        match self {
            Self::Empty => "start.link_empty",
            Self::Words => "start.link_words",
            Self::NoWorkspace => "start.link_none",
            Self::Damaged => "start.link_damaged",
        }
    }
}

/// The workspace that a link names, the view if it names one, and its key if it has one. The server
/// in a link does not matter: the id does.
fn destination_in(text: &str) -> Result<(Destination, Option<String>), Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let id = match text.split_once("/w/") {
        Some((_, rest)) => rest,
        None if text.starts_with("automerge:") => text,
        None if text.contains(['/', '.', ':']) => return Err(Problem::NoWorkspace),
        None if looks_like_an_id(text) => text,
        None => return Err(Problem::Words),
    };
    let document = DocumentId::from_url(id).map_err(|_| Problem::Damaged)?;
    let path = id.split(['?', '#']).next().unwrap_or_default();
    let view = path.split('/').nth(1).filter(|view| !view.is_empty());
    let fragment = id.split_once('#').map(|(_, fragment)| fragment);
    let key = fragment.and_then(keyring::key_in).map(str::to_owned);
    let destination = Destination {
        document,
        view: view.map(CanvasId::from),
    };
    Ok((destination, key))
}

/// Whether a text could be a bare id of which a piece is missing: no word is so long, and none mixes
/// letters and digits.
fn looks_like_an_id(text: &str) -> bool {
    let is_plain = text.chars().all(|letter| letter.is_ascii_alphanumeric());
    is_plain && text.len() >= 16 && text.contains(|letter: char| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> DocumentId {
        DocumentId::from_bytes([42; 16])
    }

    fn check(text: &str, expected: Result<DocumentId, Problem>) {
        assert_eq!(
            destination_in(text),
            expected.map(|id| (Destination::from(id), None)),
            "{text}"
        );
    }

    #[test]
    fn a_link_an_address_and_a_bare_id_lead_to_the_workspace() {
        let id = id();
        check(&format!("https://example.org/w/{id}"), Ok(id));
        check(&format!("/w/{id}?from=mail"), Ok(id));
        check(&id.to_url(), Ok(id));
        check(&id.to_string(), Ok(id));
    }

    #[test]
    fn the_view_in_a_link_is_kept() {
        let destination = Destination {
            document: id(),
            view: Some("business-model-canvas".into()),
        };
        let link = format!(
            " http://10.0.0.5:4280/w/{}/business-model-canvas?from=mail#key \n",
            id()
        );
        assert_eq!(destination_in(&link), Ok((destination, None)));
    }

    #[test]
    fn a_link_to_another_server_is_told_by_its_host() {
        let link = format!("HTTPS://Other.example/w/{}#key", id());
        let there = Elsewhere::in_link(&link, "here.example:4280").unwrap();
        assert_eq!(there.host, "Other.example");
        assert!(there.address.starts_with("https://Other.example/w/"));
        for own in [
            format!("http://here.example:4280/w/{}", id()),
            format!("here.example:4280/w/{}", id()),
            format!("/w/{}", id()),
            id().to_url(),
            id().to_string(),
        ] {
            assert_eq!(Elsewhere::in_link(&own, "here.example:4280"), None, "{own}");
        }
    }

    #[test]
    fn no_script_hides_in_a_link_to_another_server() {
        let link = format!("javascript://x/w/{}", id());
        assert_eq!(Elsewhere::in_link(&link, "here.example"), None);
    }

    #[test]
    fn the_key_of_a_link_comes_with_it() {
        let key = "1".repeat(32);
        let link = format!("https://example.org/w/{}#{key}", id());
        let expected = (Destination::from(id()), Some(key));
        assert_eq!(destination_in(&link), Ok(expected));
    }

    #[test]
    fn what_leads_nowhere_is_told_apart() {
        check("  ", Err(Problem::Empty));
        check("https://example.org/about", Err(Problem::NoWorkspace));
        check("the link from yesterday", Err(Problem::Words));
        check("hello", Err(Problem::Words));
        let mut cut = id().to_string();
        cut.pop();
        check(&cut, Err(Problem::Damaged));
        check(&format!("automerge:{cut}"), Err(Problem::Damaged));
    }
}
