//! A scan's records held against counts of the server's own.

use scan::Selection;
use test_support::{Counts, Server, Session, of_mysql, of_postgres};

use super::level_two::everything;
use super::read_all;

pub(super) async fn counts_equal_the_servers_own(server: Server) {
    let (source, _) = everything(server).await;
    let read = Counts::of_records(&read_all(&source, &Selection::All).await);
    let counted = match source.session().await {
        Session::Postgres(mut connection) => of_postgres(&mut connection).await,
        Session::MySql(mut connection) => of_mysql(&mut connection, &source.database).await,
    };
    assert_eq!(read, counted.expect("the server counts"));
    assert!(read.tables > 0 && read.fields > read.tables, "{read:?}");
}
