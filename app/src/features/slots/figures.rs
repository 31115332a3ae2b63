//! The figures under a canvas: its own, and those of its notes that the method looks at.
//!
//! They are computed in an idle moment after the canvas is drawn, never before it; their code comes
//! then, too.

use domain::EntityId;
use domain::catalogue::{Canvas, CanvasRef};
use domain::figure::{Figure, Outcome};
use futures_util::FutureExt;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::Session;

use crate::features::{UseFigures, list_of_figures, note_words, use_figures};
use crate::i18n::t;
use crate::platform::clock::Scheduled;

/// The section below a canvas; nothing while nothing can be computed.
#[component]
pub(super) fn CanvasFigures(
    /// The canvas.
    canvas: CanvasRef,
    /// The session.
    session: Session,
) -> impl IntoView {
    let here = RwSignal::new(false);
    let coming = Scheduled::idle(move || {
        spawn_local(async move {
            // Without a network before all is kept on this device, the canvas has no figures yet.
            if fetch_figures().await.is_ok() {
                // The view may have gone meanwhile.
                let _ = here.try_set(true);
            }
        });
    });
    let coming = StoredValue::new_local(Some(coming));
    on_cleanup(move || {
        let _ = coming.try_update_value(Option::take);
    });
    move || {
        // With its code here, the future is done at once.
        here.get()
            .then(|| draw(canvas.clone(), session.clone()).now_or_never()?.ok())
            .flatten()
    }
}

/// The section itself.
#[wasm_split(figures, fallible, preload(fetch_figures))]
fn draw(canvas: CanvasRef, session: Session) -> Result<AnyView, SplitLoaderError> {
    let figures = use_figures(&session);
    Ok(section(canvas, &session, &figures))
}

fn section(canvas: CanvasRef, session: &Session, figures: &UseFigures) -> AnyView {
    let (session, figures) = (session.clone(), figures.clone());
    let content = move || {
        figures.get().watch();
        let own = shown(&canvas, figures.get().of_canvas(canvas.id.as_str()));
        let notes: Vec<AnyView> = notes_on(&canvas, &session)
            .into_iter()
            .filter_map(|id| {
                let mut shown = shown(&canvas, figures.get().of_entity(&id));
                // Whoever lists a hundred notes without data hides the three that have some.
                shown.retain(|figure| !matches!(figure.outcome, Outcome::Missing(_)));
                (!shown.is_empty()).then(|| of_note(&session, &figures, &id, shown))
            })
            .collect();
        (!(own.is_empty() && notes.is_empty())).then(|| {
            view! {
                <section class="canvas-figures" data-region="" aria-label=t("figures.title")>
                    <h2>{t("figures.title")}</h2>
                    {(!own.is_empty()).then(|| list_of_figures(&session, &figures, own))}
                    {notes}
                </section>
            }
        })
    };
    content.into_any()
}

/// Those that the canvas's method looks at, where it names any.
fn shown(canvas: &Canvas, mut figures: Vec<Figure>) -> Vec<Figure> {
    let named = |figure: &Figure| canvas.figures.iter().any(|id| id == figure.kind.id);
    figures.retain(|figure| canvas.figures.is_empty() || named(figure));
    figures
}

/// The notes of the canvas in the order of its slots.
fn notes_on(canvas: &Canvas, session: &Session) -> Vec<EntityId> {
    let projection = session.workspace().projection();
    let slots = canvas.slots.iter();
    slots
        .flat_map(|slot| projection.slot(&canvas.id, &slot.id).get())
        .collect()
}

fn of_note(session: &Session, figures: &UseFigures, id: &EntityId, shown: Vec<Figure>) -> AnyView {
    let words = note_words(session, id);
    let title = words.lines().next().unwrap_or_default().to_owned();
    view! {
        <div class="figures-of-note">
            <h3>{title}</h3>
            {list_of_figures(session, figures, shown)}
        </div>
    }
    .into_any()
}
