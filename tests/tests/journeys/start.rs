//! The first run, and coming back.

use crate::harness::browser::Browser;
use crate::harness::server::Server;
use crate::person::{
    add_note, focus_note, journey, new_workspace, see_note, see_notes, see_status,
};

const LEAN_SLOTS: [&str; 12] = [
    "Problem",
    "Existing Alternatives",
    "Solution",
    "Key Metrics",
    "Unique Value Proposition",
    "High-Level Concept",
    "Unfair Advantage",
    "Channels",
    "Customer Segments",
    "Early Adopters",
    "Cost Structure",
    "Revenue Streams",
];

const BUSINESS_SLOTS: [&str; 9] = [
    "Key Partners",
    "Key Activities",
    "Key Resources",
    "Value Propositions",
    "Customer Relationships",
    "Channels",
    "Customer Segments",
    "Cost Structure",
    "Revenue Streams",
];

#[test]
fn first_run_leads_to_an_empty_lean_canvas() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Bakery").await?;
        for slot in LEAN_SLOTS {
            let region = page.find("region", slot).await?;
            page.find_in(Some(&region), "button", &format!("Add note to {slot}"))
                .await?;
            assert!(page.all("listitem", Some(&region)).await?.is_empty());
        }
        page.find("navigation", "Views").await?;
        for button in ["Share…", "Export…", "Import…", "Undo", "Redo"] {
            page.find("button", button).await?;
        }
        page.find("combobox", "Search").await?;
        page.find("list", "People here").await?;
        see_status(&page, "Synced").await?;

        // The second canvas of the catalogue.
        page.click("link", "Business Model Canvas").await?;
        page.find("heading", "Business Model Canvas").await?;
        for slot in BUSINESS_SLOTS {
            page.find("region", slot).await?;
        }
        browser.close().await
    });
}

#[test]
fn what_was_typed_is_there_after_a_reload_and_on_the_start_page() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Café Zürich 🥐").await?;
        add_note(&page, "Problem", "Queues at eight").await?;
        add_note(&page, "Problem", "Bread sells out 🥖").await?;
        add_note(&page, "Channels", "The shop window").await?;
        see_status(&page, "Synced").await?;

        page.reload().await?;
        see_notes(&page, "Problem", &["Queues at eight", "Bread sells out 🥖"]).await?;
        see_notes(&page, "Channels", &["The shop window"]).await?;

        page.goto(&server.url()).await?;
        let list = page.find("list", "Workspaces").await?;
        page.find_in(Some(&list), "link", "Café Zürich 🥐").await?;
        page.click("link", "Café Zürich 🥐").await?;
        see_note(&page, "Problem", "Queues at eight").await?;
        browser.close().await
    });
}

/// L4
#[test]
fn leaving_while_writing_keeps_the_words_and_the_page() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Leaving").await?;
        add_note(&page, "Problem", "half").await?;
        focus_note(&page, "Problem", "half").await?;
        page.press("Enter").await?;
        page.find("textbox", "Note in Problem").await?;
        page.press("End").await?;
        page.type_text(" a sentence").await?;

        // Back to the start page while the box has the focus.
        page.eval("document.querySelector('a[href=\"/\"]').click()")
            .await?;
        page.find("button", "New workspace").await?;
        page.click("link", "Leaving").await?;
        see_notes(&page, "Problem", &["half a sentence"]).await?;

        // A new note that was not kept waits as a draft, after a reload too.
        page.click("button", "Add note to Channels").await?;
        page.find("textbox", "Note in Channels").await?;
        page.type_text("not kept yet").await?;
        page.goto(&address).await?;
        see_notes(&page, "Channels", &[]).await?;
        // The slot shows it and opens it.
        page.click("button", "Draft: not kept yet").await?;
        let field = page.find("textbox", "Note in Channels").await?;
        assert_eq!(page.value(&field).await?, "not kept yet");

        // Kept, it is a draft no more, after a reload neither.
        page.press("Enter").await?;
        page.press("Escape").await?;
        see_notes(&page, "Channels", &["not kept yet"]).await?;
        page.gone("button", "Draft: not kept yet").await?;
        see_status(&page, "Synced").await?;
        page.goto(&address).await?;
        see_notes(&page, "Channels", &["not kept yet"]).await?;
        page.gone("button", "Draft: not kept yet").await?;

        // Esc discards: the next box is empty, and what was typed is offered back once.
        page.click("button", "Add note to Solution").await?;
        page.find("textbox", "Note in Solution").await?;
        page.type_text("a slip").await?;
        page.press("Escape").await?;
        page.press("n").await?;
        let field = page.find("textbox", "Note in Solution").await?;
        assert_eq!(page.value(&field).await?, "");
        page.click("button", "Bring back what was discarded")
            .await?;
        let field = page.find("textbox", "Note in Solution").await?;
        assert_eq!(page.value(&field).await?, "a slip");
        page.press("Enter").await?;
        page.press("Escape").await?;
        see_notes(&page, "Solution", &["a slip"]).await?;
        page.gone("button", "Bring back what was discarded").await?;
        browser.close().await
    });
}

#[test]
fn a_sample_is_one_click_away() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.goto(&server.url()).await?;
        page.click("button", "Open a sample").await?;
        page.find("heading", "Lean Canvas").await?;
        page.wait("the sample's notes", || async {
            let region = page.find("region", "Problem").await?;
            Ok((!page.all("listitem", Some(&region)).await?.is_empty()).then_some(()))
        })
        .await?;
        browser.close().await
    });
}

#[test]
fn an_unknown_address_says_so() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.goto(&format!("{}/no/such/page", server.url())).await?;
        page.find("heading", "There is nothing at this address")
            .await?;
        page.goto(&format!("{}/w/notADocumentId", server.url()))
            .await?;
        page.find("heading", "There is nothing at this address")
            .await?;
        browser.close().await
    });
}

#[test]
fn a_pasted_link_opens_the_view_that_it_names() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Linked").await?;
        page.goto(&server.url()).await?;
        let link = format!("{address}/business-model-canvas");
        page.fill("textbox", "Open by link", &link).await?;
        page.click("button", "Open").await?;
        page.find("heading", "Business Model Canvas").await?;

        // Esc closes the list of what was found; once more, and the words are gone too.
        page.fill("combobox", "Search", "nothing has this").await?;
        page.press("Escape").await?;
        page.press("Escape").await?;
        let search = page.find("combobox", "Search").await?;
        assert_eq!(page.value(&search).await?, "");
        browser.close().await
    });
}
