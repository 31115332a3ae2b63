//! One field of a note, entered as its type is.
//!
//! Invariant: what a person is typing is never overwritten; a colleague's value shows as soon as
//! nothing unsaved stands in the box.

use document::Command;
use domain::catalogue::{Field, FieldType};
use domain::figure::unit_in;
use domain::method::experiment_library::{self, ExperimentType};
use domain::{EntityId, FieldValue, catalogue};
use leptos::prelude::*;
use workspace::{Body, Session};

use super::super::locks::is_locked;
use super::input::{read_input, shown};
use super::locked::Asking;
use crate::features::{UseFigures, first_line, misfit_words};
use crate::i18n::{language, t};
use crate::ui::{Checkbox, Select, SelectOption, TextArea, TextField};

/// A field with its label, its help and what is wrong with its value.
#[component]
pub(super) fn FieldEntry(
    /// Which field of the kind: its name, and what it takes.
    field: &'static Field,
    /// The note.
    id: EntityId,
    /// What it holds.
    body: ArcRwSignal<Body>,
    /// The session.
    session: Session,
    /// The workspace's figures.
    figures: UseFigures,
) -> impl IntoView {
    let stored = Memo::new(move |_| body.with(|body| body.fields.get(&field.id).cloned()));
    let write = {
        let (session, id) = (session.clone(), id.clone());
        move |value: Option<FieldValue>| {
            // A refusal has been told in a toast.
            let _ = session.dispatch(Command::SetField {
                id: id.clone(),
                field: field.id.clone(),
                value,
            });
        }
    };
    let asking = {
        let id = id.clone();
        Asking::new(Callback::new(write), move || {
            is_locked(&figures, &id, &field.id)
        })
    };
    let set = move |value: Option<FieldValue>| {
        if stored.get_untracked() != value {
            asking.set(value);
        }
    };
    let label = Signal::derive(move || field.title.text(language().code()).to_owned());
    let help = {
        let session = session.clone();
        Signal::derive(move || match criterion(field, stored, &session) {
            Some(title) => Some(format!("{title}. {}", help(field).unwrap_or_default())),
            None => match stored.get() {
                Some(FieldValue::Text(chosen)) => experiment_type(field, &chosen)
                    .map(|known| known.in_full(language().code()))
                    .or_else(|| help(field)),
                _ => help(field),
            },
        })
    };
    let input = move || -> AnyView {
        asking.follow();
        match &field.takes {
            FieldType::Flag => view! {
                <Checkbox
                    label=label
                    hint=help
                    checked=Signal::derive(move || stored.get() == Some(FieldValue::Flag(true)))
                    on_change=move |ticked| set(Some(FieldValue::Flag(ticked)))
                />
            }
            .into_any(),
            FieldType::Choice { .. } | FieldType::Scale(_) | FieldType::Reference { .. } => {
                let options = {
                    let (session, id) = (session.clone(), id.clone());
                    Signal::derive(move || options(field, &session, &id, stored.get()))
                };
                view! {
                    <Select
                        label=label
                        hint=help
                        options=options
                        value=Signal::derive(move || stored.get().map(|value| value_key(&value)).unwrap_or_default())
                        on_choose=move |chosen: String| set(chosen_value(field, chosen))
                    />
                }
                .into_any()
            }
            takes => {
                let long = matches!(takes, FieldType::Text { long: true });
                view! { <Typed field=field label=label help=help stored=stored set=Callback::new(set) session=session.clone() long=long/> }
                    .into_any()
            }
        }
    };
    (input, asking.question())
}

/// A value that is typed: read when the box is left, and refused with what was expected.
#[component]
fn Typed(
    field: &'static Field,
    label: Signal<String>,
    help: Signal<Option<String>>,
    stored: Memo<Option<FieldValue>>,
    set: Callback<Option<FieldValue>>,
    session: Session,
    long: bool,
) -> impl IntoView {
    let people = session.workspace().projection().people.clone();
    let show = {
        let people = people.clone();
        move |value: Option<&FieldValue>| {
            people.with_untracked(|people| {
                value
                    .map(|value| shown(field, value, people, language().code()))
                    .unwrap_or_default()
            })
        }
    };
    let first = stored.with_untracked(|value| show(value.as_ref()));
    let known = StoredValue::new(first.clone());
    let value = RwSignal::new(first);
    let error = RwSignal::new(None::<String>);
    {
        let show = show.clone();
        Effect::new(move |_| {
            let now = stored.with(|value| show(value.as_ref()));
            let untouched = known.with_value(|known| value.with_untracked(|value| value == known));
            if untouched && known.with_value(|known| *known != now) {
                value.set(now.clone());
                known.set_value(now);
            }
        });
    }
    let keep = move || {
        let typed = value.get_untracked();
        if known.with_value(|known| *known == typed) {
            return;
        }
        let read =
            people.with_untracked(|people| read_input(field, &typed, people, language().code()));
        match read {
            Ok(read) => {
                error.set(None);
                let now = show(read.as_ref());
                known.set_value(now.clone());
                value.set(now);
                set.run(read);
            }
            // What was typed stays in the box, to be mended.
            Err(misfit) => error.set(Some(misfit_words(&misfit))),
        }
    };
    if long {
        view! { <TextArea label=label value=value hint=help rows=2 on_blur=keep/> }.into_any()
    } else {
        let kind = if field.takes == FieldType::Date {
            "date"
        } else {
            "text"
        };
        view! { <TextField label=label value=value hint=help error=error kind=kind on_blur=keep/> }
            .into_any()
    }
}

/// What a rating's criterion is called: the field of that id, or the criterion of one's own.
fn criterion(field: &Field, stored: Memo<Option<FieldValue>>, session: &Session) -> Option<String> {
    if field.id != "criterion" {
        return None;
    }
    let Some(FieldValue::Text(id)) = stored.get() else {
        return None;
    };
    let mut known = catalogue::kinds().iter().filter_map(|kind| kind.field(&id));
    let title = known
        .next()
        .map(|field| field.title.text(language().code()).to_owned());
    title.or_else(|| {
        let note = session
            .workspace()
            .projection()
            .note(&EntityId::from(id.as_str()))?;
        Some(note.body.with(|body| first_line(&body.text)))
    })
}

/// What the library of experiments says of a type of experiment or of MVP.
fn experiment_type(field: &Field, chosen: &str) -> Option<&'static ExperimentType> {
    (field.id == "type")
        .then(|| experiment_library::find(chosen))
        .flatten()
}

/// The help of a field, with the unit in which a plain number counts.
fn help(field: &Field) -> Option<String> {
    let help = field
        .help
        .as_ref()
        .map(|help| help.text(language().code()).to_owned());
    let unit = match &field.takes {
        FieldType::Number(bounds) => bounds.unit.clone(),
        FieldType::Quantity { unit } => unit.clone(),
        _ => None,
    };
    let unit = unit.map(|unit| unit_in(&unit, language().code()));
    match (help, unit) {
        (Some(help), Some(unit)) if !help.contains(unit.as_str()) => {
            Some(format!("{help} ({unit})"))
        }
        (Some(help), _) => Some(help),
        (None, unit) => unit,
    }
}

/// What can be chosen, "not set" first; a value that is none of these is offered as it is.
fn options(
    field: &Field,
    session: &Session,
    note: &EntityId,
    stored: Option<FieldValue>,
) -> Vec<SelectOption> {
    let option = |value: String, label: String| SelectOption { value, label };
    let mut options = vec![option(String::new(), t("details.not_set"))];
    match &field.takes {
        FieldType::Choice { options: choices } => {
            options.extend(choices.iter().map(|choice| {
                let title = choice.title.text(language().code());
                let label = match experiment_type(field, &choice.id) {
                    Some(known) => format!("{title} · {}", known.in_short(language().code())),
                    None => title.to_owned(),
                };
                option(choice.id.clone(), label)
            }));
        }
        FieldType::Scale(scale) => {
            let last = scale.steps.len().saturating_sub(1);
            options.extend(scale.steps.iter().enumerate().map(|(at, step)| {
                let meaning = match at {
                    0 => scale.low.as_ref(),
                    at if at == last => scale.high.as_ref(),
                    _ => None,
                };
                let label = match meaning {
                    Some(meaning) => format!("{step} · {}", meaning.text(language().code())),
                    None => step.to_string(),
                };
                option(step.to_string(), label)
            }));
        }
        FieldType::Reference { kinds } => {
            let mut known: Vec<SelectOption> = session
                .workspace()
                .projection()
                .live_notes()
                .into_iter()
                .filter(|(id, _)| id != note)
                .filter_map(|(id, other)| {
                    let body = other.body;
                    let fits =
                        body.with_untracked(|body| kinds.is_empty() || kinds.contains(&body.kind));
                    fits.then(|| option(id.to_string(), body.with_untracked(reference_label)))
                })
                .collect();
            domain::compact::sort_by(&mut known, |a, b| a.label.cmp(&b.label));
            options.extend(known);
        }
        _ => {}
    }
    if let Some(value) = stored.map(|value| value_key(&value))
        && options.iter().all(|option| option.value != value)
    {
        options.push(option(value.clone(), value));
    }
    options
}

/// The first line of a note, or what it is when it says nothing.
fn reference_label(body: &Body) -> String {
    match body
        .text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
    {
        Some(line) => line.to_owned(),
        None => catalogue::kind(&body.kind)
            .map(|kind| kind.title.text(language().code()).to_owned())
            .unwrap_or_default(),
    }
}

fn value_key(value: &FieldValue) -> String {
    match value {
        FieldValue::Flag(flag) => flag.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Text(text) => text.clone(),
    }
}

fn chosen_value(field: &Field, chosen: String) -> Option<FieldValue> {
    if chosen.is_empty() {
        return None;
    }
    let number = match field.takes {
        FieldType::Scale(_) => chosen.parse().ok(),
        _ => None,
    };
    Some(number.map_or(FieldValue::Text(chosen), FieldValue::Number))
}
