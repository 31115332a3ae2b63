//! Whose changes have come through somebody else, from a file or a room without internet: as the server
//! has noted it, by what clients say of themselves.

use domain::PersonId;
use leptos::prelude::*;
use workspace::Session;

use crate::features::{is_me, person_name, use_session};
use crate::i18n::{t, tf};
use crate::ui::unique_id;

/// Each such author, and who has brought their changes; nothing while there is none.
#[component]
pub(super) fn Brought() -> impl IntoView {
    let session = use_session();
    let brought = session.workspace().brought();
    move || {
        let authors = brought.with(|all| by_author(all));
        let heading = unique_id("brought");
        (!authors.is_empty()).then(|| {
            let rows = authors.iter().map(|(author, by)| row(&session, author, by));
            view! {
                <section aria-labelledby=heading.clone()>
                    <h3 id=heading.clone()>{t("share.brought")}</h3>
                    <p class="ui-hint">{t("share.brought_more")}</p>
                    <ul role="list">{rows.collect_view()}</ul>
                </section>
            }
        })
    }
}

/// Everyone once, in order, with all who brought their changes.
fn by_author(all: &[(PersonId, PersonId)]) -> Vec<(PersonId, Vec<PersonId>)> {
    let mut authors: Vec<(PersonId, Vec<PersonId>)> = Vec::new();
    for (author, by) in all {
        match authors.iter_mut().find(|(known, _)| known == author) {
            Some((_, bringers)) => bringers.push(by.clone()),
            None => authors.push((author.clone(), vec![by.clone()])),
        }
    }
    authors
}

fn row(session: &Session, author: &PersonId, by: &[PersonId]) -> impl IntoView + use<> {
    let name = |person: &PersonId| match is_me(person) {
        true => t("details.brought_by_you"),
        false => person_name(session, person),
    };
    let people = by.iter().map(name).collect::<Vec<_>>().join(", ");
    // Whose names the server has no room for.
    let author = match author.as_str() {
        "" => t("share.brought_others"),
        _ => name(author),
    };
    let words = tf(
        "share.brought_by",
        &[("author", &author), ("people", &people)],
    );
    view! { <li>{words}</li> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_author_is_listed_once_with_all_who_brought_their_changes() {
        let pair = |author: &str, by: &str| (PersonId::from(author), PersonId::from(by));
        let all = [pair("ana", "ben"), pair("cy", "ben"), pair("ana", "cy")];
        let authors = by_author(&all);
        let ana = (
            PersonId::from("ana"),
            vec![PersonId::from("ben"), PersonId::from("cy")],
        );
        assert_eq!(authors.first(), Some(&ana));
        assert_eq!(authors.len(), 2);
    }
}
