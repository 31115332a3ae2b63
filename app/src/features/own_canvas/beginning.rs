//! What to begin with: a worked example, a copy of a canvas that there is, or a file.

use domain::CanvasId;
use domain::catalogue::copy_of;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;
use workspace::Session;

use super::draft::Draft;
use crate::features::{file_problem, title_of, use_session};
use crate::i18n::{self, t, tf};
use crate::platform::files;
use crate::ui::{Banner, Button, FileButton, IconName, Select, SelectOption, Tone};

/// The value of the worked example among the choices; no canvas has it for an id.
const TEMPLATE: &str = "";

/// The worked example.
pub(super) fn template() -> String {
    include_str!("template.json").to_owned()
}

/// The choice, the file, and the way back to the text before.
#[component]
pub(super) fn Beginning(
    /// The text.
    draft: Draft,
    /// Whether it begins at all: a canvas that is there keeps its id, and is no copy.
    #[prop(optional)]
    anew: bool,
) -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(TEMPLATE.to_owned());
    let failed = RwSignal::new(None::<String>);
    let options = {
        let session = session.clone();
        Signal::derive(move || options(&session))
    };
    let begin = move || begin(&session, draft, chosen.get_untracked(), failed);
    let choice = anew.then(|| {
        view! {
            <Select
                label=move || t("own_canvas.begin_with")
                options=options
                value=chosen
                on_choose=move |value| chosen.set(value)
            />
            <Button label=move || t("own_canvas.begin") on_press=begin/>
        }
    });
    let picked = UnsyncCallback::new(move |file| read(file, draft, failed));
    view! {
        <div class="own-canvas-beginning">
            {choice}
            <FileButton
                label=Signal::derive(|| t("own_canvas.choose"))
                accept=".json,application/json"
                on_choose=picked
            />
        </div>
        {move || failed.get().map(|reason| view! { <Banner tone=Tone::Problem title=reason/> })}
        {move || draft.replaced.get().map(|before| taken_place(draft, before))}
    }
}

/// The text before, and how it comes back.
fn taken_place(draft: Draft, before: String) -> impl IntoView {
    let take_back = move || {
        draft.text.set(before.clone());
        draft.replaced.set(None);
        // The button is gone now.
        if let Some(area) = draft.area.get_untracked() {
            let _ = area.focus();
        }
    };
    view! {
        <Banner title=move || t("own_canvas.replaced")>
            <Button label=move || t("own_canvas.take_back") icon=IconName::Undo on_press=take_back/>
        </Banner>
    }
}

fn options(session: &Session) -> Vec<SelectOption> {
    let example = SelectOption {
        value: TEMPLATE.to_owned(),
        label: t("own_canvas.template"),
    };
    let canvases = session.workspace().projection().canvases();
    let copies = canvases.iter().map(|canvas| SelectOption {
        value: canvas.id.to_string(),
        label: tf(
            "own_canvas.copy",
            &[("canvas", &title_of(Some(&**canvas), &canvas.id))],
        ),
    });
    [example].into_iter().chain(copies).collect()
}

fn begin(session: &Session, draft: Draft, chosen: String, failed: RwSignal<Option<String>>) {
    failed.set(None);
    if chosen == TEMPLATE {
        draft.fill(template());
        return;
    }
    let session = session.clone();
    spawn_local(async move {
        // A copy speaks every language that the original speaks.
        if i18n::load_all().await.is_err() {
            let _ = failed.try_set(Some(t("toast.part_missing")));
            return;
        }
        let projection = session.workspace().projection();
        if let Some(canvas) = projection.canvas(&CanvasId::from(chosen)) {
            draft.fill(copy_of(&canvas, |id| projection.canvas(id).is_some()));
        }
    });
}

fn read(file: File, draft: Draft, failed: RwSignal<Option<String>>) {
    failed.set(None);
    spawn_local(async move {
        let text = match files::read(&file).await {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| t("own_canvas.not_text")),
            Err(error) => Err(file_problem(&error)),
        };
        // The dialog may have been closed meanwhile.
        if failed.is_disposed() {
            return;
        }
        match text {
            Ok(text) => draft.fill(text.trim_start_matches('\u{feff}').to_owned()),
            Err(reason) => failed.set(Some(reason)),
        }
    });
}
