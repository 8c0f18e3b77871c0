//! The difference of two counts.

use test_support::Server;
use transfer::delta::Method;

use super::{change, measured, servers, source};

pub(super) async fn rows_are_counted(server: Server) {
    let sync = source(
        server,
        "create table sync (n int); insert into sync values (1), (2), (3)",
    )
    .await;
    for other in servers() {
        let biz = source(
            other,
            "create table biz (n int); insert into biz values (1)",
        )
        .await;
        let found = measured(&sync, &biz, Method::Count)
            .await
            .expect("it is counted");
        assert_eq!((found.pending, found.surplus), (2, Some(0)), "{other:?}");
        assert_eq!((found.sync_rows, found.biz_rows), (Some(3), Some(1)));
        assert_eq!(found.notes, [""; 0]);
    }
}

pub(super) async fn rows_that_were_deleted_show(server: Server) {
    let both = source(
        server,
        "create table sync (n int); create table biz (n int); insert into sync values (1), (2), (3);
         insert into biz values (1), (2), (3)",
    )
    .await;
    change(&both, "delete from sync where n < 3").await;
    let found = measured(&both, &both, Method::Count)
        .await
        .expect("it is counted");
    assert_eq!((found.pending, found.surplus), (0, Some(2)));
    assert!(
        found.notes[0].contains("2 rows more than the sync table"),
        "{:?}",
        found.notes
    );
}
