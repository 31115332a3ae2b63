//! What this tab's person may do in the workspace, and why no more.
//!
//! A link is a capability: its role says what whoever has it may do. Invariant: what is not known to
//! be forbidden is allowed on this device, so that nobody without a network is locked out of their
//! own work; the server takes from each no more than their link allows.

/// What a link lets people do; each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Look.
    View,
    /// Comment. Nothing takes comments yet, so that it is looking.
    Comment,
    /// Change everything.
    Edit,
    /// Lead a workshop.
    Facilitate,
    /// Decide who may do what.
    Own,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 5] = [
        Self::View,
        Self::Comment,
        Self::Edit,
        Self::Facilitate,
        Self::Own,
    ];

    /// Its name, as the server writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Comment => "comment",
            Self::Edit => "edit",
            Self::Facilitate => "facilitate",
            Self::Own => "own",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Why a link opens nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was revoked, or opens less than before.
    Revoked,
    /// It has expired.
    Expired,
    /// There was no link, and the workspace has an owner now.
    Owned,
    /// The server did not open the workspace by it, and does not say why.
    Refused,
}

/// By what right this device has the workspace open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// By its id alone: nobody owns it, or nobody has been asked yet.
    #[default]
    Open,
    /// By a link with this role.
    By(Role),
    /// The server does not keep it: nobody owns it there, and it wants an owner; or somebody does
    /// and this device has no link.
    Unserved,
    /// By nothing any more; the copy on this device stays.
    Ended(Ending),
}

impl Access {
    /// Whether this person may change the workspace.
    pub fn may_edit(self) -> bool {
        match self {
            Self::Open | Self::Unserved => true,
            Self::By(role) => role >= Role::Edit,
            Self::Ended(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P10
    #[test]
    fn who_may_only_look_and_whose_link_has_ended_edits_nothing() {
        let editing = [Role::Edit, Role::Facilitate, Role::Own].map(Access::By);
        assert!(editing.into_iter().all(Access::may_edit));
        assert!(Access::Open.may_edit() && Access::Unserved.may_edit());
        let ended = Access::Ended(Ending::Revoked);
        for access in [Access::By(Role::View), Access::By(Role::Comment), ended] {
            assert!(!access.may_edit(), "{access:?}");
        }
    }

    #[test]
    fn a_role_is_found_by_its_name() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("admin"), None);
    }
}
