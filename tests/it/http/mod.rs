//! What both services take from whoever speaks HTTP to them, and what they tell him.

mod browsers;
mod console;
mod malformed;
mod passed_on;
mod quota;
mod slow;

use models::Role;
use test_support::{Api, Installation, Manager, Meta, TENANT};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Both services with the same settings of their servers.
#[derive(Debug)]
struct Both {
    meta: Meta,
    manager: Manager,
}

impl Both {
    /// With these keys of `[server]` set otherwise.
    async fn with(changes: &[(&str, &str)]) -> Self {
        let of = |service: &str| -> Vec<(String, String)> {
            let changes = changes.iter();
            changes
                .map(|(key, value)| (format!("{service}__SERVER__{key}"), (*value).to_owned()))
                .collect()
        };
        let mut settings = of("META");
        settings.push(("META__WORKERS__CONCURRENCY".to_owned(), "0".to_owned()));
        let meta = Installation::new()
            .await
            .meta_with(&borrowed(&settings))
            .await;
        let settings = of("MANAGER");
        let manager = meta
            .installation
            .manager_with(&meta.url, &borrowed(&settings))
            .await;
        Self { meta, manager }
    }

    /// The URL of each, and a path of its API that answers 200.
    fn doors(&self) -> [(&str, &'static str); 2] {
        [
            (&self.meta.url, "/api/metadata/datasources"),
            (&self.manager.url, "/api/manager/managed-objects"),
        ]
    }

    /// An administrator's token.
    fn token(&self) -> String {
        self.meta.installation.token(TENANT, Role::Admin)
    }

    /// A client of the service at `url` with an administrator's token.
    fn admin(&self, url: &str) -> Api {
        self.meta.installation.api(url, Some(self.token()))
    }
}

fn borrowed(settings: &[(String, String)]) -> Vec<(&str, &str)> {
    let settings = settings.iter();
    settings
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

async fn connect(url: &str) -> TcpStream {
    let address = url.strip_prefix("http://").expect("our URL");
    TcpStream::connect(address).await.expect("it listens")
}

/// What the service says until it hangs up.
async fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    // One that is reset has ended as well.
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

/// Sends these bytes, and answers with what comes until the service hangs up.
async fn raw(url: &str, bytes: &str) -> String {
    let mut stream = connect(url).await;
    // It may hang up before it has seen all.
    let _ = stream.write_all(bytes.as_bytes()).await;
    rest(&mut stream).await
}

/// The status of an answer, 0 where there is none.
fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1);
    status.and_then(|it| it.parse().ok()).unwrap_or_default()
}
