//! A canvas of one's own: written, checked, used by two people, changed, removed and brought back.

use crate::files::import;
use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{
    add_note, focus_note, journey, new_workspace, open, see_note, see_notes, see_status, share,
};

/// Adds the worked example.
async fn add_example(page: &Page) -> Step {
    page.click("button", "Add a canvas…").await?;
    page.find("dialog", "Add a canvas…").await?;
    page.click("button", "Add canvas").await?;
    page.gone("dialog", "Add a canvas…").await?;
    page.find("heading", "Retrospective").await?;
    Ok(())
}

/// Changes the text in the box, as a person who replaces a word everywhere.
async fn rewrite(page: &Page, from: &str, to: &str) -> Step {
    // Where a canvas is added, the text is folded away.
    page.eval("document.querySelector('.own-canvas-whole:not([open]) > summary')?.click()")
        .await?;
    let area = page.find("textbox", "Canvas as JSON").await?;
    let change = format!(
        "function() {{ this.value = this.value.replace({from:?}, {to:?}); \
         this.dispatchEvent(new Event('input', {{bubbles: true}})); }}"
    );
    page.call(&area, &change).await?;
    Ok(())
}

async fn see_alert(page: &Page, words: &str) -> Step {
    page.wait(&format!("the alert \"{words}\""), || async {
        let said = page
            .eval("return document.querySelector('[role=alert]')?.innerText")
            .await?;
        let said = said.as_str().unwrap_or_default().to_owned();
        Ok(said.contains(words).then_some(()))
    })
    .await
}

#[test]
fn a_canvas_of_ones_own_works_as_the_lean_canvas_does() {
    journey(async {
        let server = Server::start().await?;
        let (ana_browser, ana) = open(&server.url()).await?;
        new_workspace(&ana, &server, "Ours").await?;
        add_example(&ana).await?;
        ana.find("link", "Retrospective").await?;
        add_note(&ana, "Keep", "short meetings").await?;
        add_note(&ana, "Keep", "demo on Friday").await?;

        // By keyboard within and between slots, and "Move to…" from another canvas.
        focus_note(&ana, "Keep", "demo on Friday").await?;
        ana.press("Ctrl+ArrowUp").await?;
        see_notes(&ana, "Keep", &["demo on Friday", "short meetings"]).await?;
        ana.press("Ctrl+ArrowRight").await?;
        see_notes(&ana, "Stop", &["demo on Friday"]).await?;

        // A colleague opens the workspace, and later the canvas by its address, and sees it live.
        see_status(&ana, "Synced").await?;
        let (ben_browser, ben) = open(&share(&ana, "Can edit").await?).await?;
        ben.click("link", "Retrospective").await?;
        see_note(&ben, "Stop", "demo on Friday").await?;
        ben.reload().await?;
        see_note(&ben, "Stop", "demo on Friday").await?;
        add_note(&ben, "Try", "a longer demo").await?;
        see_note(&ana, "Try", "a longer demo").await?;

        // Ana gives "Stop" another id: what stood there waits in the tray, for both.
        ana.click("button", "Actions for this canvas").await?;
        ana.click("menuitem", "Edit this canvas…").await?;
        ana.find("dialog", "Edit this canvas…").await?;
        rewrite(&ana, "\"stop\"", "\"end\"").await?;
        ana.click("button", "Save canvas").await?;
        ana.gone("dialog", "Edit this canvas…").await?;
        for page in [&ana, &ben] {
            see_notes(page, "Unplaced", &["demo on Friday"]).await?;
        }
        ana.click("button", "Undo").await?;
        for page in [&ana, &ben] {
            see_notes(page, "Stop", &["demo on Friday"]).await?;
        }

        // Removed and brought back, with its notes.
        ana.click("button", "Actions for this canvas").await?;
        ana.click("menuitem", "Remove this canvas").await?;
        ana.find("heading", "Lean Canvas").await?;
        ana.gone("link", "Retrospective").await?;
        ben.find("heading", "There is no such view here").await?;
        ana.click("button", "Undo").await?;
        ana.click("link", "Retrospective").await?;
        see_notes(&ana, "Keep", &["short meetings"]).await?;
        see_notes(&ben, "Keep", &["short meetings"]).await?;
        ana_browser.close().await?;
        ben_browser.close().await
    });
}

#[test]
fn a_canvas_is_made_of_a_title_and_the_titles_of_its_slots() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "By lines").await?;
        page.click("button", "Add a canvas…").await?;
        page.find("dialog", "Add a canvas…").await?;
        page.fill("textbox", "Title", "Sprint review").await?;
        page.fill(
            "textbox",
            "Slots, one a line",
            "Went well\nTry\n\nGo on without",
        )
        .await?;
        page.click("button", "Add canvas").await?;
        page.find("heading", "Sprint review").await?;
        page.find("link", "Sprint review").await?;
        add_note(&page, "Go on without", "the long demo").await?;
        see_notes(&page, "Go on without", &["the long demo"]).await?;
        browser.close().await
    });
}

#[test]
fn a_canvas_that_cannot_be_used_is_named_by_line_and_member() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Mistakes").await?;
        page.click("button", "Add a canvas…").await?;
        page.find("dialog", "Add a canvas…").await?;
        rewrite(&page, "\"assumption\"", "\"guess\"").await?;
        page.click("button", "Add canvas").await?;
        see_alert(&page, "slots[3].takes").await?;
        let chosen = page
            .eval("const a = document.activeElement; return a.value?.slice(a.selectionStart, a.selectionEnd)")
            .await?;
        assert_eq!(chosen.as_str(), Some("      \"takes\": [\"guess\"],"));
        rewrite(&page, "\"guess\"", "\"assumption\"").await?;
        rewrite(&page, "\"retrospective\"", "\"lean-canvas\"").await?;
        page.click("button", "Add canvas").await?;
        see_alert(&page, "lean-canvas").await?;
        rewrite(&page, "\"lean-canvas\"", "\"ours\"").await?;
        page.click("button", "Add canvas").await?;
        page.find("heading", "Retrospective").await?;
        browser.close().await
    });
}

#[test]
fn a_copy_of_a_canvas_is_used_without_a_server() {
    journey(async {
        let mut server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Copies").await?;
        page.click("button", "Add a canvas…").await?;
        let choice = page.find("combobox", "Begin with").await?;
        page.call(
            &choice,
            "function() { this.value = 'lean-canvas'; this.dispatchEvent(new Event('change', {bubbles: true})); }",
        )
        .await?;
        page.click("button", "Begin with this").await?;
        page.find("button", "Take it back").await?;
        page.click("button", "Add canvas").await?;
        page.find("heading", "Lean Canvas 2").await?;
        add_note(&page, "Early Adopters", "choirs with a tour").await?;
        see_status(&page, "Synced").await?;
        server.kill().await?;
        see_status(&page, "Offline").await?;
        add_note(&page, "Channels", "the newsletter").await?;
        page.click("link", "Lean Canvas").await?;
        page.find("heading", "Lean Canvas").await?;
        page.click("link", "Lean Canvas 2").await?;
        see_notes(&page, "Channels", &["the newsletter"]).await?;
        server.restart().await?;
        see_status(&page, "Synced").await?;
        page.reload().await?;
        see_notes(&page, "Early Adopters", &["choirs with a tour"]).await?;
        see_notes(&page, "Channels", &["the newsletter"]).await?;
        browser.close().await
    });
}

#[test]
fn a_workspace_with_a_canvas_of_its_own_goes_through_a_file() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Files").await?;
        let directory = tempfile::tempdir()?;
        let definition = serde_json::json!({
            "id": "pre-mortem", "title": {"en": "Pre-mortem"},
            "layout": {"columns": 1, "rows": 1},
            "slots": [{"id": "causes", "title": {"en": "Causes"}, "question": {"en": "Why did it fail?"},
                "takes": ["note"], "area": {"column": 1, "row": 1, "column_span": 1, "row_span": 1}}],
            "author": "us", "source": {"title": "ours", "url": ""},
            "licence": {"name": "CC0", "url": "", "attribution": ""}
        });
        let file = serde_json::json!({
            "format": "groundwork", "version": 1,
            "entities": [
                {"id": "c", "kind": "canvas", "text": "Pre-mortem", "fields": {"definition": definition.to_string()}},
                {"id": "n", "text": "nobody asked", "places": {"pre-mortem": "causes"}}
            ]

        });
        import(&page, &directory, "ours.json", &file.to_string()).await?;
        page.click("link", "Pre-mortem").await?;
        see_notes(&page, "Causes", &["nobody asked"]).await?;
        page.goto(&format!("{address}/pre-mortem")).await?;
        see_notes(&page, "Causes", &["nobody asked"]).await?;
        browser.close().await
    });
}
