//! What is drawn over the canvas during a drag: the note's picture under the pointer, and the line
//! where it would land.

use domain::EntityId;
use leptos::prelude::*;

use super::drag::Drag;
use super::geometry::Area;
use super::surface::Surface;

/// The picture and the line; nothing while no note is on its way.
#[component]
pub(super) fn DragOverlay(
    /// The canvas's drag.
    drag: Drag,
    /// The canvas.
    surface: Surface,
) -> impl IntoView {
    let dragged = drag.dragged();
    let id = Memo::new(move |_| {
        dragged.with(|dragged| dragged.as_ref().map(|dragged| dragged.id.clone()))
    });
    let picture =
        move || dragged.with(|dragged| dragged.as_ref().map(|dragged| placed(dragged.picture)));
    let line = move || {
        dragged.with(|dragged| {
            let target = dragged.as_ref()?.target.as_ref()?;
            (!target.same_place).then(|| placed(target.line))
        })
    };
    move || {
        id.get().map(|id| {
            view! {
                <div class="drag-picture note" aria-hidden="true" style=picture>
                    <p class="note-text">{text_of(&surface, &id)}</p>
                </div>
                <div class="drag-line" aria-hidden="true" hidden=move || line().is_none() style=line></div>
            }
        })
    }
}

fn text_of(surface: &Surface, id: &EntityId) -> String {
    let note = surface.session.workspace().projection().note(id);
    note.map(|note| note.body.with_untracked(|body| body.text.clone()))
        .unwrap_or_default()
}

fn placed(area: Area) -> String {
    format!(
        "inline-size:{}px;block-size:{}px;transform:translate({}px,{}px)",
        area.right - area.left,
        area.bottom - area.top,
        area.left,
        area.top
    )
}
