//! The list "People here": oneself, and whoever else the server knows to be here; when there are many,
//! the first of them, and the others by their number and names.

use domain::PersonId;
use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::i18n::{number, t, tf, tnf};
use crate::platform::{Colleague, Device};
use crate::ui::{Icon, IconName, upper_case};

/// So many others are shown one by one where there is room.
const SHOWN: usize = 3;
/// So many on a phone.
const SHOWN_NARROW: usize = 1;

/// Who looks at this workspace now.
#[component]
pub(super) fn People(
    /// The session.
    session: Session,
    /// This device, which knows its person.
    device: Device,
    /// Who else is here.
    colleagues: ArcRwSignal<Vec<Colleague>>,
) -> impl IntoView {
    let identity = device.identity();
    let others = {
        let identity = identity.clone();
        Memo::new(move |_| {
            let me = identity.with(|me| me.person.clone());
            colleagues.with(|all| others(&me, all))
        })
    };
    let (one, other, third) = (identity.clone(), identity.clone(), identity);
    let label = move || {
        one.with(|me| {
            if me.name.is_empty() {
                t("people.you")
            } else {
                tf("people.you_named", &[("name", &me.name)])
            }
        })
    };
    let tip = label.clone();
    view! {
        <ul class="people" role="list" aria-label=move || t("people.title")>
            <li class="people-wide">
                <button
                    type="button"
                    class="person"
                    data-hue=move || other.with(|me| me.colour.name())
                    data-tip=tip
                    aria-label=label
                    on:click=move |_| session.open(Dialog::Profile)
                >
                    {move || match third.with(|me| initials(&me.name)) {
                        Some(letters) => view! { <span aria-hidden="true">{letters}</span> }.into_any(),
                        None => view! { <Icon name=IconName::CircleUser/> }.into_any(),
                    }}
                </button>
            </li>
            {move || others.with(|others| everyone(others))}
        </ul>
    }
}

/// The others, as many as there is room for, and how many more there are.
fn everyone(others: &[Colleague]) -> AnyView {
    let shown = others.iter().take(SHOWN).enumerate().map(|(at, one)| {
        let place = if at < SHOWN_NARROW { "" } else { "people-wide" };
        view! { <Other colleague=one.clone() place=place/> }
    });
    let shown = shown.collect_view();
    let rest = [(SHOWN, "people-wide"), (SHOWN_NARROW, "people-narrow")].map(|(from, place)| {
        let more = others.get(from..).filter(|more| !more.is_empty());
        more.map(|more| rest(more, place))
    });
    view! { {shown} {rest.into_iter().collect_view()} }.into_any()
}

/// Those who have no room, by their number.
fn rest(more: &[Colleague], place: &'static str) -> impl IntoView + use<> {
    let (count, more) = (more.len(), more.to_vec());
    let label = move || {
        let names = more.iter().map(|one| match one.name.trim() {
            "" => t("people.someone"),
            name => name.to_owned(),
        });
        let names = names.collect::<Vec<_>>().join(", ");
        tnf("people.more", count, &[("names", &names)])
    };
    let tip = label.clone();
    view! {
        <li class=place>
            <span class="person person-more" role="img" data-tip=tip aria-label=label>
                <span aria-hidden="true">{move || format!("+{}", number(count))}</span>
            </span>
        </li>
    }
}

/// Someone else.
#[component]
fn Other(
    /// Who.
    colleague: Colleague,
    /// Where they are shown, for the style sheet.
    place: &'static str,
) -> impl IntoView {
    let name = colleague.name.clone();
    let label = move || {
        if name.is_empty() {
            t("people.here_unnamed")
        } else {
            tf("people.here", &[("name", &name)])
        }
    };
    let tip = label.clone();
    view! {
        <li class=place>
            <span class="person" role="img" data-hue=colleague.colour.name() data-tip=tip aria-label=label>
                {match initials(&colleague.name) {
                    Some(letters) => view! { <span aria-hidden="true">{letters}</span> }.into_any(),
                    None => view! { <Icon name=IconName::CircleUser/> }.into_any(),
                }}
            </span>
        </li>
    }
}

/// Each person once, whatever the number of their tabs, and oneself not at all.
fn others(me: &PersonId, all: &[Colleague]) -> Vec<Colleague> {
    let mut others: Vec<Colleague> = Vec::new();
    for one in all.iter().filter(|one| one.person != *me) {
        if others.iter().all(|other| other.person != one.person) {
            others.push(one.clone());
        }
    }
    others
}

/// The first letters of the first and the last word of a name; `None` for no name.
fn initials(name: &str) -> Option<String> {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    let letters: String = first.into_iter().chain(words.next_back()).collect();
    (!letters.is_empty()).then(|| upper_case(&letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_with_two_tabs_is_listed_once_and_oneself_never() {
        let tab = |peer: &str, person: &str| Colleague {
            peer: peer.to_owned(),
            person: PersonId::from(person),
            name: String::new(),
            colour: domain::Hue::Blue,
        };
        let all = [
            tab("1", "me"),
            tab("2", "ana"),
            tab("3", "ana"),
            tab("4", "ben"),
        ];
        let peers = others(&PersonId::from("me"), &all);
        assert_eq!(peers, [all[1].clone(), all[3].clone()]);
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("ana maria de souza").as_deref(), Some("AS"));
        assert_eq!(initials(" Zoë ").as_deref(), Some("Z"));
        assert_eq!(initials("  "), None);
    }
}
