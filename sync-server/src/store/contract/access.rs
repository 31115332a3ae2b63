//! What every store must do with workspaces and links.

use sync::DocumentId;

use super::on_every_store;
use crate::access::{
    AccessStore, Claim, KeyHash, Link, LinkChange, LinkId, Registration, Role, Session,
};
use crate::store::{SessionId, Write};

const MINE: DocumentId = DocumentId::from_bytes([1; 16]);
const THEIRS: DocumentId = DocumentId::from_bytes([2; 16]);
const BOARD: DocumentId = DocumentId::from_bytes([3; 16]);

fn key(n: u8) -> KeyHash {
    KeyHash::from_bytes([n; 32])
}

fn link(n: u8) -> Link {
    Link {
        id: LinkId::new(n.into()),
        role: Role::Own,
        label: format!("link {n}"),
        created: 10,
        expires: Some(20),
        last_used: None,
        revoked: None,
    }
}

fn check(check: impl Fn(&mut dyn AccessStore)) {
    on_every_store(|store| check(&mut *store.access()));
}

#[test]
fn a_workspace_is_claimed_once_and_by_the_same_key_again() {
    check(|access| {
        let mut claim = |n, k| access.claim(&MINE, &link(n), &key(k)).unwrap();
        assert_eq!(claim(1, 1), Claim::Made(link(1)));
        assert_eq!(claim(2, 2), Claim::Owned);
        assert_eq!(claim(3, 1), Claim::Again(link(1)));
        assert_eq!(access.links(&MINE).unwrap(), [link(1)]);
        assert_eq!(
            access.registration(&MINE).unwrap(),
            Some(Registration::usual(MINE, MINE))
        );
        assert_eq!(access.link_of(&key(2)).unwrap(), None);
    });
}

#[test]
fn a_document_is_in_one_workspace_alone() {
    check(|access| {
        access.claim(&MINE, &link(1), &key(1)).unwrap();
        access.claim(&THEIRS, &link(2), &key(2)).unwrap();
        assert!(
            access
                .register(&Registration::usual(BOARD, MINE), 0)
                .unwrap()
        );
        assert!(
            !access
                .register(&Registration::usual(BOARD, THEIRS), 0)
                .unwrap()
        );
        assert!(
            !access
                .register(&Registration::usual(MINE, THEIRS), 0)
                .unwrap()
        );
        let changed = Registration {
            write: Role::Comment,
            ..Registration::usual(BOARD, MINE)
        };
        assert!(access.register(&changed, 0).unwrap());
        let mine = access.registered(&MINE).unwrap();
        assert_eq!(mine, [Registration::usual(MINE, MINE), changed]);
        let claimed = access.claim(&BOARD, &link(3), &key(3)).unwrap();
        assert_eq!(claimed, Claim::Owned);
        assert!(!access.unregister(&THEIRS, &BOARD).unwrap());
        assert!(access.unregister(&MINE, &BOARD).unwrap());
        assert_eq!(access.registration(&BOARD).unwrap(), None);
    });
}

#[test]
fn a_link_changes_in_what_was_named_and_in_its_own_workspace_alone() {
    check(|access| {
        access.claim(&MINE, &link(1), &key(1)).unwrap();
        access.claim(&THEIRS, &link(2), &key(2)).unwrap();
        let change = LinkChange {
            role: Some(Role::View),
            ..LinkChange::default()
        };
        let id = LinkId::new(1);
        assert_eq!(access.change_link(&THEIRS, &id, &change).unwrap(), None);
        let changed = access.change_link(&MINE, &id, &change).unwrap().unwrap();
        let expected = Link {
            role: Role::View,
            ..link(1)
        };
        assert_eq!(changed, expected);
        let change = LinkChange {
            label: Some("other".to_owned()),
            expires: Some(None),
            ..LinkChange::default()
        };
        let changed = access.change_link(&MINE, &id, &change).unwrap().unwrap();
        assert_eq!((changed.label.as_str(), changed.expires), ("other", None));
    });
}

#[test]
fn a_revoked_link_is_listed_no_more_and_stays_revoked() {
    check(|access| {
        access.claim(&MINE, &link(1), &key(1)).unwrap();
        let revoke = LinkChange {
            revoked: Some(15),
            ..LinkChange::default()
        };
        access.change_link(&MINE, &LinkId::new(1), &revoke).unwrap();
        assert_eq!(access.links(&MINE).unwrap(), []);
        let (workspace, link) = access.link_of(&key(1)).unwrap().unwrap();
        assert_eq!((workspace, link.revoked), (MINE, Some(15)));
        let back = access.change_link(&MINE, &LinkId::new(1), &LinkChange::default());
        assert_eq!(back.unwrap(), None);
        let claimed = access.claim(&MINE, &link, &key(1)).unwrap();
        assert_eq!(claimed, Claim::KeyInUse);
    });
}

#[test]
fn a_key_is_given_to_one_link() {
    check(|access| {
        access.claim(&MINE, &link(1), &key(1)).unwrap();
        let claimed = access.claim(&THEIRS, &link(2), &key(1)).unwrap();
        assert_eq!(claimed, Claim::KeyInUse);
        assert_eq!(access.registration(&THEIRS).unwrap(), None);
        assert!(!access.add_link(&MINE, &link(2), &key(1)).unwrap());
        assert!(access.add_link(&MINE, &link(2), &key(2)).unwrap());
        assert_eq!(access.links(&MINE).unwrap(), [link(1), link(2)]);
    });
}

#[test]
fn a_use_is_noted_once_a_minute() {
    check(|access| {
        access.claim(&MINE, &link(1), &key(1)).unwrap();
        let used = |access: &mut dyn AccessStore, at| {
            access.used(&LinkId::new(1), at).unwrap();
            access.links(&MINE).unwrap()[0].last_used
        };
        assert_eq!(used(access, 100_000), Some(100_000));
        assert_eq!(used(access, 159_999), Some(100_000));
        assert_eq!(used(access, 160_000), Some(160_000));
    });
}

/// S35
#[test]
fn a_session_is_remembered_with_the_link_by_which_it_might_write_first() {
    on_every_store(|store| {
        store
            .access()
            .claim(&MINE, &link(1), &key(1))
            .expect("a claim");
        store
            .access()
            .add_link(&MINE, &link(2), &key(2))
            .expect("a link");
        let visit = |n, session| Write::Visit {
            link: Some(LinkId::new(n)),
            session,
            at: 5,
        };
        let (writer, reader) = (Some(SessionId(-7)), None);
        let group = [visit(1, writer), visit(2, writer), visit(2, reader)];
        store.write(&group).unwrap();
        let mut access = store.access();
        let first = Session {
            opened: 5,
            link: Some(LinkId::new(1)),
        };
        assert_eq!(access.session(SessionId(-7)).unwrap(), Some(first));
        assert_eq!(access.session(SessionId(8)).unwrap(), None);
        let used = access.links(&MINE).unwrap();
        let used: Vec<_> = used.iter().map(|link| link.last_used).collect();
        assert_eq!(used, [Some(5), Some(5)]);
    });
}

/// S35
#[test]
fn a_session_without_a_link_is_known_by_what_it_delivered() {
    on_every_store(|store| {
        let delivery = Write::Note {
            document: BOARD,
            author: "ada".to_owned(),
            bringer: String::new(),
            session: SessionId(9),
        };
        store.write(&[delivery]).unwrap();
        let known = store.access().session(SessionId(9)).unwrap();
        assert_eq!(known.map(|session| session.link), Some(None));
    });
}

/// S33
#[test]
fn time_never_goes_back() {
    check(|access| {
        let late = 99_000_000_000_000;
        assert_eq!(access.latest(late), late);
        assert_eq!(access.latest(late - 7), late);
        assert_eq!(access.latest(late + 7), late + 7);
    });
}
