//! What settings are taken, and what is said of others.

use super::Config;

fn with(name: &str, value: &str) -> Result<Config, String> {
    Config::load(None, [(name.to_owned(), value.to_owned())]).map_err(|error| error.to_string())
}

#[test]
fn the_defaults_are_sound() {
    let config = Config::load(None, []).expect("the defaults can be read");
    assert_eq!(config.server.port, 8082);
    assert_eq!(config.limits().max_connections, 2);
}

#[test]
fn networks_come_from_the_environment_too() {
    let config = with("META__SOURCES__ALLOWED_NETWORKS", "10.0.0.0/8, fd00::/8").expect("two");
    let policy = config.route().policy().clone();
    assert!(policy.permits_host("10.1.2.3") && policy.permits_host("fd00::1"));
    assert!(!policy.permits_host("127.0.0.1"));
}

#[test]
fn what_moves_rows_has_its_time() {
    let error = with("META__TRANSFER__STATEMENT_TIMEOUT_SECONDS", "0").expect_err("no time");
    assert!(
        error.contains("transfer.statement_timeout_seconds"),
        "{error}"
    );
}

#[test]
fn what_is_out_of_range_is_named() {
    for (name, value, key) in [
        ("META__SYNC__LEVEL", "3", "sync.level"),
        ("META__SYNC__SCHEDULE", "every night", "sync.schedule"),
        ("META__SYNC__SCHEDULE", "0 0 30 2 *", "sync.schedule"),
        ("META__SYNC__TIME_ZONE", "Europe/Berln", "sync.time_zone"),
        ("META__SYNC__JITTER_SECONDS", "86401", "sync.jitter_seconds"),
        ("META__DEEP_SCAN__BATCH_SIZE", "0", "deep_scan.batch_size"),
        ("META__DEEP_SCAN__FULL_EVERY", "0", "deep_scan.full_every"),
        (
            "META__SOURCES__MAX_CONNECTIONS",
            "0",
            "sources.max_connections",
        ),
        (
            "META__MEASURE__TIMEOUT_SECONDS",
            "0",
            "measure.timeout_seconds",
        ),
        (
            "META__HTTP_ETL__REPORT_BASE_URL",
            "plumbline.example",
            "http_etl.report_base_url",
        ),
        (
            "META__WORKERS__HEARTBEAT_SECONDS",
            "0",
            "workers.heartbeat_seconds",
        ),
        (
            "META__WORKERS__SILENCE_SECONDS",
            "19",
            "workers.silence_seconds",
        ),
        (
            "META__PREVIEW__TIMEOUT_SECONDS",
            "16",
            "preview.timeout_seconds",
        ),
        (
            "META__PREVIEW__MAX_VALUE_BYTES",
            "10485761",
            "preview.max_value_bytes",
        ),
        (
            "META__SOURCES__DENIED_NETWORKS",
            "10.0.0.0/8,10.0.0.1/8",
            "10.0.0.1/8 is no network",
        ),
    ] {
        is_named(name, value, key);
    }
}

#[test]
fn what_is_wrong_of_the_server_is_named() {
    for (name, value, key) in [
        ("META__SERVER__PROT", "1", "prot"),
        ("META__SERVER__MAX_CONNECTIONS", "0", "max_connections"),
        (
            "META__SERVER__HEADER_TIMEOUT_SECONDS",
            "0",
            "header_timeout_seconds",
        ),
        (
            "META__SERVER__TRUSTED_PROXIES",
            "proxy.example",
            "trusted_proxies",
        ),
        (
            "META__SERVER__CORS_ALLOWED_ORIGINS",
            "*",
            "cors_allowed_origins",
        ),
    ] {
        is_named(name, value, key);
    }
}

fn is_named(name: &str, value: &str, key: &str) {
    let error = with(name, value).expect_err(name);
    assert!(error.contains(key), "{error}");
}
