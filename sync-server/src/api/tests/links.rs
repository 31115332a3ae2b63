//! Links: made, changed, revoked, and what they must be.

use super::*;

#[tokio::test]
async fn an_owner_is_told_which_link_is_their_own() {
    let server = Server::new();
    let first = server.claim().await;
    let (second, id) = server.link(&first, json!({ "role": "own" })).await;
    let (_, answer) = server.get(&links(), &second).await;
    assert_eq!(text(&answer, "/yours"), id);
    let (_, answer) = server.get(&links(), &first).await;
    assert_eq!(answer["yours"], answer["links"][0]["id"]);
}

#[tokio::test]
async fn a_link_is_made_changed_and_revoked() {
    let server = Server::new();
    let owner = server.claim().await;
    let made = json!({ "role": "view", "label": "for the board", "expires": null });
    let (key, id) = server.link(&owner, made).await;
    let path = format!("{}/{id}", links());
    let change = json!({ "role": "edit", "expires": now_ms() + 60_000 });
    let (status, link) = server.ask(Method::PATCH, &path, &owner, change).await;
    assert_eq!((status, text(&link, "/role")), (200, "edit".to_owned()));
    assert_eq!(text(&link, "/label"), "for the board");
    assert_eq!(
        text(&server.get(&workspace(), &key).await.1, "/role"),
        "edit"
    );

    let ended = json!({ "expires": 1 });
    assert_eq!(server.ask(Method::PATCH, &path, &owner, ended).await.0, 200);
    assert_eq!(server.get(&workspace(), &key).await.0, 404);
    let lasting = json!({ "expires": null });
    assert_eq!(
        server.ask(Method::PATCH, &path, &owner, lasting).await.0,
        200
    );
    assert_eq!(server.get(&workspace(), &key).await.0, 200);

    let revoked = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(revoked.0, 204);
    assert_eq!(server.get(&workspace(), &key).await.0, 404);
    let again = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(again.0, 404);
}

#[tokio::test]
async fn a_workspace_keeps_an_owner() {
    let server = Server::new();
    let owner = server.claim().await;
    let (_, answer) = server.get(&links(), &owner).await;
    let path = format!("{}/{}", links(), text(&answer, "/links/0/id"));
    for change in [json!({ "role": "edit" }), json!({ "expires": 1 })] {
        let refused = server.ask(Method::PATCH, &path, &owner, change).await;
        assert_eq!(refused.0, 409);
    }
    let refused = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(refused.0, 409);
    server.link(&owner, json!({ "role": "own" })).await;
    let revoked = server.ask(Method::DELETE, &path, &owner, Value::Null).await;
    assert_eq!(revoked.0, 204);
}

#[tokio::test]
async fn what_is_absent_stays_as_it_was() {
    let server = Server::new();
    let owner = server.claim().await;
    let (_, id) = server
        .link(&owner, json!({ "role": "view", "label": "x" }))
        .await;
    let link = format!("{}/{id}", links());
    let (status, same) = server.ask(Method::PATCH, &link, &owner, Value::Null).await;
    assert_eq!((status, &same["label"]), (200, &json!("x")));

    let path = format!("{}/documents/{BOARD}", workspace());
    let led = json!({ "read": "comment", "write": "facilitate" });
    assert_eq!(server.ask(Method::PUT, &path, &owner, led).await.0, 200);
    let (_, same) = server.ask(Method::PUT, &path, &owner, Value::Null).await;
    assert_eq!(
        (&same["read"], &same["write"]),
        (&json!("comment"), &json!("facilitate"))
    );
    let below = json!({ "write": "view" });
    assert_eq!(server.ask(Method::PUT, &path, &owner, below).await.0, 409);
}

#[tokio::test]
async fn an_end_is_a_whole_number_with_or_without_a_point() {
    let server = Server::new();
    let owner = server.claim().await;
    let later = now_ms() + 3_600_000;
    for (expires, expected) in [
        (json!(later), 201),
        (json!(later as f64), 201),
        (json!(later as f64 + 0.5), 400),
        (json!(-1.0), 400),
        (json!(1e300), 400),
        (json!(u64::MAX), 400),
    ] {
        let body = json!({ "role": "view", "expires": expires });
        let (status, answer) = server.ask(Method::POST, &links(), &owner, body).await;
        assert_eq!(status, expected, "{expires}");
        if status == 201 {
            assert_eq!(answer["link"]["expires"], later);
        }
    }
}

/// S34
#[tokio::test]
async fn what_could_be_guessed_is_no_key_and_control_characters_are_in_no_label() {
    let server = Server::new();
    let weak = bs58::encode([7; 32]).into_string();
    let document = WORKSPACE.to_string();
    for (body, error) in [
        (
            json!({ "document": document, "key": weak }),
            "`key` is not random",
        ),
        (
            json!({ "document": document, "label": "a\u{0}b" }),
            "`label` holds control characters",
        ),
    ] {
        let (status, answer) = server.ask(Method::POST, "workspaces", "", body).await;
        assert_eq!((status, answer["error"].as_str()), (400, Some(error)));
    }
}
