//! What `meta` is told of a run, while it goes on and when it has ended. Nothing here keeps the command
//! waiting: what cannot be told is kept in the data directory, and told another time.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use models::ProblemType;
use models::job::{JobStatus, ReportJob};
use serde_json::{Map, Value, json};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

use super::output::Counts;
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::client::job::send::{GoesTo, Kept, send_left};
use crate::data_dir::{Begun, DataDir, DataDirError, Runs};
use crate::output::{PrintError, hint, plain, to_json};

/// How often `meta` hears that a run lives.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// How soon it hears of new counts after the last report.
const PAUSE: Duration = Duration::from_secs(1);
/// When the next report is tried after one that was not taken.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(10);
/// How long the report of the end may take before it is left for another time.
const LAST_REPORT: Duration = Duration::from_secs(2);

/// What a run is.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// A name of its own, which tells when it began.
    pub(super) name: String,
    pub(super) job_type: String,
    pub(super) target_scope: String,
    pub(super) program: String,
    pub(super) started_at: DateTime<Utc>,
}

/// How a run ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) status: JobStatus,
    pub(super) completed_at: DateTime<Utc>,
    pub(super) error_details: Option<String>,
    pub(super) result: Map<String, Value>,
}

/// Reports one run.
#[derive(Debug)]
pub(super) struct Reporter {
    run: Identity,
    /// Why nobody can be told, where that is so.
    meta: Result<Arc<Meta>, ClientError>,
    /// Why nothing can be kept, where that is so.
    runs: Result<Runs, DataDirError>,
    /// The record of the start, while it is written.
    begins: Option<JoinHandle<Result<Begun, DataDirError>>>,
    begun: Option<Begun>,
    /// What earlier runs could not send, while it is sent.
    sends: Option<JoinHandle<()>>,
}

impl Reporter {
    pub(super) fn new(
        run: Identity,
        meta: Result<Meta, ClientError>,
        data_dir: Result<DataDir, DataDirError>,
    ) -> Self {
        Self {
            run,
            meta: meta.map(Arc::new),
            runs: data_dir.map(|data_dir| Runs::of(&data_dir)),
            begins: None,
            begun: None,
            sends: None,
        }
    }

    /// Reports the start, what changes and that the run lives, until it is dropped. `cancel` is told when
    /// somebody asks to stop the run.
    pub(super) async fn keep_up(
        &mut self,
        mut counts: watch::Receiver<Counts>,
        cancel: &Notify,
    ) -> ! {
        self.begin(&counts.borrow());
        let mut is_known = false;
        loop {
            let reported = counts.borrow().clone();
            let report = self.run.report(&reported);
            let is_taken = match &self.meta {
                Ok(meta) => match meta.session().report_job(&report).await {
                    Ok(job) => {
                        if job.job.cancel_requested_at.is_some() {
                            cancel.notify_one();
                        }
                        true
                    }
                    // It is tried again, and the last report tells whoever runs the command.
                    Err(_) => false,
                },
                Err(_) => std::future::pending().await,
            };
            if is_taken && !std::mem::replace(&mut is_known, true) {
                self.known().await;
            }
            if is_taken {
                sleep(PAUSE).await;
                tokio::select! {
                    _ = counts.wait_for(|now| *now != reported) => {}
                    () = sleep(HEARTBEAT) => {}
                }
            } else {
                sleep(PAUSE_AFTER_FAILURE).await;
            }
        }
    }

    /// Keeps a record of the start, for when `plumb` is killed before `meta` knows of the run.
    fn begin(&mut self, counts: &Counts) {
        let kept = self.kept(self.run.report(counts));
        if let (Ok(runs), Ok(content)) = (&self.runs, kept) {
            let (runs, name) = (runs.clone(), self.run.name.clone());
            let begin = move || runs.begin(&name, &content);
            self.begins = Some(tokio::task::spawn_blocking(begin));
        }
    }

    /// Waits until the record of the start is there, or cannot be.
    async fn begun(&mut self) {
        if let Some(begins) = &mut self.begins {
            self.begun = begins.await.ok().and_then(Result::ok);
            self.begins = None;
        }
    }

    /// `meta` knows of the run.
    async fn known(&mut self) {
        self.begun().await;
        if let Ok(runs) = &self.runs {
            // What stays behind is told to `meta` once more, which changes nothing.
            let _ = runs.forget_begun(&self.run.name);
        }
        self.send_left();
    }

    /// Sends what earlier runs could not, as far as it is taken now. It may be much, and the command is
    /// reported on and stopped meanwhile.
    fn send_left(&mut self) {
        if let (Ok(meta), Ok(runs), None) = (&self.meta, &self.runs, &self.sends) {
            let (meta, runs) = (meta.clone(), runs.clone());
            let sends = async move {
                let _ = send_left(&meta, &runs).await;
            };
            self.sends = Some(tokio::spawn(sends));
        }
    }

    /// Reports the end, or keeps it for another time and says so on standard error.
    pub(super) async fn end(mut self, counts: &Counts, end: End) {
        self.begun().await;
        let report = self.run.ended(counts, end);
        // Before anything that may fail or be killed.
        let kept = self.keep(&report);
        let call = async {
            let meta = self.meta.as_ref().map_err(ToString::to_string)?;
            let taken = meta.session().report_job(&report).await;
            Ok(taken.map(drop))
        };
        let said_nothing = || format!("meta has said nothing for {} s", LAST_REPORT.as_secs());
        let by = Instant::now() + LAST_REPORT;
        let refusal = match timeout_at(by, call).await {
            Ok(Ok(Ok(()))) => {
                self.forget();
                self.send_left();
                if let Some(sends) = self.sends {
                    let _ = timeout_at(by, sends).await;
                }
                return;
            }
            // Somebody has ended it before, as by cancelling it while it waited.
            Ok(Ok(Err(error))) if error.is(ProblemType::JobEnded) => {
                let error = error.to_string();
                hint(&format!(
                    "plumb: this end is not recorded: {}",
                    plain(&error)
                ));
                return self.forget();
            }
            Ok(Ok(Err(error))) => error.to_string(),
            Ok(Err(error)) => error,
            Err(_) => said_nothing(),
        };
        let told = match kept {
            Ok(()) => format!("the record of this run is kept until meta takes it: {refusal}"),
            Err(error) => format!("this run is not recorded: {refusal}; {error}"),
        };
        hint(&format!("plumb: {}", plain(&told)));
    }

    fn forget(&self) {
        if let Ok(runs) = &self.runs {
            // What stays is told once more, which changes nothing.
            let _ = runs.forget(&self.run.name);
        }
    }

    /// Keeps a report until it has been taken.
    fn keep(&self, report: &ReportJob) -> Result<(), String> {
        let content = self
            .kept(report.clone())
            .map_err(|error| error.to_string())?;
        let runs = self.runs.as_ref().map_err(ToString::to_string)?;
        runs.end(&self.run.name, &content)
            .map_err(|error| error.to_string())
    }

    fn kept(&self, report: ReportJob) -> Result<String, PrintError> {
        let goes_to = self
            .meta
            .as_ref()
            .map_or(GoesTo::Any, |meta| GoesTo::of(meta));
        to_json(&Kept { goes_to, report })
    }
}

impl Identity {
    /// A run that goes on.
    fn report(&self, counts: &Counts) -> ReportJob {
        let parameters = Map::from_iter([("program".to_owned(), json!(self.program))]);
        ReportJob {
            external_id: Some(format!("plumb:{}", self.name)),
            job_type: self.job_type.clone(),
            target_scope: self.target_scope.clone(),
            parameters,
            status: Some(JobStatus::Running),
            started_at: Some(self.started_at),
            completed_at: None,
            records_total: counts.total,
            records_processed: counts.processed,
            records_failed: counts.failed,
            message: counts.message.clone(),
            error_details: None,
            result: None,
        }
    }

    fn ended(&self, counts: &Counts, end: End) -> ReportJob {
        ReportJob {
            status: Some(end.status),
            // The clock may have been set back meanwhile.
            completed_at: Some(end.completed_at.max(self.started_at)),
            message: None,
            error_details: end.error_details,
            result: Some(end.result),
            ..self.report(counts)
        }
    }
}
