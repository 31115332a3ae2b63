//! A menu: mounted means open, on a native popover, so that Esc and a press elsewhere close it and
//! the focus returns to where it was.
//!
//! Invariant: the focus is on one of its items while it is open; arrows, Home, End and typing move it.

use super::{Action, Icon, IconName, Kbd, focus, lower_case};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// One thing to do.
#[derive(Clone)]
pub struct MenuItem {
    label: String,
    icon: Option<IconName>,
    keys: &'static str,
    danger: bool,
    disabled: bool,
    separated: bool,
    run: Action,
}

impl MenuItem {
    /// An item with these words.
    pub fn new<M>(label: String, run: impl IntoReactiveValue<Action, M>) -> Self {
        Self {
            label,
            icon: None,
            keys: "",
            danger: false,
            disabled: false,
            separated: false,
            run: run.into_reactive_value(),
        }
    }

    /// The same with an icon.
    pub fn icon(self, icon: impl Into<Option<IconName>>) -> Self {
        Self {
            icon: icon.into(),
            ..self
        }
    }

    /// The same with the key chord that does the same.
    pub fn keys(self, keys: &'static str) -> Self {
        Self { keys, ..self }
    }

    /// The same, marked as taking something away.
    pub fn danger(self) -> Self {
        Self {
            danger: true,
            ..self
        }
    }

    /// The same, not to be chosen now when `disabled`.
    pub fn disabled(self, disabled: bool) -> Self {
        Self { disabled, ..self }
    }

    /// The same, set apart from the item before.
    pub fn separated(self) -> Self {
        Self {
            separated: true,
            ..self
        }
    }
}

/// Where a menu opens.
#[derive(Clone, Debug)]
pub enum MenuPlace {
    /// Below an element, or above where there is no room.
    Beside(Element),
    /// At a point of the window, for a context menu.
    Point {
        /// From the left edge.
        x: f64,
        /// From the top edge.
        y: f64,
    },
}

/// An open menu.
#[component]
pub fn Menu(
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// What it offers.
    items: Vec<MenuItem>,
    /// Where it opens.
    place: MenuPlace,
    /// Called once it has closed: unmount it here.
    #[prop(into)]
    on_close: Action,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let place = StoredValue::new_local(place);
    Effect::new(move || {
        let Some(menu) = node.get() else { return };
        // Without popovers the menu is an ordinary positioned element.
        let _ = menu.show_popover();
        place.with_value(|place| put(&menu, place));
        if let Some(first) = enabled(&menu).first() {
            focus::focus(first);
        }
    });
    let hide = move || {
        if let Some(menu) = node.get_untracked() {
            let _ = menu.hide_popover();
        }
    };
    let toggled = move |_| {
        if let Some(menu) = node.get_untracked()
            && !menu.matches(":popover-open").unwrap_or(false)
        {
            on_close.run(());
            focus::return_to_opener();
        }
    };
    focus::remember_opener();

    let rows = items
        .into_iter()
        .map(|item| {
            let MenuItem { label, icon, keys, danger, disabled, separated, run } = item;
            view! {
                {separated.then(|| view! { <div class="ui-menu-separator" role="separator"></div> })}
                <button
                    type="button"
                    role="menuitem"
                    tabindex="-1"
                    class="ui-menu-item"
                    data-danger=danger.then_some("true")
                    aria-disabled=disabled.then_some("true")
                    on:click=move |_| {
                        if !disabled {
                            // First the focus goes back, so that what runs finds it where it was.
                            hide();
                            run.run(());
                        }
                    }
                >
                    <span class="ui-menu-icon">{icon.map(|name| view! { <Icon name=name/> })}</span>
                    <span class="ui-menu-label">{label}</span>
                    {(!keys.is_empty()).then(|| view! { <span aria-hidden="true"><Kbd keys=keys/></span> })}
                </button>
            }
        })
        .collect_view();
    view! {
        <div
            node_ref=node
            class="ui-menu"
            role="menu"
            popover="auto"
            aria-label=label
            on:toggle=toggled
            on:keydown=move |event| {
                if let Some(menu) = node.get_untracked() {
                    key(&menu, &event, hide);
                }
            }
        >
            {rows}
        </div>
    }
}

/// Moves the focus by a key. Keys never reach the shortcuts of the page from an open menu.
fn key(menu: &HtmlElement, event: &KeyboardEvent, hide: impl Fn()) {
    event.stop_propagation();
    let items = enabled(menu);
    let here = focus::focused().and_then(|focused| {
        items
            .iter()
            .position(|item| item.is_same_node(Some(&focused)))
    });
    let last = items.len().saturating_sub(1);
    let next = match event.key().as_str() {
        "ArrowDown" => Some(here.map_or(0, |at| if at == last { 0 } else { at + 1 })),
        "ArrowUp" => Some(here.map_or(last, |at| if at == 0 { last } else { at - 1 })),
        "Home" | "PageUp" => Some(0),
        "End" | "PageDown" => Some(last),
        "Tab" => {
            event.prevent_default();
            hide();
            return;
        }
        letter if is_typed(event) => starting_with(&items, here, letter),
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = next.and_then(|at| items.get(at)) {
        focus::focus(item);
    }
}

fn is_typed(event: &KeyboardEvent) -> bool {
    event.key().chars().count() == 1
        && event.key() != " "
        && !(event.ctrl_key() || event.meta_key() || event.alt_key())
}

/// The next item after `here` whose words start with a letter, in turn.
fn starting_with(items: &[HtmlElement], here: Option<usize>, letter: &str) -> Option<usize> {
    let letter = lower_case(letter);
    let start = here.map_or(0, |at| at + 1);
    (start..items.len()).chain(0..start).find(|at| {
        items
            .get(*at)
            .and_then(|item| item.query_selector(".ui-menu-label").ok().flatten())
            .and_then(|label| label.text_content())
            .is_some_and(|words| lower_case(words.trim()).starts_with(&letter))
    })
}

fn enabled(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role=menuitem]:not([aria-disabled])") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

/// Puts the menu in place, wholly inside the window.
fn put(menu: &HtmlElement, place: &MenuPlace) {
    const MARGIN: f64 = 8.0;
    const GAP: f64 = 4.0;
    let size = menu.get_bounding_client_rect();
    let extent = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (
        extent(window().inner_width()),
        extent(window().inner_height()),
    );
    let rtl = document()
        .document_element()
        .and_then(|root| root.get_attribute("dir"))
        .as_deref()
        == Some("rtl");
    let (x, y) = match place {
        MenuPlace::Point { x, y } => (
            *x,
            if y + size.height() + MARGIN > height {
                y - size.height()
            } else {
                *y
            },
        ),
        MenuPlace::Beside(element) => {
            let anchor = element.get_bounding_client_rect();
            let start = if rtl {
                anchor.right() - size.width()
            } else {
                anchor.left()
            };
            let end = if rtl {
                anchor.left()
            } else {
                anchor.right() - size.width()
            };
            let fits = start >= MARGIN && start + size.width() + MARGIN <= width;
            let below = anchor.bottom() + GAP;
            let above = anchor.top() - GAP - size.height();
            (
                if fits { start } else { end },
                if below + size.height() + MARGIN > height && above > MARGIN {
                    above
                } else {
                    below
                },
            )
        }
    };
    let x = x.min(width - size.width() - MARGIN).max(MARGIN);
    let y = y.min(height - size.height() - MARGIN).max(MARGIN);
    let style = menu.style();
    let _ = style.set_property("left", &format!("{x}px"));
    let _ = style.set_property("top", &format!("{y}px"));
}
