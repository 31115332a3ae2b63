//! One Chromium with a profile of its own, driven through its own chromedriver on a free port.

use std::process::Stdio;

use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::Step;
use super::page::Page;

/// Chromium talks to nobody but the page's server; as root it needs `--no-sandbox`.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--lang=en",
];

/// A browser of one person.
pub(crate) struct Browser {
    driver: WebDriver,
    chromedriver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser with an empty profile and a window of 1280 × 800.
    pub(crate) async fn start() -> Step<Self> {
        Self::start_sized(1280, 800).await
    }

    /// Starts a browser with a window of that size.
    pub(crate) async fn start_sized(width: u32, height: u32) -> Step<Self> {
        let (chromedriver, port) = start_chromedriver().await?;
        let profile = tempfile::tempdir()?;
        let mut capabilities = DesiredCapabilities::chrome();
        for flag in FLAGS {
            capabilities.add_arg(flag)?;
        }
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        capabilities.add_arg(&format!("--user-data-dir={}", profile.path().display()))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        let browser = Self {
            driver,
            chromedriver,
            _profile: profile,
        };
        let page = browser.page();
        page.set_size(width, height).await?;
        Ok(browser)
    }

    /// The tab in front.
    pub(crate) fn page(&self) -> Page {
        Page::new(self.driver.clone())
    }

    /// Opens another tab and brings it to the front.
    pub(crate) async fn new_tab(&self) -> Step<WindowHandle> {
        let tab = self.driver.new_tab().await?;
        self.driver.switch_to_window(tab.clone()).await?;
        Ok(tab)
    }

    /// The tab in front now, to come back to.
    pub(crate) async fn tab(&self) -> Step<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Brings a tab to the front.
    pub(crate) async fn show(&self, tab: &WindowHandle) -> Step {
        Ok(self.driver.switch_to_window(tab.clone()).await?)
    }

    /// Closes the tab in front without asking it, as a crash of the tab would.
    pub(crate) async fn close_tab(&self) -> Step {
        Ok(self.driver.close_window().await?)
    }

    /// Ends the browser.
    pub(crate) async fn close(mut self) -> Step {
        self.driver.quit().await?;
        self.chromedriver.start_kill()?;
        self.chromedriver.wait().await?;
        Ok(())
    }
}

/// How often chromedriver is started anew that ended at once: the port that it was given in one
/// family of addresses can be taken in the other.
const STARTS: usize = 5;

/// Starts chromedriver on a port that the system chooses.
async fn start_chromedriver() -> Step<(Child, u16)> {
    for _ in 1..STARTS {
        if let Some(started) = listening_chromedriver().await? {
            return Ok(started);
        }
    }
    let started = listening_chromedriver().await?;
    started.ok_or_else(|| "chromedriver ended before it listened".into())
}

/// Waits until chromedriver says on which port it listens; nothing when it ended before.
async fn listening_chromedriver() -> Step<Option<(Child, u16)>> {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| {
            format!("chromedriver does not start ({error}); install Chromium and its driver")
        })?;
    let output = child.stdout.take().ok_or("chromedriver has no output")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        let port = line
            .strip_suffix('.')
            .and_then(|line| line.rsplit_once("started successfully on port "))
            .and_then(|(_, port)| port.parse().ok());
        if let Some(port) = port {
            // Keep reading, so that chromedriver never blocks on a full pipe.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(Some((child, port)));
        }
    }
    Ok(None)
}
