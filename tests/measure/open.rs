//! Opening a workspace on a warm device: pixels of the notes, then editable.

use std::fmt::Write as _;

use crate::figures::print;
use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;

const RUNS: usize = 9;

/// Notes the time of the frame that shows all notes, counted from the start of the navigation.
const WATCH: &str = "
    const watch = () => {
        if (document.querySelectorAll('main li').length >= window.expectedNotes) {
            requestAnimationFrame(() => { window.notesPainted = performance.now(); });
        } else {
            requestAnimationFrame(watch);
        }
    };
    requestAnimationFrame(watch);
";

/// Prints the figures for a workspace of `notes` notes.
pub(crate) async fn measure(notes: usize) -> Step {
    let server = Server::start().await?;
    let browser = Browser::start().await?;
    let page = browser.page();
    fill(&page, &server, notes).await?;
    let source = format!("window.expectedNotes = {notes};{WATCH}");
    page.run_first(&source).await?;
    let (mut pixels, mut editable) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        page.reload().await?;
        let times = page
            .wait("notes and editing", || async {
                let times = page
                    .eval(
                        "const mark = performance.getEntriesByName('groundwork:editable')[0]; \
                         return [window.notesPainted ?? null, mark ? mark.startTime : null]",
                    )
                    .await?;
                Ok(times[0].as_f64().zip(times[1].as_f64()))
            })
            .await?;
        // The first run warms the caches.
        if run > 0 {
            pixels.push(times.0);
            editable.push(times.1);
        }
    }
    print(&format!("open {notes} notes: pixels"), &pixels);
    print(&format!("open {notes} notes: editable"), &editable);
    browser.close().await
}

/// Brings the notes in through the import dialog, spread over the slots.
async fn fill(page: &Page, server: &Server, notes: usize) -> Step {
    const SLOTS: [&str; 4] = ["Problem", "Solution", "Channels", "Customer Segments"];
    let mut markdown = String::new();
    for (index, slot) in SLOTS.iter().enumerate() {
        writeln!(markdown, "\n# {slot}\n")?;
        for number in (index..notes).step_by(SLOTS.len()) {
            writeln!(
                markdown,
                "- Note {number} with some forty-five characters of text"
            )?;
        }
    }
    let file = tempfile::Builder::new().suffix(".md").tempfile()?;
    std::fs::write(file.path(), markdown)?;
    page.goto(&server.url()).await?;
    page.click("button", "New workspace").await?;
    page.fill("textbox", "Workspace name", "Measured").await?;
    page.click("button", "Create").await?;
    page.find("heading", "Lean Canvas").await?;
    page.click("button", "Import…").await?;
    page.find("dialog", "Import").await?;
    page.choose_file("dialog[open] input[type=file]", file.path())
        .await?;
    page.click("button", "Import").await?;
    page.gone("dialog", "Import").await?;
    page.wait("all notes and their safe keeping", || async {
        let count = page
            .eval("return document.querySelectorAll('main li').length")
            .await?;
        let status = page.find("status", "Sync").await?;
        let synced = page.text(&status).await?.starts_with("Synced");
        Ok((synced && count.as_u64() >= u64::try_from(notes).ok()).then_some(()))
    })
    .await
}
