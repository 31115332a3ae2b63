//! The dialog "Export": the whole workspace as a file, from what this tab holds.

use document::CommandError;
use domain::{to_json, to_markdown};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workspace::Session;

use super::file_name::file_name;
use crate::features::use_session;
use crate::i18n::{self, t, tf};
use crate::platform::{Node, bundle, files};
use crate::ui::{Action, Banner, Button, Dialog, IconName, Tone};

/// The formats of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Json,
}

/// What became of a file.
#[derive(Clone)]
enum Outcome {
    Given { name: String },
    Copied,
    Refused { format: Format },
}

/// Takes the workspace out.
#[component]
pub(crate) fn ExportDialog(
    /// The workspace.
    node: Node,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let outcome = RwSignal::new(None::<Outcome>);
    let save = {
        let session = session.clone();
        move || {
            let Some(content) = node.saved() else {
                return session.refuse(&CommandError::NotReady);
            };
            let name = &session.workspace().projection().name.get_untracked();
            let name = file_name(name, bundle::ENDING);
            let given = files::download(&name, "application/octet-stream", &content);
            outcome.set(Some(if given {
                Outcome::Given { name }
            } else {
                Outcome::Refused {
                    format: Format::Json,
                }
            }));
        }
    };
    let give = {
        let session = session.clone();
        move |format: Format| {
            let name = file_name(
                &session.workspace().projection().name.get_untracked(),
                format.ending(),
            );
            let session = session.clone();
            spawn_local(async move {
                let content = format.write(&session).await;
                let given = files::download(&name, format.media_type(), content.as_bytes());
                // The dialog may have been closed meanwhile.
                let _ = outcome.try_set(Some(if given {
                    Outcome::Given { name }
                } else {
                    Outcome::Refused { format }
                }));
            });
        }
    };
    let (markdown, json) = (give.clone(), give);
    let told = move || match outcome.get() {
        None => ().into_any(),
        Some(Outcome::Given { name }) => view! {
            <Banner tone=Tone::Good title=move || tf("export.given", &[("name", &name)])/>
        }
        .into_any(),
        Some(Outcome::Copied) => {
            view! { <Banner tone=Tone::Good title=move || t("export.copied")/> }.into_any()
        }
        Some(Outcome::Refused { format }) => {
            let session = session.clone();
            view! {
                <Banner
                    tone=Tone::Problem
                    title=move || t("export.refused")
                    detail=Signal::derive(|| Some(t("export.refused_more")))
                >
                    <Button label=move || t("export.copy") icon=IconName::Copy on_press=move || copy(session.clone(), format, outcome)/>
                </Banner>
            }
            .into_any()
        }
    };
    view! {
        <Dialog title=move || t("export.title") on_close=on_close>
            <ul class="export" role="list">
                <li>
                    <Button label=move || t("export.markdown") icon=IconName::FileText on_press=move || markdown(Format::Markdown)/>
                    <p class="ui-hint">{move || t("export.markdown_more")}</p>
                </li>
                <li>
                    <Button label=move || t("export.json") icon=IconName::Braces on_press=move || json(Format::Json)/>
                    <p class="ui-hint">{move || t("export.json_more")}</p>
                </li>
                <li>
                    <Button label=move || t("export.save") icon=IconName::Download on_press=save/>
                    <p class="ui-hint">{move || t("export.save_more")}</p>
                </li>
            </ul>
            {told}
        </Dialog>
    }
}

impl Format {
    const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Json => "application/json",
        }
    }

    async fn write(self, session: &Session) -> String {
        // Markdown names things in English. In another language it can be read back all the same,
        // so that a copy can be had without a network whatever is on the device.
        let _ = i18n::load_all().await;
        let graph = session.workspace().projection().view();
        match self {
            Self::Markdown => to_markdown(&graph),
            Self::Json => to_json(&graph),
        }
    }
}

/// The way that is left where the browser gives no files.
fn copy(session: Session, format: Format, outcome: RwSignal<Option<Outcome>>) {
    spawn_local(async move {
        let copied = files::copy(&format.write(&session).await).await;
        // The dialog may have been closed meanwhile.
        let _ = outcome.try_set(Some(if copied {
            Outcome::Copied
        } else {
            Outcome::Refused { format }
        }));
    });
}
