//! The dialog "Decide…": what is decided, and the figures that it will keep, as they are now.
//!
//! Invariant: what is frozen is what is shown here when the button is pressed.

use std::collections::BTreeMap;

use document::{Command, NewLink};
use domain::catalogue::{self, FieldType};
use domain::decision::{DECISION, Kept, LEADS_TO, basis, to_object};
use domain::{EntityId, FieldValue, KindId, LinkId};
use leptos::prelude::*;
use workspace::{Message, Session, Tone};

use crate::features::{
    UseFigures, home, kept_tables, kept_value, note_words, use_figures, use_session,
};
use crate::i18n::{language, t, tf};
use crate::platform::clock;
use crate::ui::{
    Action, Button, ButtonLook, Dialog, DialogActions, DialogSize, Select, SelectOption, TextArea,
    TextField,
};

/// Takes a decision: one that stands there, or a new one that follows from a note.
#[component]
pub(crate) fn DecideDialog(
    /// The decision, or what leads to it.
    id: EntityId,
    /// Called once it has closed.
    on_close: Action,
) -> impl IntoView {
    let session = use_session();
    let figures = use_figures(&session);
    let form = Form::new(&session, &id);
    let which = (!form.stands).then(|| {
        let (session, id) = (session.clone(), id.clone());
        view! {
            <p class="dialog-note">{move || tf("decide.follows", &[("text", &note_words(&session, &id))])}</p>
        }
    });
    let frozen = {
        let (session, figures, id) = (session.clone(), figures.clone(), id.clone());
        move || {
            let kept = now(&figures, &id);
            if kept.is_empty() {
                return view! { <p class="ui-hint">{t("decide.no_figures")}</p> }.into_any();
            }
            let columns = [t("decide.now")];
            kept_tables(&session, &kept, &columns, |kept| {
                view! { <td>{kept_value(kept)}</td> }.into_any()
            })
        }
    };
    let cancelling = session.clone();
    let decide = move || decide(&session, &figures, &id, form);
    view! {
        <Dialog title=move || t("decide.title") size=DialogSize::Large on_close=on_close>
            {which}
            <TextArea label=move || t("decide.what") value=form.text rows=2/>
            <div class="details-grid">
                <Select
                    label=move || title_of("action")
                    options=Signal::derive(actions)
                    value=form.action
                    on_choose=move |value| form.action.set(value)
                />
                <TextField label=move || title_of("decided-on") value=form.decided_on kind="date"/>
                <TextField label=move || title_of("review-on") value=form.review_on kind="date"/>
                <TextArea label=move || title_of("rationale") value=form.rationale rows=2/>
            </div>
            <section class="details-part details-fields">
                <h3 class="ui-label">{move || t("decide.figures")}</h3>
                <p class="ui-hint">{move || t("decide.figures_more")}</p>
                {frozen}
            </section>
            <DialogActions>
                <Button label=move || t("start.cancel") on_press=move || cancelling.close_dialog()/>
                <Button
                    label=move || t("decide.now_do")
                    look=ButtonLook::Primary
                    disabled=Signal::derive(move || form.text.with(|text| text.trim().is_empty()))
                    on_press=decide
                />
            </DialogActions>
        </Dialog>
    }
}

/// What is being entered.
#[derive(Clone, Copy)]
struct Form {
    /// Whether the decision stands there already.
    stands: bool,
    text: RwSignal<String>,
    action: RwSignal<String>,
    decided_on: RwSignal<String>,
    review_on: RwSignal<String>,
    rationale: RwSignal<String>,
}

impl Form {
    /// What a decision that stands there says; today for one that says no day.
    fn new(session: &Session, id: &EntityId) -> Self {
        let note = session.workspace().projection().note(id);
        let body = note.map(|note| note.body.get_untracked());
        let body = body.filter(|body| body.kind == *DECISION);
        let said = |field: &str| match body.as_ref().and_then(|body| body.fields.get(field)) {
            Some(FieldValue::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let or_empty = |field: &str| RwSignal::new(said(field).unwrap_or_default());
        let today = || clock::today().to_string();
        Self {
            stands: body.is_some(),
            text: RwSignal::new(
                body.as_ref()
                    .map(|body| body.text.clone())
                    .unwrap_or_default(),
            ),
            action: or_empty("action"),
            decided_on: RwSignal::new(said("decided-on").unwrap_or_else(today)),
            review_on: or_empty("review-on"),
            rationale: or_empty("rationale"),
        }
    }

    fn fields(self) -> BTreeMap<String, FieldValue> {
        [
            ("action", self.action),
            ("decided-on", self.decided_on),
            ("review-on", self.review_on),
            ("rationale", self.rationale),
        ]
        .into_iter()
        .map(|(field, value)| (field.to_owned(), value.get_untracked().trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| (field, FieldValue::Text(value)))
        .collect()
    }
}

/// The figures as they are now.
fn now(figures: &UseFigures, id: &EntityId) -> Vec<Kept> {
    figures.get().watch();
    figures.get().with(|_, book| basis(book, id))
}

/// One gesture: the decision, what it follows from, and for a new one its place on the canvas of
/// decisions. A refusal has been told in a toast.
fn decide(session: &Session, figures: &UseFigures, id: &EntityId, form: Form) {
    let kept = figures.get().with(|_, book| basis(book, id));
    let (decision, links) = if form.stands {
        (id.clone(), Vec::new())
    } else {
        let fresh = || session.workspace().environment().id();
        let decision = EntityId::from(fresh());
        let link = NewLink {
            id: LinkId::from(fresh()),
            kind: LEADS_TO.into(),
            from: id.clone(),
            to: decision.clone(),
        };
        (decision, vec![link])
    };
    let mut commands = vec![Command::Decide {
        id: decision.clone(),
        text: form.text.get_untracked().trim().to_owned(),
        fields: form.fields(),
        links,
        figures: to_object(&kept),
    }];
    if !form.stands {
        commands.extend(placed(&decision, &form.fields()));
    }
    if session.dispatch_together(commands).is_ok() {
        session.close_dialog();
        session.toast(Message::plain("decide.done"), Tone::Calm, Some("edit.undo"));
    }
}

/// The decision where those of its action stand.
fn placed(id: &EntityId, fields: &BTreeMap<String, FieldValue>) -> Option<Command> {
    Some(Command::Place {
        id: id.clone(),
        place: home(&KindId::from(DECISION), fields)?,
        kind: None,
        fields: BTreeMap::new(),
    })
}

fn actions() -> Vec<SelectOption> {
    let none = SelectOption {
        value: String::new(),
        label: t("details.not_set"),
    };
    let field = catalogue::kind(&KindId::from(DECISION)).and_then(|kind| kind.field("action"));
    let options = match field.map(|field| &field.takes) {
        Some(FieldType::Choice { options }) => options.as_slice(),
        _ => &[],
    };
    let options = options.iter().map(|choice| SelectOption {
        value: choice.id.clone(),
        label: choice.title.text(language().code()).to_owned(),
    });
    [none].into_iter().chain(options).collect()
}

/// What the field of a decision is called.
fn title_of(field: &str) -> String {
    let field = catalogue::kind(&KindId::from(DECISION)).and_then(|kind| kind.field(field));
    field.map_or_else(String::new, |field| {
        field.title.text(language().code()).to_owned()
    })
}
