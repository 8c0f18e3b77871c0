//! What the image of the store does when its data directory is new: initdb, the database, the scripts of
//! `/docker-entrypoint-initdb.d`. Source: <https://hub.docker.com/_/postgres>, "Environment Variables" and
//! "Initialization scripts".

use std::path::PathBuf;
use std::process::Command;

use tokio::time::timeout;

use super::compose_file::Service;
use super::host::{Host, PREPARATION};

/// Where the image looks for scripts.
const SCRIPTS: &str = "/docker-entrypoint-initdb.d/";

/// Makes the cluster, starts it and runs the scripts in it.
pub(super) async fn start(host: &mut Host, service: &Service) {
    let data = host.folder.join("data");
    let password = host.folder.join("password");
    std::fs::write(&password, service.variable("POSTGRES_PASSWORD")).expect("a file of ours");
    let options = service.variable("POSTGRES_INITDB_ARGS").split(' ');
    let initdb = [
        "initdb",
        "--no-sync",
        "--auth-local=trust",
        "--auth-host=scram-sha-256",
    ]
    .into_iter()
    .chain(options)
    .map(str::to_owned)
    .chain([
        format!("--username={}", service.variable("POSTGRES_USER")),
        format!("--pwfile={}", password.display()),
        format!("--pgdata={}", data.display()),
    ]);
    let initdb: Vec<String> = initdb.collect();
    must(host.command(service, &initdb)).await;

    let port = host.port("postgres");
    let server = format!(
        "postgres -D {} -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off",
        data.display(),
        host.folder.display()
    );
    let server: Vec<String> = server.split(' ').map(str::to_owned).collect();
    let server = host.command(service, &server);
    host.start(service, server);
    host.healthy(service, &[("PGPORT", port.to_string())]).await;

    let create = format!("create database {}", service.variable("POSTGRES_DB"));
    let user = service.variable("POSTGRES_USER");
    let psql = ["psql", "-U", user, "-d", "postgres", "-c", &create].map(str::to_owned);
    must(by_socket(host, host.command(service, &psql))).await;
    for script in scripts(service) {
        let run = ["bash".to_owned(), script.display().to_string()];
        must(by_socket(host, host.command(service, &run))).await;
    }
}

/// The scripts of the project, as the file puts them into the image.
pub(super) fn scripts(service: &Service) -> Vec<PathBuf> {
    let mounts = service.mounts.iter();
    let scripts = mounts.filter(|(_, inside)| inside.starts_with(SCRIPTS));
    scripts.map(|(script, _)| script.clone()).collect()
}

/// The scripts reach the server without a password, by its socket.
fn by_socket(host: &Host, mut command: Command) -> Command {
    command
        .env("PGHOST", &host.folder)
        .env("PGPORT", host.port("postgres").to_string());
    command
}

async fn must(command: Command) {
    let line = format!("{:?}", command.get_args().collect::<Vec<_>>());
    let output = tokio::process::Command::from(command)
        .kill_on_drop(true)
        .output();
    let output = timeout(PREPARATION, output).await;
    let output = output.unwrap_or_else(|_| panic!("{line} does not end"));
    let output = output.expect("it can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {}: {said}", output.status);
}
