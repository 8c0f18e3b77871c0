//! Rows that people look at.

use std::time::Duration;

use models::datasource::Engine;
use models::details::TableName;
use scan::{Caps, Column, Preview, PreviewError, PreviewRequest, ScanError, scanner};
use test_support::{Act, FakeServer};

use super::request_for_files;

/// Where an engine begins a preview.
fn beginning(engine: Engine) -> &'static str {
    match engine {
        Engine::Mysql => "START TRANSACTION",
        Engine::Postgresql => "plumbline preview begins",
    }
}

async fn preview(server: &FakeServer) -> Result<Preview, PreviewError> {
    let request = PreviewRequest {
        table: TableName {
            table_schema: "public".to_owned(),
            table_name: "people".to_owned(),
        },
        columns: vec![Column {
            name: "id".to_owned(),
            data_type: "integer".to_owned(),
            column_type: "int".to_owned(),
        }],
        condition: None,
        caps: Caps {
            rows: 10,
            bytes: 1 << 20,
            cell_bytes: 1000,
            time: Duration::from_secs(10),
        },
    };
    scanner(server.target()).preview("shop", &request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_driver_panics_at_is_an_error() {
    let server = FakeServer::start(Engine::Mysql).await;
    // A column that is described by a text of three bytes, of which one comes.
    let said = b"\x01\0\0\x01\x01\x02\0\0\x02\x03d".to_vec();
    server.on(beginning(Engine::Mysql), Act::Says(said));
    let error = preview(&server).await.expect_err("it is malformed");
    assert!(
        matches!(&error, PreviewError::Scan(ScanError::Statement { cause, .. }) if cause.contains("cannot be read")),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_files_is_told_as_what_it_is() {
    for engine in [Engine::Mysql, Engine::Postgresql] {
        let server = FakeServer::start(engine).await;
        server.on(beginning(engine), request_for_files(engine));
        let error = preview(&server).await.expect_err("it asks for a file");
        assert!(
            matches!(&error, PreviewError::Scan(ScanError::Hostile { .. })),
            "{error:?}"
        );
    }
}
