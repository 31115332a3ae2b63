//! axe-core finds nothing serious, in light and dark, on every page.
//!
//! axe-core comes from npm (`cargo verify` installs it where npm is); without it the journey says
//! that it was skipped.

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::skip::skipped;
use crate::harness::{server::Server, target};
use crate::person::{add_note, focus_note, journey, new_workspace};

async fn check(page: &Page, axe: &str, place: &str) -> Step {
    page.rest().await?;
    page.eval(axe).await?;
    let run = "const result = await axe.run(document, {resultTypes: ['violations']}); \
               return result.violations.filter(found => ['serious', 'critical'].includes(found.impact)) \
               .map(found => `${found.id}: ${found.nodes.map(node => node.html + ' ' + node.failureSummary).join('; ')}`)";
    let found = page.eval_async(run).await?;
    match found.as_array() {
        Some(list) if list.is_empty() => Ok(()),
        _ => Err(format!("axe on {place}: {found:#}").into()),
    }
}

#[test]
fn axe_finds_nothing_serious_in_light_and_dark() {
    let file = target::directory().join("tools/node_modules/axe-core/axe.min.js");
    let Ok(axe) = std::fs::read_to_string(&file) else {
        skipped(
            "the accessibility audit",
            "axe-core is not installed (npm install axe-core into target/tools)",
        );
        return;
    };
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        for scheme in ["light", "dark"] {
            page.prefer(scheme).await?;
            page.goto(&server.url()).await?;
            page.find("button", "New workspace").await?;
            check(&page, &axe, &format!("the start page, {scheme}")).await?;
            page.click("button", "Open a sample").await?;
            page.find("heading", "Lean Canvas").await?;
            check(&page, &axe, &format!("the sample, {scheme}")).await?;
            new_workspace(&page, &server, "Axe").await?;
            add_note(&page, "Problem", "a note").await?;
            check(&page, &axe, &format!("a canvas, {scheme}")).await?;
            focus_note(&page, "Problem", "a note").await?;
            page.press("Shift+F10").await?;
            page.find("menuitem", "Details").await?;
            check(&page, &axe, &format!("the menu of a note, {scheme}")).await?;
            page.click("menuitem", "Details").await?;
            page.find("dialog", "Details").await?;
            check(&page, &axe, &format!("details, {scheme}")).await?;
            page.press("Escape").await?;
            for (button, dialog) in [
                ("Share…", "Share workspace"),
                ("Import…", "Import"),
                ("Export…", "Export"),
            ] {
                page.click("button", button).await?;
                page.find("dialog", dialog).await?;
                check(&page, &axe, &format!("{dialog}, {scheme}")).await?;
                page.press("Escape").await?;
                page.gone("dialog", dialog).await?;
            }
        }
        browser.close().await
    });
}
