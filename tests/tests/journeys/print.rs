//! A canvas on paper: one page while it can be read, and nothing lost beyond that.

use crate::files::import;
use crate::harness::Step;
use crate::harness::browser::Browser;
use crate::harness::page::Page;
use crate::harness::server::Server;
use crate::person::{journey, new_workspace, see_status};

/// A workspace with as many notes in each of these slots.
async fn with_notes(slots: &[&str], notes: usize) -> Step<(Server, Browser, Page)> {
    let server = Server::start().await?;
    let browser = Browser::start().await?;
    let page = browser.page();
    let folder = tempfile::tempdir()?;
    new_workspace(&page, &server, "On paper").await?;
    let notes = "- A note of some length, as people write them in a workshop\n".repeat(notes);
    let markdown: String = slots
        .iter()
        .map(|slot| format!("# {slot}\n{notes}\n"))
        .collect();
    import(&page, &folder, "full.md", &markdown).await?;
    see_status(&page, "Synced").await?;
    Ok((server, browser, page))
}

/// How many pages a printed document has.
fn pages(pdf: &[u8]) -> usize {
    let count = |mark: &[u8]| {
        pdf.windows(mark.len())
            .filter(|window| window == &mark)
            .count()
    };
    count(b"/Type /Page") - count(b"/Type /Pages")
}

#[test]
fn a_canvas_prints_on_one_page() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        new_workspace(&page, &server, "Empty").await?;
        see_status(&page, "Synced").await?;
        assert_eq!(pages(&page.print().await?), 1);
        page.click("link", "Business Model Canvas").await?;
        page.find("heading", "Business Model Canvas").await?;
        assert_eq!(pages(&page.print().await?), 1);
        browser.close().await
    });
}

#[test]
fn a_full_canvas_prints_on_one_page_too() {
    journey(async {
        let slots = [
            "Problem",
            "Solution",
            "Key Metrics",
            "Channels",
            "Cost Structure",
            "UVP",
            "Unfair Advantage",
            "Customer Segments",
            "Revenue Streams",
        ];
        let (_server, browser, page) = with_notes(&slots, 9).await?;
        assert_eq!(pages(&page.print().await?), 1);
        browser.close().await
    });
}

/// What stands on the sheets just before the browser prints, and what is left of that afterwards.
const SHEETS: &str = "dispatchEvent(new Event('beforeprint'));\
    const all = selector => [...document.querySelectorAll(selector)];\
    const shown = all('.slots .note').filter(note => note.offsetHeight > 0);\
    const points = shown.map(note => parseFloat(getComputedStyle(note).fontSize) * 0.75);\
    const further = all('.further-pages .note').length;\
    const height = document.querySelector('.slots').offsetHeight / 96 * 25.4;\
    dispatchEvent(new Event('afterprint'));\
    const left = all('[data-paper], [data-left-over], [data-more], .further-pages').length;\
    return {shown: shown.length, further, smallest: Math.min(...points), height, left}";

#[test]
fn what_one_page_does_not_hold_goes_on_to_the_next_and_nothing_gets_too_small() {
    journey(async {
        let slots = ["Problem", "Solution", "Key Metrics", "Channels"];
        let (_server, browser, page) = with_notes(&slots, 60).await?;
        let sheets = page.eval(SHEETS).await?;
        let number = |name: &str| sheets[name].as_f64().unwrap_or_default();
        assert!(number("shown") >= 40.0, "{sheets}");
        assert!(number("shown") + number("further") >= 240.0, "{sheets}");
        assert!(number("smallest") >= 5.0, "{sheets}");
        assert!(number("height") <= 166.0, "{sheets}");
        assert!(number("left").abs() < 0.5, "{sheets}");
        assert!(pages(&page.print().await?) > 1);
        browser.close().await
    });
}

#[test]
fn a_slot_that_alone_is_full_takes_the_room_of_the_others() {
    journey(async {
        let (_server, browser, page) = with_notes(&["Problem"], 40).await?;
        assert_eq!(pages(&page.print().await?), 1);
        browser.close().await
    });
}
