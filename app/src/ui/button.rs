//! Buttons, with words or with an icon alone.

use super::{Action, Icon, IconName, chord_for_assistive_technology, chord_text, focus};
use leptos::{html, prelude::*};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonLook {
    /// An outlined button: one of several equal actions.
    #[default]
    Plain,
    /// The one action that a person came for; at most one in sight.
    Primary,
    /// No outline until pointed at: toolbars and rows.
    Quiet,
    /// Something that takes away.
    Danger,
}

impl ButtonLook {
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

/// A button with words, and an icon before them if one helps.
#[component]
pub fn Button(
    /// The words, in sentence case; `…` at the end when it opens more.
    #[prop(into)]
    label: Signal<String>,
    /// Its accessible name, where the words alone do not tell it from its neighbours; it begins
    /// with them.
    #[prop(into, optional)]
    name: MaybeProp<String>,
    /// What it does. A button that submits its form has none.
    #[prop(into, optional)]
    on_press: Option<Action>,
    /// How much it asks to be pressed.
    #[prop(optional)]
    look: ButtonLook,
    /// An icon before the words.
    #[prop(default = None, into)]
    icon: Option<IconName>,
    /// The key chord that does the same, shown in the tooltip.
    #[prop(optional)]
    keys: &'static str,
    /// Whether it can be pressed now. A disabled button stays focusable and says that it is.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Whether it submits the form around it.
    #[prop(optional)]
    submit: bool,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The element, for those who need to focus it.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    view! {
        <button
            node_ref=node_ref
            type=if submit { "submit" } else { "button" }
            class="ui-button"
            data-look=look.name()
            data-keys=(!keys.is_empty()).then_some(keys)
            aria-keyshortcuts=(!keys.is_empty()).then(|| chord_for_assistive_technology(keys))
            aria-label=move || name.get()
            aria-disabled=move || disabled.get().then_some("true")
            autofocus=autofocus
            on:click=move |event| press(&event, disabled, on_press)
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            <span>{label}</span>
        </button>
    }
}

/// A button that shows an icon alone; its words are its accessible name and its tooltip.
#[component]
pub fn IconButton(
    /// The words.
    #[prop(into)]
    label: Signal<String>,
    /// The icon.
    #[prop(into)]
    icon: Signal<IconName>,
    /// What it does.
    #[prop(into)]
    on_press: Action,
    /// How much it asks to be pressed.
    #[prop(default = ButtonLook::Quiet)]
    look: ButtonLook,
    /// The key chord that does the same, shown in the tooltip.
    #[prop(optional)]
    keys: &'static str,
    /// Whether it can be pressed now. A disabled button stays focusable and says that it is.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// For a button that is on or off: whether it is on.
    #[prop(into, optional)]
    pressed: Option<Signal<bool>>,
    /// Its place in the tab order, for a toolbar with roving focus.
    #[prop(into, optional)]
    tab_index: MaybeProp<&'static str>,
    /// The element, for those who need to focus it.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    view! {
        <button
            node_ref=node_ref
            type="button"
            class="ui-button ui-icon-button"
            data-look=look.name()
            data-tip=move || label.get()
            data-keys=(!keys.is_empty()).then_some(keys)
            aria-label=move || label.get()
            aria-keyshortcuts=(!keys.is_empty()).then(|| chord_for_assistive_technology(keys))
            aria-disabled=move || disabled.get().then_some("true")
            aria-pressed=move || pressed.map(|pressed| if pressed.get() { "true" } else { "false" })
            tabindex=move || tab_index.get()
            on:click=move |event| press(&event, disabled, Some(on_press))
        >
            <Icon name=icon/>
        </button>
    }
}

/// The tooltip of something with a chord: `Undo (Ctrl+Z)`.
pub(super) fn with_chord(words: &str, keys: &str) -> String {
    match (words.is_empty(), keys.is_empty()) {
        (false, false) => format!("{words}  {}", chord_text(keys)),
        (true, false) => chord_text(keys),
        (_, true) => words.to_owned(),
    }
}

fn press(event: &leptos::ev::MouseEvent, disabled: Signal<bool>, action: Option<Action>) {
    if disabled.get_untracked() {
        event.prevent_default();
    } else if let Some(action) = action {
        // Assistive technology presses without moving the focus: what is being typed counts first.
        focus::leave_box();
        action.run(());
    }
}
