//! Why a client's command failed.

use std::path::PathBuf;

use models::job::JobStatus;
use models::{Problem, ProblemType};
use uuid::Uuid;

use super::interrupt::ways_on;
use crate::data_dir::DataDirError;
use crate::output::{PrintError, plain};
use crate::password::PasswordError;

/// Why a client's command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    /// Nothing says where the service is.
    #[error(
        "nothing says where {service} is: start plumb up, or give --{service}-url or \
         PLUMB_{variable}_URL",
        service = .0,
        variable = .0.to_uppercase()
    )]
    NoUrl(&'static str),
    /// No instance runs on the data directory.
    #[error("no plumb up is ready on {0}: there is no file env in it")]
    NoInstance(PathBuf),
    /// The URL is none.
    #[error("{0:?} is not a URL such as http://127.0.0.1:8082")]
    Url(String),
    /// There is no token.
    #[error("there is no token for {0}: give --token or PLUMB_TOKEN")]
    NoToken(String),
    /// There is no password.
    #[error(
        "no password: give --password-stdin, --password-file FILE or the variable \
         PLUMB_SOURCE_PASSWORD"
    )]
    NoPassword,
    /// The password cannot be read.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The authorities' certificates cannot be read.
    #[error("the certificates in {0} cannot be read")]
    Certificate(String, #[source] std::io::Error),
    /// The data directory cannot be read.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// There can be no HTTP client.
    #[error("there can be no HTTP client")]
    Http(#[source] reqwest::Error),
    /// A service did not do what it was asked for.
    #[error("asking {url} failed")]
    Call {
        /// Where it was asked.
        url: String,
        /// What happened.
        #[source]
        source: meta_client::Error,
        /// The job that was waited for and goes on without it.
        goes_on: Option<Uuid>,
    },
    /// A name leads nowhere.
    #[error("there is no {what} {name:?}{}", place.as_ref().map(|place| format!(" in {place:?}")).unwrap_or_default())]
    NoSuch {
        /// data source, database, table, field or pipeline.
        what: &'static str,
        /// The name.
        name: String,
        /// In what it was looked for.
        place: Option<String>,
        /// What to do.
        advice: String,
    },
    /// A table's name means several.
    #[error("{name:?} is the name of several tables: {}", found.join(", "))]
    Ambiguous {
        /// The name.
        name: String,
        /// What it may mean.
        found: Vec<String>,
    },
    /// The beginning of an id means several jobs.
    #[error("the ids of several jobs begin with {id}: {}", found.join(", "))]
    AmbiguousJob {
        /// The beginning.
        id: String,
        /// Some of the jobs.
        found: Vec<String>,
    },
    /// Older jobs than those that were looked through may have an id that begins so too.
    #[error("the ids of several jobs may begin with {0}: only the latest were looked through")]
    UncertainJob(String),
    /// Ctrl-C, while a command waited.
    #[error("interrupted{}", job.map(|job| format!("; job {job} goes on")).unwrap_or_default())]
    Interrupted {
        /// What was waited for.
        job: Option<Uuid>,
        /// What to do.
        advice: Option<String>,
    },
    /// A job that was to be stopped ended in another way.
    #[error("the job {id} ended {status}")]
    NotCancelled {
        /// The job.
        id: Uuid,
        /// How.
        status: JobStatus,
    },
    /// Something would be gone for good, and nobody can be asked.
    #[error("this has to be confirmed: give --yes")]
    Unconfirmed,
    /// Nothing was said that could be changed.
    #[error("nothing to change: say what, see plumb {0} edit --help")]
    NothingToChange(&'static str),
    /// The question was answered with no.
    #[error("nothing has been removed")]
    Declined,
    /// The run ended badly.
    #[error(
        "the {what} ended {status}{}",
        why.as_ref().map(|why| format!(": {}", plain(why))).unwrap_or_default()
    )]
    Ended {
        /// sync, scan or job.
        what: &'static str,
        /// How.
        status: JobStatus,
        /// Why, as far as it is known.
        why: Option<String>,
    },
    /// A file with a definition cannot be read.
    #[error("{0} cannot be read")]
    File(String, #[source] std::io::Error),
    /// It is no definition.
    #[error("{0} is not what is needed")]
    Document(String, #[source] serde_json::Error),
    /// The result cannot be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
}

impl ClientError {
    /// Whether the command line has to be changed.
    pub(crate) fn is_wrong_use(&self) -> bool {
        matches!(
            self,
            Self::NoUrl(_)
                | Self::Url(_)
                | Self::NoToken(_)
                | Self::NoPassword
                | Self::Unconfirmed
                | Self::NothingToChange(_)
                | Self::File(..)
                | Self::Document(..)
        )
    }

    /// The problem that the API answered with.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Call { source, .. } => source.problem(),
            _ => None,
        }
    }

    /// That the job which was waited for goes on, where the message does not say so.
    pub(crate) fn goes_on(&self) -> Option<String> {
        match self {
            Self::Call { goes_on, .. } => {
                goes_on.map(|job| format!("job {job} goes on: {}", ways_on(job)))
            }
            _ => None,
        }
    }

    /// What to do about it.
    pub(crate) fn advice(&self) -> Option<&str> {
        match self {
            Self::NoSuch { advice, .. } => Some(advice),
            Self::Interrupted { advice, .. } => advice.as_deref(),
            Self::AmbiguousJob { .. } | Self::UncertainJob(_) => {
                Some("give more of the id; plumb job list shows all of it")
            }
            Self::Ambiguous { .. } => Some("put the schema before it, or give --schema"),
            Self::NoInstance(_) => Some("plumb up starts one; plumb doctor tells what is missing"),
            Self::NoToken(_) => {
                Some("plumb token --tenant 1 --role admin makes one where plumb up runs")
            }
            Self::Call { source, .. } => match source {
                meta_client::Error::Unreachable { .. } | meta_client::Error::Silent { .. } => Some(
                    "does plumb up run, and is this its address? plumb doctor tells what is missing",
                ),
                meta_client::Error::HungUp { .. } | meta_client::Error::Unexpected { .. } => {
                    Some("is this the address of the service, and is nothing in between?")
                }
                meta_client::Error::Problem(problem) => advice_on(problem),
            },
            _ => None,
        }
    }
}

/// What to do about problems that are not told by their status alone.
const ADVICE: [(ProblemType, &str); 13] = [
    (
        ProblemType::DatabaseNotFound,
        "plumb sync SOURCE --force reads which databases there are",
    ),
    (
        ProblemType::RouteNotFound,
        "is this the address of the service, without a path?",
    ),
    (
        ProblemType::ManagedObjectNotFound,
        "plumb object list shows what there is in the token's tenant",
    ),
    (
        ProblemType::ScheduleNotFound,
        "plumb schedule list shows what there is in the token's tenant",
    ),
    (
        ProblemType::PipelineNotFound,
        "plumb pipeline list shows what there is in the token's tenant",
    ),
    (
        ProblemType::ApiKeyNotFound,
        "plumb key list --revoked shows what there is in the token's tenant",
    ),
    (
        ProblemType::JobNotFound,
        "plumb job list shows what there is in the token's tenant",
    ),
    (
        ProblemType::JobNotRetryable,
        "FAILED, PARTIAL and CANCELLED jobs of Plumbline can be done again",
    ),
    (ProblemType::ScanActive, FOLLOW),
    (ProblemType::PipelineActive, FOLLOW),
    (
        ProblemType::PipelineExternal,
        "plumb job run --type T --scope S -- COMMAND runs it, and its run is seen",
    ),
    (
        ProblemType::DatasourceReadOnly,
        "an admin allows it by plumb source edit SOURCE --writable",
    ),
    (
        ProblemType::DatasourcePaused,
        "plumb source resume SOURCE lets scans start again",
    ),
];

const FOLLOW: &str = "with --follow the command waits for its end and then does its work";

fn advice_on(problem: &Problem) -> Option<&'static str> {
    let fits = ADVICE.iter().find(|(kind, _)| problem.is(*kind));
    if let Some((_, advice)) = fits {
        return Some(advice);
    }
    match problem.status {
        401 => Some(
            "plumb up writes a new token each time it starts: source DIR/env again, or make one \
             with plumb token",
        ),
        403 => Some("use a token with more rights: plumb token --tenant N --role admin"),
        404 => Some("plumb source list shows what there is in the token's tenant"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(kind: ProblemType) -> ClientError {
        let source = meta_client::Error::Problem(Problem::new(kind, "what happened"));
        ClientError::Call {
            url: "http://x".into(),
            source,
            goes_on: None,
        }
    }

    #[test]
    fn advice_fits_the_problem() {
        let advice = |kind| answered(kind).advice().unwrap_or_default().to_owned();
        assert!(advice(ProblemType::Unauthorized).contains("plumb token"));
        assert!(advice(ProblemType::Forbidden).contains("admin"));
        assert!(advice(ProblemType::DatasourceNotFound).contains("source list"));
        assert!(advice(ProblemType::ScheduleNotFound).contains("schedule list"));
        assert!(advice(ProblemType::ApiKeyNotFound).contains("key list"));
        assert!(advice(ProblemType::JobNotFound).contains("job list"));
        assert!(advice(ProblemType::DatabaseNotFound).contains("plumb sync"));
        assert_eq!(advice(ProblemType::Internal), "");
    }

    #[test]
    fn wrong_use_is_what_the_command_line_lacks() {
        assert!(
            ClientError::NoUrl("meta").is_wrong_use() && ClientError::NoPassword.is_wrong_use()
        );
        assert!(!answered(ProblemType::Unauthorized).is_wrong_use());
    }

    #[test]
    fn a_reason_cannot_steer_the_terminal() {
        let why = Some("bad \u{1b}[2J".to_owned());
        let error = ClientError::Ended {
            what: "sync",
            status: JobStatus::Failed,
            why,
        };
        assert_eq!(error.to_string(), "the sync ended FAILED: bad \\u{1b}[2J");
    }
}
