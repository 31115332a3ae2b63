//! The list "People here". It shows what is true: until presence comes, that is oneself.

use leptos::prelude::*;
use workspace::{Dialog, Session};

use crate::i18n::{t, tf};
use crate::platform::Device;

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
        one.with(|me| if me.name.is_empty() { t("people.you") } else { tf("people.you_named", &[("name", &me.name)]) })
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
                    <span aria-hidden="true">{move || third.with(|me| initials(&me.name))}</span>
                </button>
            </li>
        </ul>
    }
}

/// The first letters of the first and the last word of a name; a dot for nobody.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let letters: String = first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { "•".to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("ana maria de souza"), "AS");
        assert_eq!(initials(" Zoë "), "Z");
        assert_eq!(initials(""), "•");
    }
}
