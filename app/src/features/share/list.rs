//! The list "Links": everything that opens the workspace.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::Role;

use super::Sharing;
use super::row::Row;
use super::wording;
use crate::i18n::t;
use crate::platform::Node;
use crate::platform::api::{ApiError, Link};
use crate::ui::{Banner, Button, Tone, unique_id};

/// The workspace's links, as the server told them last.
#[derive(Clone)]
pub(super) struct Links {
    node: Node,
    list: RwSignal<Option<Result<Vec<Link>, ApiError>>>,
}

impl Links {
    /// Not read yet.
    pub(super) fn new(node: &Node) -> Self {
        Self {
            node: node.clone(),
            list: RwSignal::new(None),
        }
    }

    /// Asks the server; what is in sight stays until it has answered.
    pub(super) fn read_again(&self) {
        let links = self.clone();
        spawn_local(async move {
            let answer = links.node.links().await;
            // The dialog may have been closed meanwhile.
            let _ = links.list.try_set(Some(answer));
        });
    }
}

/// The list.
#[component]
pub(super) fn LinkList(
    /// What the parts of the dialog share.
    sharing: Sharing,
) -> impl IntoView {
    sharing.links.read_again();
    let heading = unique_id("links");
    let (list, again) = (sharing.links.list, sharing.links.clone());
    let problem = move || match list.get() {
        Some(Err(error)) => {
            let again = again.clone();
            let (title, more) = wording::problem(error);
            Some(view! {
                <Banner tone=Tone::Warning title=title detail=Signal::stored(Some(more))>
                    <Button label=move || t("share.try_again") on_press=move || again.read_again()/>
                </Banner>
            })
        }
        Some(Ok(_)) | None => None,
    };
    let links = move || match list.get() {
        Some(Ok(links)) => links,
        Some(Err(_)) | None => Vec::new(),
    };
    let is_empty = move || {
        list.with(|list| match list {
            Some(Ok(links)) => links.is_empty(),
            Some(Err(_)) => false,
            None => true,
        })
    };
    view! {
        <section class="share-links" hidden=is_empty>
            <h3 id=heading.clone()>{move || t("share.links")}</h3>
            {problem}
            <ul role="list" aria-labelledby=heading>
                // A link that was changed is drawn anew.
                <For each=links key=state let:link>
                    <Row sharing=sharing.clone() link=link/>
                </For>
            </ul>
        </section>
    }
}

/// All that a link's row shows; a link that was changed differs in it.
fn state(link: &Link) -> (String, Role, String, bool, [Option<u64>; 3]) {
    let times = [Some(link.created), link.expires, link.last_used];
    let times = times.map(|time| time.map(f64::to_bits));
    let (id, label) = (link.id.clone(), link.label.clone());
    (id, link.role, label, link.is_own, times)
}
