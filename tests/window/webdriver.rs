//! The desktop program in a real window, driven from outside.
//!
//! The few WebDriver calls that the tests need, over plain HTTP to WebKit's own driver. Every look
//! at the page waits with patience, because the page is alive. Dropping an [`App`] closes the window.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};

/// How WebDriver names the reference of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(25);
/// From the last change of the page to its picture on the screen.
const PAINT: Duration = Duration::from_millis(500);

/// A running program and the session that drives it.
pub struct App {
    driver: Child,
    agent: ureq::Agent,
    session: String,
}

impl App {
    /// Starts WebKit's driver on a free port, and the program through it, opened with some files.
    pub fn start(program: &str, environment: &[(&str, PathBuf)], files: &[PathBuf]) -> Self {
        let port = free_port();
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().cloned())
            .stdin(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts (Debian: webkit2gtk-driver)");
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        let mut app = Self {
            driver,
            agent: agent.into(),
            session: format!("http://127.0.0.1:{port}/session"),
        };
        wait_for(PATIENCE, || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()
        })
        .expect("WebKitWebDriver listens");
        let options = json!({ "binary": program, "args": files });
        let wanted = json!({ "alwaysMatch": { "webkitgtk:browserOptions": options } });
        let made = app
            .post("", &json!({ "capabilities": wanted }))
            .expect("the program opens its window");
        let id = made["sessionId"].as_str().expect("a session has an id");
        app.session = format!("{}/{id}", app.session);
        app
    }

    /// Clicks the first element that matches, brought into sight where it cannot be reached.
    pub fn click(&self, css: &str) {
        self.wait_for(&format!("a click on {css}"), PATIENCE, || {
            let element = self.find(css)?;
            let clicked = self.post(&format!("{element}/click"), &json!({}));
            if clicked.is_err() {
                // The driver takes what stands behind the bar at the top for in sight.
                let css = json!(css);
                let look =
                    format!("document.querySelector({css})?.scrollIntoView({{block: 'center'}})");
                self.ask(&look);
            }
            clicked.ok()
        });
    }

    /// Replaces what stands in a field.
    pub fn fill(&self, css: &str, text: &str) {
        self.wait_for(&format!("{css} to take {text:?}"), PATIENCE, || {
            let field = self.find(css)?;
            self.post(&format!("{field}/clear"), &json!({})).ok()?;
            let text = json!({ "text": text });
            self.post(&format!("{field}/value"), &text).ok()
        });
    }

    /// Makes the window so large, in pixels.
    pub fn resize(&self, (width, height): (u32, u32)) {
        let rect = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.post("/window/rect", &rect)
            .expect("the window is resized");
    }

    /// Waits until something matches.
    pub fn appears(&self, css: &str, patience: Duration) {
        self.wait_for(&format!("{css} to appear"), patience, || self.find(css));
    }

    /// Runs a script in the page, in one piece, and returns what it returns.
    pub fn ask(&self, script: &str) -> Value {
        let body = json!({ "script": script, "args": [] });
        self.post("/execute/sync", &body).expect("the page answers")
    }

    /// Runs a script that promises an answer, and waits for it.
    pub fn promise(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (() => {{ {script} }})().then(done, cause => done('' + cause));"
        );
        let body = json!({ "script": script, "args": [] });
        self.post("/execute/async", &body)
            .expect("the page answers")
    }

    /// Presses keys one after the other where the focus is; one that holds others down, such as Ctrl, is
    /// let go after them.
    pub fn press(&self, keys: &str) {
        const HELD: [char; 1] = ['\u{e009}'];
        let mut actions = Vec::new();
        let mut held = Vec::new();
        for key in keys.chars() {
            actions.push(json!({ "type": "keyDown", "value": key }));
            if HELD.contains(&key) {
                held.push(key);
            } else {
                actions.push(json!({ "type": "keyUp", "value": key }));
            }
        }
        let up = |key| json!({ "type": "keyUp", "value": key });
        actions.extend(held.into_iter().map(up));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.post("/actions", &json!({ "actions": [keyboard] }))
            .expect("keys are pressed");
    }

    /// Asks again and again until the answer is one that `accepts`, and returns it.
    pub fn until<T>(
        &self,
        what: &str,
        look: impl Fn(&Self) -> T,
        accepts: impl Fn(&T) -> bool,
    ) -> T {
        self.wait_for(what, PATIENCE, || Some(look(self)).filter(&accepts))
    }

    /// The window's content as a PNG, once nothing moves in it.
    pub fn screenshot(&self) -> Vec<u8> {
        let moving = "return document.getAnimations().some(a => a.playState === 'running')";
        self.until(
            "the page to be still",
            |app| app.ask(moving),
            |moving| moving == false,
        );
        sleep(PAINT);
        let encoded = self.get("/screenshot").expect("a screenshot");
        let encoded = encoded.as_str().expect("a screenshot is text");
        BASE64.decode(encoded).expect("a screenshot is base64")
    }

    /// Waits, and gives up with what the page says.
    fn wait_for<T>(&self, what: &str, patience: Duration, look: impl FnMut() -> Option<T>) -> T {
        wait_for(patience, look).unwrap_or_else(|| {
            let page = self.ask("return document.body.innerText");
            panic!("gave up waiting for {what}; the page says {page}")
        })
    }

    fn find(&self, css: &str) -> Option<String> {
        let query = json!({ "using": "css selector", "value": css });
        let found = self.post("/element", &query).ok()?;
        Some(format!("/element/{}", found[ELEMENT].as_str()?))
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        answer(self.agent.get(format!("{}{path}", self.session)).call())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let request = self.agent.post(format!("{}{path}", self.session));
        answer(request.send_json(body))
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let programs = children(self.driver.id());
        assert!(
            !programs.is_empty() || std::thread::panicking(),
            "the driver has started no program"
        );
        let _ = self.agent.delete(&self.session).call();
        // The driver answers before it has ended the program; killed in between, it never would.
        let ended = wait_for(PATIENCE, || {
            let lives = |id: &String| Path::new("/proc").join(id).exists();
            (!programs.iter().any(lives)).then_some(())
        });
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        assert!(
            ended.is_some() || std::thread::panicking(),
            "the program did not end with its window"
        );
    }
}

/// The processes that a process has started and that still are.
fn children(process: u32) -> Vec<String> {
    let list = format!("/proc/{process}/task/{process}/children");
    let list = std::fs::read_to_string(list).unwrap_or_default();
    list.split_whitespace().map(str::to_owned).collect()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a port has a number").port()
}

fn answer(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Value, String> {
    let mut response = response.map_err(|e| e.to_string())?;
    let mut body: Value = response
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_json()
        .map_err(|e| e.to_string())?;
    if response.status().is_success() {
        Ok(body["value"].take())
    } else {
        Err(body["value"].to_string())
    }
}

fn wait_for<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + patience;
    loop {
        if let Some(seen) = look() {
            return Some(seen);
        }
        if Instant::now() >= end {
            return None;
        }
        sleep(PAUSE);
    }
}
