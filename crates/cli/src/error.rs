//! How a command ends.

use std::process::ExitCode;

use service_kit::telemetry::TelemetryError;

use crate::client::ClientError;
use crate::data_dir::DataDirError;
use crate::doctor::DoctorError;
use crate::output::PrintError;
use crate::scan::ScanCommandError;
use crate::token::TokenError;
use crate::up::UpError;

/// How a command ended that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All was done.
    Done,
    /// A scan could not read everything.
    Partial,
    /// What was looked at is not as it should be, which has been printed.
    Failed,
    /// A command of somebody else's was run, which ended with this exit status.
    Exit(u8),
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Partial => Self::from(3),
            Outcome::Failed => Self::FAILURE,
            Outcome::Exit(code) => Self::from(code),
        }
    }
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The log cannot be started.
    #[error("--log, PLUMB_LOG or RUST_LOG cannot be used")]
    Log(#[from] TelemetryError),
    /// The runtime cannot be started.
    #[error("the program cannot start its threads")]
    Runtime(#[source] std::io::Error),
    /// The data directory cannot be used.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// `plumb up` failed.
    #[error(transparent)]
    Up(#[from] UpError),
    /// `plumb token` failed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// `plumb scan` failed.
    #[error(transparent)]
    Scan(#[from] ScanCommandError),
    /// Only a scan is a document.
    #[error("--format markdown is for plumb scan only: use table or json")]
    NoMarkdown,
    /// `plumb doctor` could not look at anything.
    #[error(transparent)]
    Doctor(#[from] DoctorError),
    /// A result of our own cannot be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// A client of the API failed.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl Error {
    /// 2 for wrong use, as `clap` has it; 130 after Ctrl-C, as shells have it; else 1.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Log(_) | Self::NoMarkdown => ExitCode::from(2),
            Self::Scan(error) if error.is_wrong_use() => ExitCode::from(2),
            Self::Client(error) if error.is_wrong_use() => ExitCode::from(2),
            Self::Client(ClientError::Interrupted { .. }) => ExitCode::from(130),
            _ => ExitCode::FAILURE,
        }
    }
}
