//! The keys of the workspaces that this device may open, in IndexedDB, and those that have just
//! come in by an address.
//!
//! Invariants: a key goes into the database, the `Authorization` header and the first message of a
//! connection, and nowhere else; what is in the address bar is taken out of it before anything is
//! drawn or asked for. Where the device keeps nothing, the tab does, in `sessionStorage`. A key that
//! was made here is on the disk before a server hears of it, and only [`Keyring::forget`] takes a key
//! off: what another tab has kept meanwhile, or what could not be read at first, stays.

use std::cell::RefCell;

use indexed_db_futures::prelude::*;
use serde::{Deserialize, Serialize};
use sync::DocumentId;
use wasm_bindgen::JsValue;
use workspace::{Ending, Role};

use super::database::{Database, WORKSPACES};
use super::error::StorageError;
use super::{page, random, storage};

/// More keys of one workspace are not kept; those made here always are.
const MOST: usize = 8;
/// Bytes of a key.
const LENGTH: usize = 32;

thread_local! {
    static ARRIVED: RefCell<Vec<(DocumentId, String)>> = RefCell::default();
}

/// One key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    /// As it stands in a link.
    pub(crate) key: String,
    /// Whether this device made it to own the workspace, so that it may claim it with this key.
    #[serde(default)]
    pub(crate) made_here: bool,
}

/// What this device has for one workspace.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Keys {
    /// The keys, the latest first.
    pub(crate) keys: Vec<Key>,
    /// The role that they gave when the server was asked last.
    #[serde(default)]
    role: Option<String>,
    /// Why they opened nothing any more when the server was asked last.
    #[serde(default)]
    ended: Option<String>,
    /// Whether a server has said that the workspace has an owner, or a link has come for it.
    #[serde(default)]
    owned: bool,
    /// Whether a server was asked to make this device the owner, whatever became of it.
    #[serde(default)]
    claimed: bool,
}

impl Keys {
    /// One new key, for a workspace that is made here.
    pub(crate) fn new_owner() -> Self {
        let key = Key {
            key: bs58::encode(random::bytes::<LENGTH>()).into_string(),
            made_here: true,
        };
        Self {
            keys: vec![key],
            role: Some(Role::Own.name().to_owned()),
            ..Self::default()
        }
    }

    /// Takes a key in; tells whether it was new.
    pub(crate) fn add(&mut self, key: String) -> bool {
        if self.keys.iter().any(|known| known.key == key) {
            return false;
        }
        let key = Key {
            key,
            made_here: false,
        };
        self.keys.insert(0, key);
        self.limit();
        // What a new key opens is not known yet.
        self.ended = None;
        self.role = None;
        self.owned = true;
        true
    }

    /// Takes in what is kept already, behind what is here.
    fn join(&mut self, kept: Self) {
        for old in kept.keys {
            match self.keys.iter_mut().find(|key| key.key == old.key) {
                Some(key) => key.made_here |= old.made_here,
                None => self.keys.push(old),
            }
        }
        self.owned |= kept.owned;
        self.claimed |= kept.claimed;
        self.limit();
    }

    fn limit(&mut self) {
        let mut kept = 0;
        self.keys.retain(|key| {
            kept += 1;
            key.made_here || kept <= MOST
        });
    }

    /// Whether the workspace is known to have an owner: a server that has lost who that is must not
    /// give it to whoever knows its id.
    pub(crate) fn is_owned(&self) -> bool {
        self.owned || self.keys.iter().any(|key| !key.made_here)
    }

    /// Whether a server that lets this device in does so for whoever knows the workspace's id: no key
    /// can open it, and there is nothing to ask for.
    pub(crate) fn open_nothing(&self) -> bool {
        !self.is_owned() && !self.claimed
    }

    /// A server is about to be asked to make this device the owner; tells whether that is new.
    pub(crate) fn claim(&mut self) -> bool {
        !std::mem::replace(&mut self.claimed, true)
    }

    /// The role that the server gave last.
    pub(crate) fn role(&self) -> Option<Role> {
        Role::named(self.role.as_deref()?)
    }

    /// Why the server gave none, when it was asked last.
    pub(crate) fn ended(&self) -> Option<Ending> {
        match self.ended.as_deref()? {
            "revoked" => Some(Ending::Revoked),
            "expired" => Some(Ending::Expired),
            "owned" => Some(Ending::Owned),
            _ => Some(Ending::Refused),
        }
    }

    /// Remembers what the server said; tells whether that is news.
    pub(crate) fn learn(&mut self, role: Option<Role>, ended: Option<Ending>) -> bool {
        let role = role.map(|role| role.name().to_owned());
        let ended = ended.map(|ending| {
            match ending {
                Ending::Revoked => "revoked",
                Ending::Expired => "expired",
                Ending::Owned => "owned",
                Ending::Refused => "refused",
            }
            .to_owned()
        });
        let owned = self.owned || role.is_some();
        let news = (&self.role, &self.ended, self.owned) != (&role, &ended, owned);
        self.owned = owned;
        (self.role, self.ended) = (role, ended);
        news
    }
}

/// The store of keys. A record stands among the workspaces' own, under a name that no workspace
/// has, and in a form that every version of the list passes over.
#[derive(Clone)]
pub(crate) struct Keyring(Database);

impl Keyring {
    pub(crate) fn new(database: Database) -> Self {
        Self(database)
    }

    /// The keys for a workspace; none when there are none or they cannot be read now.
    pub(crate) async fn get(&self, document: &DocumentId) -> Keys {
        let name = record_of(&document.to_string());
        let text = self
            .0
            .read(&[WORKSPACES], async |transaction| {
                transaction
                    .object_store(WORKSPACES)?
                    .get::<String, _, _>(name.as_str())
                    .await
            })
            .await;
        let keys = text.ok().flatten().map(|text| serde_json::from_str(&text));
        keys.and_then(Result::ok).unwrap_or_default()
    }

    /// Keeps the keys for a workspace beside those that are kept already; they are on disk when this
    /// returns.
    pub(crate) async fn put(&self, document: &DocumentId, keys: &Keys) -> Result<(), StorageError> {
        self.change(document, &|kept| {
            let mut all = keys.clone();
            all.join(kept);
            all
        })
        .await
    }

    /// Takes one key off, which opens nothing and never will.
    pub(crate) async fn forget(
        &self,
        document: &DocumentId,
        key: &str,
    ) -> Result<(), StorageError> {
        self.change(document, &|mut kept| {
            kept.keys.retain(|known| known.key != key);
            kept
        })
        .await
    }

    /// In one transaction, so that no other tab's change is lost. A record that cannot be read is not
    /// written over.
    async fn change(
        &self,
        document: &DocumentId,
        change: &dyn Fn(Keys) -> Keys,
    ) -> Result<(), StorageError> {
        let name = record_of(&document.to_string());
        let written = self
            .0
            .update(&[WORKSPACES], async |transaction| {
                let store = transaction.object_store(WORKSPACES)?;
                let text: Option<String> = store.get::<String, _, _>(name.as_str()).await?;
                let kept = match text.map(|text| serde_json::from_str(&text)) {
                    None => Keys::default(),
                    Some(Ok(kept)) => kept,
                    Some(Err(error)) => return Ok(Err(error.to_string())),
                };
                let text = match serde_json::to_string(&change(kept)) {
                    Ok(text) => text,
                    Err(error) => return Ok(Err(error.to_string())),
                };
                store
                    .put(text.as_str())
                    .with_key(name.as_str())
                    .without_key_type()
                    .await?;
                Ok(Ok(()))
            })
            .await?;
        written.map_err(StorageError::Failed)
    }
}

/// The name of the record with the keys of a document.
pub(crate) fn record_of(document: &str) -> String {
    format!("key/{document}")
}

/// The key in the fragment of an address, if that is one.
pub fn key_in(fragment: &str) -> Option<&str> {
    let key = fragment.trim_start_matches('#');
    let mut bytes = [0; LENGTH];
    (bs58::decode(key).onto(&mut bytes).ok()? == LENGTH).then_some(key)
}

/// A key has come in for a workspace: it is tried, and kept, when that is opened.
pub fn arrived(document: DocumentId, key: String) {
    ARRIVED.with_borrow_mut(|arrived| arrived.push((document, key)));
}

/// The keys that have come in for a workspace.
pub(crate) fn take_arrived(document: &DocumentId) -> Vec<String> {
    let mut mine: Vec<String> = ARRIVED.with_borrow_mut(|arrived| {
        let mine = arrived.extract_if(.., |(of, _)| of == document);
        mine.map(|(_, key)| key).collect()
    });
    if mine.is_empty() {
        let name = record_of(&document.to_string());
        let kept = storage::of_tab().and_then(|tab| tab.get_item(&name).ok().flatten());
        mine.extend(kept);
    }
    mine
}

/// A key that came in for a workspace cannot be kept on this device: the tab keeps it, for the next
/// opening and over a reload.
pub(crate) fn not_kept(document: DocumentId, key: String) {
    if let Some(tab) = storage::of_tab() {
        // Where not even the tab may keep it, it is there until the reload.
        let _ = tab.set_item(&record_of(&document.to_string()), &key);
    }
    arrived(document, key);
}

/// The key in the address bar, which is taken out of it: neither the history nor somebody who looks
/// over the shoulder keeps it, and copying the address passes nothing on by accident.
pub fn take_from_address_bar() -> Option<String> {
    let window = page::window()?;
    let location = window.location();
    let fragment = location.hash().ok()?;
    let key = key_in(&fragment)?.to_owned();
    let plain = format!("{}{}", location.pathname().ok()?, location.search().ok()?);
    // A browser that refuses leaves the address as it is, and the link works all the same.
    let _ = window
        .history()
        .ok()?
        .replace_state_with_url(&JsValue::NULL, "", Some(&plain));
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> String {
        bs58::encode([byte; LENGTH]).into_string()
    }

    #[test]
    fn a_fragment_is_a_key_only_as_a_whole() {
        let key = key(7);
        assert_eq!(key_in(&format!("#{key}")), Some(key.as_str()));
        for other in ["", "#", "#main", &key[1..], &format!("{key}{key}")] {
            assert_eq!(key_in(other), None, "{other}");
        }
    }

    #[test]
    fn the_latest_key_is_tried_first_and_ones_own_is_never_dropped() {
        let own = Key {
            key: key(1),
            made_here: true,
        };
        let mut keys = Keys {
            keys: vec![own.clone()],
            ..Keys::default()
        };
        keys.learn(None, Some(Ending::Revoked));
        for byte in 2..20 {
            assert!(keys.add(key(byte)));
        }
        assert!(!keys.add(key(19)));
        assert_eq!(keys.ended(), None);
        assert_eq!(keys.keys.first().map(|key| key.key.clone()), Some(key(19)));
        assert_eq!((keys.keys.len(), keys.keys.last()), (MOST + 1, Some(&own)));
    }

    /// S31
    #[test]
    fn an_owner_whom_a_server_has_named_is_not_forgotten() {
        let mut own = Keys::new_owner();
        assert!(!own.is_owned(), "until a server knows it");
        own.learn(None, None);
        assert!(!own.is_owned());
        own.learn(Some(Role::Own), None);
        own.learn(None, Some(Ending::Refused));
        assert!(own.is_owned());
        let mut member = Keys::default();
        member.add(key(1));
        assert!(member.is_owned());
    }

    /// A claim whose answer was lost is asked about again, after a reload too.
    #[test]
    fn keys_open_nothing_until_a_server_may_know_them() {
        let mut own = Keys::new_owner();
        assert!(own.open_nothing());
        let mut claiming = own.clone();
        claiming.claim();
        assert!(!claiming.open_nothing());
        own.join(claiming);
        assert!(!own.open_nothing());
        let mut named = Keys::new_owner();
        named.learn(Some(Role::Own), None);
        assert!(!named.open_nothing());
    }

    #[test]
    fn no_key_goes_for_what_another_tab_or_an_unread_record_did_not_know() {
        let one = |byte, made_here| Key {
            key: key(byte),
            made_here,
        };
        let of = |keys: &[Key]| Keys {
            keys: keys.to_vec(),
            ..Keys::default()
        };
        let mut now = of(&[one(3, false), one(2, false)]);
        now.learn(Some(Role::Edit), None);

        now.join(of(&[one(2, true), one(1, true)]));

        assert_eq!(now.keys, [one(3, false), one(2, true), one(1, true)]);
        assert_eq!(now.role(), Some(Role::Edit));
    }

    #[test]
    fn a_list_of_workspaces_passes_the_record_over() {
        let text = serde_json::to_string(&Keys::default()).unwrap();
        assert!(serde_json::from_str::<crate::platform::WorkspaceEntry>(&text).is_err());
    }
}
