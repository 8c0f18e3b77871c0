//! Lists: `limit` and `cursor` of the query string, and pages by keyset.
//!
//! Parameters of a list are one struct with `deny_unknown_fields`, which does not go together with
//! serde's `flatten`. So a list without filters extracts `Query<PageQuery>`, and a list with
//! filters declares `limit: Option<u32>`, `cursor: Option<String>` and `with_total: bool` next to them:
//!
//! ```ignore
//! async fn list(Query(query): Query<TablesQuery>) -> Result<Json<Page<Table>>, Reply> {
//!     let params = PageParams::new(query.limit, query.cursor)?;
//!     let list = List::new("tables", &(query.database_id, &query.schema));
//!     let after: Option<(String, i64)> = params.after(&list)?;
//!     let rows = tables::list(after, params.fetch()).await?;
//!     Ok(Json(paging::page(rows, &params, &list, |last| (last.table_name.clone(), last.id))))
//! }
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use models::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use models::{Problem, ProblemType};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use crate::problem::Reply;

/// The query string of a list without filters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    pub limit: Option<u32>,
    /// The `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    pub with_total: bool,
}

/// A checked `limit`, and the `cursor` it goes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageParams {
    limit: u16,
    cursor: Option<String>,
}

impl PageParams {
    /// Checks the parameters of a list.
    ///
    /// # Errors
    ///
    /// 422 for a `limit` below 1 or above 500.
    pub fn new(limit: Option<u32>, cursor: Option<String>) -> Result<Self, Reply> {
        let limit = match limit.map(u16::try_from) {
            None => DEFAULT_LIMIT,
            Some(Ok(limit @ 1..=MAX_LIMIT)) => limit,
            Some(_) => {
                let detail = format!("must be an integer from 1 to {MAX_LIMIT}");
                return Err(Problem::field("/limit", detail).into());
            }
        };
        Ok(Self { limit, cursor })
    }

    /// How many items a page has at most.
    #[must_use]
    pub fn limit(&self) -> u16 {
        self.limit
    }

    /// How many rows to fetch: one more than a page has, which tells whether there is a next one.
    #[must_use]
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// The key after which the page starts; nothing on the first page.
    ///
    /// # Errors
    ///
    /// 400 `invalid-cursor` for one that `list` did not give out.
    pub fn after<K: DeserializeOwned>(&self, list: &List) -> Result<Option<K>, Reply> {
        self.cursor
            .as_deref()
            .map(|text| Cursor::decode(text, list))
            .transpose()
    }
}

impl TryFrom<PageQuery> for PageParams {
    type Error = Reply;

    fn try_from(query: PageQuery) -> Result<Self, Reply> {
        Self::new(query.limit, query.cursor)
    }
}

/// A list with its filters and its order: a cursor is good for exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List(String);

impl List {
    /// The list `name` under `filters`: whatever decides which items come in which order, but
    /// neither `limit` nor `cursor`.
    ///
    /// # Panics
    ///
    /// If `filters` is no plain data, such as a map whose keys are not text.
    #[must_use]
    pub fn new<F: Serialize + ?Sized>(name: &str, filters: &F) -> Self {
        let filters = serde_json::to_vec(filters).expect("filters are plain data");
        let digest = Sha256::digest(&filters);
        // 72 bits tell lists apart; nothing secret rests on them.
        Self(format!("{name}:{}", URL_SAFE_NO_PAD.encode(&digest[..9])))
    }
}

/// A place in a list. Its text means nothing to callers; it is not secret, and what it selects is
/// bound to the tenant like any other read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor<K> {
    list: String,
    key: K,
}

impl<K: Serialize> Cursor<K> {
    /// The cursor of the place after `key` in `list`.
    ///
    /// # Panics
    ///
    /// If `key` is no plain data, such as a map whose keys are not text.
    #[must_use]
    pub fn encode(list: &List, key: K) -> String {
        let cursor = Self {
            list: list.0.clone(),
            key,
        };
        let json = serde_json::to_vec(&cursor).expect("keys are plain data");
        URL_SAFE_NO_PAD.encode(json)
    }
}

impl<K: DeserializeOwned> Cursor<K> {
    /// The key of a cursor of `list`.
    ///
    /// # Errors
    ///
    /// 400 `invalid-cursor` for any other text.
    pub fn decode(text: &str, list: &List) -> Result<K, Reply> {
        let invalid = || {
            let detail = "cursor must be the next_cursor of a page of this list with these filters";
            Reply::new(ProblemType::InvalidCursor, detail)
        };
        let json = URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid())?;
        let cursor: Self = serde_json::from_slice(&json).map_err(|_| invalid())?;
        if cursor.list == list.0 {
            Ok(cursor.key)
        } else {
            Err(invalid())
        }
    }
}

/// The page of `items`, which were fetched by [`PageParams::fetch`] in the order of `list`. `key`
/// names the place of the last item shown.
#[must_use]
pub fn page<T, K: Serialize>(
    mut items: Vec<T>,
    params: &PageParams,
    list: &List,
    key: impl FnOnce(&T) -> K,
) -> Page<T> {
    let limit = usize::from(params.limit);
    let more = items.len() > limit;
    items.truncate(limit);
    let next_cursor = match items.last() {
        Some(end) if more => Some(Cursor::encode(list, key(end))),
        _ => None,
    };
    Page {
        items,
        next_cursor,
        total: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(limit: u32, cursor: Option<&str>) -> PageParams {
        PageParams::new(Some(limit), cursor.map(str::to_owned)).unwrap()
    }

    /// Reads a list of the numbers 1 to `end` page by page.
    fn walk(end: i64, limit: u32) -> Vec<Vec<i64>> {
        let list = List::new("numbers", &());
        let (mut read, mut cursor) = (Vec::new(), None::<String>);
        loop {
            let params = params(limit, cursor.as_deref());
            let after: Option<i64> = params.after(&list).unwrap();
            let rows = (after.unwrap_or(0) + 1..=end).take(params.fetch().try_into().unwrap());
            let Page {
                items, next_cursor, ..
            } = page(rows.collect(), &params, &list, |last| *last);
            read.push(items);
            cursor = next_cursor;
            if cursor.is_none() {
                return read;
            }
        }
    }

    #[test]
    fn pages_cover_the_list_once() {
        assert_eq!(walk(5, 2), [vec![1, 2], vec![3, 4], vec![5]]);
        assert_eq!(
            walk(4, 2),
            [vec![1, 2], vec![3, 4]],
            "no empty page at the end"
        );
        assert_eq!(walk(0, 2), [Vec::<i64>::new()]);
    }

    #[test]
    fn the_limit_is_bounded() {
        assert_eq!(PageParams::new(None, None).unwrap().limit(), 50);
        assert_eq!(params(1, None).limit(), 1);
        assert_eq!(params(500, None).fetch(), 501);
        for limit in [0, 501, 65_586] {
            let Reply(problem) = PageParams::new(Some(limit), None).unwrap_err();
            assert_eq!(
                (problem.status, problem.errors[0].pointer.as_str()),
                (422, "/limit")
            );
        }
    }

    #[test]
    fn a_cursor_is_good_for_its_list_only() {
        let here = List::new("tables", &("shop", 1));
        let cursor = Cursor::encode(&here, ("orders", 5));
        let read: (String, i64) = Cursor::decode(&cursor, &here).unwrap();
        assert_eq!(read, ("orders".to_owned(), 5));
        let others = [
            List::new("tables", &("shop", 2)),
            List::new("fields", &("shop", 1)),
        ];
        let foreign = others
            .iter()
            .map(|list| Cursor::<(String, i64)>::decode(&cursor, list));
        let broken = ["", "!", "bnVsbA", &"A".repeat(9000)]
            .map(|text| Cursor::<(String, i64)>::decode(text, &here));
        let retyped = Cursor::<i64>::decode(&cursor, &here).map(|_| (String::new(), 0));
        for result in foreign.chain(broken).chain([retyped]) {
            let Reply(problem) = result.unwrap_err();
            assert!(problem.is(ProblemType::InvalidCursor), "{problem:?}");
        }
    }
}
