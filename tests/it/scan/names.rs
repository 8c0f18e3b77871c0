//! The names of a database's tables, page by page.

use models::details::TableName;
use scan::scanner;
use test_support::{Server, Source};

pub(super) async fn are_paged_in_order(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(7).await;
    source
        .execute(&format!("create table {} (id int)", server.quote("T001")))
        .await;
    source
        .execute(&format!("create table {} (id int)", server.quote("t_0 %")))
        .await;
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let whole = reader.names(None, 100).await.expect("the names");
    let mut expected: Vec<String> = (1..=7).map(|n| format!("t{n:03}")).collect();
    expected.extend(["T001".to_owned(), "t_0 %".to_owned()]);
    expected.sort();
    let names: Vec<&str> = whole.iter().map(|name| name.table_name.as_str()).collect();
    assert_eq!(names, expected);
    assert!(
        whole
            .iter()
            .all(|name| name.table_schema == server.schema()),
        "{whole:?}"
    );

    let (mut paged, mut after) = (Vec::<TableName>::new(), None);
    loop {
        let page = reader.names(after.as_ref(), 2).await.expect("a page");
        if page.is_empty() {
            break;
        }
        assert!(page.len() <= 2, "{page:?}");
        after = page.last().cloned();
        paged.extend(page);
    }
    reader.close().await;
    assert_eq!(paged, whole);
}
