//! One other tab as it is drawn.

use leptos::prelude::*;

use super::dom::Area;
use super::placing::Placed;
use crate::i18n::t;

/// The outline, what is chosen, the caret and the pointer of one other tab; nothing while nothing of it is in view.
#[component]
pub(super) fn Other(
    /// Where it is.
    placed: Memo<Option<Placed>>,
) -> impl IntoView {
    let part = move |part: fn(&Placed) -> Option<String>| {
        placed.with(|placed| placed.as_ref().and_then(part))
    };
    let hue = move || placed.with(|placed| placed.as_ref().map(|it| it.colour.name()));
    let name = Memo::new(move |_| {
        let name = placed.with(|placed| placed.as_ref().map(|it| it.name.clone()));
        name.filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| t("people.someone"))
    });
    let label = Memo::new(move |_| part(|it| Some(it.label.clone()).filter(|it| !it.is_empty())));
    let side = move || placed.with(|placed| placed.as_ref().map(|it| it.side.name()));
    let is_over_box =
        Memo::new(move |_| placed.with(|it| it.as_ref().is_some_and(|it| it.over_box)));
    let note = Memo::new(move |_| part(|it| it.note.map(boxed)));
    let caret = Memo::new(move |_| part(|it| it.caret.map(boxed)));
    let chosen = Memo::new(move |_| {
        placed.with(|placed| {
            placed
                .as_ref()
                .map_or_else(Vec::new, |it| it.chosen.clone())
        })
    });
    let lines = move || {
        let lines = chosen.get().into_iter();
        lines
            .map(|line| view! { <div class="presence-chosen" style=boxed(line)></div> })
            .collect_view()
    };
    let pointer = Memo::new(move |_| part(|it| it.pointer.map(|(x, y)| moved(x, y))));
    let carried = Memo::new(move |_| part(|it| it.carried.clone()));
    let (has_note, has_caret, has_pointer) = (
        Memo::new(move |_| note.with(Option::is_some)),
        Memo::new(move |_| caret.with(Option::is_some)),
        Memo::new(move |_| pointer.with(Option::is_some)),
    );
    view! {
        <div class="presence-other" data-hue=hue>
            {move || has_note.get().then(|| view! {
                <div class="presence-note" style=move || note.get()>
                    {move || label.get().map(|names| view! { <span class="presence-name" data-side=side>{names}</span> })}
                </div>
            })}
            {lines}
            {move || has_caret.get().then(|| view! {
                <div class="presence-caret" style=move || caret.get()></div>
            })}
            {move || has_pointer.get().then(|| view! {
                <div class="presence-pointer" style=move || pointer.get()>
                    {move || carried.get().map(|words| view! { <p class="presence-carried">{words}</p> })}
                    {move || (!is_over_box.get()).then(|| view! { <span class="presence-name">{move || name.get()}</span> })}
                </div>
            })}
        </div>
    }
}

fn boxed(area: Area) -> String {
    let Area {
        left,
        top,
        width,
        height,
    } = area;
    format!("inline-size:{width}px;block-size:{height}px;transform:translate({left}px,{top}px)")
}

fn moved(x: f64, y: f64) -> String {
    format!("transform:translate({x}px,{y}px)")
}
