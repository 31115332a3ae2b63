//! The dialog "Details": everything about one note, to read and to change.
//!
//! Invariant: each part reads its own signals, so that a colleague's change shows at once and
//! nothing that one is typing is overwritten.

mod colour;
mod decision;
mod experiment;
mod fields;
mod figures;
mod links;
mod locks;
mod places;
mod text;
mod why;

use document::{Command, ProductDocument};
use domain::{EntityId, KindId, PersonId, catalogue};
use leptos::prelude::*;
use workspace::{Body, Note, Session};

use crate::features::{is_me, person_name, use_figures, use_session};
use crate::i18n::{date_time, language, t, tf};
use crate::ui::{
    Action, Banner, Button, ButtonLook, Dialog, DialogActions, DialogSize, Icon, IconName, Select,
    SelectOption, Tone, lower_case,
};
use colour::NoteColour;
use decision::NoteDecision;
use experiment::ExperimentVerdict;
use fields::NoteFields;
use figures::NoteFigures;
use links::NoteLinks;
use places::NotePlaces;
use text::NoteText;
use why::NoteWhy;

/// All of a note.
#[component]
pub(crate) fn DetailsDialog(
    /// The note.
    id: EntityId,
    /// The field that it was opened for, if it was for one.
    #[prop(optional, into)]
    field: Option<String>,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let content = match session.workspace().projection().note(&id) {
        Some(note) => view! { <Content id=id note=note field=field session=session/> }.into_any(),
        // The note of an old link or of an undone addition.
        None => view! { <p>{move || t("details.gone")}</p> }.into_any(),
    };
    view! { <Dialog title=move || t("command.note.details") size=DialogSize::Large on_close=on_close>{content}</Dialog> }
}

#[component]
fn Content(id: EntityId, note: Note, field: Option<String>, session: Session) -> impl IntoView {
    let body = note.body.clone();
    let deleted = {
        let body = body.clone();
        Memo::new(move |_| body.with(|body| body.deleted.is_some()))
    };
    let (restoring, restored) = (session.clone(), id.clone());
    let banner = move || {
        let (session, id) = (restoring.clone(), restored.clone());
        deleted.get().then(|| {
            let may_restore = session.may_edit();
            let restore = move || {
                // A refusal has been told in a toast.
                let _ = session.dispatch(Command::Restore { ids: vec![id.clone()] });
            };
            view! {
                <Banner tone=Tone::Warning title=move || t("details.deleted")>
                    {may_restore.then(|| view! { <Button label=move || t("trash.restore") icon=IconName::Restore on_press=restore/> })}
                </Banner>
            }
        })
    };
    let (deleting, doomed) = (session.clone(), id.clone());
    let delete = move || {
        deleting.close_dialog();
        workspace::commands::delete(&deleting, &doomed);
    };
    let closing = session.clone();
    let (looking, reading, deleter) = (session.clone(), session.clone(), session.clone());
    let figures = use_figures(&session);
    view! {
        {banner}
        {move || (!looking.may_edit()).then(|| view! { <Banner title=move || t("toast.view_only")/> })}
        <fieldset class="details-edited" disabled=move || !reading.may_edit()>
        <KindLine id=id.clone() body=body.clone() session=session.clone()/>
        <NoteText id=id.clone() session=session.clone() figures=figures.clone()/>
        <NoteColour id=id.clone() body=body.clone() session=session.clone()/>
        <NoteFields id=id.clone() body=body.clone() asked=field session=session.clone() figures=figures.clone()/>
        </fieldset>
        <ExperimentVerdict id=id.clone() body=body.clone() session=session.clone() figures=figures.clone()/>
        <NoteDecision id=id.clone() body=body.clone() session=session.clone() figures=figures.clone()/>
        <NoteFigures id=id.clone() session=session.clone() figures=figures.clone()/>
        <NoteWhy id=id.clone() session=session.clone() figures=figures/>
        <NotePlaces id=id.clone() note=note session=session.clone()/>
        <NoteLinks id=id.clone() session=session.clone()/>
        <Made body=body.clone() session=session.clone()/>
        <LastEdited id=id body=body session=session/>
        <DialogActions>
            <span class="ui-at-start">
                <Show when=move || !deleted.get() && deleter.may_edit()>
                    <Button label=move || t("command.note.delete") icon=IconName::Trash on_press=delete.clone()/>
                </Show>
            </span>
            <Button label=move || t("person.done") look=ButtonLook::Primary on_press=move || closing.close_dialog()/>
        </DialogActions>
    }
}

/// What the note is, and values that this version has no field for.
#[component]
fn KindLine(id: EntityId, body: ArcRwSignal<Body>, session: Session) -> impl IntoView {
    let kind = {
        let body = body.clone();
        Memo::new(move |_| body.with(|body| body.kind.clone()))
    };
    let convert = move |chosen: String| {
        // A refusal has been told in a toast.
        let _ = session.dispatch(Command::ConvertKind {
            id: id.clone(),
            kind: KindId::from(chosen),
        });
    };
    let line = move || {
        let (kind, unknown) = body.with(|body| {
            let kind = catalogue::kind(&body.kind);
            let known = |name: &String| kind.is_some_and(|kind| kind.field_at(name).is_some());
            (kind, body.fields.keys().any(|name| !known(name)))
        });
        let icon = kind
            .and_then(|kind| IconName::named(&kind.icon))
            .unwrap_or(IconName::StickyNote);
        let title = kind.map_or_else(
            || t("details.newer_kind"),
            |kind| kind.title.text(language().code()).to_owned(),
        );
        view! {
            <p class="details-kind">
                <Icon name=icon/>
                {kind.is_none().then(|| view! { <span>{title}</span> })}
                {kind.map(|kind| view! { <span class="ui-hint">{kind.description.text(language().code()).to_owned()}</span> })}
                {(unknown && kind.is_some()).then(|| view! { <span class="ui-hint">{t("details.newer_fields")}</span> })}
            </p>
        }
    };
    view! {
        {line}
        <Select
            label=move || t("details.kind")
            options=Signal::derive(move || kind_options(&kind.get()))
            value=Signal::derive(move || kind.get().to_string())
            on_choose=convert
        />
    }
}

/// Every kind by its name; one that this version does not know, by its id.
fn kind_options(current: &KindId) -> Vec<SelectOption> {
    let code = language().code();
    let mut options: Vec<SelectOption> = catalogue::kinds()
        .iter()
        .map(|kind| SelectOption {
            value: kind.id.to_string(),
            label: kind.title.text(code).to_owned(),
        })
        .collect();
    if options
        .iter()
        .all(|option| option.value != current.as_str())
    {
        options.push(SelectOption {
            value: current.to_string(),
            label: current.to_string(),
        });
    }
    domain::compact::sort_by(&mut options, |a, b| {
        lower_case(&a.label).cmp(&lower_case(&b.label))
    });
    options
}

/// Who made it and when.
#[component]
fn Made(body: ArcRwSignal<Body>, session: Session) -> impl IntoView {
    move || {
        let created = body.with(|body| body.created.clone())?;
        let when = match created.at {
            0 => t("details.day_unknown"),
            at => moment(at),
        };
        let brought = session.workspace().brought();
        let bringers = brought.with(|all| {
            // Who brought so many that not all are named may have brought these.
            let may_be = |author: &PersonId| *author == created.by || author.as_str().is_empty();
            let others = all
                .iter()
                .filter(|(author, by)| may_be(author) && *by != created.by);
            let names = others.map(|(_, by)| match is_me(by) {
                true => t("details.brought_by_you"),
                false => person_name(&session, by),
            });
            names.collect::<Vec<_>>().join(", ")
        });
        let brought = (!bringers.is_empty()).then(|| {
            let words = tf("details.brought", &[("people", &bringers)]);
            view! { <p class="ui-hint">{words}</p> }
        });
        let words = if is_me(&created.by) {
            tf("details.made_by_you", &[("when", &when)])
        } else {
            tf(
                "details.made",
                &[
                    ("person", &person_name(&session, &created.by)),
                    ("when", &when),
                ],
            )
        };
        Some(view! { <p class="ui-hint">{words}</p> {brought} })
    }
}

/// Who changed it last and when; nothing while nobody has changed it since it was made.
#[component]
fn LastEdited(id: EntityId, body: ArcRwSignal<Body>, session: Session) -> impl IntoView {
    move || {
        // Text, kind and fields: with every edit of them there is a new last one.
        body.track();
        let find = |document: &ProductDocument| document.last_edit(&id);
        let edit = session.workspace().with_document(find).flatten()?;
        let when = moment(edit.at);
        let words = match &edit.by {
            None => tf("details.edited_by_unknown", &[("when", &when)]),
            Some(by) if is_me(by) => tf("details.edited_by_you", &[("when", &when)]),
            Some(by) => {
                let person = person_name(&session, by);
                tf("details.edited", &[("person", &person), ("when", &when)])
            }
        };
        Some(view! { <p class="ui-hint">{words}</p> })
    }
}

/// A day and an hour, from milliseconds since 1970.
fn moment(at: i64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit a double for ages to come"
    )]
    date_time(at as f64)
}
