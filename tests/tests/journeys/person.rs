//! What a person does on a canvas, in the words of the interface.

use crate::harness::browser::Browser;
use crate::harness::page::{Node, Page};
use crate::harness::server::Server;
use crate::harness::{Failure, Step};

/// Makes a workspace on the start page and arrives on its empty Lean Canvas.
pub(crate) async fn new_workspace(page: &Page, server: &Server, name: &str) -> Step<String> {
    page.goto(&server.url()).await?;
    page.click("button", "New workspace").await?;
    page.find("dialog", "New workspace").await?;
    page.fill("textbox", "Workspace name", name).await?;
    page.click("button", "Create").await?;
    page.find("heading", "Lean Canvas").await?;
    page.address().await
}

/// Waits on the start page until what makes and draws a workspace has come too.
pub(crate) async fn everything_fetched(page: &Page) -> Step {
    let missing = "const here = performance.getEntriesByType('resource')\
                   .filter(entry => entry.responseEnd > 0).map(entry => entry.name);\
                   return ['content', 'workspace', 'catalogue', 'fields']\
                   .filter(part => !here.some(name => name.includes(`/assets/${part}.`)))";
    page.wait("the code of a workspace", || async {
        Ok((page.eval(missing).await? == serde_json::json!([])).then_some(()))
    })
    .await
}

/// Starts a browser and opens an address in it.
pub(crate) async fn open(address: &str) -> Step<(Browser, Page)> {
    let browser = Browser::start().await?;
    let page = browser.page();
    page.goto(address).await?;
    Ok((browser, page))
}

/// Adds a note to a slot as one types it.
pub(crate) async fn add_note(page: &Page, slot: &str, text: &str) -> Step {
    page.click("button", &format!("Add note to {slot}")).await?;
    page.find("textbox", &format!("Note in {slot}")).await?;
    page.type_text(text).await?;
    page.press("Enter").await?;
    page.press("Escape").await?;
    see_note(page, slot, text).await
}

/// The texts of a slot's notes, in order.
pub(crate) async fn notes(page: &Page, slot: &str) -> Step<Vec<String>> {
    let region = page.find("region", slot).await?;
    let mut texts = Vec::new();
    for item in page.all("listitem", Some(&region)).await? {
        texts.push(page.text(&item).await?);
    }
    Ok(texts)
}

/// Waits until a slot shows exactly these notes.
pub(crate) async fn see_notes(page: &Page, slot: &str, expected: &[&str]) -> Step {
    page.wait(&format!("{slot} to hold {expected:?}"), || async {
        let texts = notes(page, slot).await?;
        if texts == expected {
            Ok(Some(()))
        } else {
            Err(format!("it holds {texts:?}").into())
        }
    })
    .await
}

/// Waits until a slot shows a note with this text.
pub(crate) async fn see_note(page: &Page, slot: &str, text: &str) -> Step {
    page.wait(&format!("\"{text}\" in {slot}"), || async {
        Ok(notes(page, slot)
            .await?
            .iter()
            .any(|note| note == text)
            .then_some(()))
    })
    .await
}

/// The list item of a note.
pub(crate) async fn note(page: &Page, slot: &str, text: &str) -> Step<Node> {
    page.wait(&format!("the note \"{text}\""), || async {
        let region = page.find("region", slot).await?;
        for item in page.all("listitem", Some(&region)).await? {
            if page.text(&item).await? == text {
                return Ok(Some(item));
            }
        }
        Ok(None)
    })
    .await
}

/// Puts the keyboard focus on a note.
pub(crate) async fn focus_note(page: &Page, slot: &str, text: &str) -> Step {
    let item = note(page, slot, text).await?;
    page.click_node(&item).await
}

/// Waits until the status region starts with these words.
pub(crate) async fn see_status(page: &Page, words: &str) -> Step {
    page.wait(&format!("the status \"{words}\""), || async {
        let status = page.find("status", "Sync").await?;
        let text = page.text(&status).await?;
        if text.starts_with(words) {
            Ok(Some(()))
        } else {
            Err(format!("it says \"{text}\"").into())
        }
    })
    .await
}

/// Waits until there is a message that starts with these words.
pub(crate) async fn see_alert(page: &Page, words: &str) -> Step {
    page.wait(&format!("the alert \"{words}\""), || async {
        for alert in page.all("alert", None).await? {
            if page.text(&alert).await?.starts_with(words) {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await
}

/// Waits until the toasts tell something with these words in it.
pub(crate) async fn see_toast(page: &Page, words: &str) -> Step {
    page.wait(&format!("the toast \"{words}\""), || async {
        let toasts = "return document.querySelector('.ui-toasts').innerText";
        let told = page.eval(toasts).await?;
        let told = told.as_str().unwrap_or_default();
        Ok(told.contains(words).then_some(()))
    })
    .await
}

/// Runs a journey on a runtime of its own; a failure says which step.
pub(crate) fn journey(steps: impl Future<Output = Result<(), Failure>>) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    if let Err(failure) = runtime.block_on(steps) {
        panic!("{failure}");
    }
}

/// Makes a link in the dialog "Share workspace", for what its radio button is called, and returns
/// its address.
pub(crate) async fn share(page: &Page, role: &str) -> Step<String> {
    page.click("button", "Share…").await?;
    let dialog = page.find("dialog", "Share workspace").await?;
    page.find_in(Some(&dialog), "radiogroup", "People with this link")
        .await?;
    page.click("radio", role).await?;
    page.click("button", "Create link").await?;
    let field = page.find("textbox", "Link").await?;
    let link = page.value(&field).await?;
    page.press("Escape").await?;
    page.gone("dialog", "Share workspace").await?;
    Ok(link)
}
