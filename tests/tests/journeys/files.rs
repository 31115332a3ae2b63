//! In from files, out to files, and in again without loss.

use std::path::PathBuf;

use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{journey, new_workspace, notes, see_notes};

const MARKDOWN: &str = "# Problem\n- Queues at eight\n- Bread sells out\n\n# CUSTOMER-SEGMENT\n\
    * Commuters\n\n# Unique-Value-Proposition\n- Bread at the door\n\n# key-metrics\n- Orders a week\n";

const MIRO: &str = r#"[
  {"type":"frame","id":"1","title":"Problem","x":0,"y":0,"width":400,"height":400},
  {"type":"sticky_note","content":"<p>Too <b>slow</b> &amp; dear</p>","style":{"fillColor":"cyan"},
   "id":"2","parentId":"1","x":10,"y":10,"width":100,"height":100},
  {"type":"sticky_note","content":"<p>A stray thought</p>","id":"3","x":900,"y":10,"width":1,"height":1}
]"#;

/// Gives a file to the dialog "Import…" and lets it in.
pub(crate) async fn import(
    page: &Page,
    directory: &tempfile::TempDir,
    name: &str,
    content: &str,
) -> Step {
    let file = directory.path().join(name);
    std::fs::write(&file, content)?;
    page.click("button", "Import…").await?;
    page.find("dialog", "Import").await?;
    page.choose_file("dialog[open] input[type=file]", &file)
        .await?;
    page.click("button", "Import").await?;
    page.gone("dialog", "Import").await
}

/// Takes the workspace out and returns the file's content.
async fn export(page: &Page, directory: &tempfile::TempDir, format: &str) -> Step<String> {
    page.cdp(
        "Browser.setDownloadBehavior",
        serde_json::json!({"behavior": "allow", "downloadPath": directory.path()}),
    )
    .await?;
    page.click("button", "Export…").await?;
    let dialog = page.find("dialog", "Export").await?;
    let button = page
        .wait(&format!("the button for {format}"), || async {
            let buttons = page.all("button", Some(&dialog)).await?;
            Ok(buttons
                .into_iter()
                .find(|button| button.name.contains(format)))
        })
        .await?;
    page.click_node(&button).await?;
    let file: PathBuf = page
        .wait("the exported file", || async {
            let files = std::fs::read_dir(directory.path())?.filter_map(Result::ok);
            Ok(files.map(|file| file.path()).find(|path: &PathBuf| {
                path.extension()
                    .is_some_and(|end| end == "md" || end == "json")
            }))
        })
        .await?;
    page.press("Escape").await?;
    page.gone("dialog", "Export").await?;
    Ok(std::fs::read_to_string(file)?)
}

#[test]
fn markdown_comes_in_goes_out_and_comes_back() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let (input, output) = (tempfile::tempdir()?, tempfile::tempdir()?);
        new_workspace(&page, &server, "Files").await?;
        import(&page, &input, "canvas.md", MARKDOWN).await?;
        see_notes(&page, "Problem", &["Queues at eight", "Bread sells out"]).await?;
        see_notes(&page, "Customer Segments", &["Commuters"]).await?;
        see_notes(&page, "Key Metrics", &["Orders a week"]).await?;

        let exported = export(&page, &output, "Markdown").await?;
        new_workspace(&page, &server, "Again").await?;
        import(&page, &input, "again.md", &exported).await?;
        see_notes(&page, "Problem", &["Queues at eight", "Bread sells out"]).await?;
        see_notes(&page, "Unique Value Proposition", &["Bread at the door"]).await?;
        browser.close().await
    });
}

#[test]
fn a_miro_board_fills_its_slots_and_the_rest_lands_in_the_tray() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let (input, output) = (tempfile::tempdir()?, tempfile::tempdir()?);
        new_workspace(&page, &server, "Miro").await?;
        import(&page, &input, "board.json", MIRO).await?;
        see_notes(&page, "Problem", &["Too slow & dear"]).await?;
        see_notes(&page, "Unplaced", &["A stray thought"]).await?;
        page.click("button", "Undo").await?;
        see_notes(&page, "Problem", &[]).await?;
        page.click("button", "Redo").await?;

        let exported = export(&page, &output, "JSON").await?;
        new_workspace(&page, &server, "From JSON").await?;
        import(&page, &input, "again.json", &exported).await?;
        see_notes(&page, "Problem", &["Too slow & dear"]).await?;
        browser.close().await
    });
}

/// L7
#[test]
fn a_file_that_is_none_of_these_changes_nothing() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let input = tempfile::tempdir()?;
        new_workspace(&page, &server, "Careful").await?;
        let file = input.path().join("notes.json");
        std::fs::write(&file, "{\"this is\": ")?;
        page.click("button", "Import…").await?;
        page.find("dialog", "Import").await?;
        page.choose_file("dialog[open] input[type=file]", &file)
            .await?;
        page.wait("an error that says what happened", || async {
            let alerts = page.all("alert", None).await?;
            for alert in alerts {
                if !page.text(&alert).await?.is_empty() {
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await?;
        page.press("Escape").await?;
        assert!(notes(&page, "Problem").await?.is_empty());
        browser.close().await
    });
}
