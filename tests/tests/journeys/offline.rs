//! Loaded once, the app needs no network: it opens, edits and saves, and requests nothing in vain.

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{add_note, journey, new_workspace, see_note, see_notes, see_status, share};

/// Waits until the service worker has everything on the device.
async fn whole_app_kept(page: &Page) -> Step {
    let ready = "const ready = await navigator.serviceWorker.ready; return ready.active.state";
    page.wait("the service worker", || async {
        Ok((page.eval_async(ready).await? == "activated").then_some(()))
    })
    .await
}

/// L6
#[test]
fn a_reload_without_server_or_network_shows_and_keeps_everything() {
    journey(async {
        let mut server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Train").await?;
        add_note(&page, "Problem", "before the tunnel").await?;
        see_status(&page, "Synced").await?;
        whole_app_kept(&page).await?;

        server.kill().await?;
        page.goto(&address).await?;
        see_notes(&page, "Problem", &["before the tunnel"]).await?;
        see_status(&page, "Offline").await?;
        add_note(&page, "Problem", "in the tunnel").await?;
        page.click("link", "Business Model Canvas").await?;
        page.find("heading", "Business Model Canvas").await?;

        // Every resource of the page came, from the cache.
        page.goto(&address).await?;
        see_note(&page, "Problem", "in the tunnel").await?;
        let failed = "return performance.getEntriesByType('resource')\
                      .filter(entry => entry.responseStatus >= 400 || \
                              (entry.responseStatus === 0 && entry.transferSize === 0 && \
                               entry.decodedBodySize === 0))\
                      .map(entry => entry.name)";
        let failed = page.eval(failed).await?;
        assert_eq!(failed.as_array().map(Vec::len), Some(0), "{failed}");

        // The start page too; and another workspace can be made.
        page.goto(&server.url()).await?;
        page.find("link", "Train").await?;
        new_workspace(&page, &server, "Made offline").await?;
        add_note(&page, "Channels", "works").await?;

        // And when the server returns, all of it arrives there.
        server.restart().await?;
        see_status(&page, "Synced").await?;
        browser.close().await
    });
}

#[test]
fn what_the_server_says_of_itself_is_not_answered_by_the_app() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.goto(&server.url()).await?;
        page.find("button", "New workspace").await?;
        whole_app_kept(&page).await?;
        for path in ["readyz", "metrics", "api/v1/openapi.json"] {
            page.goto(&format!("{}/{path}", server.url())).await?;
            let is_app = page.eval("return !!document.querySelector('[data-workspace], main')");
            assert_eq!(is_app.await?, false, "{path}");
        }
        browser.close().await
    });
}

#[test]
fn a_workspace_that_nobody_has_yet_says_so_and_opens_when_it_comes() {
    journey(async {
        let mut server = Server::start().await?;
        let ana_browser = Browser::start().await?;
        let ana = ana_browser.page();
        new_workspace(&ana, &server, "Late").await?;
        see_status(&ana, "Synced").await?;
        let link = share(&ana, "Can edit").await?;
        let ben_browser = Browser::start().await?;
        let ben = ben_browser.page();
        ben.goto(&server.url()).await?;
        ben.find("button", "New workspace").await?;
        whole_app_kept(&ben).await?;
        server.kill().await?;
        // Ben's browser has the app's shell but not the workspace.
        ben.goto(&link).await?;
        ben.find("heading", "Waiting for this workspace").await?;
        // Nothing is offered that needs a workspace, and nothing claims to be saved.
        for (role, name) in [
            ("button", "Share…"),
            ("button", "Export…"),
            ("status", "Sync"),
        ] {
            assert!(!ben.has(role, name).await?, "{name}");
        }
        server.restart().await?;
        ben.find("heading", "Lean Canvas").await?;
        ben.find("button", "Share…").await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}
