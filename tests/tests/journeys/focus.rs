//! Where the focus goes when what had it goes away: never nowhere.

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{add_note, focus_note, journey, new_workspace};

/// What has the focus: its tag, and its name or words.
const FOCUSED: &str = "const at = document.activeElement;\
    return at.tagName + ' ' + (at.getAttribute('aria-label') || at.textContent).trim().slice(0, 40)";

/// Waits until the focus is on what has this tag and this name or these words.
pub(crate) async fn see_focus(page: &Page, expected: &str) -> Step {
    page.wait(&format!("the focus on {expected:?}"), || async {
        let focused = page.eval(FOCUSED).await?;
        if focused.as_str() == Some(expected) {
            Ok(Some(()))
        } else {
            Err(format!("it is on {focused}").into())
        }
    })
    .await
}

async fn focus(page: &Page, selector: &str) -> Step {
    page.eval(&format!("document.querySelector('{selector}').focus()"))
        .await?;
    Ok(())
}

#[test]
fn a_new_workspace_begins_at_its_heading_and_renaming_it_leads_back_to_the_canvas() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Bakery").await?;
        see_focus(&page, "H1 Lean Canvas").await?;

        add_note(&page, "Problem", "Queues at eight").await?;
        for key in ["Enter", "Escape"] {
            focus_note(&page, "Problem", "Queues at eight").await?;
            focus(&page, ".frame-name").await?;
            page.press(key).await?;
            see_focus(&page, "LI Queues at eight").await?;
        }
        page.press("/").await?;
        see_focus(&page, "INPUT Search").await?;
        page.press("Escape").await?;
        see_focus(&page, "LI Queues at eight").await?;

        // The last of the deleted notes leaves the dialog itself.
        page.press("Delete").await?;
        page.click("button", "Deleted notes").await?;
        page.click("button", "Restore Queues at eight").await?;
        see_focus(&page, "BUTTON Close").await?;
        browser.close().await
    });
}

#[test]
fn on_the_start_page_the_focus_stays_with_the_workspace_or_goes_to_its_neighbour() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "First").await?;
        new_workspace(&page, &server, "Second").await?;
        page.goto(&server.url()).await?;

        page.click("button", "Actions for Second").await?;
        page.click("menuitem", "Rename…").await?;
        page.fill("textbox", "Workspace name", "Third").await?;
        page.press("Enter").await?;
        see_focus(&page, "BUTTON Actions for Third").await?;

        page.click("button", "Actions for Third").await?;
        page.click("menuitem", "Remove from this device").await?;
        see_focus(&page, "A First").await?;

        page.eval("document.querySelector('.start-removed').open = true")
            .await?;
        page.click("button", "Restore Third").await?;
        see_focus(&page, "A Third").await?;
        browser.close().await
    });
}

#[test]
fn the_palette_leads_to_reviews_to_the_name_and_to_other_languages() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Bakery").await?;
        see_focus(&page, "H1 Lean Canvas").await?;
        let choose = async |words: &str| {
            page.press("Ctrl+k").await?;
            page.find("dialog", "Commands").await?;
            page.type_text(words).await?;
            page.press("Enter").await
        };
        choose("rename").await?;
        see_focus(&page, "INPUT Name of this workspace").await?;
        page.press("Escape").await?;
        choose("four questions").await?;
        page.find("heading", "Four questions").await?;
        choose("deutsch").await?;
        page.find("button", "Teilen…").await?;
        browser.close().await
    });
}

#[test]
fn a_link_to_another_server_says_whose_it_is() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.goto(&server.url()).await?;
        page.find("button", "New workspace").await?;
        let link = "https://other.example/w/4NMNnkMhL8jXrdJ9jamS58PAVdXu#key";
        page.fill("textbox", "Open by link", link).await?;
        page.press("Enter").await?;
        page.find("link", "Open it there").await?;
        let told = page.eval("return document.querySelector('.start-elsewhere').textContent");
        assert!(told.await?.to_string().contains("other.example"));
        browser.close().await
    });
}

/// How wide the navigation is on show.
async fn see_views(page: &Page, shown: bool) -> Step {
    page.wait(&format!("the views: {shown}"), || async {
        let widths = "return document.getElementById('views').getBoundingClientRect().width > 0";
        let expanded = format!(
            "return document.querySelector('.layout-views-toggle').ariaExpanded === '{shown}'"
        );
        let is_so = page.eval(widths).await? == shown && page.eval(&expanded).await? == true;
        Ok(is_so.then_some(()))
    })
    .await
}

#[test]
fn the_views_fold_away_and_stay_folded_and_the_focus_does_not_go_with_them() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Bakery").await?;
        see_views(&page, true).await?;

        // When they fold while one is in them, the focus is on what brings them back.
        focus(&page, "#views [aria-current]").await?;
        page.press("Ctrl+b").await?;
        see_views(&page, false).await?;
        see_focus(&page, "BUTTON Views").await?;

        // This device remembers it, and the canvas has the room from the first paint.
        page.reload().await?;
        page.find("heading", "Lean Canvas").await?;
        see_views(&page, false).await?;
        page.click("button", "Views").await?;
        see_views(&page, true).await?;

        // From the palette too.
        page.press("Ctrl+k").await?;
        page.fill(
            "combobox",
            "Search commands, notes and views",
            "Fold or show",
        )
        .await?;
        page.press("Enter").await?;
        see_views(&page, false).await?;
        browser.close().await
    });
}

#[test]
fn a_phone_says_in_words_where_edits_are_and_more_at_one_tap() {
    journey(async {
        let mut server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.set_size(390, 844).await?;
        new_workspace(&page, &server, "Bakery").await?;
        see_words(&page, "Synced").await?;

        server.kill().await?;
        add_note(&page, "Problem", "Queues at eight").await?;
        see_words(&page, "Offline · 1").await?;
        page.eval("document.querySelector('.sync-button').click()")
            .await?;
        page.find("button", "Export a copy…").await?;
        browser.close().await
    });
}

/// Waits until the words of the status, as far as one sees them, are these, and nothing of the bar is
/// beyond the window.
async fn see_words(page: &Page, words: &str) -> Step {
    page.wait(&format!("the words {words:?}"), || async {
        let shown = "const words = document.querySelector('.sync-short'); \
            const bar = document.querySelector('.layout-bar'); \
            const fits = bar.scrollWidth <= bar.clientWidth && words?.getClientRects().length > 0; \
            return fits ? words.textContent : ''";
        Ok((page.eval(shown).await? == words).then_some(()))
    })
    .await
}
