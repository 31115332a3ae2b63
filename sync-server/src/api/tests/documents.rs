//! Documents in a workspace.

use super::*;

#[tokio::test]
async fn a_board_is_no_workspace_and_can_be_taken_out_of_one() {
    let server = Server::new();
    let owner = server.claim().await;
    let (editor, _) = server.link(&owner, json!({ "role": "edit" })).await;
    let path = format!("{}/documents/{BOARD}", workspace());
    let ask =
        async |method, path: &str, key: &str| server.ask(method, path, key, Value::Null).await.0;
    assert_eq!(ask(Method::PUT, &path, &editor).await, 200);

    let below = format!("workspaces/{BOARD}/documents/{STRANGE}");
    assert_eq!(ask(Method::PUT, &below, &owner).await, 404);
    let link = json!({ "role": "view" });
    let board_links = format!("workspaces/{BOARD}/links");
    let made = server.ask(Method::POST, &board_links, &owner, link).await;
    assert_eq!(made.0, 404);
    assert_eq!(
        server.get(&format!("workspaces/{BOARD}"), &owner).await.0,
        404
    );

    let own = format!("{}/documents/{WORKSPACE}", workspace());
    assert_eq!(ask(Method::DELETE, &own, &owner).await, 409);
    assert_eq!(ask(Method::DELETE, &path, &editor).await, 404);
    assert_eq!(ask(Method::DELETE, &path, &owner).await, 204);
    assert_eq!(ask(Method::DELETE, &path, &owner).await, 404);
    assert_eq!(ask(Method::PUT, &path, &editor).await, 200);
}

#[tokio::test]
async fn a_document_in_a_workspace_opens_to_its_links_as_far_as_they_go() {
    let server = Server::new();
    let owner = server.claim().await;
    let (editor, _) = server.link(&owner, json!({ "role": "edit" })).await;
    let (viewer, _) = server.link(&owner, json!({ "role": "view" })).await;
    let path = format!("{}/documents/{BOARD}", workspace());
    let put = async |key: &str, body| server.ask(Method::PUT, &path, key, body).await.0;

    assert_eq!(put(&viewer, Value::Null).await, 404);
    assert_eq!(put(&editor, json!({ "read": "own" })).await, 409);
    assert_eq!(put(&editor, Value::Null).await, 200);
    assert_eq!(put(&editor, Value::Null).await, 200);
    assert_eq!(put(&editor, json!({ "write": "view" })).await, 409);
    let hidden = json!({ "read": "facilitate", "write": "facilitate" });
    assert_eq!(put(&owner, hidden).await, 200);

    let (_, seen) = server.get(&workspace(), &viewer).await;
    assert_eq!(seen["documents"].as_array().unwrap().len(), 1);
    let (_, seen) = server.get(&workspace(), &owner).await;
    assert_eq!(seen["documents"][1]["document"], BOARD.to_string());
}

#[tokio::test]
async fn a_document_of_another_workspace_stays_there() {
    let server = Server::new();
    let owner = server.claim().await;
    let (editor, _) = server.link(&owner, json!({ "role": "edit" })).await;
    let theirs = json!({ "document": STRANGE.to_string() });
    let (_, theirs) = server.ask(Method::POST, "workspaces", "", theirs).await;
    let hidden = json!({ "read": "own", "write": "own" });
    let below = format!("workspaces/{STRANGE}/documents/{BOARD}");
    let key = text(&theirs, "/key");
    assert_eq!(server.ask(Method::PUT, &below, &key, hidden).await.0, 200);
    // Nor is anybody told there by which role it opens.
    for (document, key) in [(STRANGE, &owner), (BOARD, &owner), (BOARD, &editor)] {
        let path = format!("{}/documents/{document}", workspace());
        let refused = server.ask(Method::PUT, &path, key, Value::Null).await;
        assert_eq!(refused, (404, json!({ "error": "not found" })));
    }
}
