//! A tab as a person meets it: nodes by role and name, clicks, keys, text.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use thirtyfour::WebDriver;

use super::keyboard;
use super::{Failure, Step};

/// How long a condition may take. Generous: a busy machine must not fail a journey.
const PATIENCE: Duration = Duration::from_secs(20);

/// A tab.
#[derive(Clone)]
pub(crate) struct Page {
    driver: WebDriver,
}

/// A node of the accessibility tree.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Its computed name.
    pub(crate) name: String,
    backend: i64,
}

impl Page {
    pub(super) fn new(driver: WebDriver) -> Self {
        Self { driver }
    }

    /// Goes to an address.
    pub(crate) async fn goto(&self, address: &str) -> Step {
        Ok(self.driver.goto(address).await?)
    }

    /// The address of the page.
    pub(crate) async fn address(&self) -> Step<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) -> Step {
        Ok(self.driver.refresh().await?)
    }

    /// Sets the size of the viewport.
    pub(crate) async fn set_size(&self, width: u32, height: u32) -> Step {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// Pretends that the system prefers this colour scheme ("light" or "dark"), and stillness, so
    /// that nothing is looked at half faded in.
    pub(crate) async fn prefer(&self, scheme: &str) -> Step {
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.cdp("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Sends a command of the browser's debugging protocol.
    pub(crate) async fn cdp(&self, method: &str, parameters: Value) -> Step<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }

    /// Runs a script in every page that this tab loads from now on, before the page's own.
    pub(crate) async fn run_first(&self, source: &str) -> Step {
        let script = json!({"source": source});
        self.cdp("Page.addScriptToEvaluateOnNewDocument", script)
            .await?;
        Ok(())
    }

    /// Evaluates a function body in the page.
    pub(crate) async fn eval(&self, body: &str) -> Step<Value> {
        Ok(self.driver.execute(body, Vec::new()).await?.json().clone())
    }

    /// Evaluates the body of an asynchronous function in the page.
    pub(crate) async fn eval_async(&self, body: &str) -> Step<Value> {
        let expression = format!("(async () => {{ {body} }})()");
        let answer = self
            .cdp(
                "Runtime.evaluate",
                json!({"expression": expression, "awaitPromise": true, "returnByValue": true}),
            )
            .await?;
        if let Some(exception) = answer.get("exceptionDetails") {
            return Err(format!("the page threw {exception}").into());
        }
        Ok(answer["result"]["value"].clone())
    }

    /// Waits until `condition` gives something; fails with what was waited for.
    pub(crate) async fn wait<T, F>(&self, what: &str, mut condition: impl FnMut() -> F) -> Step<T>
    where
        F: Future<Output = Step<Option<T>>>,
    {
        let start = Instant::now();
        loop {
            let last = match condition().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) => Some(error),
            };
            if start.elapsed() > PATIENCE {
                let error = last.map(|error| format!(" ({error})")).unwrap_or_default();
                return Err(format!(
                    "waited in vain for {what}{error}\n{}",
                    self.describe().await
                )
                .into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// All nodes with a role, in the order of the page; in `within` or everywhere.
    pub(crate) async fn all(&self, role: &str, within: Option<&Node>) -> Step<Vec<Node>> {
        self.query(within, json!({"role": role})).await
    }

    /// Waits for the node with this role and name.
    pub(crate) async fn find(&self, role: &str, name: &str) -> Step<Node> {
        self.find_in(None, role, name).await
    }

    /// Waits for the node with this role and name inside another.
    pub(crate) async fn find_in(
        &self,
        within: Option<&Node>,
        role: &str,
        name: &str,
    ) -> Step<Node> {
        self.wait(&format!("{role} \"{name}\""), || async {
            let nodes = self
                .query(within, json!({"role": role, "accessibleName": name}))
                .await?;
            Ok(nodes.into_iter().next())
        })
        .await
    }

    /// Whether there is such a node now.
    pub(crate) async fn has(&self, role: &str, name: &str) -> Step<bool> {
        Ok(!self
            .query(None, json!({"role": role, "accessibleName": name}))
            .await?
            .is_empty())
    }

    /// Waits until there is no such node.
    pub(crate) async fn gone(&self, role: &str, name: &str) -> Step {
        self.wait(&format!("{role} \"{name}\" to go"), || async {
            Ok((!self.has(role, name).await?).then_some(()))
        })
        .await
    }

    /// Clicks the node with this role and name, as a mouse does.
    pub(crate) async fn click(&self, role: &str, name: &str) -> Step {
        let node = self.find(role, name).await?;
        self.click_node(&node).await
    }

    /// Clicks a node in its middle.
    pub(crate) async fn click_node(&self, node: &Node) -> Step {
        let (x, y) = self.middle(node).await?;
        for kind in ["mousePressed", "mouseReleased"] {
            self.mouse(kind, x, y).await?;
        }
        Ok(())
    }

    /// Drags one node onto the middle of another, in steps as a hand does.
    pub(crate) async fn drag(&self, from: &Node, to: &Node) -> Step {
        let (x, y) = self.middle(from).await?;
        let (to_x, to_y) = self.middle(to).await?;
        let (x, y) = (x, y);
        self.mouse("mouseMoved", x, y).await?;
        self.mouse("mousePressed", x, y).await?;
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            self.mouse("mouseMoved", x + (to_x - x) * part, y + (to_y - y) * part)
                .await?;
        }
        self.mouse("mouseReleased", to_x, to_y).await
    }

    /// Takes the mouse away from everything.
    pub(crate) async fn rest(&self) -> Step {
        let event = json!({"type": "mouseMoved", "x": 0, "y": 0, "button": "none", "buttons": 0});
        self.cdp("Input.dispatchMouseEvent", event).await?;
        Ok(())
    }

    /// Presses a chord such as `Ctrl+ArrowRight`.
    pub(crate) async fn press(&self, chord: &str) -> Step {
        for event in keyboard::chord(chord) {
            self.cdp("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    /// Types text into whatever has the focus.
    pub(crate) async fn type_text(&self, text: &str) -> Step {
        self.cdp("Input.insertText", json!({"text": text})).await?;
        Ok(())
    }

    /// Replaces what the focused field holds.
    pub(crate) async fn fill(&self, role: &str, name: &str, text: &str) -> Step {
        let field = self.find(role, name).await?;
        self.call(&field, "function() { this.focus(); this.select?.(); }")
            .await?;
        self.type_text(text).await
    }

    /// The text that a node shows.
    pub(crate) async fn text(&self, node: &Node) -> Step<String> {
        let text = self
            .call(
                node,
                "function() { return this.innerText ?? this.textContent; }",
            )
            .await?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// The value of a field.
    pub(crate) async fn value(&self, node: &Node) -> Step<String> {
        let value = self.call(node, "function() { return this.value; }").await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Calls a function on a node and returns its plain value.
    pub(crate) async fn call(&self, node: &Node, function: &str) -> Step<Value> {
        let object = self
            .cdp("DOM.resolveNode", json!({"backendNodeId": node.backend}))
            .await?;
        let answer = self
            .cdp(
                "Runtime.callFunctionOn",
                json!({
                    "objectId": object["object"]["objectId"],
                    "functionDeclaration": function,
                    "returnByValue": true,
                }),
            )
            .await?;
        Ok(answer["result"]["value"].clone())
    }

    /// Gives files to a file input.
    pub(crate) async fn choose_file(&self, input: &str, file: &Path) -> Step {
        let document = self.cdp("DOM.getDocument", json!({"depth": 0})).await?;
        let found = self
            .cdp(
                "DOM.querySelector",
                json!({"nodeId": document["root"]["nodeId"], "selector": input}),
            )
            .await?;
        let files = json!({"nodeId": found["nodeId"], "files": [file.display().to_string()]});
        self.cdp("DOM.setFileInputFiles", files).await?;
        Ok(())
    }

    /// Keeps a picture of the page.
    pub(crate) async fn screenshot(&self, file: &Path) -> Step {
        Ok(self.driver.screenshot(file).await?)
    }

    /// The page printed as PDF.
    pub(crate) async fn print(&self) -> Step<Vec<u8>> {
        let options = json!({"preferCSSPageSize": true, "printBackground": true});
        let answer = self.cdp("Page.printToPDF", options).await?;
        Ok(STANDARD.decode(answer["data"].as_str().unwrap_or_default())?)
    }

    async fn query(&self, within: Option<&Node>, mut query: Value) -> Step<Vec<Node>> {
        match within {
            Some(node) => query["backendNodeId"] = json!(node.backend),
            None => {
                let document = self.cdp("DOM.getDocument", json!({"depth": 0})).await?;
                query["nodeId"] = document["root"]["nodeId"].clone();
            }
        }
        let answer = self.cdp("Accessibility.queryAXTree", query).await?;
        let nodes = answer["nodes"].as_array().ok_or("no nodes in the answer")?;
        Ok(nodes
            .iter()
            .filter(|node| node["ignored"] != json!(true))
            .filter_map(|node| {
                Some(Node {
                    name: node["name"]["value"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned(),
                    backend: node["backendDOMNodeId"].as_i64()?,
                })
            })
            .collect())
    }

    async fn middle(&self, node: &Node) -> Step<(f64, f64)> {
        let place = self
            .call(
                node,
                "function() { this.scrollIntoView({block: 'nearest', inline: 'nearest'}); \
                 const box = this.getBoundingClientRect(); \
                 return [box.x + box.width / 2, box.y + box.height / 2]; }",
            )
            .await?;
        match (place[0].as_f64(), place[1].as_f64()) {
            (Some(x), Some(y)) => Ok((x, y)),
            _ => Err::<_, Failure>("the node has no place on the page".into()),
        }
    }

    async fn mouse(&self, kind: &str, x: f64, y: f64) -> Step {
        let pressed = if kind == "mouseReleased" { 0 } else { 1 };
        let event = json!({
            "type": kind, "x": x, "y": y, "button": "left", "buttons": pressed, "clickCount": 1,
        });
        self.cdp("Input.dispatchMouseEvent", event).await?;
        Ok(())
    }

    /// What the page says, for the message of a failure, and where its picture is.
    async fn describe(&self) -> String {
        let pictures = super::target::directory().join("journeys");
        let picture = pictures.join(format!(
            "{}.png",
            std::thread::current()
                .name()
                .unwrap_or("journey")
                .replace("::", "-")
        ));
        if std::fs::create_dir_all(&pictures).is_ok() {
            // Without a picture the words must do.
            let _ = self.screenshot(&picture).await;
        }
        let text = self
            .eval("return document.body ? document.body.innerText : ''")
            .await;
        let text = text.ok().and_then(|text| text.as_str().map(str::to_owned));
        let text: String = text.unwrap_or_default().chars().take(1500).collect();
        let address = self.address().await.unwrap_or_default();
        format!("at {address}, picture in {}\n{text}", picture.display())
    }
}
