//! What a note means: its kind, its values, the figures that come of them, and what the checks say.

use crate::files::import;
use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{add_note, focus_note, journey, new_workspace, notes, see_note};

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

/// Assistive technology presses a button without moving the focus out of a box.
#[test]
fn a_press_that_leaves_the_focus_keeps_what_was_typed() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Pressed").await?;
        add_note(&page, "Solution", "Reminders").await?;
        focus_note(&page, "Solution", "Reminders").await?;
        page.press("i").await?;
        let open = "document.querySelector('.details-fields details').open = true";
        page.find("heading", "Details").await?;
        page.eval(open).await?;
        page.fill("textbox", "Reach", "500").await?;

        let done = page.find("button", "Done").await?;
        page.call(&done, "function() { this.click() }").await?;
        page.wait("the dialog to close", || async {
            let is_closed = "return document.querySelector('dialog[open]') === null";
            Ok((page.eval(is_closed).await? == true).then_some(()))
        })
        .await?;

        focus_note(&page, "Solution", "Reminders").await?;
        page.press("i").await?;
        page.find("heading", "Details").await?;
        page.eval(open).await?;
        let reach = page.find("textbox", "Reach").await?;
        let value = page
            .call(&reach, "function() { return this.value }")
            .await?;
        assert_eq!(value, "500");
        browser.close().await
    });
}

#[test]
fn experiments_on_a_canvas_show_their_verdicts() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Verdicts").await?;
        let directory = tempfile::tempdir()?;
        let experiment = |id: &str, text: &str, slot: &str, more: serde_json::Value| {
            let mut fields = serde_json::json!({
                "status": slot, "criterion": "share >= 40 %", "planned-n": 40,
                "primary-metric": "m"
            });
            if let (Some(fields), Some(more)) = (fields.as_object_mut(), more.as_object()) {
                fields.extend(more.clone());
            }
            serde_json::json!({"id": id, "kind": "experiment", "text": text, "fields": fields,
                "places": {"experiments": slot}})
        };
        let lock = "1790000000000|ada||";
        let file = serde_json::json!({
            "format": "groundwork", "version": 1,
            "entities": [
                experiment("p", "Ask five chairs", "planned", serde_json::json!({})),
                experiment("r", "Send text messages", "running", serde_json::json!({"lock": lock})),
                experiment("i", "Show stars", "done",
                    serde_json::json!({"lock": lock, "lock-broken": "1790000000001|ada|criterion"})),
                experiment("d", "Two buttons", "done", serde_json::json!({
                    "lock": lock, "criterion": "difference >= 5 pp", "planned-n": 100})),
                {"id": "d1", "kind": "arm", "text": "none",
                    "fields": {"experiment": "d", "role": "control", "n": 100, "successes": 40}},
                {"id": "d2", "kind": "arm", "text": "two",
                    "fields": {"experiment": "d", "role": "variant", "n": 100, "successes": 65}},
                {"id": "m", "kind": "metric", "text": "Replies"},
                {"id": "a", "kind": "arm", "text": "Everyone",
                    "fields": {"experiment": "r", "n": 12, "successes": 5}},
                {"id": "e", "kind": "evidence", "text": "Three of ten liked them",
                    "places": {"evidence": "test-results"}},
                {"id": "l", "kind": "learning", "text": "Stars offend",
                    "places": {"learning-cards": "we-learned-that"}}
            ],
            "links": [
                {"kind": "concludes-in", "from": "i", "to": "l"},
                {"kind": "produces", "from": "i", "to": "e"}
            ]
        });
        import(&page, &directory, "verdicts.json", &file.to_string()).await?;
        page.goto(&format!("{address}/experiments")).await?;
        see_mark(&page, "Ask five chairs", "Planned").await?;
        see_mark(&page, "Send text messages", "Running: 12 of 40").await?;
        see_mark(&page, "Show stars", "Invalid: criterion changed after data").await?;

        page.eval("document.querySelector('.note[aria-label=\"Ask five chairs\"]').focus()")
            .await?;
        page.press("i").await?;
        page.click("button", "Lock the plan").await?;
        page.press("Escape").await?;
        see_mark(&page, "Ask five chairs", "Running: no data yet").await?;

        see_mark(&page, "Two buttons", "Supported").await?;
        page.eval("document.querySelector('.note[aria-label=\"Two buttons\"]').focus()")
            .await?;
        page.press("i").await?;
        let details = "return document.querySelector('dialog[open]')?.innerText";
        page.wait("the difference in points", || async {
            let text = page.eval(details).await?;
            let says = |words: &str| text.as_str().is_some_and(|text| text.contains(words));
            Ok((says("difference >= 5 points") && says("25 points")).then_some(()))
        })
        .await?;
        page.press("Escape").await?;

        page.goto(&format!("{address}/learning-cards")).await?;
        let words = "Experiment: Invalid: criterion changed after data";
        see_mark(&page, "Stars offend", words).await?;

        page.goto(&format!("{address}/evidence")).await?;
        let words = "Invalid experiment, counts nothing";
        see_mark(&page, "Three of ten liked them", words).await?;
        browser.close().await
    });
}

#[test]
fn a_locked_plan_asks_before_it_is_changed() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Locked").await?;
        let directory = tempfile::tempdir()?;
        let file = serde_json::json!({
            "format": "groundwork", "version": 1,
            "entities": [{"id": "r", "kind": "experiment", "text": "Send text messages",
                "places": {"experiments": "running"}, "fields": {"status": "running",
                    "criterion": "share >= 40 %", "planned-n": 40, "lock": "1790000000000|ada||"}},
                {"id": "h", "kind": "hypothesis", "text": "They answer at once",
                    "places": {"test-cards": "we-believe-that"}}],
            "links": [{"kind": "tested-by", "from": "h", "to": "r"}]
        });
        import(&page, &directory, "locked.json", &file.to_string()).await?;
        page.goto(&format!("{address}/test-cards")).await?;
        let claim = "document.querySelector('.note[aria-label=\"They answer at once\"]')";
        page.wait("the claim", || async {
            let is_there = page.eval(&format!("return {claim} !== null")).await?;
            Ok((is_there == true).then_some(()))
        })
        .await?;
        page.eval(&format!("{claim}.focus()")).await?;
        page.press("Delete").await?;
        page.find("button", "Change it all the same").await?;
        page.press("Enter").await?;
        page.wait("the words that are held", || async {
            let held = page.eval("return document.querySelector('[role=dialog] textarea, dialog textarea')?.readOnly === true").await?;
            Ok((held == true).then_some(()))
        })
        .await?;
        page.press("Escape").await?;
        page.goto(&format!("{address}/experiments")).await?;
        see_mark(&page, "Send text messages", "Running: no data yet").await?;
        page.eval("document.querySelector('.note[aria-label=\"Send text messages\"]').focus()")
            .await?;
        page.press("i").await?;

        plan_participants(&page, "60").await?;
        page.click("button", "Keep the plan").await?;
        page.wait("the kept number", || async {
            let number = page.find("textbox", "Planned sample").await?;
            let value = page
                .call(&number, "function() { return this.value }")
                .await?;
            Ok((value == "40").then_some(()))
        })
        .await?;
        plan_participants(&page, "60").await?;
        page.click("button", "Change it all the same").await?;
        page.press("Escape").await?;
        let words = "Invalid: criterion changed after data";
        see_mark(&page, "Send text messages", words).await?;
        browser.close().await
    });
}

/// Enters another planned number in the open details.
async fn plan_participants(page: &Page, number: &str) -> Step {
    let entry = page.find("textbox", "Planned sample").await?;
    page.call(&entry, "function() { this.focus(); this.select() }")
        .await?;
    page.type_text(number).await?;
    page.press("Tab").await
}

#[test]
fn an_experiment_that_cannot_be_saved_is_planned_anew() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Anew").await?;
        let directory = tempfile::tempdir()?;
        let file = serde_json::json!({
            "format": "groundwork", "version": 1,
            "entities": [
                {"id": "h", "kind": "hypothesis", "text": "Stars help"},
                {"id": "i", "kind": "experiment", "text": "Show stars",
                    "places": {"experiments": "done"}, "fields": {
                        "status": "done", "criterion": "share >= 40 %", "planned-n": 40,
                        "lock": "1790000000000|ada||", "lock-broken": "1790000000001|ada|criterion",
                        "locked-plan": "criterion: share >= 30 %"
                    }}
            ],
            "links": [{"kind": "tested-by", "from": "h", "to": "i"}]
        });
        import(&page, &directory, "anew.json", &file.to_string()).await?;
        page.goto(&format!("{address}/findings")).await?;
        page.click("button", "Plan it anew…").await?;
        page.find("dialog", "Details").await?;
        page.press("Escape").await?;
        page.wait("the finding to be gone", || async {
            let found = page
                .eval("return document.querySelector('[data-check=\"criterion-changed-after-data\"]')")
                .await?;
            Ok(found.is_null().then_some(()))
        })
        .await?;

        page.goto(&format!("{address}/experiments")).await?;
        note_beginning(&page, "Planned", "Show stars").await?;
        note_beginning(&page, "Done", "Show stars").await?;
        browser.close().await
    });
}

/// Waits for a note of a slot whose text begins so; a mark may follow.
async fn note_beginning(page: &Page, slot: &str, text: &str) -> Step {
    page.wait(&format!("{text} in {slot}"), || async {
        let notes = notes(page, slot).await?;
        Ok(notes
            .iter()
            .any(|note| note.starts_with(text))
            .then_some(()))
    })
    .await
}

/// Waits until the note of that text carries a mark of these words, which describes it to assistive
/// technology, too.
async fn see_mark(page: &Page, note: &str, words: &str) -> Step {
    page.wait(&format!("{note} to be marked {words}"), || async {
        let script = format!(
            "const note = [...document.querySelectorAll('.note')].find(note => note.ariaLabel === {note:?});\
             const mark = document.getElementById(note?.getAttribute('aria-describedby'));\
             return note?.contains(mark) ? mark.innerText : null"
        );
        let said = page.eval(&script).await?;
        Ok(said.as_str().filter(|said| *said == words).map(|_| ()))
    })
    .await
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
        // What mends it makes the key result, linked, and opens it to be filled in.
        page.click("button", "Add: Key result…").await?;
        page.find("dialog", "Details").await?;
        page.press("Escape").await?;
        page.wait("the finding to be gone", || async {
            let found = page
                .eval("return document.querySelector('[data-check=\"objective-without-key-results\"]')")
                .await?;
            Ok(found.is_null().then_some(()))
        })
        .await?;
        page.click("link", "Four questions").await?;
        page.find("heading", "Four questions").await?;
        browser.close().await
    });
}

#[test]
fn a_finding_about_a_missing_value_leads_to_its_field() {
    journey(async {
        let directory = tempfile::tempdir()?;
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        let address = new_workspace(&page, &server, "Unmeasured").await?;
        let file = serde_json::json!({
            "format": "groundwork", "version": 1,
            "entities": [{"id": "h", "kind": "hypothesis", "text": "Seat call"}]
        });
        import(&page, &directory, "hypothesis.json", &file.to_string()).await?;
        page.goto(&format!("{address}/findings")).await?;
        page.wait("the finding", || async {
            let pressed = page
                .eval(
                    "const finding = document.querySelector('[data-check=\"hypothesis-without-measure\"]');\
                     const button = [...(finding?.querySelectorAll('button') ?? [])]\
                         .find(button => button.innerText.trim() === 'Enter the value…');\
                     button?.click(); return !!button",
                )
                .await?;
            Ok((pressed == true).then_some(()))
        })
        .await?;
        page.find("dialog", "Details").await?;
        page.wait("the keyboard in the field", || async {
            let label = page
                .eval("return document.activeElement?.labels?.[0]?.innerText ?? null")
                .await?;
            Ok(label
                .as_str()
                .filter(|label| label.starts_with("We know when"))
                .map(|_| ()))
        })
        .await?;
        page.type_text("12 seats a week").await?;
        // What was typed is kept although nothing else takes the keyboard.
        page.press("Escape").await?;
        page.wait("the finding to be gone", || async {
            let found = page
                .eval(
                    "return document.querySelector('[data-check=\"hypothesis-without-measure\"]')",
                )
                .await?;
            Ok(found.is_null().then_some(()))
        })
        .await?;
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
