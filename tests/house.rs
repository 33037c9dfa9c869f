//! The house rules, read from the committed sources and configuration.
//!
//! What the compiler cannot hold: which module may know which, what the engine must not reach for,
//! and how little the window may ask for. A rule that fails names the file and what it found there.

mod rust;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use rust::{code, follows, paths_from, tokens};

/// Modules that touch files, indexes and models.
const EDGES: [&str; 10] = [
    "backup", "covers", "encode", "encoding", "journal", "manifest", "search", "store", "texts",
    "vectors",
];
/// Modules that bring core and edges together. Everything else in the engine is core.
const FRONT: [&str; 33] = [
    "activity",
    "backups",
    "basket",
    "browse",
    "census",
    "edit",
    "encoders",
    "engine",
    "explain",
    "export",
    "folders",
    "friends",
    "household",
    "imports",
    "indexing",
    "insight",
    "intake",
    "lib",
    "lookup",
    "mappings",
    "merge",
    "mix",
    "picks",
    "profiles",
    "recommend",
    "reversal",
    "scan",
    "shop",
    "snapshot",
    "together",
    "training",
    "transcript",
    "trial",
];
/// The crates that one edge alone may name, and that edge.
const OWNERS: [(&str, &str); 12] = [
    ("calamine", "workbook"),
    ("icu_collator", "collation"),
    ("icu_properties", "writing"),
    ("image", "covers"),
    ("lofty", "media"),
    ("memmap2", "vectors"),
    ("ort", "encode"),
    ("quick_xml", "media opendocument"),
    ("sled", "store"),
    ("tantivy", "search"),
    ("tokenizers", "encode"),
    ("walkdir", "media"),
];

#[test]
fn core_never_imports_an_edge() {
    let edges = BTreeSet::from(EDGES.map(str::to_owned));
    for file in sources("src-tauri/engine/src", &["rs"]) {
        let module = module_of(&file);
        if EDGES.contains(&module.as_str()) || FRONT.contains(&module.as_str()) {
            continue;
        }
        let names = paths_from(&tokens(&code(&read(&file))), &["crate", "super"]);
        let found: Vec<_> = names.intersection(&edges).collect();
        assert!(found.is_empty(), "{} imports {found:?}", file.display());
    }
}

#[test]
fn a_crate_of_the_edge_is_named_by_its_owner_alone() {
    for (name, owner) in OWNERS {
        let users: BTreeSet<_> = sources("src-tauri/engine/src", &["rs"])
            .into_iter()
            .filter(|file| follows(&tokens(&code(&read(file))), &[name, "::"]))
            .map(|file| module_of(&file))
            .collect();
        let owners: BTreeSet<_> = owner.split(' ').map(str::to_owned).collect();
        assert_eq!(users, owners, "{name}");
    }
}

#[test]
fn the_rules_name_modules_that_exist() {
    let files = sources("src-tauri/engine/src", &["rs"]);
    let modules: BTreeSet<_> = files.iter().map(|file| module_of(file)).collect();
    for name in EDGES.iter().chain(&FRONT) {
        assert!(modules.contains(*name), "no module {name} in the engine");
    }
}

#[test]
fn the_engine_has_no_clock_no_chance_no_environment_and_no_terminal() {
    const FORBIDDEN: [&[&str]; 15] = [
        &["SystemTime", "::", "now"],
        &["Utc", "::", "now"],
        &["Local", "::", "now"],
        &["env", "::", "var"],
        &["env", "::", "vars"],
        &["env", "::", "var_os"],
        &["env", "::", "args"],
        &["env", "::", "current_dir"],
        &["thread_rng"],
        &["rand", "::", "rng"],
        &["from_os_rng"],
        &["println", "!"],
        &["eprintln", "!"],
        &["dbg", "!"],
        &["process", "::", "exit"],
    ];
    for file in sources("src-tauri/engine/src", &["rs"]) {
        let tokens = tokens(&code(&read(&file)));
        for pattern in FORBIDDEN {
            let found = follows(&tokens, pattern);
            assert!(!found, "{} uses {}", file.display(), pattern.concat());
        }
    }
}

#[test]
fn the_engine_depends_on_no_shell_and_no_network() {
    let manifest = read(&root().join("src-tauri/engine/Cargo.toml"));
    for name in [
        "tauri",
        "clap",
        "indicatif",
        "reqwest",
        "ureq",
        "tokio",
        "rand ",
    ] {
        let found = manifest.lines().any(|line| line.starts_with(name));
        assert!(!found, "the engine depends on {name}");
    }
}

#[test]
fn the_score_is_defined_once() {
    let defined: Vec<_> = sources("src-tauri", &["rs"])
        .into_iter()
        .flat_map(|file| {
            let tokens = tokens(&code(&read(&file)));
            let times = tokens
                .windows(2)
                .filter(|w| w[0] == "fn" && w[1] == "score")
                .count();
            std::iter::repeat_n(module_of(&file), times)
        })
        .collect();
    assert_eq!(defined, ["rank"]);
}

#[test]
fn the_window_loads_nothing_from_outside() {
    let config = configuration("tauri.conf.json");
    let csp = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
               img-src 'self' asset: http://asset.localhost; connect-src ipc: http://ipc.localhost; \
               base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let security = json!({ "csp": csp, "capabilities": ["main"] });
    assert_eq!(config["app"]["security"], security);
    assert_eq!(config["app"]["withGlobalTauri"], json!(false));
    assert_eq!(config["plugins"], Value::Null);
    let windows = config["app"]["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 1);
    for (field, value) in [("label", json!("main")), ("url", Value::Null)] {
        assert_eq!(windows[0][field], value, "window {field}");
    }
}

#[test]
fn the_installer_holds_every_sample_and_what_its_configuration_names() {
    let bundle = &configuration("tauri.conf.json")["bundle"];
    let resources = bundle["resources"].as_object().expect("resources");
    for (file, place) in resources {
        assert_eq!(place, file, "where the program looks for it");
    }
    for sample in sources("samples", &["csv"]) {
        let name = sample.file_name().expect("a name").to_string_lossy();
        let held = resources.contains_key(&format!("samples/{name}"));
        assert!(held, "{name} is not in the installer");
    }
    let deb = &bundle["linux"]["deb"];
    let icons = bundle["icon"].as_array().expect("icons").iter();
    let named = icons
        .chain([&bundle["licenseFile"], &deb["desktopTemplate"]])
        .chain(deb["files"].as_object().expect("files").values())
        .filter_map(Value::as_str);
    let mut count = 0;
    for file in named.chain(resources.keys().map(String::as_str)) {
        assert!(root().join(file).is_file(), "{file} is not there");
        count += 1;
    }
    assert!(count > 12, "the configuration was not read");
    // Without it a desktop would start the program and keep the file to itself.
    let starter = read(&root().join("src-tauri/curio.desktop"));
    assert!(starter.contains("Exec={{exec}} %F\n"), "{starter}");
}

#[test]
fn the_window_may_ask_for_its_own_verbs_and_the_file_dialogs_only() {
    let capabilities = sources("src-tauri/capabilities", &["json", "toml", "json5"]);
    assert_eq!(
        capabilities,
        [root().join("src-tauri/capabilities/main.json")]
    );
    let capability = configuration("src-tauri/capabilities/main.json");
    assert_eq!(capability["windows"], json!(["main"]));
    for widening in ["remote", "webviews", "platforms", "local"] {
        assert_eq!(capability[widening], Value::Null, "{widening}");
    }
    let expected = json!([
        "read",
        "behave",
        "keep",
        "dialog:allow-open",
        "dialog:allow-save",
        "core:event:allow-listen",
        "core:event:allow-unlisten",
    ]);
    assert_eq!(capability["permissions"], expected);
}

#[test]
fn commands_permissions_and_the_bridge_name_the_same_verbs() {
    let permitted = quoted_words(
        &read(&root().join("src-tauri/permissions/curio.toml")),
        |line| {
            !line.starts_with('#') && !line.contains("identifier") && !line.contains("description")
        },
    );
    let shell = tokens(&code(&read(&root().join("src-tauri/src/lib.rs"))));
    let handled: BTreeSet<String> = shell
        .windows(3)
        .filter(|w| w[0] == "commands" && w[1] == "::")
        .map(|w| w[2].clone())
        .collect();
    assert_eq!(permitted, handled);
    assert!(handled.contains("recommend"), "the commands were not read");

    let bridge = read(&root().join("ui/src/lib/api.ts"));
    let called: BTreeSet<String> = bridge
        .split("call('")
        .skip(1)
        .filter_map(|rest| rest.split_once('\'').map(|(name, _)| name.to_owned()))
        .collect();
    assert_eq!(called, handled);
}

#[test]
fn one_module_of_the_interface_calls_the_shell() {
    let callers: Vec<_> = sources("ui/src", &["ts", "svelte", "js"])
        .into_iter()
        // The toy engine that stands in for the shell in a browser, never in the built interface.
        .filter(|file| !file.starts_with(root().join("ui/src/mock")))
        .filter(|file| {
            let text = read(file);
            text.contains("@tauri-apps/") || text.contains("__TAURI")
        })
        .collect();
    assert_eq!(callers, [root().join("ui/src/lib/api.ts")]);
}

#[test]
fn the_window_never_looks_for_its_own_test_ids() {
    for file in sources("ui/src", &["ts", "svelte"]) {
        let found = read(&file).contains("[data-testid");
        assert!(!found, "{} looks for a test id", file.display());
    }
}

#[test]
fn there_are_three_plug_ins_and_the_window_calls_one() {
    let named = |text: &str, start: &str| -> BTreeSet<String> {
        text.split(|c: char| !(c.is_ascii_alphanumeric() || "-_@/".contains(c)))
            .filter(|word| word.starts_with(start))
            .map(str::to_owned)
            .collect()
    };
    let manifest = read(&root().join("Cargo.toml"));
    let plug_ins = ["dialog", "single-instance", "window-state"];
    let mut expected = BTreeSet::from(plug_ins.map(|name| format!("tauri-plugin-{name}")));
    // It is no plug-in here: one function of it is called, with files that were written.
    expected.insert("tauri-plugin-opener".to_owned());
    assert_eq!(named(&manifest, "tauri-plugin-"), expected);
    for file in sources("src-tauri/src", &["rs"]) {
        let code = code(&read(&file));
        let revealing = file.ends_with("revealing.rs");
        assert_eq!(
            code.contains("tauri_plugin_opener"),
            revealing,
            "{}",
            file.display()
        );
        let opens = ["open_url", "open_path", "OpenerExt"]
            .iter()
            .any(|way| code.contains(way));
        assert!(!opens, "{} opens something", file.display());
    }
    let shell = read(&root().join("src-tauri/src/lib.rs"));
    let expected = plug_ins.map(|name| format!("tauri_plugin_{}", name.replace('-', "_")));
    assert_eq!(named(&code(&shell), "tauri_plugin_"), expected.into());
    let plugged = tokens(&code(&shell));
    assert_eq!(plugged.iter().filter(|token| *token == "plugin").count(), 3);
    // The other two serve the shell alone: the capability gives the window nothing of theirs.
    let package = read(&root().join("ui/package.json"));
    let expected = BTreeSet::from(["@tauri-apps/plugin-dialog".to_owned()]);
    assert_eq!(named(&package, "@tauri-apps/plugin-"), expected);
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("two folders up").to_owned()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|e| panic!("cannot read {}: {e}", file.display()))
}

fn configuration(path: &str) -> Value {
    serde_json::from_str(&read(&root().join(path))).expect("JSON")
}

/// Every file below a folder with one of the endings, in order.
fn sources(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .unwrap_or_else(|e| panic!("cannot read {}: {e}", folder.display()));
        for entry in entries {
            let path = entry.expect("a folder's entry").path();
            let ending = path.extension().and_then(|e| e.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if ending.is_some_and(|e| endings.contains(&e)) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing to read in {folder}");
    found.sort();
    found
}

/// The module a file belongs to: the first name below `src`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root()).expect("a file of the project");
    let mut parts = inside.iter().skip_while(|part| *part != "src").skip(1);
    let first = parts.next().map_or(inside, Path::new);
    first
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// The words in double quotes on the lines that count.
fn quoted_words(text: &str, counts: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| counts(line));
    lines
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}
