//! A source that moves under the scan.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::AssertSqlSafe;
use test_support::{Installation, Meta, Server};

use super::{Scans, source};

/// The living tables and fields of a catalog, without ids and figures.
async fn content(meta: &Meta) -> Vec<String> {
    let mut admin = meta.installation.store().admin().await;
    let sql = "select concat_ws(' ', t.table_schema, t.table_name, t.table_type, f.field_name, f.field_position,
            f.column_type, f.column_key)
        from metadata.tables t
        left join metadata.fields f on f.table_id = t.id and f.removed_at is null
        where t.removed_at is null
        order by 1";
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(&mut admin)
        .await
        .expect("the content")
}

pub(super) async fn ddl_during_scans_leaves_the_catalog_whole(server: Server) {
    let source = source(server).await;
    source.create_tables(40).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let mut session = scans.source.session().await;
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = stop.clone();
    let mover = tokio::spawn(async move {
        let mut n = 0;
        while !stopped.load(Ordering::Relaxed) {
            n += 1;
            let table = format!("t{:03}", n % 40 + 1);
            session
                .execute(&format!(
                    "create table moving{n} (id int primary key, word varchar(9))"
                ))
                .await;
            session
                .execute(&format!("create view seen{n} as select id from moving{n}"))
                .await;
            session
                .execute(&format!("alter table {table} add extra{n} int"))
                .await;
            if n > 3 {
                let old = n - 3;
                session.execute(&format!("drop view seen{old}")).await;
                session.execute(&format!("drop table moving{old}")).await;
            }
        }
        n
    });
    for _ in 0..6 {
        let status = scans.scan().await;
        assert!(
            status["status"] == "SUCCESS" || status["status"] == "PARTIAL",
            "{status}"
        );
    }
    stop.store(true, Ordering::Relaxed);
    let count = mover.await.expect("the source moved");
    assert!(count > 6, "{count} moves are too few to be in the way");
    scans.scan_well().await;
    let fresh = Installation::new().await.meta().await;
    let id = fresh.register(&scans.source).await;
    let request = serde_json::json!({ "resource_id": id, "database": scans.source.database });
    assert_eq!(fresh.scan(&request).await["status"], "SUCCESS");
    assert_eq!(
        content(&scans.meta).await,
        content(&fresh).await,
        "what was scanned again and again is what a fresh scan finds"
    );
}
