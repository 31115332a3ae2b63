//! An edit from one browser to another through the server, on the loopback.
//!
//! Both pages run in one Chromium process group on one clock: `performance.timeOrigin +
//! performance.now()` is comparable between them.

use serde_json::json;

use crate::figures::print;
use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::server::Server;

/// Prints how long `edits` added notes take from Enter to the other browser's DOM.
pub(crate) async fn measure(edits: usize) -> Step {
    let server = Server::start().await?;
    let (ana_browser, ben_browser) = (Browser::start().await?, Browser::start().await?);
    let (ana, ben) = (ana_browser.page(), ben_browser.page());
    ana.goto(&server.url()).await?;
    ana.click("button", "New workspace").await?;
    ana.fill("textbox", "Workspace name", "Latency").await?;
    ana.click("button", "Create").await?;
    ana.find("heading", "Lean Canvas").await?;
    ana.click("button", "Share…").await?;
    ana.click("button", "Create link").await?;
    let link = ana.value(&ana.find("textbox", "Link").await?).await?;
    ana.press("Escape").await?;
    ana.gone("dialog", "Share workspace").await?;
    ben.goto(&link).await?;
    ben.find("heading", "Lean Canvas").await?;
    ben.eval(
        "window.seen = {}; \
         new MutationObserver(() => { \
             for (const note of document.querySelectorAll('main li')) { \
                 const text = note.innerText.trim(); \
                 window.seen[text] ??= performance.timeOrigin + performance.now(); \
             } \
         }).observe(document.body, {childList: true, subtree: true, characterData: true});",
    )
    .await?;
    ana.eval(
        "window.sent = {}; \
         document.addEventListener('keydown', event => { \
             if (event.key === 'Enter' && event.target.value) { \
                 window.sent[event.target.value] = performance.timeOrigin + performance.now(); \
             } \
         }, true);",
    )
    .await?;
    ana.click("button", "Add note to Problem").await?;
    ana.find("textbox", "Note in Problem").await?;
    let mut samples = Vec::new();
    for number in 0..edits {
        let text = format!("edit {number}");
        ana.type_text(&text).await?;
        ana.press("Enter").await?;
        let seen = ben
            .wait(&text, || async {
                let seen = ben
                    .eval(&format!("return window.seen[{}] ?? null", json!(text)))
                    .await?;
                Ok(seen.as_f64())
            })
            .await?;
        let sent = ana
            .eval(&format!("return window.sent[{}] ?? null", json!(text)))
            .await?;
        samples.push(seen - sent.as_f64().ok_or("the edit was not noticed")?);
    }
    print("edit seen in the other browser", &samples);
    ana_browser.close().await?;
    ben_browser.close().await
}
