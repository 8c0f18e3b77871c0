//! Search in the catalog.

use catalog::datasources;
use catalog::search::{self, After, Filter, Query};
use models::TenantId;
use models::page::Page;
use models::search::{MAX_QUERY, SearchHit, SearchKind};
use service_kit::paging::{List, PageParams, page};

use super::Service;
use crate::api::SearchQuery;
use crate::error::Error;

impl Service {
    /// A page of the entries that answer a query, best first.
    pub(crate) async fn search(
        &self,
        tenant: TenantId,
        asked: &SearchQuery,
        params: &PageParams,
    ) -> Result<Page<SearchHit>, Error> {
        let text = asked.q.trim();
        if text.is_empty() || text.chars().count() > MAX_QUERY {
            let detail = format!("must have 1 to {MAX_QUERY} characters");
            return Err(Error::invalid("/q", detail));
        }
        let list = List::new("search", &(text, asked.kind, asked.resource_id));
        let after: Option<After> = params.after(&list)?;
        let filter = Filter {
            kinds: asked
                .kind
                .map_or_else(|| SearchKind::ALL.to_vec(), |kind| vec![kind]),
            datasource_id: asked.resource_id,
        };
        let mut tx = self.store.begin(tenant).await?;
        let limit = i32::from(params.limit()) + 1;
        let query = Query::new(text);
        let found = search::search(&mut tx, &query, &filter, after.as_ref(), limit).await?;
        if let (true, Some(id)) = (found.is_empty(), asked.resource_id)
            && datasources::get(&mut tx, id).await?.is_none()
        {
            return Err(Error::datasource_not_found(id));
        }
        let page = page(found, params, &list, |last| last.place.clone());
        Ok(Page {
            items: page.items.into_iter().map(|found| found.hit).collect(),
            next_cursor: page.next_cursor,
            total: None,
        })
    }
}
