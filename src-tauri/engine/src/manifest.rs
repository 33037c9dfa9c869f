//! The manifest: which encoders there are, and which of them are on this machine.
//!
//! Reads `models/manifest.json` and the sizes of the files that it names; loads none of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Result};

/// What models/manifest.json says, as far as encoding needs it.
#[derive(Deserialize)]
pub struct Manifest {
    runtime: Runtime,
    models: BTreeMap<String, Model>,
}

#[derive(Deserialize)]
struct Runtime {
    version: String,
    libraries: BTreeMap<String, File>,
}

/// What it says of one encoder.
#[derive(Clone, Deserialize)]
pub struct Model {
    /// What it is good for, in words.
    pub about: String,
    /// The licence of its weights.
    pub licence: String,
    /// Texts of about 55 words that it encodes in a second, as models/README.md measured it.
    pub texts_per_second: Option<u32>,
    /// Fetched only when it is asked for by name.
    #[serde(default)]
    pub optional: bool,
    pub version: u32,
    pub dimensions: usize,
    pooling: String,
    pub max_tokens: usize,
    pub query_prefix: String,
    pub item_prefix: String,
    files: Files,
}

#[derive(Clone, Deserialize)]
struct Files {
    model: File,
    tokenizer: File,
}

#[derive(Clone, Deserialize)]
struct File {
    path: PathBuf,
    size: u64,
    sha256: String,
}

impl Manifest {
    /// Reads the manifest of a models' folder.
    pub fn read(models: &Path) -> Result<Self> {
        let path = models.join("manifest.json");
        let text = std::fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        serde_json::from_str(&text).map_err(|error| Error::Encode {
            reason: format!("{} is not a manifest", path.display()),
            source: Some(error.into()),
        })
    }

    /// The encoders and what is said of them, by name.
    pub fn encoders(&self) -> impl Iterator<Item = (&str, &Model)> {
        self.models
            .iter()
            .map(|(name, model)| (name.as_str(), model))
    }

    /// Checks that every file of an encoder is there in its full size; says how to get what is missing.
    pub fn specify(&self, models: &Path, name: &str) -> Result<Specification> {
        let model = self.models.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.encoders().map(|(name, _)| name).collect();
            failed(format!(
                "no encoder called {name:?}; there are {}",
                known.join(", ")
            ))
        })?;
        if model.pooling != "mean" {
            return Err(failed(format!("unknown pooling {:?}", model.pooling)));
        }
        let platform = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
        let library = self
            .runtime
            .libraries
            .get(&platform)
            .ok_or_else(|| failed(format!("ONNX Runtime is not published for {platform}")))?;
        // What is fetched only by name needs its name in the advice.
        let asked = if model.optional { name } else { "" };
        for file in [library, &model.files.model, &model.files.tokenizer] {
            check(models, file, asked)?;
        }
        Ok(Specification {
            name: name.to_owned(),
            library: models.join(&library.path),
            version: self.runtime.version.clone(),
            models: models.to_owned(),
            model: model.clone(),
        })
    }
}

impl Model {
    /// Bytes on the disk, without ONNX Runtime, which all share.
    pub fn size(&self) -> u64 {
        self.files.model.size + self.files.tokenizer.size
    }
}

/// An encoder that is on the disk, whole in size, and not loaded: enough to know whose vectors are
/// whose.
pub struct Specification {
    pub name: String,
    pub model: Model,
    /// ONNX Runtime: its file, and its version.
    pub library: PathBuf,
    pub version: String,
    models: PathBuf,
}

impl Specification {
    /// Reads what the manifest says of the encoder it calls `name`, and checks its files as
    /// [`Manifest::specify`] does.
    pub fn read(models: &Path, name: &str) -> Result<Self> {
        Manifest::read(models)?.specify(models, name)
    }

    /// How many numbers a vector has.
    pub fn dimensions(&self) -> usize {
        self.model.dimensions
    }

    /// The file of the network.
    pub fn network(&self) -> PathBuf {
        self.models.join(&self.model.files.model.path)
    }

    /// The file of the tokenizer.
    pub fn tokenizer(&self) -> PathBuf {
        self.models.join(&self.model.files.tokenizer.path)
    }

    /// Names all that a vector's bits depend on besides its text. Integer kernels agree on every
    /// processor; the float kernels around them (attention, normalisation) are chosen by its features.
    pub fn fingerprint(&self) -> String {
        let short = |file: &File| file.sha256.chars().take(16).collect::<String>();
        let model = &self.model;
        format!(
            "{}-{} model={} tokenizer={} tokens={} prefix={:?} onnxruntime={} {}",
            self.name,
            model.version,
            short(&model.files.model),
            short(&model.files.tokenizer),
            model.max_tokens,
            model.item_prefix,
            self.version,
            processor()
        )
    }
}

fn check(models: &Path, file: &File, asked: &str) -> Result<()> {
    let path = models.join(&file.path);
    let problem = match std::fs::metadata(&path) {
        Err(_) => "is missing".to_owned(),
        Ok(found) if found.len() != file.size => {
            format!("has {} bytes instead of {}", found.len(), file.size)
        }
        Ok(_) => return Ok(()),
    };
    let fetch = format!("python3 {} {asked}", models.join("fetch.py").display());
    Err(failed(format!(
        "{} {problem}; `{}` fetches it",
        path.display(),
        fetch.trim_end()
    )))
}

#[cfg(target_arch = "x86_64")]
fn processor() -> String {
    let features = [
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
    ];
    let present = features.iter().filter(|(_, here)| *here);
    present.fold("x86_64".to_owned(), |all, (name, _)| all + "+" + name)
}

#[cfg(not(target_arch = "x86_64"))]
fn processor() -> String {
    std::env::consts::ARCH.to_owned()
}

fn failed(reason: String) -> Error {
    Error::Encode {
        reason,
        source: None,
    }
}
