//! Failure: what is said when a command did not do what was asked, and the exit code it ends with.

use std::process::ExitCode;

use curio_engine::{Error, ErrorKind};
use serde::Serialize;

use crate::columns::here;

/// Why a command failed. As JSON it is what the window is told too.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    kind: &'static str,
    message: String,
}

impl Failure {
    /// The person who asked can put it right.
    pub fn user(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::User.name(),
            message: message.into(),
        }
    }

    /// The program or the machine is at fault.
    pub fn internal(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Internal.name(),
            message: message.into(),
        }
    }

    /// The person stopped it.
    pub fn cancelled(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Cancelled.name(),
            message: message.into(),
        }
    }

    /// Says it on standard error and gives the exit code: 1 for the person, 2 for the program.
    pub fn report(&self, json: bool) -> ExitCode {
        if json {
            let text = serde_json::to_string(self).unwrap_or_else(|_| self.message.clone());
            eprintln!("{text}");
        } else {
            eprintln!("curio: {}", here(&self.message));
        }
        ExitCode::from(if self.kind == ErrorKind::Internal.name() {
            2
        } else {
            1
        })
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
