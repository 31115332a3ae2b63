//! Workspaces: who makes one, who sees it, and what it is told.

use super::*;

#[tokio::test]
async fn whoever_claims_a_workspace_owns_it() {
    let server = Server::new();
    let owner = server.claim().await;
    let (status, answer) = server.get(&workspace(), &owner).await;
    assert_eq!((status, text(&answer, "/role")), (200, "own".to_owned()));
    let (_, answer) = server.get(&links(), &owner).await;
    assert_eq!(answer["links"][0]["label"], "me");
    assert_eq!(answer["links"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_workspace_is_claimed_once_and_again_by_the_same_key() {
    let server = Server::new();
    let owner = server.claim().await;
    let claim = async |body| server.ask(Method::POST, "workspaces", "", body).await;
    let document = WORKSPACE.to_string();
    let (status, again) = claim(json!({ "document": document, "key": owner })).await;
    let (_, listed) = server.get(&links(), &owner).await;
    assert_eq!(
        (status, &again["link"]["id"]),
        (200, &listed["links"][0]["id"])
    );
    assert_eq!(claim(json!({ "document": document })).await.0, 404);
    // A key that is another link's makes no owner, here or elsewhere, and leaves nothing behind.
    let (viewer, _) = server.link(&owner, json!({ "role": "view" })).await;
    let strange = STRANGE.to_string();
    for document in [&document, &strange] {
        let taken = json!({ "document": document, "key": viewer });
        assert_eq!(claim(taken).await.0, 409);
    }
    assert_eq!(claim(json!({ "document": strange })).await.0, 201);
}

/// S33
#[tokio::test]
async fn while_nothing_can_be_stored_one_reads_and_is_told_that_nothing_changes() {
    let store = MemoryStore::new();
    let control = store.control();
    let server = Server::on(store, AddressLimits::default(), None);
    let owner = server.claim().await;
    let (viewer, id) = server.link(&owner, json!({ "role": "view" })).await;
    let path = format!("{}/{id}", links());
    control.fail_writes(true);
    assert_eq!(server.get(&workspace(), &viewer).await.0, 200);
    let revoke = async || server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(revoke().await.0, 503);
    let change = json!({ "role": "edit" });
    let changed = server.ask(Method::PATCH, &path, &owner, change).await;
    assert_eq!(changed.0, 503);
    control.fail_writes(false);
    assert_eq!(server.get(&workspace(), &viewer).await.0, 200);
    assert_eq!(revoke().await.0, 204);
    assert_eq!(server.get(&workspace(), &viewer).await.0, 404);
}

#[tokio::test]
async fn absent_and_forbidden_are_the_same_answer() {
    let server = Server::new();
    let owner = server.claim().await;
    let (viewer, _) = server.link(&owner, json!({ "role": "view" })).await;
    let absent = format!("workspaces/{STRANGE}");
    let nobody = Key::random().unwrap().reveal();
    let expected = (404, json!({ "error": "not found" }));
    for key in ["", "nonsense", nobody.as_str()] {
        assert_eq!(server.get(&workspace(), key).await, expected);
        assert_eq!(server.get(&links(), key).await, expected);
    }
    assert_eq!(server.get(&absent, &owner).await, expected);
    assert_eq!(server.get("workspaces/nonsense", &owner).await, expected);
    assert_eq!(server.get("elsewhere", &owner).await, expected);
    // A viewer may look, and is told nothing about what is for owners, not even what is wrong.
    assert_eq!(server.get(&workspace(), &viewer).await.0, 200);
    assert_eq!(server.get(&links(), &viewer).await, expected);
    let wrong = json!({ "role": "no role" });
    let refused = server.ask(Method::POST, &links(), &viewer, wrong).await;
    assert_eq!(refused, expected);
}

/// S31
#[tokio::test]
async fn workspaces_are_made_by_those_who_may() {
    const TOKEN: &str = "q7Vd0nYw3RkT9sJb5ZcX1m";
    let store = MemoryStore::new();
    let claim = |id: DocumentId| json!({ "document": id.to_string() });
    let post = Method::POST;
    let guarded = Server::of(&store, Founders::with_token(TOKEN).unwrap());
    for wrong in ["", "q7Vd0nYw3RkT9sJb5ZcX1n"] {
        let refused = guarded.ask(post.clone(), "workspaces", wrong, claim(WORKSPACE));
        assert_eq!(refused.await.0, 403);
    }
    let (status, made) = guarded
        .ask(post.clone(), "workspaces", TOKEN, claim(WORKSPACE))
        .await;
    assert_eq!(status, 201, "{made}");

    // Whoever has one is told so again, and their links are theirs to make.
    let closed = Server::of(&store, Founders::Nobody);
    let again = json!({ "document": WORKSPACE.to_string(), "key": made["key"] });
    let same = closed.ask(post.clone(), "workspaces", "", again).await;
    assert_eq!(same.0, 200);
    let other = closed.ask(post.clone(), "workspaces", TOKEN, claim(STRANGE));
    assert_eq!(other.await.0, 403);
    let links = format!("workspaces/{WORKSPACE}/links");
    let key = made["key"].as_str().unwrap();
    let link = closed.ask(post, &links, key, json!({ "role": "view" }));
    assert_eq!(link.await.0, 201);
}
