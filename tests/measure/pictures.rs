//! The pictures of README, taken from the product: the sample workspace in light, in dark, and on
//! a phone.

use std::path::Path;

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::server::Server;

/// Takes the pictures anew.
pub(crate) async fn take() -> Step {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/docs/images");
    std::fs::create_dir_all(&folder)?;
    for (name, scheme, width, height) in [
        ("lean-canvas", "light", 1280, 860),
        ("dark", "dark", 1280, 860),
        ("phone", "light", 390, 780),
    ] {
        let server = Server::start().await?;
        let browser = Browser::start_sized(width, height).await?;
        let page = browser.page();
        page.prefer(scheme).await?;
        page.goto(&server.url()).await?;
        page.click("button", "Open a sample").await?;
        page.find("heading", "Lean Canvas").await?;
        page.wait("the sample, safe on the server", || async {
            let status = page.find("status", "Sync").await?;
            let count = page
                .eval("return document.querySelectorAll('main li').length")
                .await?;
            let ready =
                page.text(&status).await?.starts_with("Synced") && count.as_u64() > Some(20);
            Ok(ready.then_some(()))
        })
        .await?;
        page.rest().await?;
        page.screenshot(&folder.join(format!("{name}.png"))).await?;
        println!("app/docs/images/{name}.png");
        browser.close().await?;
    }
    Ok(())
}
