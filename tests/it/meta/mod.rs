//! The service `meta` over HTTP.

mod all_events;
mod auth;
mod changes;
mod conditional;
mod databases;
mod datasources;
mod documents;
mod events;
mod faults;
mod fields;
mod fills;
mod held;
mod http_etl;
mod idempotency;
mod job_control;
mod jobs;
mod limits;
mod lineage;
mod lookup;
mod measure;
mod objects;
mod paging;
mod pipelines;
mod previews;
mod relations;
mod reports;
mod rotation;
mod scan;
mod schedules;
mod search;
mod secrets;
mod shop;
mod start;
mod sync;
mod sync_logs;
mod tables;
mod tree;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            changes {
                begin_with_a_baseline,
                tell_what_was_added_changed_and_removed,
                tell_what_is_back,
                are_counted,
                want_exactly_one_id,
            }
            databases { are_listed_after_registering, table_names_are_read_live }
            fields { have_every_attribute, of_a_table_that_changed }
            lineage { joins_views_and_events, names_its_nodes_and_edges, follows_the_catalog }
            lookup {
                goes_as_deep_as_the_names,
                says_which_name_leads_nowhere,
                finds_what_is_gone_when_asked,
                ids_tell_what_has_become_of_entries,
            }
            objects { are_listed_changed_and_removed }
            relations { tell_who_refers_to_a_table, follow_the_source }
            scan {
                reads_one_database,
                leaves_its_marks,
                reads_several_databases,
                reads_some_tables,
                without_fields_and_then_with_them,
                of_a_second_request_while_one_runs_names_the_first,
                of_a_database_that_is_not_there_fails_with_advice,
                of_an_unknown_table_is_partial,
            }
            search { finds_names_and_comments, follows_the_source, refuses_what_is_no_query }
            job_control { a_job_that_runs_is_stopped_by_any_replica }
            sync { is_started_by_request, answers_with_a_fresh_result }
            tables { have_keys_indexes_and_definitions, are_filtered }
            faults {
                a_refused_login_fails_the_job,
                a_refused_port_fails_the_job,
                a_port_that_is_no_database_fails_the_job,
                a_silent_port_fails_the_job,
                a_connection_cut_in_the_middle_leaves_the_catalog_as_it_was,
                a_server_that_goes_away_during_level_one_leaves_the_catalog_as_it_was,
            }
            tree {
                is_walked_level_by_level,
                each_level_is_filtered_by_name,
                is_paged_and_shows_what_is_gone_when_asked,
                refuses_what_is_no_entry,
            }
            secrets { a_password_is_nowhere_but_at_the_source }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// These want a server whose databases are theirs alone. `MySQL` lists what is granted; `PostgreSQL` lists all, those of
/// other tests included, so there `catalog` tests the same below the scanner.
macro_rules! suite_of_granted {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            scan { a_view_without_its_base_fails_alone, what_the_login_may_not_see_is_told_with_the_grant }
            sync { finds_what_came_and_went }
        }
    };
}
suite_of_granted!(mariadb_granted, MariaDb);
suite_of_granted!(mysql_granted, MySql);
