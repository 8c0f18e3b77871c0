//! Who has looked at what, and who may.

use models::Role;
use test_support::{Server, TENANT, eventually};

use super::{Recorded, Rows, ask};

const TABLE: &str = "create table people (id int primary key, name varchar(40));
     insert into people values (1, 'Ada'), (2, 'Bob');";

fn shown(condition: Option<&str>, by_service: bool, rows: i32) -> Recorded {
    Recorded {
        columns: ["id", "name"].map(str::to_owned).into(),
        condition: condition.map(str::to_owned),
        subject: "ada".to_owned(),
        by_service,
        outcome: "shown".to_owned(),
        problem: None,
        row_count: Some(rows),
    }
}

pub(super) async fn tells_who_saw_what(server: Server) {
    let rows = Rows::of(server, TABLE).await;
    let path = rows.path("people").await;
    let secret = [("where", "name = 'very-secret' or id in (1)")];
    let _ = ask(&rows.meta.admin(), &path, &secret).await.expect(200);
    let _ = ask(&rows.meta.service(), &path, &[]).await.expect(200);
    let outline = r#"(("name" = ?) or ("id" in (?)))"#;
    assert_eq!(
        rows.recorded().await,
        [shown(Some(outline), false, 1), shown(None, true, 2)]
    );
    for role in [Role::Viewer, Role::Operator] {
        let api = rows.meta.user(TENANT, role);
        let _ = api.get(&path).await.problem(403, "forbidden");
    }
    assert_eq!(rows.recorded().await.len(), 2);
    // The record stays when what it tells of goes.
    let delete = format!(
        "/api/metadata/datasources/{}?confirm={}",
        rows.id, rows.source.database
    );
    assert_eq!(rows.meta.admin().delete(&delete).await.status, 204);
    assert_eq!(rows.recorded().await.len(), 2);
}

/// The record is kept as long as jobs are.
#[tokio::test]
async fn old_records_go() {
    let rows = Rows::of(Server::Postgres, TABLE).await;
    let _ = rows.preview("people", &[]).await.expect(200);
    let mut admin = rows.meta.installation.store().admin().await;
    let old = "insert into metadata.previews (tenant_id, datasource_id, datasource_name, table_id, database_name,
            table_schema, table_name, columns, subject, by_service, created_at)
        select tenant_id, datasource_id, datasource_name, table_id, database_name, table_schema, table_name, columns,
            subject, by_service, now() - make_interval(days => d)
        from metadata.previews, unnest('{89,91}'::int[]) d";
    sqlx::raw_sql(old)
        .execute(&mut admin)
        .await
        .expect("old rows");
    assert_eq!(rows.recorded().await.len(), 3);
    let installation = rows.meta.installation.clone();
    let second = installation.meta().await;
    eventually("old records to be deleted", async || {
        (rows.recorded().await.len() == 2).then_some(())
    })
    .await;
    second.stop().await;
}
