//! A text box with a list of what matches: search, palette, choosing a note.
//!
//! Invariant: the focus stays in the box; the active choice is named by `aria-activedescendant`, and
//! the number of choices is announced politely.

use super::{Icon, IconName, Kbd, unique_id};
use crate::i18n::{t, tn};
use leptos::{ev::KeyboardEvent, html, prelude::*};

/// One of the choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What `on_choose` receives.
    pub value: String,
    /// The words.
    pub label: String,
    /// Quieter words after them.
    pub detail: String,
    /// An icon before them.
    pub icon: Option<IconName>,
    /// The key chord that does the same.
    pub keys: &'static str,
    /// What it belongs to; those of one group follow each other under its name. Empty for none.
    pub group: String,
    /// Whether it is what is so already.
    pub current: bool,
}

/// A combobox with a listbox of what matches.
#[component]
pub fn Combobox(
    /// Its accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed.
    query: RwSignal<String>,
    /// What matches, best first; the caller filters.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Called with the value chosen.
    #[prop(into)]
    on_choose: UnsyncCallback<String>,
    /// An example in the empty box.
    #[prop(into, optional)]
    placeholder: MaybeProp<String>,
    /// Shown when something is typed and nothing matches.
    #[prop(into, optional)]
    nothing: MaybeProp<String>,
    /// Whether the list is always there, as in a palette, and not only while typing.
    #[prop(optional)]
    always_open: bool,
    /// Whether the label is shown above the box.
    #[prop(optional)]
    show_label: bool,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The key chord that leads here, shown in the empty box.
    #[prop(optional)]
    keys: &'static str,
    /// The element.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let id = unique_id("combobox");
    let list_id = format!("{id}-list");
    let active = RwSignal::new(0_usize);
    let focused = RwSignal::new(false);
    let dismissed = RwSignal::new(false);
    let open = Memo::new(move |_| {
        always_open
            || (focused.get() && !dismissed.get() && !query.with(|query| query.trim().is_empty()))
    });
    let option_id = {
        let id = id.clone();
        move |at: usize| format!("{id}-{at}")
    };
    let choose = move |value: String| {
        dismissed.set(true);
        on_choose.run(value);
    };
    let key = move |event: KeyboardEvent| {
        let count = choices.with_untracked(Vec::len);
        let at = active.get_untracked().min(count.saturating_sub(1));
        match event.key().as_str() {
            // A composing input method uses these keys itself.
            _ if event.is_composing() => return,
            "ArrowDown" if count > 0 => {
                dismissed.set(false);
                active.set(if at + 1 == count { 0 } else { at + 1 });
            }
            "ArrowUp" if count > 0 => {
                dismissed.set(false);
                active.set(if at == 0 { count - 1 } else { at - 1 });
            }
            "Enter" => {
                let value = choices
                    .with_untracked(|choices| choices.get(at).map(|choice| choice.value.clone()));
                match value.filter(|_| open.get_untracked()) {
                    Some(value) => choose(value),
                    None => return,
                }
            }
            "Escape" if !always_open && open.get_untracked() => dismissed.set(true),
            // With the list away, the words go too, as in the browser's own search boxes.
            "Escape" if !always_open && query.with_untracked(|query| !query.is_empty()) => {
                query.set(String::new());
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let active_id = {
        let option_id = option_id.clone();
        move || {
            let count = choices.with(Vec::len);
            (open.get() && count > 0).then(|| option_id(active.get().min(count - 1)))
        }
    };
    // The active choice stays in sight.
    {
        let active_id = active_id.clone();
        Effect::new(move || {
            if let Some(element) = active_id().and_then(|id| document().get_element_by_id(&id)) {
                let nearest = web_sys::ScrollIntoViewOptions::new();
                nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        });
    }
    let row_id = option_id.clone();
    let row = move |at: usize, choice: Choice| {
        let Choice {
            value,
            label,
            detail,
            icon,
            keys,
            current,
            ..
        } = choice;
        view! {
                    <li
                        role="option"
                        id=row_id(at)
                        class="ui-option"
                        aria-current=current.then_some("true")
                        aria-selected=move || if active.get() == at { "true" } else { "false" }
                        on:pointermove=move |_| {
                            if active.get_untracked() != at {
                                active.set(at);
                            }
                        }
                        // Before the box loses the focus.
                        on:pointerdown=move |event| event.prevent_default()
                        on:click=move |_| choose(value.clone())
                    >
                        <span class="ui-option-icon">{icon.map(|name| view! { <Icon name=name/> })}</span>
                        <span class="ui-option-label">{label}</span>
                        <span class="ui-option-detail">{detail}</span>
                        {(!keys.is_empty()).then(|| view! { <span aria-hidden="true"><Kbd keys=keys/></span> })}
                    </li>
                }
                .into_any()
    };
    let rows = move || {
        let mut rows: Vec<AnyView> = Vec::new();
        let mut group: (String, Vec<AnyView>) = Default::default();
        for (at, choice) in choices.get().into_iter().enumerate() {
            if choice.group != group.0 {
                close_group(&mut rows, std::mem::take(&mut group));
                group.0.clone_from(&choice.group);
            }
            group.1.push(row(at, choice));
        }
        close_group(&mut rows, group);
        rows
    };
    let typed = move || query.with(|query| !query.trim().is_empty());
    let announced = move || match (open.get() && typed(), choices.with(Vec::len)) {
        (false, _) => String::new(),
        (true, 0) => nothing.get().unwrap_or_else(|| t("ui.no_results")),
        (true, count) => tn("ui.results", count),
    };
    let nothing_shown = move || {
        (open.get() && typed() && choices.with(Vec::is_empty)).then(|| {
            let words = nothing.get().unwrap_or_else(|| t("ui.no_results"));
            view! { <p class="ui-list-empty" aria-hidden="true">{words}</p> }
        })
    };
    view! {
        <div class="ui-combobox" data-open=move || open.get().then_some("true") data-inline=always_open.then_some("true")>
            {show_label.then(|| view! { <label class="ui-label" for=id.clone()>{label}</label> })}
            <span class="ui-combobox-box">
                <Icon name=IconName::Search/>
                <input
                    node_ref=node_ref
                    id=id
                    type="text"
                    class="ui-input"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus=autofocus
                    aria-label=move || label.get()
                    aria-autocomplete="list"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls=list_id.clone()
                    aria-activedescendant=active_id
                    placeholder=move || placeholder.get()
                    prop:value=move || query.get()
                    on:input=move |event| {
                        dismissed.set(false);
                        active.set(0);
                        query.set(event_target_value(&event));
                    }
                    on:focus=move |_| focused.set(true)
                    on:blur=move |_| focused.set(false)
                    on:keydown=key
                />
                {(!keys.is_empty()).then(|| view! { <span class="ui-combobox-keys" aria-hidden="true"><Kbd keys=keys/></span> })}
            </span>
            <div class="ui-combobox-popup" hidden=move || !open.get()>
                <ul class="ui-listbox" role="listbox" id=list_id aria-label=move || label.get()>{rows}</ul>
                {nothing_shown}
            </div>
            <p class="ui-hidden" role="status">{announced}</p>
        </div>
    }
}

/// The choices of one group under its name; those of none stand by themselves.
fn close_group(rows: &mut Vec<AnyView>, (name, choices): (String, Vec<AnyView>)) {
    if name.is_empty() {
        rows.extend(choices);
        return;
    }
    let label = name.clone();
    rows.push(
        view! {
            <li class="ui-option-group" role="group" aria-label=label>
                <p class="ui-option-group-name" aria-hidden="true">{name}</p>
                <ul role="none">{choices}</ul>
            </li>
        }
        .into_any(),
    );
}
