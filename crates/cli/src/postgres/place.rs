//! Reaching the server of a cluster.

use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::time::timeout;
use url::Url;

use super::initialise::SUPERUSER;

/// The longest path of a Unix socket, in bytes: `sun_path` has 104 on macOS, 108 on Linux, and
/// ends in a zero.
const LONGEST_SOCKET: usize = 103;
/// How long a server may take to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// Where a server listens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The cluster's directory, in which its socket is.
    pub(super) dir: &'a Path,
    /// The port on 127.0.0.1, which also names the socket.
    pub(super) port: u16,
}

impl Place<'_> {
    /// The URL of the superuser: by the socket, or by the port where the socket's path is too long.
    pub(super) fn url(self, password: &SecretString) -> Url {
        // TLS has nothing to protect here. Said, since the environment may ask for it.
        let text = format!(
            "postgresql://127.0.0.1:{}/postgres?sslmode=disable",
            self.port
        );
        let mut url = Url::parse(&text).expect("a number in a literal makes a URL");
        let named = url.set_username(SUPERUSER).is_ok()
            && url.set_password(Some(password.expose_secret())).is_ok();
        debug_assert!(named, "a URL with a host takes a name and a password");
        let socket = self.dir.join(format!(".s.PGSQL.{}", self.port));
        if socket.as_os_str().len() <= LONGEST_SOCKET
            && let Some(dir) = self.dir.to_str()
        {
            url.query_pairs_mut().append_pair("host", dir);
        }
        url
    }
}

/// What became of asking a server.
#[derive(Debug)]
pub(super) enum Answer {
    /// It is ours.
    Ours,
    /// It does not answer, or is still starting or stopping.
    NotYet(String),
    /// It answers, and never as ours.
    Never(String),
}

/// Asks the server whether it serves this cluster and knows our password.
pub(super) async fn ask(place: Place<'_>, password: &SecretString) -> Answer {
    let options = match PgConnectOptions::from_str(place.url(password).as_str()) {
        Ok(options) => options,
        Err(error) => return Answer::Never(error.to_string()),
    };
    let served = timeout(ANSWER_LIMIT, async {
        let mut connection = options.connect().await?;
        let served = db::data_directory(&mut connection).await?;
        connection.close().await?;
        Ok::<_, sqlx::Error>(served)
    });
    match served.await {
        Ok(Ok(served)) if Path::new(&served) == place.dir => Answer::Ours,
        Ok(Ok(served)) => Answer::Never(format!("it serves {served}")),
        Ok(Err(sqlx::Error::Database(error))) if error.code().as_deref() == Some("28P01") => {
            Answer::Never("it does not take the password in the file secrets".to_owned())
        }
        Ok(Err(error)) => Answer::NotYet(error.to_string()),
        Err(_) => Answer::NotYet(format!("no answer within {} s", ANSWER_LIMIT.as_secs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(dir: &str) -> String {
        Place {
            dir: Path::new(dir),
            port: 5433,
        }
        .url(&"p_-w".into())
        .to_string()
    }

    #[test]
    fn the_socket_is_used_where_its_path_is_short() {
        assert_eq!(
            url("/data/my store/postgres"),
            "postgresql://postgres:p_-w@127.0.0.1:5433/postgres?sslmode=disable\
             &host=%2Fdata%2Fmy+store%2Fpostgres"
        );
        assert_eq!(
            url(&format!("/{}/postgres", "d".repeat(80))),
            "postgresql://postgres:p_-w@127.0.0.1:5433/postgres?sslmode=disable"
        );
    }
}
