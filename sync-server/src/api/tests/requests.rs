//! Requests as such: where from, in what form, and what they are told.

use super::*;

#[tokio::test]
async fn a_page_of_another_site_changes_nothing() {
    let server = Server::new();
    let claim = async |headers: &[(&str, &str)]| {
        let mut request = Request::post("/api/v1/workspaces");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = json!({ "document": WORKSPACE.to_string() });
        let request = request.body(Body::from(body.to_string())).unwrap();
        server.answer(request).await.0
    };
    let json = ("content-type", "application/json; charset=utf-8");
    for foreign in ["https://evil.example", "http://here.example", "null"] {
        assert_eq!(claim(&[json, ("origin", foreign)]).await, 403, "{foreign}");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        assert_eq!(claim(&[("content-type", kind)]).await, 415, "{kind}");
    }
    assert_eq!(claim(&[]).await, 415);
    // Its own page, and one that is configured, get through, if too late here.
    assert_eq!(
        claim(&[json, ("origin", "https://here.example:4280")]).await,
        201
    );
    assert_eq!(
        claim(&[json, ("origin", "https://other.example")]).await,
        404
    );
    let (origin, host) = ("https://team.example", "team.example");
    let behind_a_proxy = [json, ("origin", origin), ("x-forwarded-host", host)];
    assert_eq!(claim(&behind_a_proxy).await, 404);
}

/// S53
#[tokio::test]
async fn a_page_that_has_its_own_name_point_here_is_told_so() {
    let server = Server::new();
    for method in [Method::GET, Method::POST] {
        let request = Request::builder().method(&method).uri("/api/v1/workspaces");
        let request = request.header("origin", "http://evil.example:4280");
        let request = request.header("host", "evil.example:4280");
        let body = json!({ "document": WORKSPACE.to_string() });
        let request = request.body(Body::from(body.to_string())).unwrap();
        let (status, answer) = server.answer(request).await;
        conforms(&Method::POST, "workspaces", &body, status, &answer);
        let said = text(&answer, "/error");
        assert!(
            status == 421 && said.contains("--host evil.example"),
            "{status} {said}"
        );
    }
}

#[tokio::test]
async fn a_field_that_is_there_twice_is_refused() {
    let server = Server::new();
    let owner = server.claim().await;
    let request = Request::post(format!("/api/v1/{}", links()))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {owner}"))
        .body(Body::from(r#"{"role":"view","role":"own"}"#))
        .unwrap();
    let (status, answer) = server.answer(request).await;
    assert_eq!(
        (status, &answer["error"]),
        (400, &json!("a field is there twice"))
    );
}

#[tokio::test]
async fn a_request_that_is_not_in_order_is_told_what_is_wrong() {
    let server = Server::new();
    let owner = server.claim().await;
    for (body, what) in [
        (json!([]), "not a JSON object"),
        (json!({}), "`role` is missing"),
        (json!({ "role": "king" }), "`role` is not a role"),
        (json!({ "role": 1 }), "`role` is not a text"),
        (json!({ "role": "view", "key": "short" }), "`key` is not"),
        (json!({ "role": "view", "expires": -1 }), "`expires` is not"),
        (
            json!({ "role": "view", "expires": "soon" }),
            "`expires` is not",
        ),
        (
            json!({ "role": "view", "expires": now_ms() - 1 }),
            "`expires` is over",
        ),
        (
            json!({ "role": "view", "expire": 5 }),
            "`expire` is not a field",
        ),
        (
            json!({ "role": "view", "label": "x".repeat(201) }),
            "`label` is longer",
        ),
    ] {
        let (status, answer) = server.ask(Method::POST, &links(), &owner, body).await;
        let said = text(&answer, "/error");
        assert!(status == 400 && said.contains(what), "{status} {said}");
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_told_so() {
    let server = Server::new();
    let owner = server.claim().await;
    for (length, expected) in [(200, 201), (16 << 10, 413)] {
        let body = json!({ "role": "view", "label": "x".repeat(length) });
        let (status, answer) = server.ask(Method::POST, &links(), &owner, body).await;
        assert_eq!(status, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Server::new();
    let never = futures_util::stream::pending::<Result<axum::body::Bytes, axum::Error>>();
    let request = Request::post("/api/v1/workspaces");
    let request = request.body(Body::from_stream(never)).unwrap();
    let late = json!({ "error": "the body did not come in time" });
    assert_eq!(server.answer(request).await, (408, late));
}

#[tokio::test]
async fn whatever_the_routes_do_not_know_is_a_problem_too() {
    let server = Server::new();
    for (method, path, expected) in [
        (Method::GET, "/api", 404),
        (Method::GET, "/api/", 404),
        (Method::POST, "/api/v2/workspaces", 404),
        (Method::GET, "/api/v1/workspaces", 405),
        (Method::PUT, "/api/v1/room", 405),
        (Method::GET, "/api/v1/workspaces/%ff", 400),
    ] {
        let request = Request::builder().method(&method).uri(path);
        let request = request.header("accept", "text/html");
        let request = request.body(Body::empty()).unwrap();
        let (status, answer) = server.answer(request).await;
        assert_eq!(status, expected, "{method} {path}");
        assert!(answer["error"].is_string(), "{method} {path}: {answer}");
    }
}

#[tokio::test]
async fn a_server_for_a_room_says_where_it_is_found() {
    let nowhere = Server::new().get("room", "").await;
    assert_eq!(nowhere, (200, json!({ "addresses": [] })));
    let address = "http://192.168.1.5:4280".to_owned();
    let server = Server::with(AddressLimits::default(), Some([address.clone()].into()));
    let answer = server.get("room", "").await;
    assert_eq!(answer, (200, json!({ "addresses": [address] })));
}

#[tokio::test]
async fn the_description_is_served() {
    let server = Server::new();
    let (status, answer) = server.get("openapi.json", "").await;
    assert_eq!((status, &answer), (200, description()));
}
