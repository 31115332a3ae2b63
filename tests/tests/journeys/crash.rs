//! When the app breaks, the page says so, and what was written is there after a reload.

use crate::harness::browser::Browser;
use crate::harness::server::Server;
use crate::person::{add_note, journey, new_workspace, see_notes};

/// Keeps what the app's module exports, so that it can be called as nobody should.
const KEEP: &str = "const instantiate = WebAssembly.instantiateStreaming;\
    WebAssembly.instantiateStreaming = async (...given) => {\
        const made = await instantiate(...given);\
        window.exported ??= made.instance.exports;\
        return made;\
    }";

/// Makes the module trap in a task of its own: it is to move what lies beyond its memory.
const BREAK: &str = "setTimeout(() => window.exported.__wbindgen_realloc(-16, 8, 64, 1))";

/// Makes it trap in a promise.
const BREAK_PROMISE: &str =
    "Promise.resolve().then(() => window.exported.__wbindgen_realloc(-16, 8, 64, 1))";

/// L4
#[test]
fn a_page_that_breaks_says_so_and_everything_written_is_there_after_a_reload() {
    journey(async {
        let server = Server::start().await?;
        let browser = Browser::start().await?;
        let page = browser.page();
        page.run_first(KEEP).await?;
        new_workspace(&page, &server, "Fragile").await?;
        let mut written = Vec::new();
        for (text, broken) in [("before", BREAK), ("between", BREAK_PROMISE)] {
            add_note(&page, "Problem", text).await?;
            written.push(text);

            page.eval(broken).await?;

            page.find("heading", "Something went wrong in this page")
                .await?;
            page.find("StaticText", "Everything you wrote is safe on this device.")
                .await?;
            page.click("button", "Reload").await?;
            see_notes(&page, "Problem", &written).await?;
        }
        add_note(&page, "Problem", "after").await?;
        browser.close().await
    });
}
