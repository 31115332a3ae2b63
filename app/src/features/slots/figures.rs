//! The figures under a canvas: its own, those of the workspace and those of its notes that the method
//! looks at; and the marks on the notes themselves.
//!
//! They are computed in an idle moment after the canvas is drawn, never before it; their code comes
//! then, too.

use domain::catalogue::{Canvas, CanvasRef};
use domain::figure::{Figure, Outcome};
use domain::{EntityId, KindId};
use futures_util::FutureExt;
use futures_util::future::join3;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use workspace::Session;

use super::marks::{is_marked, mark};
use super::surface::Surface;
use crate::features::{UseFigures, first_line, list_of_figures, note_words, use_figures};
use crate::i18n::{self, t};
use crate::platform::assets;
use crate::platform::clock::Scheduled;
use crate::ui::install_icons;

/// The section below a canvas; nothing while nothing can be computed.
#[component]
pub(super) fn CanvasFigures(
    /// The canvas around it, whose marks wait for the same code.
    surface: Surface,
) -> impl IntoView {
    let here = surface.has_figures;
    let coming = Scheduled::idle(move || {
        spawn_local(async move {
            // Without a network before all is kept on this device, the canvas has no figures yet.
            let all = join3(fetch_figures(), i18n::load_more(), assets::install_rest()).await;
            if matches!(all, (Ok(()), Ok(()), Ok(()))) {
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
        here.get()
            .then(|| drawn(Figured::Canvas(surface.canvas.clone()), &surface.session))
            .flatten()
    }
}

/// The mark of a note; nothing for a note of a kind without marks, and nothing before the code for it
/// is here. Read in a view, it follows.
pub(super) fn mark_of(
    surface: &Surface,
    id: &EntityId,
    kind: impl FnOnce() -> KindId,
) -> Option<AnyView> {
    let can_be_drawn = surface.has_figures.get() && is_marked(&kind());
    can_be_drawn
        .then(|| drawn(Figured::Mark(id.clone()), &surface.session))
        .flatten()
}

/// What the code that computes figures draws.
enum Figured {
    /// The section below a canvas.
    Canvas(CanvasRef),
    /// What stands on a note.
    Mark(EntityId),
}

fn drawn(what: Figured, session: &Session) -> Option<AnyView> {
    // With its code here, the future is done at once.
    draw(what, session.clone()).now_or_never()?.ok()
}

#[wasm_split(figures, fallible, preload(fetch_figures))]
fn draw(what: Figured, session: Session) -> Result<AnyView, SplitLoaderError> {
    install_icons();
    Ok(match what {
        Figured::Canvas(canvas) => section(canvas, &session, &use_figures(&session)),
        Figured::Mark(id) => mark(&session, id),
    })
}

fn section(canvas: CanvasRef, session: &Session, figures: &UseFigures) -> AnyView {
    let (session, figures) = (session.clone(), figures.clone());
    let content = move || {
        figures.get().watch();
        let mut own = shown(&canvas, figures.get().of_canvas(canvas.id.as_str()));
        // A funnel is of the workspace, and its canvas names it.
        let mut whole = figures.get().of_workspace();
        whole.retain(|figure| is_named(&canvas, figure));
        own.extend(whole);
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
                    {(!own.is_empty()).then(|| list_of_figures(&session, &figures, None, own))}
                    {notes}
                </section>
            }
        })
    };
    content.into_any()
}

/// Those that the canvas's method looks at, where it names any.
fn shown(canvas: &Canvas, mut figures: Vec<Figure>) -> Vec<Figure> {
    figures.retain(|figure| canvas.figures.is_empty() || is_named(canvas, figure));
    figures
}

fn is_named(canvas: &Canvas, figure: &Figure) -> bool {
    canvas.figures.iter().any(|id| id == figure.kind.id)
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
    let title = first_line(&words);
    view! {
        <div class="figures-of-note">
            <h3>{title}</h3>
            {list_of_figures(session, figures, Some(id), shown)}
        </div>
    }
    .into_any()
}
