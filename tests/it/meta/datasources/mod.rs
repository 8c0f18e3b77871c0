//! `/api/metadata/datasources`

mod connection_cap;
mod create;
mod delete;
mod get;
mod list;
mod password_from;
mod patterns;
mod pause;
mod policy;
mod test;
mod update;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            connection_cap { holds_over_levels_and_replicas }
            create { registers_and_starts_level_one }
            delete { takes_the_catalog_along_and_leaves_the_job_log }
            test { reports_every_step, stops_at_the_step_that_fails, of_a_registered_source_uses_its_password }
            password_from { is_read_at_each_connection }
            patterns { choose_the_databases }
            policy { a_name_that_leads_to_a_refused_address_fails_there }
            update { changes_where_scans_connect }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// A body that registers a source which nobody reaches.
pub(super) fn unreachable(name: &str) -> serde_json::Value {
    serde_json::json!({
        "name": name, "datasource_type": "mysql", "host": "db.invalid", "port": 3306, "username": "u", "password": "p",
    })
}

/// A `meta` that runs no jobs: what is registered stays as it is.
pub(super) async fn idle() -> test_support::Meta {
    test_support::Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await
}
