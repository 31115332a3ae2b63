//! How much one address may do.

use super::*;

#[tokio::test]
async fn an_address_claims_so_many_workspaces() {
    let server = Server::limited(AddressLimits {
        new_documents: 2,
        ..AddressLimits::default()
    });
    for (n, expected) in [(1, 201), (2, 201), (3, 429)] {
        let document = DocumentId::from_bytes([n; 16]).to_string();
        let body = json!({ "document": document });
        assert_eq!(
            server.ask(Method::POST, "workspaces", "", body).await.0,
            expected
        );
    }
}

#[tokio::test]
async fn an_address_puts_so_many_documents_into_workspaces() {
    let server = Server::limited(AddressLimits {
        new_documents: 3,
        ..AddressLimits::default()
    });
    let owner = server.claim().await;
    // One that is in it already is not new.
    for (n, expected) in [(11, 200), (12, 200), (12, 200), (13, 429), (12, 200)] {
        let document = DocumentId::from_bytes([n; 16]);
        let path = format!("{}/documents/{document}", workspace());
        let put = server.ask(Method::PUT, &path, &owner, Value::Null).await;
        assert_eq!(put.0, expected, "{n}");
    }
}

#[tokio::test]
async fn an_address_makes_so_many_requests() {
    let server = Server::limited(AddressLimits {
        messages: 1,
        ..AddressLimits::default()
    });
    let mut statuses = Vec::new();
    for _ in 0..40 {
        statuses.push(server.get(&workspace(), "").await.0);
    }
    assert_eq!(
        (statuses.first(), statuses.last()),
        (Some(&404), Some(&429))
    );
}
