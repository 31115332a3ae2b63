//! A button that opens a menu.

use super::{Icon, IconName, Menu, MenuItem, MenuPlace};
use leptos::{html, prelude::*};

/// A button that opens a menu; its items are made when it opens.
#[component]
pub fn MenuButton(
    /// Its accessible name and tooltip.
    #[prop(into)]
    label: Signal<String>,
    /// What it shows.
    #[prop(default = IconName::Ellipsis)]
    icon: IconName,
    /// Words beside the icon, when it shows some.
    #[prop(into, optional)]
    words: MaybeProp<String>,
    /// What the menu offers.
    #[prop(into)]
    items: UnsyncCallback<(), Vec<MenuItem>>,
    /// Its place in the tab order, for a region with roving focus.
    #[prop(into, optional)]
    tab_index: MaybeProp<&'static str>,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    // A press on the button while the menu is open closes it as a press elsewhere would; the click
    // that follows must not open it again.
    let was_open = StoredValue::new(false);
    let press = move |_| {
        let close = was_open.get_value();
        was_open.set_value(false);
        open.set(!close);
    };
    view! {
        <button
            node_ref=node
            type="button"
            class="ui-button"
            class:ui-icon-button=move || words.get().is_none()
            data-look="quiet"
            data-tip=move || words.get().is_none().then(|| label.get())
            aria-label=move || label.get()
            aria-haspopup="menu"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            tabindex=move || tab_index.get()
            on:pointerdown=move |_| was_open.set_value(open.get_untracked())
            on:click=press
            on:keydown=move |event| {
                if event.key() == "ArrowDown" {
                    event.prevent_default();
                    event.stop_propagation();
                    open.set(true);
                }
            }
        >
            <Icon name=icon/>
            {move || words.get().map(|words| view! { <span>{words}</span> })}
        </button>
        {move || {
            let button = node.get_untracked().filter(|_| open.get())?;
            Some(view! {
                <Menu
                    label=label.get_untracked()
                    // Untracked: an item that changes what the items say must not mount the menu anew.
                    items=untrack(|| items.run(()))
                    place=MenuPlace::Beside(button.into())
                    on_close=move || open.set(false)
                />
            })
        }}
    }
}
