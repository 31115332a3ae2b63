//! The list "People here". It shows what is true: until presence comes, that is oneself.

use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::i18n::{t, tf};
use crate::platform::Device;
use crate::ui::{Icon, IconName};

/// Who looks at this workspace now.
#[component]
pub(super) fn People(
    /// The session.
    session: Session,
    /// This device, which knows its person.
    device: Device,
) -> impl IntoView {
    let identity = device.identity();
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
        </ul>
    }
}

/// The first letters of the first and the last word of a name; `None` for no name.
fn initials(name: &str) -> Option<String> {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    let letters: String = first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect();
    (!letters.is_empty()).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("ana maria de souza").as_deref(), Some("AS"));
        assert_eq!(initials(" Zoë ").as_deref(), Some("Z"));
        assert_eq!(initials("  "), None);
    }
}
