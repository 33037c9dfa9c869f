//! Saved mappings: how files of one header are read, kept under a name and followed the next time.
//!
//! They lie in the store as one setting. What a file holds beside its header is never kept.

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::format::before_rejects;
use crate::import::ImportOptions;
use crate::nearest::not_found;
use crate::view::{Content, SavedMapping};

/// The setting that holds them.
const MAPPINGS: &str = "mappings";
/// The most that are kept, and the characters of a name.
const MOST: usize = 200;
const NAME_LONGEST: usize = 80;

impl Engine {
    /// Keeps how files of this header are read; what was kept under the name, or for the header, goes.
    ///
    /// # Errors
    /// The name is empty, too long or `none`, nothing is mapped, there are too many, or the store cannot be
    /// written.
    pub fn save_mapping(
        &self,
        name: &str,
        columns: &[String],
        content: Option<Content>,
        map: &[(String, String)],
    ) -> Result<SavedMapping> {
        let name = crate::clean::line(name);
        if name.is_empty() || name == "none" || name.chars().count() > NAME_LONGEST {
            return Err(Error::Invalid(format!(
                "a mapping needs a name of at most {NAME_LONGEST} characters, other than none"
            )));
        }
        let own = |pair: &&(String, String)| pair.0.trim() != "mapping";
        let map: Vec<_> = map.iter().filter(own).cloned().collect();
        if map.is_empty() && content.is_none() {
            return Err(Error::Invalid("nothing was mapped".to_owned()));
        }
        // What was mapped for rejected rows is for the file that they are of.
        let columns = before_rejects(columns).unwrap_or(columns);
        let saved = SavedMapping {
            name,
            columns: columns.to_vec(),
            content,
            map,
        };
        let mut all = self.mappings()?;
        all.retain(|other| other.name != saved.name && other.columns != saved.columns);
        if all.len() >= MOST {
            return Err(Error::Invalid(format!("at most {MOST} mappings are kept")));
        }
        all.push(saved.clone());
        self.put_mappings(&all)?;
        Ok(saved)
    }

    /// The saved mappings, in order of their names.
    pub fn mappings(&self) -> Result<Vec<SavedMapping>> {
        let json = self.store().get_setting(MAPPINGS)?.unwrap_or_default();
        // What another version wrote is not followed.
        Ok(serde_json::from_str(&json).unwrap_or_default())
    }

    /// Forgets a saved mapping.
    ///
    /// # Errors
    /// There is none of that name.
    pub fn forget_mapping(&self, name: &str) -> Result<()> {
        let mut all = self.mappings()?;
        let before = all.len();
        all.retain(|saved| saved.name != name.trim());
        if all.len() == before {
            let names = all.iter().map(|saved| saved.name.as_str());
            return Err(not_found("mapping", name, names));
        }
        self.put_mappings(&all)
    }

    /// Options with the saved mappings, of which one may fit the file.
    pub(crate) fn with_mappings(&self, options: &ImportOptions) -> Result<ImportOptions> {
        Ok(ImportOptions {
            saved: self.mappings()?,
            ..options.clone()
        })
    }

    fn put_mappings(&self, all: &[SavedMapping]) -> Result<()> {
        let mut all = all.to_vec();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        let json =
            serde_json::to_string(&all).map_err(|error| Error::Invalid(error.to_string()))?;
        self.store().set_setting(MAPPINGS, &json)
    }
}
