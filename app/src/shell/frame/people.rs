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
            <li class="people-own layout-from-60">
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
fn everyone(others: &[Listed]) -> AnyView {
    let shown = others.iter().take(SHOWN).enumerate().map(|(at, one)| {
        let place = if at < SHOWN_NARROW { "" } else { "people-wide" };
        view! { <Other listed=one.clone() place=place/> }
    });
    let shown = shown.collect_view();
    let rest = [(SHOWN, "people-wide"), (SHOWN_NARROW, "people-narrow")].map(|(from, place)| {
        let more = others.get(from..).filter(|more| !more.is_empty());
        more.map(|more| rest(more, place))
    });
    view! { {shown} {rest.into_iter().collect_view()} }.into_any()
}

/// Those who have no room, by their number.
fn rest(more: &[Listed], place: &'static str) -> impl IntoView + use<> {
    let (count, more) = (more.len(), more.to_vec());
    let label = move || {
        let names = more.iter().map(|one| match one.who.name.trim() {
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
    listed: Listed,
    /// Where they are shown, for the style sheet.
    place: &'static str,
) -> impl IntoView {
    let colleague = listed.who.clone();
    let label = move || label(&listed);
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

/// Someone who is listed.
#[derive(Clone, Debug, PartialEq)]
struct Listed {
    who: Colleague,
    /// Whether the same person is here from another device, or says so.
    again: Option<Again>,
}

/// Whom another device names that somebody is here from already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    /// Oneself.
    Me,
    /// Somebody else.
    Other,
}

/// Each person once for each of their devices, whatever the number of their tabs, and oneself not at
/// all on this one. Who somebody is, is what they say; from which device, is what the server says, and
/// so nobody hides behind another's name.
fn others(me: &PersonId, all: &[Colleague]) -> Vec<Listed> {
    let mut others: Vec<Listed> = Vec::new();
    for one in all {
        let is_mine = one.device.as_ref().is_none_or(|device| device.is_own);
        let is_me = one.person == *me;
        let same = |other: &&Listed| other.who.person == one.person;
        let is_listed = |other: &Listed| other.who.device == one.device;
        if is_me && is_mine || others.iter().filter(same).any(is_listed) {
            continue;
        }
        let again = match others.iter().find(same) {
            _ if is_me => Some(Again::Me),
            Some(_) => Some(Again::Other),
            None => None,
        };
        let who = one.clone();
        others.push(Listed { who, again });
    }
    others
}

/// What is said of someone who is here.
fn label(listed: &Listed) -> String {
    let name = listed.who.name.as_str();
    match listed.again {
        Some(Again::Me) => t("people.you_again"),
        Some(Again::Other) if !name.is_empty() => tf("people.here_again", &[("name", name)]),
        _ if name.is_empty() => t("people.here_unnamed"),
        _ => tf("people.here", &[("name", name)]),
    }
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

    fn tab(peer: &str, person: &str, device: Option<(u8, bool)>) -> Colleague {
        Colleague {
            peer: peer.to_owned(),
            person: PersonId::from(person),
            name: String::new(),
            colour: domain::Hue::Blue,
            device: device.map(|(label, is_own)| sync::Device {
                label: vec![label],
                is_own,
            }),
        }
    }

    fn listed(all: &[Colleague]) -> Vec<(String, Option<Again>)> {
        let others = others(&PersonId::from("me"), all).into_iter();
        others.map(|one| (one.who.peer, one.again)).collect()
    }

    #[test]
    fn a_person_with_two_tabs_is_listed_once_and_oneself_never() {
        for device in [None, Some((7, false))] {
            let all = [
                tab("1", "me", device.map(|_| (1, true))),
                tab("2", "ana", device),
                tab("3", "ana", device),
                tab("4", "ben", device),
            ];
            assert_eq!(
                listed(&all),
                [("2".to_owned(), None), ("4".to_owned(), None)]
            );
        }
    }

    #[test]
    fn nobody_hides_behind_anothers_name() {
        let all = [
            tab("1", "me", Some((1, true))),
            tab("2", "ana", Some((2, false))),
            tab("3", "ana", Some((3, false))),
            tab("4", "me", Some((3, false))),
            tab("5", "ana", Some((2, false))),
        ];
        let (other, me) = (Some(Again::Other), Some(Again::Me));
        let named = [("2", None), ("3", other), ("4", me)];
        let named = named.map(|(peer, again)| (peer.to_owned(), again));
        assert_eq!(listed(&all), named);
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("ana maria de souza").as_deref(), Some("AS"));
        assert_eq!(initials(" Zoë ").as_deref(), Some("Z"));
        assert_eq!(initials("  "), None);
    }
}
