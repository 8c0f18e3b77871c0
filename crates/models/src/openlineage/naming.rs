//! Which table of which server a dataset is (`OpenLineage`, "Naming Conventions").

use serde::Serialize;

use crate::datasource::Engine;

/// A table by the names that `OpenLineage` has for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerTable {
    /// What the server speaks.
    pub engine: Engine,
    /// Its host, in lower case.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The database.
    pub database: String,
    /// The schema; '' on `MySQL`.
    pub schema: String,
    /// The table.
    pub table: String,
}

impl ServerTable {
    /// The table behind `postgres://HOST:PORT` and `DATABASE.SCHEMA.TABLE`, or `mysql://HOST:PORT` and
    /// `DATABASE.TABLE`; none behind other names. Points beyond those are taken to be the table's own.
    #[must_use]
    pub fn of(namespace: &str, name: &str) -> Option<Self> {
        let (protocol, rest) = namespace.split_once("://")?;
        let (engine, usual) = spoken(protocol)?;
        let (host, port) = address(rest.strip_suffix('/').unwrap_or(rest), usual)?;
        let parts = match engine {
            Engine::Postgresql => 3,
            Engine::Mysql => 2,
        };
        let parts: Vec<&str> = name.splitn(parts, '.').collect();
        let (database, schema, table) = match (engine, parts.as_slice()) {
            (Engine::Postgresql, [database, schema, table]) => (*database, *schema, *table),
            (Engine::Mysql, [database, table]) => (*database, "", *table),
            _ => return None,
        };
        let is_named = |name: &str| !name.is_empty();
        let whole =
            is_named(database) && is_named(table) && (engine == Engine::Mysql || is_named(schema));
        whole.then(|| Self {
            engine,
            host: host.to_lowercase(),
            port,
            database: database.to_owned(),
            schema: schema.to_owned(),
            table: table.to_owned(),
        })
    }
}

/// What a server of this protocol speaks, and its usual port.
fn spoken(protocol: &str) -> Option<(Engine, u16)> {
    match protocol.to_ascii_lowercase().as_str() {
        "postgres" | "postgresql" => Some((Engine::Postgresql, 5432)),
        "mysql" | "mariadb" => Some((Engine::Mysql, 3306)),
        _ => None,
    }
}

/// Host and port of `HOST`, `HOST:PORT` or, of an address of IPv6, `[HOST]:PORT`.
fn address(text: &str, usual: u16) -> Option<(&str, u16)> {
    let (host, port) = if let Some(rest) = text.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        let port = match port {
            "" => None,
            port => Some(port.strip_prefix(':')?),
        };
        (host, port)
    } else {
        match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        }
    };
    let port = port.map_or(Some(usual), |port| port.parse().ok())?;
    let is_host = !host.is_empty() && !host.contains(['/', ',', '?', '#']);
    is_host.then_some((host, port))
}

/// A namespace less the login and password that it may have, as an address of a server can: before its host
/// or, of those that are tables' servers, among the settings behind it.
pub(super) fn without_login(mut namespace: String) -> String {
    let Some((scheme, rest)) = namespace.split_once("://") else {
        return namespace;
    };
    let protocol = scheme.strip_prefix("jdbc:").unwrap_or(scheme);
    if spoken(protocol).is_some()
        && let Some(settings) = rest.find('?')
    {
        let start = namespace.len() - rest.len();
        namespace.truncate(start + settings);
        return without_login(namespace);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{host}{path}"),
        None => namespace,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(namespace: &str, name: &str) -> Option<String> {
        ServerTable::of(namespace, name).map(|it| {
            let engine = it.engine.as_str();
            format!(
                "{engine} {} {} {}/{}/{}",
                it.host, it.port, it.database, it.schema, it.table
            )
        })
    }

    #[test]
    fn tables_are_known_by_their_names() {
        let table = [
            (
                "postgres://db:5433",
                "shop.public.orders",
                "postgresql db 5433 shop/public/orders",
            ),
            (
                "postgres://DB.Example.org",
                "Shop.a.B",
                "postgresql db.example.org 5432 Shop/a/B",
            ),
            (
                "postgresql://[::1]:5432/",
                "s.p.t",
                "postgresql ::1 5432 s/p/t",
            ),
            ("postgres://[::1]", "s.p.t.u", "postgresql ::1 5432 s/p/t.u"),
            (
                "mysql://10.0.0.7:3307",
                "shop.orders",
                "mysql 10.0.0.7 3307 shop//orders",
            ),
            (
                "mysql://db",
                "shop.orders.2026",
                "mysql db 3306 shop//orders.2026",
            ),
        ];
        for (namespace, name, expected) in table {
            assert_eq!(found(namespace, name).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_names_are_of_no_table() {
        for (namespace, name) in [
            ("s3://bucket", "shop.public.orders"),
            ("postgres", "shop.public.orders"),
            ("postgres://", "shop.public.orders"),
            ("postgres://db:x", "shop.public.orders"),
            ("postgres://db:99999", "shop.public.orders"),
            ("postgres://[::1]x", "shop.public.orders"),
            ("postgres://a:1,b:2", "shop.public.orders"),
            ("postgres://db/shop", "shop.public.orders"),
            ("postgres://db", "public.orders"),
            ("postgres://db", "shop..orders"),
            ("mysql://db", "orders"),
            ("mysql://db", ".orders"),
            ("mysql://db", "shop."),
        ] {
            assert_eq!(found(namespace, name), None, "{namespace} {name}");
        }
    }

    #[test]
    fn logins_are_left_out_of_namespaces() {
        for (namespace, expected) in [
            ("postgres://ada:pw@db:5432", "postgres://db:5432"),
            ("mysql://a:p@w@db/x@y", "mysql://db/x@y"),
            ("mysql://db?user=a@b", "mysql://db"),
            (
                "jdbc:postgresql://ada:pw@db/shop?password=pw",
                "jdbc:postgresql://db/shop",
            ),
            ("x://db?user=a@b", "x://db?user=a@b"),
            ("a@b", "a@b"),
            ("kafka://broker:9092", "kafka://broker:9092"),
        ] {
            assert_eq!(without_login(namespace.to_owned()), expected);
        }
    }
}
