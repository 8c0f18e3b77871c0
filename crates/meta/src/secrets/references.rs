//! Passwords that are kept elsewhere, as far as the operator allows: in variables of the environment
//! of this process, and in files.
//!
//! Tenants name them. So nothing but what the settings list is looked at, and no message says what is
//! in a file, nor whether there is one where the tenant may not look.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use models::TenantId;
use models::datasource::{MAX_PASSWORD_BYTES, PasswordReference};
use rustix::fs::{Mode, OFlags};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use service_kit::config;

use crate::config::{Config, TENANT, is_own_variable};

/// Why a password cannot be had from where it is kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReferenceError {
    /// The operator does not allow the variable.
    #[error(
        "the variable {0} is none that this service may take passwords from: name one that its operator allows \
         (secrets.allow_env), or give the password itself"
    )]
    VariableNotAllowed(String),
    /// The operator does not allow the file.
    #[error(
        "the file {0} is in no directory that this service may take passwords from: name one in a directory that \
         its operator allows (secrets.allow_files_in), or give the password itself"
    )]
    FileNotAllowed(String),
    /// The text is no reference: another release wrote it.
    #[error("the password is kept where this release cannot look: {0}")]
    Unknown(&'static str),
    /// The variable is not there.
    #[error(
        "the variable {0} is not set, or empty, where this service runs: set it and restart the service"
    )]
    NoVariable(String),
    /// The file cannot be read, for whatever reason: to say which would tell about files elsewhere.
    #[error(
        "the password cannot be read from {0}: it must be a file that this service may read, and no symbolic link \
         may lead out of the allowed directory"
    )]
    Unreadable(String),
    /// What is there is too long.
    #[error("what {0} holds is no password: it has more than {MAX_PASSWORD_BYTES} bytes")]
    TooLong(String),
    /// What is there is no text.
    #[error("what {0} holds is no password: it is not UTF-8")]
    NotText(String),
}

/// What the operator allows.
#[derive(Debug, Clone)]
pub(crate) struct References {
    variables: Arc<[String]>,
    directories: Arc<[String]>,
    /// Files that nobody may name, wherever they are: Plumbline's own secrets are in them.
    own: Arc<[PathBuf]>,
}

impl References {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            variables: config.secrets.allow_env.clone().into(),
            directories: config.secrets.allow_files_in.clone().into(),
            own: config.secret_files().into(),
        }
    }

    /// Whether a tenant may name this, whatever is or is not there.
    ///
    /// # Errors
    /// When it may not.
    pub(crate) fn check(&self, tenant: TenantId, text: &str) -> Result<(), ReferenceError> {
        match PasswordReference::parse(text).map_err(ReferenceError::Unknown)? {
            PasswordReference::Env(name) => self.check_variable(tenant, name),
            PasswordReference::File(path) => self.directory_of(tenant, path).map(|_| ()),
        }
    }

    /// The password, as it is now.
    ///
    /// # Errors
    /// When the tenant may not name this, or it holds no password.
    pub(crate) async fn read(
        &self,
        tenant: TenantId,
        text: &str,
    ) -> Result<SecretString, ReferenceError> {
        match PasswordReference::parse(text).map_err(ReferenceError::Unknown)? {
            PasswordReference::Env(name) => {
                self.check_variable(tenant, name)?;
                let value = config::variable(name);
                value.ok_or_else(|| ReferenceError::NoVariable(name.to_owned()))
            }
            PasswordReference::File(path) => {
                let directory = self.directory_of(tenant, path)?;
                let path = path.to_owned();
                let name = path.display().to_string();
                let own = Arc::clone(&self.own);
                let read = move || read_file(&directory, &path, &own);
                let read = tokio::task::spawn_blocking(read);
                let read = read.await.map_err(io::Error::other).flatten();
                let bytes = read.map_err(|error| {
                    // For the operator, who may know.
                    tracing::warn!(file = name, %error, "password of a data source cannot be read");
                    ReferenceError::Unreadable(name.clone())
                })?;
                let bytes = without_line_break(&bytes);
                if bytes.len() > MAX_PASSWORD_BYTES {
                    return Err(ReferenceError::TooLong(name));
                }
                let text = std::str::from_utf8(bytes).map_err(|_| ReferenceError::NotText(name))?;
                Ok(SecretString::from(text))
            }
        }
    }

    fn check_variable(&self, tenant: TenantId, name: &str) -> Result<(), ReferenceError> {
        let allowed = self.variables.iter().any(|allowed| {
            let allowed = of_tenant(allowed, tenant);
            match allowed.strip_suffix('*') {
                Some(beginning) => name.starts_with(beginning),
                None => name == allowed,
            }
        });
        if allowed && !is_own_variable(name) {
            return Ok(());
        }
        Err(ReferenceError::VariableNotAllowed(name.to_owned()))
    }

    /// The allowed directory that a file is in or below, going by its path alone.
    fn directory_of(&self, tenant: TenantId, path: &Path) -> Result<String, ReferenceError> {
        let directories = self.directories.iter();
        let mut directories = directories.map(|directory| of_tenant(directory, tenant));
        directories
            .find(|directory| path.starts_with(directory))
            .ok_or_else(|| ReferenceError::FileNotAllowed(path.display().to_string()))
    }
}

fn of_tenant(allowed: &str, tenant: TenantId) -> String {
    allowed.replace(TENANT, &tenant.to_string())
}

/// The bytes of a file, up to a few more than a password has.
fn read_file(directory: &str, path: &Path, own: &[PathBuf]) -> io::Result<Zeroizing<Vec<u8>>> {
    let path = path.canonicalize()?;
    if !path.starts_with(Path::new(directory).canonicalize()?) {
        return Err(io::Error::other(
            "a symbolic link leads out of the directory",
        ));
    }
    if own.contains(&path) {
        return Err(io::Error::other("it holds a secret of Plumbline's own"));
    }
    // No symbolic link any more, and a pipe would wait for whoever writes to it.
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = File::from(rustix::fs::open(&path, flags, Mode::empty())?);
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let limit = MAX_PASSWORD_BYTES + "\r\n".len() + 1;
    // With its room from the start: a buffer that grows leaves itself behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit));
    let limit = u64::try_from(limit).unwrap_or(u64::MAX);
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Editors and `echo` end a file with a line break; spaces may be part of a password.
fn without_line_break(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;

    use secrecy::ExposeSecret;

    use super::*;

    const TENANT_7: TenantId = TenantId(7);

    fn allowing(variables: &[&str], directories: &[&str]) -> References {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        References {
            variables: owned(variables),
            directories: owned(directories),
            own: Arc::default(),
        }
    }

    /// A directory with the folders `in` and `out`, gone after its test.
    struct Place(PathBuf);

    impl Place {
        fn new(name: &str) -> Self {
            let name = format!("meta-references-{}-{name}", std::process::id());
            let root = std::env::temp_dir().canonicalize().expect("there is one");
            let place = Self(root.join(name));
            for folder in ["in", "out"] {
                fs::create_dir_all(place.0.join(folder)).expect("it can be written");
            }
            place
        }

        fn path(&self, name: &str) -> String {
            self.0.join(name).to_str().expect("UTF-8").to_owned()
        }

        fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
            fs::write(self.0.join(name), bytes).expect("it can be written");
            format!("file:{}", self.path(name))
        }
    }

    impl Drop for Place {
        fn drop(&mut self) {
            // What cannot be removed is left to the system.
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn variables_are_allowed_by_name_or_beginning_and_ours_never() {
        let some = allowing(&["ONE", "SHOP_*", "T{tenant}_*", "P*", "ME*"], &[]);
        for name in ["ONE", "SHOP_", "SHOP_A", "T7_A", "PAST"] {
            let allowed = some.check(TENANT_7, &format!("env:{name}"));
            assert!(allowed.is_ok(), "{name}");
        }
        for name in [
            "ONE_",
            "ON",
            "one",
            "SHOP",
            "T77_A",
            "T8_A",
            "META__STORE__URL",
            "PLUMB_TOKEN",
        ] {
            let refused = some.check(TENANT_7, &format!("env:{name}"));
            let refused = refused.expect_err(name).to_string();
            assert!(
                refused.contains(name) && refused.contains("secrets.allow_env"),
                "{refused}"
            );
        }
        assert!(allowing(&[], &["/"]).check(TENANT_7, "env:PATH").is_err());
    }

    #[tokio::test]
    async fn a_variable_is_read_from_the_environment() {
        let path = allowing(&["PATH", "PLUMBLINES_ABSENT"], &[]);
        let read = path.read(TENANT_7, "env:PATH").await.expect("there is one");
        assert!(read.expose_secret().contains("/bin"));
        let absent = path.read(TENANT_7, "env:PLUMBLINES_ABSENT").await;
        assert!(matches!(absent, Err(ReferenceError::NoVariable(_))));
        let refused = path.read(TENANT_7, "env:HOME").await;
        assert!(matches!(
            refused,
            Err(ReferenceError::VariableNotAllowed(_))
        ));
    }

    #[tokio::test]
    async fn a_file_is_read_anew_each_time_less_one_line_break() {
        let place = Place::new("read");
        let allowed = allowing(&[], &[&place.path("in")]);
        for (held, expected) in [
            ("pass word \n", "pass word "),
            ("a\r\n", "a"),
            ("a\n\n", "a\n"),
            ("", ""),
            (
                &*"x".repeat(MAX_PASSWORD_BYTES),
                &*"x".repeat(MAX_PASSWORD_BYTES),
            ),
        ] {
            let reference = place.write("in/shop", held);
            let read = allowed
                .read(TENANT_7, &reference)
                .await
                .expect("a password");
            assert_eq!(read.expose_secret(), expected);
        }
        let long = place.write("in/shop", "x".repeat(5_000));
        let long = allowed.read(TENANT_7, &long).await;
        assert!(matches!(long, Err(ReferenceError::TooLong(_))));
        let bytes = place.write("in/shop", b"\xffhunter2");
        let bytes = allowed.read(TENANT_7, &bytes).await.expect_err("no text");
        let said = format!("{bytes} {bytes:?}");
        assert!(
            !said.contains("hunter2") && said.contains("not UTF-8"),
            "{said}"
        );
    }

    #[tokio::test]
    async fn nothing_outside_is_read_or_told_about() {
        let place = Place::new("outside");
        let allowed = allowing(&[], &[&place.path("in"), &place.path("of-{tenant}")]);
        let outside = place.write("out/secret", "hunter2");
        let beside = place.write("in-and-more", "hunter2");
        let absent = format!("file:{}", place.path("out/absent"));
        let mut said = Vec::new();
        for reference in [&outside, &beside, &absent] {
            let refused = allowed.check(TENANT_7, reference).expect_err(reference);
            let read = allowed.read(TENANT_7, reference).await;
            assert_eq!(read.expect_err(reference).to_string(), refused.to_string());
            said.push(refused.to_string().replace("absent", "secret"));
        }
        assert_eq!(said[0], said[2], "whether there is one cannot be told");
        assert!(
            allowed
                .check(TenantId(8), &format!("file:{}", place.path("of-7/a")))
                .is_err()
        );
        assert!(
            allowed
                .check(TENANT_7, &format!("file:{}", place.path("of-7/a")))
                .is_ok()
        );
    }

    #[tokio::test]
    async fn links_lead_elsewhere_within_and_not_out_nor_to_secrets_of_ours() {
        let place = Place::new("links");
        let allowed = allowing(&[], &[&place.path("in")]);
        place.write("out/secret", "hunter2");
        // As mounted secrets are.
        let inside = place.write("in/data", "inside");
        for (link, target) in [
            ("in/link", "out/secret"),
            ("in/folder", "out"),
            ("in/gone", "out/x"),
        ] {
            symlink(place.path(target), place.path(link)).expect("a link");
        }
        symlink("data", place.path("in/sound")).expect("a link");
        let sound = format!("file:{}", place.path("in/sound"));
        let read = allowed.read(TENANT_7, &sound).await.expect("inside");
        assert_eq!(read.expose_secret(), "inside");
        drop(inside);
        let own = place.write("in/own", "hunter2");
        let own = own.strip_prefix("file:").expect("a file");
        let allowed = References {
            own: [PathBuf::from(own)].into(),
            ..allowed
        };
        symlink("own", place.path("in/to-own")).expect("a link");
        let mut said = Vec::new();
        for name in [
            "in/link",
            "in/folder/secret",
            "in/gone",
            "in/absent",
            "in",
            "in/own",
            "in/to-own",
        ] {
            let refused = allowed
                .read(TENANT_7, &format!("file:{}", place.path(name)))
                .await;
            let refused = refused.expect_err(name).to_string();
            said.push(refused.replace(&place.path(name), "PATH"));
        }
        said.dedup();
        assert_eq!(said.len(), 1, "one word for all: {said:?}");
    }
}
