//! What roles, ends and refusals are called.

use workspace::Role;

use crate::i18n::t;
use crate::platform::api::ApiError;
use crate::ui::{RadioOption, SelectOption};

/// The roles in the order in which they are offered: the usual one first.
const OFFERED: [Role; 5] = [
    Role::Edit,
    Role::Comment,
    Role::View,
    Role::Facilitate,
    Role::Own,
];

/// How long a link can last, in days; 0 is for ever.
const DAYS: [u16; 5] = [0, 1, 7, 30, 90];

/// A day in milliseconds.
const DAY: f64 = 86_400_000.0;

/// What a role is called.
pub(super) fn role(role: Role) -> String {
    t(match role {
        Role::View => "share.can_view",
        Role::Comment => "share.can_comment",
        Role::Edit => "share.can_edit",
        Role::Facilitate => "share.can_facilitate",
        Role::Own => "share.can_own",
    })
}

/// What whoever has the role can do.
pub(super) fn role_explained(role: Role) -> String {
    t(match role {
        Role::View => "share.can_view_more",
        Role::Comment => "share.can_comment_more",
        Role::Edit => "share.can_edit_more",
        Role::Facilitate => "share.can_facilitate_more",
        Role::Own => "share.can_own_more",
    })
}

/// The roles to choose from, each with what it means.
pub(super) fn role_radios() -> Vec<RadioOption> {
    let radio = |it: Role| RadioOption {
        value: it.name().to_owned(),
        label: role(it),
        hint: Some(role_explained(it)),
    };
    OFFERED.into_iter().map(radio).collect()
}

/// The roles to choose from, by name.
pub(super) fn role_choices() -> Vec<SelectOption> {
    let choice = |it: Role| SelectOption {
        value: it.name().to_owned(),
        label: role(it),
    };
    OFFERED.into_iter().map(choice).collect()
}

/// When a link can end.
pub(super) fn ends() -> Vec<SelectOption> {
    let words = |days| match days {
        0 => t("share.ends_never"),
        1 => t("share.ends_day"),
        7 => t("share.ends_week"),
        30 => t("share.ends_month"),
        _ => t("share.ends_quarter"),
    };
    DAYS.into_iter()
        .map(|days| SelectOption {
            value: days.to_string(),
            label: words(days),
        })
        .collect()
}

/// The moment in so many days from `now`, both in milliseconds since 1970; none for "never" and for
/// what is no number of days.
pub(super) fn end(days: &str, now: f64) -> Option<f64> {
    let days: u16 = days.parse().ok().filter(|days| *days > 0)?;
    Some((now + f64::from(days) * DAY).round())
}

/// Why the server did not do it, and what is safe.
pub(super) fn problem(error: ApiError) -> (String, String) {
    let (title, more) = match error {
        ApiError::Offline => ("share.offline", "share.offline_more"),
        ApiError::NotFound => ("share.not_owner", "share.not_owner_more"),
        ApiError::Conflict => ("share.last_owner", "share.last_owner_more"),
        ApiError::Closed => ("share.closed", "share.closed_more"),
        ApiError::TooMany => ("share.too_many", "share.again_more"),
        ApiError::NotKept => ("share.not_kept", "share.not_kept_more"),
        ApiError::Failed => ("share.failed", "share.again_more"),
    };
    (t(title), t(more))
}

/// Why no link was made.
pub(super) fn not_made(error: ApiError) -> (String, String) {
    match error {
        ApiError::Conflict => (t("share.full"), t("share.full_more")),
        other => problem(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_ends_so_many_days_from_now_or_never() {
        assert_eq!(end("7", 1_000.0), Some(604_801_000.0));
        for never in ["0", "", "soon", "-1"] {
            assert_eq!(end(never, 1_000.0), None, "{never}");
        }
    }
}
