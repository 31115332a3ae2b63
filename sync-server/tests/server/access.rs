//! Links at work: real sockets, both protocols, and what a client does that does not behave.

use std::path::Path;

use automerge::Automerge;
use serde_json::{Value, json};
use sync::{ClientNode, DocumentId, PeerId};
use sync_server::store::{MemoryStore, Store};
use sync_server::{Config, Running, start_with_store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::client::{Client, soon};
use super::operations::get;

const ID: DocumentId = DocumentId::from_bytes([0x77; 16]);
const OTHER: DocumentId = DocumentId::from_bytes([0x78; 16]);

/// Both ways to speak with the server.
const PROTOCOLS: [fn(PeerId) -> ClientNode; 2] = [ClientNode::new, ClientNode::version_1];

/// A server with a workspace, whose owner has written one value.
struct Workspace {
    server: Running,
    store: MemoryStore,
    owner_key: String,
    owner: Client,
}

impl Workspace {
    async fn new(set: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config::local(Path::new("unused"));
        set(&mut config);
        let store = MemoryStore::new();
        let server = start_with_store(config, Box::new(store.clone()))
            .await
            .unwrap();
        let claim = json!({ "document": ID.to_string() });
        let (status, answer) = ask(&server, "POST", "", "", claim).await;
        assert_eq!(status, 201, "{answer}");
        let owner_key = text(&answer["key"]);
        let mut owner = client(&server, ClientNode::new, "owner", &owner_key).await;
        owner.open(ID, Automerge::new()).await;
        owner.put(ID, "first", 1).await;
        owner.until("a receipt", |c| c.acknowledged(ID)).await;
        Self {
            server,
            store,
            owner_key,
            owner,
        }
    }

    /// Makes a link; its key and its address.
    async fn link(&self, body: Value) -> (String, String) {
        let links = format!("/{ID}/links");
        let (status, answer) = ask(&self.server, "POST", &links, &self.owner_key, body).await;
        assert_eq!(status, 201, "{answer}");
        let id = text(&answer["link"]["id"]);
        (text(&answer["key"]), format!("{links}/{id}"))
    }

    /// Changes a link, and waits until the server goes by it.
    async fn change(&mut self, link: &str, body: Value) {
        let (status, answer) = ask(&self.server, "PATCH", link, &self.owner_key, body).await;
        assert_eq!(status, 200, "{answer}");
        // The question about the link is asked before the first write and answered before the
        // second.
        for n in [1, 2] {
            self.owner.put(ID, "waiting", n).await;
            self.owner.until("a receipt", |c| c.acknowledged(ID)).await;
        }
    }

    /// Someone with this key who has what the owner wrote first.
    async fn member(&self, node: fn(PeerId) -> ClientNode, name: &str, key: &str) -> Client {
        let mut member = client(&self.server, node, name, key).await;
        member.open(ID, Automerge::new()).await;
        member
            .until("what the owner wrote", |c| c.value(ID, "first") == Some(1))
            .await;
        member
    }

    /// The owner writes this, and the other gets it.
    async fn reaches(&mut self, other: &mut Client, key: &str) {
        self.owner.put(ID, key, 1).await;
        other
            .until("what the owner wrote", |c| c.value(ID, key) == Some(1))
            .await;
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Waits, while a member hears what comes: what they have written may only go out then.
async fn meanwhile(member: &mut Client, waiting: impl Future<Output = ()>) {
    tokio::select! {
        () = waiting => {}
        () = async { while member.step().await {} } => panic!("the member was closed"),
    }
}

/// Connects with this key.
async fn client(server: &Running, node: fn(PeerId) -> ClientNode, name: &str, key: &str) -> Client {
    let mut node = node(PeerId::from(name));
    if !key.is_empty() {
        assert!(node.show_key(key.into()).is_none());
    }
    Client::with(&server.sync_url(), node).await
}

/// One request to the interface: status and content.
async fn ask(server: &Running, method: &str, path: &str, key: &str, body: Value) -> (u16, Value) {
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let request = format!(
        "{method} /api/v1/workspaces{path} HTTP/1.0\r\nauthorization: Bearer {key}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    soon("an answer", stream.read_to_string(&mut answer))
        .await
        .unwrap();
    let (head, content) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(content).unwrap_or_default())
}

/// S31
#[tokio::test]
async fn a_link_opens_a_workspace_and_nothing_else_does() {
    for node in PROTOCOLS {
        let workspace = Workspace::new(|_| {}).await;
        let (key, _) = workspace.link(json!({ "role": "view" })).await;
        workspace.member(node, "viewer", &key).await;
        for wrong in ["", "nonsense", &bs58::encode([7; 32]).into_string()] {
            let mut stranger = client(&workspace.server, node, "stranger", wrong).await;
            stranger.open(ID, Automerge::new()).await;
            stranger.until("a refusal", |c| c.is_unavailable(ID)).await;
            assert_eq!(stranger.value(ID, "first"), None);
        }
    }
}

#[tokio::test]
async fn a_key_can_be_shown_later() {
    for node in PROTOCOLS {
        let workspace = Workspace::new(|_| {}).await;
        let mut late = client(&workspace.server, node, "late", "").await;
        late.show_key(&workspace.owner_key).await;
        late.open(ID, Automerge::new()).await;
        late.until("the document", |c| c.value(ID, "first") == Some(1))
            .await;
    }
}

/// S32
#[tokio::test]
async fn a_viewer_changes_nothing_for_others_whatever_it_sends() {
    for node in PROTOCOLS {
        let mut workspace = Workspace::new(|_| {}).await;
        let (key, _) = workspace.link(json!({ "role": "view" })).await;
        let mut viewer = workspace.member(node, "viewer", &key).await;
        let chunks = workspace.store.load(&ID).unwrap().len();

        viewer.put(ID, "mine", 666).await;
        workspace.reaches(&mut viewer, "second").await;

        // The server has handled what the viewer sent: it has answered what came behind it.
        let mut reader = workspace.member(node, "reader", &key).await;
        workspace.reaches(&mut reader, "third").await;
        assert_eq!(reader.value(ID, "mine"), None);
        assert_eq!(workspace.owner.value(ID, "mine"), None);
        workspace
            .owner
            .until("a receipt", |c| c.acknowledged(ID))
            .await;
        assert_eq!(workspace.store.load(&ID).unwrap().len(), chunks + 2);
    }
}

/// S33
#[tokio::test]
async fn a_revoked_link_closes_its_connections_and_says_why() {
    for node in PROTOCOLS {
        let mut workspace = Workspace::new(|_| {}).await;
        let (key, link) = workspace.link(json!({ "role": "edit" })).await;
        let (other, _) = workspace.link(json!({ "role": "edit" })).await;
        let mut member = workspace.member(node, "member", &key).await;
        let mut bystander = workspace.member(node, "bystander", &other).await;

        let revoked = ask(
            &workspace.server,
            "DELETE",
            &link,
            &workspace.owner_key,
            Value::Null,
        );
        assert_eq!(revoked.await.0, 204);

        assert_eq!(member.close_code().await, Some(4003));
        workspace.reaches(&mut bystander, "second").await;
        let mut again = client(&workspace.server, node, "again", &key).await;
        again.open(ID, Automerge::new()).await;
        again.until("a refusal", |c| c.is_unavailable(ID)).await;
    }
}

#[tokio::test]
async fn a_link_that_runs_out_closes_its_connections_and_says_why() {
    let mut workspace = Workspace::new(|_| {}).await;
    let (key, link) = workspace.link(json!({ "role": "edit" })).await;
    let mut member = workspace.member(ClientNode::new, "member", &key).await;
    workspace.change(&link, json!({ "expires": 1 })).await;
    assert_eq!(member.close_code().await, Some(4010));
}

#[tokio::test]
async fn a_link_ends_by_itself() {
    let workspace = Workspace::new(|_| {}).await;
    let (_, shown) = ask(
        &workspace.server,
        "GET",
        &format!("/{ID}"),
        &workspace.owner_key,
        Value::Null,
    )
    .await;
    let soon = shown["now"].as_i64().unwrap() + 2_500;
    let (key, _) = workspace
        .link(json!({ "role": "view", "expires": soon }))
        .await;
    let mut member = workspace.member(ClientNode::new, "member", &key).await;
    assert_eq!(member.close_code().await, Some(4010));
}

#[tokio::test]
async fn an_editor_who_may_only_view_from_now_on_stays_and_writes_no_more() {
    for node in PROTOCOLS {
        let mut workspace = Workspace::new(|_| {}).await;
        let (key, link) = workspace.link(json!({ "role": "edit" })).await;
        let mut member = workspace.member(node, "member", &key).await;
        member.put(ID, "while an editor", 1).await;
        let owner = &mut workspace.owner;
        let receive = owner.until("the edit", |c| c.value(ID, "while an editor") == Some(1));
        meanwhile(&mut member, receive).await;

        workspace.change(&link, json!({ "role": "view" })).await;
        workspace.reaches(&mut member, "second").await;
        member.put(ID, "while a viewer", 1).await;
        workspace.reaches(&mut member, "third").await;
        let mut reader = workspace.member(node, "reader", &key).await;
        workspace.reaches(&mut reader, "fourth").await;
        assert_eq!(reader.value(ID, "while a viewer"), None);

        workspace.change(&link, json!({ "role": "edit" })).await;
        member.put(ID, "an editor again", 1).await;
        let both = ["while a viewer", "an editor again"];
        let owner = &mut workspace.owner;
        let receive = owner.until("what was held back", |c| {
            both.iter().all(|key| c.value(ID, key) == Some(1))
        });
        meanwhile(&mut member, receive).await;
    }
}

#[tokio::test]
async fn documents_of_nobody_can_be_kept_out() {
    for node in PROTOCOLS {
        let workspace = Workspace::new(|config| config.open_documents = Some(false)).await;
        let key = &workspace.owner_key;
        let mut member = workspace.member(node, "member", key).await;
        let mut strange = Automerge::new();
        strange.empty_commit(automerge::transaction::CommitOptions::default());
        member.open(OTHER, strange).await;
        member.until("a refusal", |c| c.is_unavailable(OTHER)).await;
        assert_eq!(workspace.store.clone().load(&OTHER).unwrap(), []);
        let nobody_refused = "groundwork_refusals_total{reason=\"access\"} 0\n";
        soon("its count", async {
            while get(&workspace.server, "/metrics")
                .await
                .contains(nobody_refused)
            {}
        })
        .await;

        let path = format!("/{ID}/documents/{OTHER}");
        let registered = ask(&workspace.server, "PUT", &path, key, Value::Null).await;
        assert_eq!(registered.0, 200);
        let mut member = workspace.member(node, "again", key).await;
        member.open(OTHER, Automerge::new()).await;
        member.put(OTHER, "board", 1).await;
        member
            .until("a receipt", |c| {
                c.acknowledged(OTHER) && c.value(OTHER, "board").is_some()
            })
            .await;
    }
}

#[tokio::test]
async fn a_document_that_is_claimed_closes_to_those_who_only_knew_it() {
    let mut workspace = Workspace::new(|_| {}).await;
    let mut guest = client(&workspace.server, ClientNode::new, "guest", "").await;
    guest.open(OTHER, Automerge::new()).await;
    guest.put(OTHER, "open", 1).await;
    guest.until("a receipt", |c| c.acknowledged(OTHER)).await;
    let claim = json!({ "document": OTHER.to_string() });
    assert_eq!(ask(&workspace.server, "POST", "", "", claim).await.0, 201);
    assert_eq!(guest.close_code().await, Some(4003));
    workspace.owner.put(ID, "second", 1).await;
    workspace
        .owner
        .until("a receipt", |c| c.acknowledged(ID))
        .await;
}

#[tokio::test]
async fn too_many_new_documents_are_closed_with_4029() {
    let workspace = Workspace::new(|config| config.addresses.new_documents = 4).await;
    let mut greedy = client(&workspace.server, ClientNode::new, "greedy", "").await;
    for n in 0..10 {
        greedy
            .open(DocumentId::from_bytes([n; 16]), Automerge::new())
            .await;
    }
    assert_eq!(greedy.close_code().await, Some(4029));
}

/// S35
#[tokio::test]
async fn each_chunk_is_kept_with_the_session_that_brought_it_and_its_link() {
    for node in PROTOCOLS {
        let mut workspace = Workspace::new(|_| {}).await;
        let (key, link) = workspace.link(json!({ "role": "edit" })).await;
        let mut member = workspace.member(node, "member", &key).await;
        member.put(ID, "mine", 1).await;
        workspace
            .owner
            .until("the edit", |c| c.value(ID, "mine") == Some(1))
            .await;
        member.until("a receipt", |c| c.acknowledged(ID)).await;

        let deliveries = workspace.store.deliveries(&ID).unwrap();
        assert_eq!(deliveries.len(), 2, "{deliveries:?}");
        let links: Vec<_> = deliveries
            .iter()
            .map(|(_, session)| workspace.store.access().session(*session).unwrap())
            .collect();
        let links = links.iter().flatten().filter_map(|it| it.link.as_ref());
        let links: Vec<_> = links.map(|id| link.ends_with(id.as_str())).collect();
        assert_eq!(links.iter().filter(|of_member| **of_member).count(), 1);
        assert_eq!(links.len(), 2);
    }
}

/// S31: after an older backup, or a store that was lost, the server knows no owner.
#[tokio::test]
async fn a_document_whose_owner_the_server_has_lost_waits_for_them() {
    for node in PROTOCOLS {
        let workspace = Workspace::new(|_| {}).await;
        let server = &workspace.server;
        // Given a document that the server gives to whoever knows its id.
        let mut stranger = client(server, node, "stranger", "").await;
        stranger.open(OTHER, Automerge::new()).await;
        stranger.put(OTHER, "open", 1).await;
        stranger.until("a receipt", |c| c.acknowledged(OTHER)).await;

        // When somebody comes whom an owner's link once let in, then it opens to nobody by its id.
        let mut knowing = node(PeerId::from("knowing"));
        knowing.show_key("a link that is forgotten".into());
        knowing.has_owner(OTHER);
        let mut knowing = Client::with(&server.sync_url(), knowing).await;
        knowing.open(OTHER, Automerge::new()).await;
        knowing.unavailable(OTHER).await;
        assert_eq!(stranger.close_code().await, Some(4003));
        let mut another = client(server, node, "another", "").await;
        another.open(OTHER, Automerge::new()).await;
        another.unavailable(OTHER).await;

        // Until its owner is back.
        let claim = json!({ "document": OTHER.to_string() });
        let (status, answer) = ask(server, "POST", "", "", claim).await;
        assert_eq!(status, 201, "{answer}");
        let key = text(&answer["key"]);
        let mut owner = client(server, node, "the owner", &key).await;
        owner.open(OTHER, Automerge::new()).await;
        owner
            .until("what was there", |c| c.value(OTHER, "open") == Some(1))
            .await;
    }
}

/// S31: also a server that is opened to whoever knows an id only later.
#[tokio::test]
async fn what_is_kept_for_an_owner_is_kept_when_the_server_opens() {
    for node in PROTOCOLS {
        let closed = Workspace::new(|config| config.open_documents = Some(false)).await;
        let mut knowing = node(PeerId::from("knowing"));
        knowing.has_owner(OTHER);
        let mut knowing = Client::with(&closed.server.sync_url(), knowing).await;
        knowing.open(OTHER, Automerge::new()).await;
        knowing.unavailable(OTHER).await;
        let Workspace { server, store, .. } = closed;
        server.stop().await;

        let mut config = Config::local(Path::new("unused"));
        config.open_documents = Some(true);
        let open = start_with_store(config, Box::new(store)).await.unwrap();
        let mut stranger = client(&open, node, "stranger", "").await;
        stranger.open(OTHER, Automerge::new()).await;
        stranger.unavailable(OTHER).await;
    }
}

/// S31: who only says so fills no table.
#[tokio::test]
async fn documents_that_are_kept_for_an_owner_count_as_new_ones() {
    let workspace = Workspace::new(|config| config.addresses.new_documents = 4).await;
    let mut greedy = ClientNode::new(PeerId::from("greedy"));
    let documents = (0..10).map(|n| DocumentId::from_bytes([n; 16]));
    documents.clone().for_each(|id| greedy.has_owner(id));
    let mut greedy = Client::with(&workspace.server.sync_url(), greedy).await;
    for id in documents {
        greedy.open(id, Automerge::new()).await;
    }
    assert_eq!(greedy.close_code().await, Some(4029));
}
