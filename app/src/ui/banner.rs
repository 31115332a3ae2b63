//! A message that stays while something is so: above the content that it concerns.

use super::{Icon, Tone};
use leptos::prelude::*;

/// A message with, perhaps, buttons.
#[component]
pub fn Banner(
    /// How it speaks.
    #[prop(optional)]
    tone: Tone,
    /// What is so, in one line.
    #[prop(into)]
    title: Signal<String>,
    /// What is safe and what to do.
    #[prop(into, optional)]
    detail: MaybeProp<String>,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="ui-banner" role=tone.role() data-tone=tone.name()>
            <Icon name=tone.icon()/>
            <div class="ui-banner-words">
                <p class="ui-banner-title">{title}</p>
                {move || detail.get().map(|detail| view! { <p>{detail}</p> })}
            </div>
            {children.map(|children| view! { <div class="ui-banner-actions">{children()}</div> })}
        </div>
    }
}
