//! The list "People here": oneself, and whoever else the server knows to be here.

use domain::PersonId;
use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::i18n::{t, tf};
use crate::platform::{Colleague, Device};
use crate::ui::{Icon, IconName, upper_case};

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
            <li>
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
            {move || others.get().into_iter().map(|one| view! { <Other colleague=one/> }).collect_view()}
        </ul>
    }
}

/// Someone else.
#[component]
fn Other(
    /// Who.
    colleague: Colleague,
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
        <li>
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
