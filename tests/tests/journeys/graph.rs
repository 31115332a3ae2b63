//! What a note means: its kind, its values, the figures that come of them, and what the checks say.

use crate::files::import;
use crate::harness::browser::Browser;
use crate::harness::server::Server;
use crate::person::{add_note, focus_note, journey, new_workspace, see_note};

#[test]
fn values_of_a_note_become_figures_with_their_formula() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Figures").await?;
        add_note(&page, "Solution", "Reminders by text message").await?;
        focus_note(&page, "Solution", "Reminders by text message").await?;
        page.press("i").await?;
        page.find("heading", "Details").await?;

        // A value that does not fit is refused with what was expected, and stays to be mended.
        page.eval("document.querySelector('.details-fields details').open = true")
            .await?;
        page.fill("textbox", "Reach", "many").await?;
        page.press("Tab").await?;
        page.wait("the refusal", || async {
            let said = page
                .eval("return document.querySelector('.ui-error')?.textContent")
                .await?;
            Ok(said
                .as_str()
                .filter(|said| said.contains("“many”") || said.contains("many"))
                .map(str::to_owned))
        })
        .await?;
        for (name, value) in [("Reach", "500"), ("Confidence", "80 %"), ("Effort", "2")] {
            page.fill("textbox", name, value).await?;
            page.press("Tab").await?;
        }
        let impact = page.find("combobox", "Impact").await?;
        page.call(
            &impact,
            "function() { this.value = '3'; this.dispatchEvent(new Event('change', {bubbles: true})); }",
        )
        .await?;
        page.wait("RICE of 600", || async {
            let text = page
                .eval("return document.querySelector('[data-figure=rice]')?.innerText")
                .await?;
            Ok(text
                .as_str()
                .filter(|text| text.contains("600"))
                .map(str::to_owned))
        })
        .await?;
        browser.close().await
    });
}

#[test]
fn findings_name_what_is_missing_and_open_it() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Findings").await?;
        page.goto(&format!("{address}/okrs")).await?;
        add_note(&page, "Objectives", "Organisers trust the chair").await?;
        page.click("link", "Findings").await?;
        page.find("heading", "Findings").await?;
        page.wait("the finding", || async {
            let found = page
                .eval("return document.querySelector('[data-check=\"objective-without-key-results\"]')?.innerText")
                .await?;
            Ok(found.as_str().filter(|found| found.contains("Organisers trust")).map(str::to_owned))
        })
        .await?;
        page.click("link", "Four questions").await?;
        page.find("heading", "Four questions").await?;
        browser.close().await
    });
}

#[test]
fn what_a_method_suggests_is_added_with_one_choice() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Suggestions").await?;
        page.goto(&format!("{address}/evidence-based-management"))
            .await?;
        page.click("button", "Suggestions for Time to Market")
            .await?;
        page.click("menuitem", "Release frequency").await?;
        see_note(&page, "Time to Market", "Release frequency").await?;
        browser.close().await
    });
}

#[test]
fn a_decision_keeps_its_figures_beside_those_of_today() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Decisions").await?;
        let directory = tempfile::tempdir()?;
        let file = serde_json::json!({
            "format": "groundwork", "version": 1,
            "entities": [
                {"id": "s", "kind": "solution", "text": "Reminders", "places": {"lean-canvas": "solution"},
                    "fields": {"reach": 500, "impact": 2, "confidence": 80, "effort": 4}},
                {"id": "d", "kind": "decision", "text": "Build reminders", "places": {"decisions": "persevere"}}
            ],
            "links": [{"kind": "changes", "from": "d", "to": "s"}]
        });
        import(&page, &directory, "decision.json", &file.to_string()).await?;
        page.goto(&format!("{address}/decisions")).await?;
        focus_note(&page, "Persevere", "Build reminders").await?;
        page.press("i").await?;
        page.click("button", "Decide…").await?;
        page.find("dialog", "Decide").await?;
        page.click("button", "Decide").await?;
        page.gone("dialog", "Decide").await?;

        focus_note(&page, "Persevere", "Build reminders").await?;
        page.press("i").await?;
        page.find("region", "Figures at the decision").await?;
        page.press("Escape").await?;
        page.click("button", "Undo").await?;
        focus_note(&page, "Persevere", "Build reminders").await?;
        page.press("i").await?;
        page.find("button", "Decide…").await?;
        browser.close().await
    });
}
