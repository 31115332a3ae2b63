//! What stands where something will be: what it is good for, and the one thing to do.

use super::{Icon, IconName};
use leptos::prelude::*;

/// A friendly nothing.
#[component]
pub fn EmptyState(
    /// An icon of what will be here.
    icon: IconName,
    /// What is not here yet, or no longer.
    #[prop(into)]
    title: Signal<String>,
    /// What it is good for or what to do.
    #[prop(into, optional)]
    detail: MaybeProp<String>,
    /// One primary action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="ui-empty">
            <Icon name=icon/>
            <p class="ui-empty-title">{title}</p>
            {move || detail.get().map(|detail| view! { <p class="ui-empty-detail">{detail}</p> })}
            {children.map(|children| view! { <div class="ui-empty-actions">{children()}</div> })}
        </div>
    }
}
