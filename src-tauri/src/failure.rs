//! What the window is told when a command did not happen.

use curio_engine::{Error, ErrorKind};
use serde::Serialize;

/// A command's failure: who can put it right, and what was wrong.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    kind: &'static str,
    message: String,
}

impl Failure {
    /// The program or the machine is at fault.
    pub fn internal(message: &impl ToString) -> Self {
        Self {
            kind: ErrorKind::Internal.name(),
            message: message.to_string(),
        }
    }
}

impl From<tauri::Error> for Failure {
    fn from(error: tauri::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            kind: error.kind().name(),
            message: error.chain(),
        }
    }
}
