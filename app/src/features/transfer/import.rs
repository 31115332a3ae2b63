//! The dialog "Import": a file picked or dropped, or pasted text; what was found; then the import.

use document::{Command, CommandError};
use domain::interchange::{Imported, import};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{ClipboardEvent, DragEvent, File, HtmlElement};
use workspace::{Message, Session, Tone as ToastTone};

use super::merge::{MergeFile, merge};
use super::preview::{Preview, count_live};
use crate::features::{Refusal, file_problem, import_problem, use_session};
use crate::i18n::{self, t};
use crate::platform::{Node, bundle, files};
use crate::ui::{
    Action, Banner, Button, ButtonLook, Dialog, DialogActions, FileButton, TextArea, Tone,
};

/// What was read so far.
#[derive(Clone)]
pub(super) enum Reading {
    Nothing,
    Found { name: String, imported: Imported },
    Refused { reason: String },
}

/// Where a chosen file goes.
#[derive(Clone)]
pub(super) struct Choosing {
    pub(super) reading: RwSignal<Reading>,
    pub(super) session: Session,
    pub(super) node: Node,
}

/// Lets a file in.
#[component]
pub(crate) fn ImportDialog(
    /// The workspace.
    node: Node,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let reading = RwSignal::new(Reading::Nothing);
    let choosing_for = Choosing {
        reading,
        session: session.clone(),
        node,
    };
    let reader = StoredValue::new_local(session.clone());
    let pasted = RwSignal::new(String::new());
    let typed = move || pasted.with(|text| !text.trim().is_empty());
    let actions = move || match reading.get() {
        Reading::Found { imported, .. } => {
            let session = session.clone();
            // What had the focus is hidden now.
            let button = NodeRef::<leptos::html::Button>::new();
            button.on_load(|button| focus_soon(button.into()));
            Some(view! {
                <DialogActions>
                    <Button label=move || t("start.cancel") on_press=move || again(reading, pasted)/>
                    <Button
                        label=move || t("import.now")
                        look=ButtonLook::Primary
                        node_ref=button
                        on_press=move || let_in(&session, &imported)
                    />
                </DialogActions>
            })
        }
        Reading::Nothing | Reading::Refused { .. } => None,
    };
    let content = move || match reading.get() {
        Reading::Nothing => ().into_any(),
        Reading::Found { name, imported } => {
            view! { <Preview name=name imported=imported/> }.into_any()
        }
        Reading::Refused { reason } => view! {
            <Banner tone=Tone::Problem title=move || t("import.refused")>
                <Refusal reason=reason/>
            </Banner>
        }
        .into_any(),
    };
    let (pasting, dropping) = (choosing_for.clone(), choosing_for.clone());
    let choosing = move || !matches!(reading.get(), Reading::Found { .. });
    view! {
        <Dialog title=move || t("import.title") on_close=on_close>
            // Hidden rather than taken away: the file may be chosen again.
            <div class="import-source" hidden=move || !choosing() on:paste=move |event| paste(&event, pasted, &pasting)>
                <DropZone to=dropping/>
                <MergeFile to=choosing_for/>
                <TextArea
                    label=move || t("import.paste")
                    value=pasted
                    hint=Signal::derive(|| Some(t("import.paste_more")))
                    rows=2
                />
                <Show when=typed>
                    <Button label=move || t("import.read_text") on_press=move || read_text(reader.get_value(), pasted, reading)/>
                </Show>
            </div>
            {content}
            {actions}
        </Dialog>
    }
}

/// What the import reads.
const ACCEPTED: &str = ".groundwork,.md,.markdown,.txt,.json,.csv,.tsv,.xml,text/markdown,\
                        application/json,text/csv,text/xml";

/// Where a file is dropped, and the button that picks one.
#[component]
fn DropZone(to: Choosing) -> impl IntoView {
    let over = RwSignal::new(false);
    let choosing = to.clone();
    let picked = UnsyncCallback::new(move |file| read_file(file, &choosing));
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let file = event
            .data_transfer()
            .and_then(|data| data.files())
            .and_then(|files| files.get(0));
        if let Some(file) = file {
            read_file(file, &to);
        }
    };
    view! {
        <div
            class="import-drop"
            data-over=move || over.get().then_some("true")
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <FileButton label=Signal::derive(|| t("import.choose")) accept=ACCEPTED autofocus=true on_choose=picked/>
            <p class="ui-hint">{move || t("import.drop")}</p>
            <p class="ui-hint">{move || t("import.formats")}</p>
        </div>
    }
}

/// A saved workspace is merged, whichever way it came in; anything else is looked at first.
pub(super) fn read_file(file: File, to: &Choosing) {
    let to = to.clone();
    spawn_local(async move {
        let outcome = match files::read(&file).await {
            Ok(bytes) if bundle::is_bundle(&bytes) => merge(&to, &bytes),
            Ok(bytes) => read(&to.session, &file.name(), &bytes).await,
            Err(error) => Reading::Refused {
                reason: file_problem(&error),
            },
        };
        // The dialog may have been closed meanwhile.
        let _ = to.reading.try_set(outcome);
    });
}

/// What is pasted anywhere in the dialog is read at once; what is typed waits for its button.
fn paste(event: &ClipboardEvent, pasted: RwSignal<String>, to: &Choosing) {
    let Some(data) = event.clipboard_data() else {
        return;
    };
    let file = data.files().and_then(|files| files.get(0));
    let text = data.get_data("text/plain").unwrap_or_default();
    if let Some(file) = file {
        event.prevent_default();
        read_file(file, to);
    } else if !text.trim().is_empty() && pasted.with_untracked(|typed| typed.trim().is_empty()) {
        event.prevent_default();
        pasted.set(text);
        read_text(to.session.clone(), pasted, to.reading);
    }
}

fn read_text(session: Session, pasted: RwSignal<String>, reading: RwSignal<Reading>) {
    let text = pasted.get_untracked();
    spawn_local(async move {
        let outcome = read(&session, &t("import.pasted"), text.as_bytes()).await;
        // The dialog may have been closed meanwhile.
        let _ = reading.try_set(outcome);
    });
}

async fn read(session: &Session, name: &str, bytes: &[u8]) -> Reading {
    if i18n::load_all().await.is_err() {
        return Reading::Refused {
            reason: t("toast.part_missing"),
        };
    }
    match import(name, bytes) {
        Ok(imported)
            if session.workspace().import_outlook(&imported.graph)
                == Err(CommandError::TooMuch) =>
        {
            Reading::Refused {
                reason: t("import.error.too_much"),
            }
        }
        Ok(imported) => Reading::Found {
            name: name.to_owned(),
            imported,
        },
        Err(error) => Reading::Refused {
            reason: import_problem(&error),
        },
    }
}

/// Back to choosing.
fn again(reading: RwSignal<Reading>, pasted: RwSignal<String>) {
    pasted.set(String::new());
    reading.set(Reading::Nothing);
    let button = document()
        .query_selector(".import-drop button")
        .ok()
        .flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into().ok()) {
        focus_soon(button);
    }
}

/// Focuses an element once the page shows it.
fn focus_soon(element: HtmlElement) {
    request_animation_frame(move || {
        let _ = element.focus();
    });
}

/// One gesture; a refusal has been told in a toast, and nothing has changed.
fn let_in(session: &Session, imported: &Imported) {
    let outlook = session.workspace().import_outlook(&imported.graph).ok();
    session.close_dialog();
    let import = Command::Import {
        graph: imported.graph.clone(),
    };
    if session.dispatch(import).is_err() {
        return;
    }
    let (notes, links) = outlook.as_ref().map_or_else(
        || (count_live(&imported.graph), 0),
        |outlook| (outlook.notes(), outlook.links),
    );
    let is_nothing = outlook.is_some_and(|outlook| outlook.is_empty(&imported.graph));
    let (message, action) = match (notes, links) {
        _ if is_nothing => (Message::plain("import.merged_nothing"), None),
        (0, 1..) => (
            Message::plain("import.done_links").counted(links),
            Some("edit.undo"),
        ),
        _ => (
            Message::plain("import.done").counted(notes),
            Some("edit.undo"),
        ),
    };
    session.toast(message, ToastTone::Calm, action);
}
