//! Which instance to ask, and as whom.

use std::path::Path;
use std::time::Duration;

use meta_client::{ManagerClient, MetaClient, Session};
use models::Problem;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use uuid::Uuid;

use super::ClientError;
use crate::args::{Connection, ManagerConnection, ServicesConnection};
use crate::data_dir::{DataDir, EnvFile, MANAGER_URL, META_URL, TOKEN};

/// How long one call may take. None of those made here waits for a scan.
const CALL_LIMIT: Duration = Duration::from_mins(1);

/// `meta`, and where it is.
#[derive(Debug)]
pub(crate) struct Meta {
    pub(super) session: Session,
    url: String,
    is_local: bool,
}

impl Meta {
    /// Finds out where `meta` is and as whom to ask; nothing is sent yet.
    pub(crate) fn connect(
        connection: &Connection,
        data_dir: Option<&Path>,
    ) -> Result<Self, ClientError> {
        let (given, token) = (connection.meta_url.as_ref(), connection.token.as_ref());
        let place = Place::find(Which::Meta, given, token, data_dir)?;
        Ok(Self::at(place))
    }

    fn at(place: Place) -> Self {
        let client = MetaClient::new(place.http, place.base, CALL_LIMIT);
        Self {
            session: client.session(place.token, None),
            url: place.url,
            is_local: place.is_local,
        }
    }

    /// For calls that this type has no word for.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Where it is.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Whether it is that of the instance that runs on the data directory.
    pub(super) fn is_local(&self) -> bool {
        self.is_local
    }

    /// The error of a call, with the place where it was made.
    pub(super) fn failed(&self, source: meta_client::Error) -> ClientError {
        self.lost(source, None)
    }

    /// The error of a call by which a job was followed that goes on without it.
    pub(super) fn lost(&self, source: meta_client::Error, job: Option<Uuid>) -> ClientError {
        // What is gone, or is not for the caller to see, is not known to go on.
        let may_follow = |problem: &Problem| !matches!(problem.status, 403 | 404);
        let goes_on = job.filter(|_| source.problem().is_none_or(may_follow));
        ClientError::Call {
            url: self.url.clone(),
            source,
            goes_on,
        }
    }
}

/// `manager`, where it is, and `meta` as it passes it on.
#[derive(Debug)]
pub(super) struct Manager {
    pub(super) session: Session<meta_client::Manager>,
    /// By the same address, so that one is enough.
    pub(super) meta: Meta,
}

impl Manager {
    /// Finds out where `manager` is and as whom to ask; nothing is sent yet.
    pub(super) fn connect(
        connection: &ManagerConnection,
        data_dir: Option<&Path>,
    ) -> Result<Self, ClientError> {
        let (given, token) = (connection.manager_url.as_ref(), connection.token.as_ref());
        let place = Place::find(Which::Manager, given, token, data_dir)?;
        let client = ManagerClient::new(place.http.clone(), place.base.clone(), CALL_LIMIT);
        Ok(Self {
            session: client.session(place.token.clone(), None),
            meta: Meta::at(place),
        })
    }

    /// The error of a call, with the place where it was made.
    pub(super) fn failed(&self, source: meta_client::Error) -> ClientError {
        self.meta.failed(source)
    }

    /// Where a browser signs in by a code. The fragment stays in it.
    pub(super) fn sign_in_page(&self, code: &str) -> String {
        format!("{}/#sign-in={code}", self.meta.url.trim_end_matches('/'))
    }

    /// The error of a call by which a job was followed that goes on without it.
    pub(super) fn lost(&self, source: meta_client::Error, job: Option<Uuid>) -> ClientError {
        self.meta.lost(source, job)
    }
}

/// Where both services are, as far as anything says so.
#[derive(Debug)]
pub(crate) struct ServiceUrls {
    pub(crate) meta: Option<String>,
    pub(crate) manager: Option<String>,
    /// Whether they are said to be somewhere else than the data directory's instance is.
    pub(crate) is_elsewhere: bool,
}

/// Finds out where both services are, in the order in which commands look.
pub(crate) fn service_urls(
    given: &ServicesConnection,
    named: Option<&Path>,
    data_dir: &DataDir,
) -> ServiceUrls {
    // Whether the file can be used is somebody else's question.
    let file = EnvFile::read(&data_dir.env_path()).ok().flatten();
    let url = |which: Which, given: Option<&String>| {
        let in_file = file.as_ref().map(|file| which.in_file(file));
        let choices = Choices {
            flags: Part::of_url(given.cloned()),
            variables: Part::of_url(crate::variable(which.variable())),
            file: Part::of_url(in_file.clone()),
            file_was_named: named.is_some(),
        };
        let url = choices.url();
        let is_elsewhere = url.is_some() && url != in_file;
        (url, is_elsewhere)
    };
    let (meta, is_meta_elsewhere) = url(Which::Meta, given.meta_url.as_ref());
    let (manager, is_manager_elsewhere) = url(Which::Manager, given.manager_url.as_ref());
    ServiceUrls {
        meta,
        manager,
        is_elsewhere: is_meta_elsewhere || is_manager_elsewhere,
    }
}

/// Which service is asked.
#[derive(Debug, Clone, Copy)]
enum Which {
    Meta,
    Manager,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Manager => "manager",
        }
    }

    fn variable(self) -> &'static str {
        match self {
            Self::Meta => META_URL,
            Self::Manager => MANAGER_URL,
        }
    }

    fn in_file(self, file: &EnvFile) -> String {
        match self {
            Self::Meta => file.meta_url.clone(),
            Self::Manager => file.manager_url.clone(),
        }
    }
}

/// Where a service is, and how to get in.
struct Place {
    http: reqwest::Client,
    base: Url,
    url: String,
    is_local: bool,
    token: SecretString,
}

impl Place {
    fn find(
        which: Which,
        given: Option<&String>,
        token: Option<&SecretString>,
        data_dir: Option<&Path>,
    ) -> Result<Self, ClientError> {
        let local = local(data_dir)?;
        let flags_tell_all = given.is_some() && token.is_some();
        if let Some(dir) = data_dir
            && local.is_none()
            && !flags_tell_all
        {
            // Never another instance instead of the one that was named.
            return Err(ClientError::NoInstance(dir.to_owned()));
        }
        let choices = Choices {
            flags: Part {
                url: given.cloned(),
                token: token.cloned(),
            },
            variables: Part {
                url: crate::variable(which.variable()),
                token: crate::variable(TOKEN).map(SecretString::from),
            },
            file: Part {
                url: local.as_ref().map(|file| which.in_file(file)),
                token: local.map(|file| file.token),
            },
            file_was_named: data_dir.is_some(),
        };
        let local_url = choices.file.url.clone();
        let (url, token) = choices.resolve(which.name())?;
        let base = Url::parse(&url)
            .ok()
            .filter(|base| matches!(base.scheme(), "http" | "https"));
        let base = base.ok_or_else(|| ClientError::Url(url.clone()))?;
        let http = service_kit::http_client().map_err(ClientError::Http)?;
        Ok(Self {
            http,
            base,
            is_local: local_url.as_ref() == Some(&url),
            url,
            token,
        })
    }
}

/// What the data directory says, if an instance has run there.
fn local(named: Option<&Path>) -> Result<Option<EnvFile>, ClientError> {
    match DataDir::choose(named, crate::variable) {
        Ok(data_dir) => match EnvFile::read(&data_dir.env_path()) {
            // The default directory was only a guess: it may be another account's.
            Err(_) if named.is_none() => Ok(None),
            outcome => Ok(outcome?),
        },
        Err(_) if named.is_none() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What one place says.
#[derive(Debug, Default)]
struct Part {
    url: Option<String>,
    token: Option<SecretString>,
}

impl Part {
    fn of_url(url: Option<String>) -> Self {
        Self { url, token: None }
    }
}

/// What all places say.
#[derive(Debug, Default)]
struct Choices {
    flags: Part,
    variables: Part,
    file: Part,
    /// Whether `--data-dir` was given: then the file goes above the environment.
    file_was_named: bool,
}

impl Choices {
    /// Flags, then a named directory's file, then the environment, then the default directory's.
    fn url(&self) -> Option<String> {
        let (variables, file) = (&self.variables.url, &self.file.url);
        let (next, last) = if self.file_was_named {
            (file, variables)
        } else {
            (variables, file)
        };
        self.flags
            .url
            .as_ref()
            .or(next.as_ref())
            .or(last.as_ref())
            .cloned()
    }

    fn resolve(self, service: &'static str) -> Result<(String, SecretString), ClientError> {
        let url = self.url().ok_or(ClientError::NoUrl(service))?;
        // The token of a file is for the instance of that file: no other shall see it.
        let is_of_file = self.file.url.as_ref() == Some(&url);
        let of_file = self.file.token.filter(|_| is_of_file);
        let (next, last) = if self.file_was_named {
            (of_file, self.variables.token)
        } else {
            (self.variables.token, of_file)
        };
        let token = self.flags.token.or(next).or(last);
        match token.filter(|token| !token.expose_secret().is_empty()) {
            Some(token) => Ok((url, token)),
            None => Err(ClientError::NoToken(url)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(url: &str, token: &str) -> Part {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Part {
            url: given(url),
            token: given(token).map(SecretString::from),
        }
    }

    /// The URL and the token that are used, or why not.
    fn chosen(flags: Part, variables: Part, file: Part, file_was_named: bool) -> String {
        match (Choices {
            flags,
            variables,
            file,
            file_was_named,
        })
        .resolve("meta")
        {
            Ok((url, token)) => format!("{url} {}", token.expose_secret()),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn flags_go_above_the_environment_above_the_default_directory() {
        let all = |flags| chosen(flags, part("env", "e"), part("file", "f"), false);
        assert_eq!(all(part("flag", "g")), "flag g");
        assert_eq!(all(part("", "g")), "env g");
        assert_eq!(all(part("flag", "")), "flag e");
        assert_eq!(all(part("", "")), "env e");
        let no_variables = chosen(part("", ""), part("", ""), part("file", "f"), false);
        assert_eq!(no_variables, "file f");
    }

    #[test]
    fn a_named_directory_goes_above_the_environment() {
        let chosen = chosen(part("", ""), part("env", "e"), part("file", "f"), true);
        assert_eq!(chosen, "file f");
    }

    #[test]
    fn the_token_of_a_file_goes_nowhere_else() {
        for named in [false, true] {
            let elsewhere = chosen(part("flag", ""), part("", ""), part("file", "f"), named);
            assert!(elsewhere.contains("no token for flag"), "{elsewhere}");
            let same = chosen(part("file", ""), part("", ""), part("file", "f"), named);
            assert_eq!(same, "file f");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let none = || part("", "");
        assert!(chosen(none(), none(), none(), false).contains("--meta-url"));
        assert!(chosen(part("u", ""), none(), none(), false).contains("--token"));
    }
}
