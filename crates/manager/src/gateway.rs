//! How `manager` asks `meta`: as the caller, or for itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use http::HeaderValue;
use meta_client::{DatabasesQuery, Error, MetaClient, PageQuery, Session, TablesQuery};
use models::database::Database;
use models::datasource::Datasource;
use models::page::MAX_LIMIT;
use models::table::Table;
use models::{Ids, TenantId};
use secrecy::SecretString;
use service_kit::auth::{Caller, TokenKeys};
use service_kit::http::RequestId;
use tracing::Span;

/// The way to `meta`.
#[derive(Debug, Clone)]
pub(crate) struct Gateway {
    client: MetaClient,
    keys: Arc<TokenKeys>,
    ids: Ids,
}

impl Gateway {
    pub(crate) fn new(client: MetaClient, keys: Arc<TokenKeys>) -> Self {
        Self {
            client,
            keys,
            ids: Ids::random(),
        }
    }

    /// Asks with the caller's own token.
    pub(crate) fn as_caller(&self, caller: &Caller, request_id: &RequestId) -> Meta {
        Meta {
            gateway: self.clone(),
            who: Who::Caller(caller.token.clone()),
            request_id: request_id.clone(),
        }
    }

    /// Asks for the service itself, on behalf of whoever began what is now to be gone on with. The
    /// calls have an id of their own, which the span that is entered then names.
    pub(crate) fn as_service(&self, tenant: TenantId, on_behalf_of: &str) -> Meta {
        let request_id = RequestId::next(&self.ids);
        Span::current().record("request_id", request_id.as_str());
        Meta {
            gateway: self.clone(),
            who: Who::Service(tenant, on_behalf_of.to_owned()),
            request_id,
        }
    }

    /// Asks for the service itself within a request of a caller who may have what is asked, but not of
    /// `meta`.
    pub(crate) fn on_behalf_of(&self, caller: &Caller, request_id: &RequestId) -> Meta {
        Meta {
            gateway: self.clone(),
            who: Who::Service(caller.tenant, caller.subject.clone()),
            request_id: request_id.clone(),
        }
    }

    /// Whether `meta` answers.
    pub(crate) async fn ping(&self) -> Result<(), Error> {
        self.client.ping().await
    }
}

#[derive(Debug, Clone)]
enum Who {
    Caller(SecretString),
    Service(TenantId, String),
}

/// `meta`, asked as somebody.
#[derive(Debug, Clone)]
pub(crate) struct Meta {
    gateway: Gateway,
    who: Who,
    request_id: RequestId,
}

impl Meta {
    /// For a few calls: a service's token is made here and lives a minute.
    pub(crate) fn session(&self) -> Session {
        let token = match &self.who {
            Who::Caller(token) => token.clone(),
            Who::Service(tenant, on_behalf_of) => {
                self.gateway.keys.mint_service(*tenant, on_behalf_of)
            }
        };
        let request_id: HeaderValue = self.request_id.header();
        self.gateway.client.session(token, Some(request_id))
    }

    /// Looks data sources up in the tenant's list, and answers with the ids that it lacks. One that
    /// is renamed meanwhile may be missed, so that an id that is lacking need not be gone.
    pub(crate) async fn find_datasources(
        &self,
        mut wanted: BTreeSet<i64>,
        mut found: impl FnMut(Datasource),
    ) -> Result<BTreeSet<i64>, Error> {
        let mut query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        while !wanted.is_empty() {
            let page = self.session().list_datasources(&query).await?;
            for datasource in page.items {
                if wanted.remove(&datasource.id) {
                    found(datasource);
                }
            }
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                break;
            }
        }
        Ok(wanted)
    }

    /// The names of data sources, as far as they are there.
    pub(crate) async fn datasource_names(
        &self,
        ids: BTreeSet<i64>,
    ) -> Result<HashMap<i64, String>, Error> {
        let mut names = HashMap::new();
        if let (1, Some(id)) = (ids.len(), ids.first()) {
            let datasource = self.session().get_datasource(*id).await?;
            names.insert(datasource.id, datasource.datasource_name);
        } else {
            let note = |datasource: Datasource| {
                names.insert(datasource.id, datasource.datasource_name);
            };
            self.find_datasources(ids, note).await?;
        }
        Ok(names)
    }

    /// The database of a data source with exactly this name, there or gone; None when the catalog has none.
    pub(crate) async fn find_database_or_gone(
        &self,
        resource_id: i64,
        name: &str,
    ) -> Result<Option<Database>, Error> {
        let query = DatabasesQuery {
            resource_id,
            name: Some(name.to_owned()),
            include_removed: Some(true),
            ..DatabasesQuery::default()
        };
        let page = self.session().list_databases(&query).await?;
        Ok(page.items.into_iter().next())
    }

    /// Shows all tables of a database of the catalog that are there, or `with_gone` also those that were, page
    /// by page.
    pub(crate) async fn each_table(
        &self,
        database_id: i64,
        with_gone: bool,
        mut show: impl FnMut(&Table),
    ) -> Result<(), Error> {
        let mut query = TablesQuery {
            database_id,
            include_removed: with_gone.then_some(true),
            limit: Some(MAX_LIMIT),
            ..TablesQuery::default()
        };
        loop {
            let page = self.session().list_tables(&query).await?;
            page.items.iter().for_each(&mut show);
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                return Ok(());
            }
        }
    }
}
