//! Search: names and comments of all levels, the best answers first.
//!
//! What an entry is found by is made by the store itself, as the expression of an index
//! (`migrations/metadata/0020_search.sql`). A query is asked in up to three passes, each only where the ones before
//! left room on the page: names that are or begin with what was typed, in the order of an index; entries that have all
//! of its words; and entries that have words like them, for what was mistyped.

mod highlights;
mod query;
mod words;

use db::StoreError;
use models::search::{SearchHighlights, SearchHit, SearchKind, SearchPath};
use sqlx::PgConnection;

use self::query::Asked;
pub use self::query::Query;

/// Of so many entries of a level that have what was typed the best ones are told, names that begin with it aside.
const RANKED: i32 = 1000;
/// And of so many that may have what was meant.
const RANKED_ALIKE: i32 = 3000;

/// Which entries are looked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only these levels.
    pub kinds: Vec<SearchKind>,
    /// Only this data source, and what is in it.
    pub datasource_id: Option<i64>,
}

/// Where a page begins: after this rank, level, name in small letters, and id.
pub type After = (i32, i32, String, i64);

/// An entry and its place in the order.
#[derive(Debug)]
pub struct Found {
    /// The entry.
    pub hit: SearchHit,
    /// Its place.
    pub place: After,
}

/// How a query is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// By the beginning of the name.
    Named,
    /// By all words.
    Typed,
    /// By words like them.
    Alike,
}

impl Pass {
    const ALL: [Self; 3] = [Self::Named, Self::Typed, Self::Alike];

    /// The ranks that it finds, as `metadata.search_rank` has them.
    fn ranks(self) -> (i32, i32) {
        match self {
            Self::Named => (1, 2),
            Self::Typed => (3, 8),
            Self::Alike => (9, 10),
        }
    }
}

/// The entries that answer a query, best first.
///
/// # Errors
/// When the store fails.
pub async fn search(
    conn: &mut PgConnection,
    query: &Query,
    filter: &Filter,
    after: Option<&After>,
    limit: i32,
) -> Result<Vec<Found>, StoreError> {
    let mut found: Vec<Found> = Vec::new();
    if query.is_empty() {
        return Ok(found);
    }
    for pass in Pass::ALL {
        let room = limit - i32::try_from(found.len()).unwrap_or(limit);
        let is_behind = after.is_some_and(|after| after.0 > pass.ranks().1);
        if room <= 0 || is_behind {
            continue;
        }
        let asked = match pass {
            Pass::Named | Pass::Typed => Some(query.as_typed()),
            Pass::Alike => query.alike(),
        };
        if let Some(asked) = asked {
            let more = ask(&mut *conn, pass, &asked, filter, (after, room)).await?;
            found.extend(more.into_iter().map(|row| row.found(query)));
        }
    }
    Ok(found)
}

/// A row of `sql/search.sql`.
struct Row {
    level: i32,
    id: i64,
    folded: String,
    rank: i32,
    datasource_id: i64,
    datasource_name: String,
    database_id: Option<i64>,
    database_name: Option<String>,
    table_id: Option<i64>,
    table_schema: Option<String>,
    table_name: Option<String>,
    field_name: Option<String>,
    comment: Option<String>,
}

async fn ask(
    conn: &mut PgConnection,
    pass: Pass,
    asked: &Asked,
    filter: &Filter,
    (after, limit): (Option<&After>, i32),
) -> Result<Vec<Row>, StoreError> {
    let kinds = filter.kinds.iter().map(|kind| kind.as_str().to_owned());
    let ranked = match pass {
        Pass::Named | Pass::Typed => RANKED,
        Pass::Alike => RANKED_ALIKE,
    };
    let rows = sqlx::query_file_as!(
        Row,
        "sql/search.sql",
        &kinds.collect::<Vec<_>>(),
        filter.datasource_id,
        asked.terms,
        asked.folded,
        asked.words,
        &asked.whole,
        &asked.begun,
        &asked.within,
        asked.alike.as_deref(),
        after.map(|after| after.0),
        after.map(|after| after.1),
        after.map(|after| after.2.as_str()),
        after.map(|after| after.3),
        pass.ranks().0,
        limit,
        ranked
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

impl Row {
    fn found(self, query: &Query) -> Found {
        let kind = match self.level {
            1 => SearchKind::Datasource,
            2 => SearchKind::Database,
            3 => SearchKind::Table,
            _ => SearchKind::Field,
        };
        let name = match kind {
            SearchKind::Datasource => Some(self.datasource_name.clone()),
            SearchKind::Database => self.database_name.clone(),
            SearchKind::Table => self.table_name.clone(),
            SearchKind::Field => self.field_name,
        };
        let name = name.unwrap_or_default();
        let comment = self.comment.filter(|comment| !comment.is_empty());
        let highlights = SearchHighlights {
            name: highlights::of_name(query, &name),
            comment: comment
                .as_deref()
                .map(|comment| highlights::of_comment(query, comment))
                .unwrap_or_default(),
        };
        let hit = SearchHit {
            kind,
            id: self.id,
            name,
            comment,
            path: SearchPath {
                datasource_id: self.datasource_id,
                datasource_name: self.datasource_name,
                database_id: self.database_id,
                database_name: self.database_name,
                table_schema: self.table_schema,
                table_id: self.table_id,
                table_name: self.table_name,
            },
            highlights,
        };
        let place = (self.rank, self.level, self.folded, self.id);
        Found { hit, place }
    }
}
