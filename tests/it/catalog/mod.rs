//! From a scan into the catalog: what is written, what is not, and what is believed to be gone.

mod counts;
mod databases;
mod deep;
mod doubts;
mod growth;
mod hidden;
mod incremental;
mod lineage;
mod moving;
mod open;
mod relations;
mod removals;
mod renames;
mod renames_in_part;
mod renames_of_databases;
mod renames_told;
mod search;

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Installation, Meta, Server, Source};

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            deep {
                an_unchanged_scan_writes_no_row,
                a_changed_structure_is_written,
                batches_make_no_difference,
                names_are_data,
            }
            counts { what_is_no_structure_does_not_count }
            incremental {
                only_what_changed_is_read,
                a_scan_of_a_part_leaves_the_digests,
                with_many_changes_everything_is_read,
                every_so_often_everything_is_read,
                what_the_digests_missed_is_told_as_a_defect,
                figures_follow_without_a_reading,
            }
            growth { only_much_growth_is_told, the_setting_says_how_much_is_much }
            moving { ddl_during_scans_leaves_the_catalog_whole }
            removals {
                a_dropped_table_is_marked_and_revived_with_its_id,
                a_listing_that_fails_removes_nothing,
                half_of_many_tables_vanishing_is_not_believed,
                a_few_of_many_tables_vanishing_is_believed,
                a_dropped_database_is_what_level_one_marks,
            }
            doubts {
                what_is_confirmed_is_marked,
                two_confirm_at_once,
                who_may_not_confirms_nothing,
                what_came_back_is_not_confirmed,
                what_a_scan_of_some_tables_found_is_not_confirmed,
                a_scan_under_way_is_waited_for,
                what_another_server_does_not_list_stays,
                databases_that_another_server_does_not_list_stay,
            }
            renames {
                a_renamed_table_keeps_its_id,
                a_renamed_field_keeps_its_id,
                names_are_swapped,
                a_copy_takes_the_name,
            }
            renames_in_part { some_of_many_swap }
            renames_told {
                a_table_is_renamed_and_altered,
                a_table_that_refers_to_itself_is_renamed,
                two_fields_are_renamed_at_once,
                logs_are_rotated,
                a_name_that_comes_back_is_revived,
                what_was_gone_comes_back_renamed,
                identities_of_another_server_say_nothing,
                chosen_tables_are_followed,
            }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

test_support::suite! { only_postgres, Postgres,
    counts {
        what_the_server_says_elsewhere_counts,
        what_expressions_are_made_with_counts,
        how_a_table_is_kept_counts,
        what_only_writes_such_a_row_is_read_and_found_unchanged,
    }
}
test_support::suite! { only_mariadb, MariaDb, counts { whatever_is_told_of_a_table_counts } }
test_support::suite! { only_mysql, MySql, counts { whatever_is_told_of_a_table_counts } }
test_support::suite! { mysql_dated, MySql, renames_told { what_was_made_at_another_time_is_another } }

// Where schemas can be renamed, fields have an identity and tables have one for every login.
test_support::suite! { postgres_identified, Postgres,
    renames { a_moved_table_keeps_its_id, fields_are_swapped }
    renames_told { identities_that_were_dealt_anew_say_nothing }
    renames_of_databases { swapped_databases_keep_their_ids }
}

/// These want a server whose rights hide what they are not for, which `PostgreSQL` does not.
macro_rules! suite_of_granted {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            removals { half_of_many_databases_vanishing_is_not_believed }
            hidden {
                a_table_without_rights_stays,
                a_field_without_rights_stays,
                a_routine_without_rights_stays,
                a_database_without_rights_stays,
                what_a_role_showed_stays,
                what_rights_showed_at_the_beginning_stays,
                rights_on_other_databases_raise_no_doubt,
            }
            renames_told { swapped_contents_are_changes }
            renames_in_part { a_double_that_is_not_read_is_in_doubt }
        }
    };
}
suite_of_granted!(mariadb_granted, MariaDb);
suite_of_granted!(mysql_granted, MySql);

/// A registered source and the store behind.
struct Scans {
    meta: Meta,
    source: Source,
    id: i64,
}

impl Scans {
    async fn of(source: Source) -> Self {
        Self::with(source, &[]).await
    }

    async fn with(source: Source, settings: &[(&str, &str)]) -> Self {
        let meta = Installation::new().await.meta_with(settings).await;
        let id = meta.register(&source).await;
        Self { meta, source, id }
    }

    /// Level 1, whatever it ends with.
    async fn sync(&self) -> Value {
        let sync = json!({ "resource_id": self.id, "force": true });
        let api = self.meta.admin();
        let started = api.post("/api/metadata/sync/auto", &sync).await.expect(202);
        let sync = started["sync_id"].as_i64().expect("a number");
        self.meta.ended(sync).await
    }

    async fn scan(&self) -> Value {
        self.meta
            .scan(&json!({ "resource_id": self.id, "database": self.source.database }))
            .await
    }

    /// A scan that must end well.
    async fn scan_well(&self) -> Value {
        let status = self.scan().await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        status
    }

    /// Whatever a statement finds in the store, a line for each row.
    async fn rows(&self, sql: &str) -> Vec<String> {
        let mut admin = self.meta.installation.store().admin().await;
        let query = AssertSqlSafe(format!("select to_jsonb(r)::text from ({sql}) r"));
        sqlx::query_scalar(query)
            .fetch_all(&mut admin)
            .await
            .unwrap_or_else(|error| panic!("{error}, in: {sql}"))
    }

    /// Where each row of tables and fields lies, and which transaction wrote it.
    async fn places(&self) -> Vec<String> {
        let mut rows = self
            .rows("select id, ctid::text, xmin::text from metadata.tables order by id")
            .await;
        rows.extend(
            self.rows("select id, ctid::text, xmin::text from metadata.fields order by id")
                .await,
        );
        rows
    }

    /// The living tables by name, each with its id.
    async fn tables(&self) -> Vec<(String, i64)> {
        let mut admin = self.meta.installation.store().admin().await;
        sqlx::query_as(
            "select table_name, id from metadata.tables where removed_at is null order by 1",
        )
        .fetch_all(&mut admin)
        .await
        .expect("the tables")
    }

    async fn execute(&self, sql: &str) {
        self.source.execute(sql).await;
    }
}

/// An empty database on a server.
async fn source(server: Server) -> Source {
    Source::create(server).await
}
