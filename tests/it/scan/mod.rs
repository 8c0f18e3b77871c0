//! The scanners: one suite, three servers.

mod bad_input;
mod connection;
mod cost;
mod counts;
mod cut;
mod grants_of_mysql;
mod hostile;
mod level_one;
mod level_two;
mod logins;
mod names;
mod odd_of_mysql;
mod only_postgres;
mod policy;
mod render;
mod stop;
mod tls;

use futures::TryStreamExt;
use scan::{DatabaseReader, Part, Record, ScanError, Selection};

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            bad_input {
                a_database_dropped_during_a_scan_is_told,
                a_table_named_like_sql_is_a_table,
                tables_that_come_and_go_do_no_harm,
            }
            connection {
                a_test_reports_every_step,
                a_test_stops_at_the_step_that_fails,
                a_refused_port_is_no_connection,
                a_port_that_is_no_database_is_a_matter_of_protocol,
                a_silent_port_is_given_up,
                a_wrong_password_is_a_refused_login,
                an_unknown_database_is_named,
                no_error_shows_the_password,
            }
            cost { the_number_of_statements_does_not_depend_on_the_number_of_tables, level_one_is_counted_too, the_session_reads_only }
            counts { counts_equal_the_servers_own }
            cut { a_killed_session_is_an_interruption, a_cut_wire_is_an_interruption, a_silent_server_is_a_timeout }
            level_one { the_server_tells_what_it_is, databases_are_listed, what_may_not_be_read_is_told_or_hidden }
            level_two { everything_is_read, a_selection_is_kept, an_empty_database_has_nothing, a_view_without_its_base_fails_alone }
            logins { hosts_may_be_of_ipv6, passwords_may_be_anything, names_may_be_anything, what_to_change_is_told }
            names { are_paged_in_order }
            policy {
                a_name_is_resolved_once_for_each_connection,
                only_addresses_that_are_allowed_are_used,
                addresses_are_checked_as_names_are,
            }
            stop { a_statement_that_nobody_waits_for_is_stopped }
            tls {
                each_mode_checks_what_it_says,
                a_server_without_tls_is_told,
                an_expired_certificate_is_told,
                a_login_may_be_bound_to_tls,
            }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// What only these two servers have.
macro_rules! suite_of_mysql {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            grants_of_mysql { the_smallest_grants_read_everything, each_grant_that_lacks_is_named, few_rights_show_what_they_may, rights_of_a_role_count }
            logins { plugins_that_are_known_work_and_others_are_told }
            odd_of_mysql {
                a_thousand_columns_are_read,
                a_port_that_hangs_up_is_a_matter_of_protocol,
                what_views_read_is_found_in_their_text,
                thousands_of_databases_are_listed,
                identities_are_all_tables_and_nothing_else,
                a_database_that_goes_is_not_an_empty_one,
                a_corrupt_table_fails_alone,
            }
        }
    };
}
suite_of_mysql!(mariadb_family, MariaDb);
suite_of_mysql!(mysql_family, MySql);
test_support::suite! { postgres_alone, Postgres,
    only_postgres {
        a_definition_of_an_index_is_the_servers_own,
        a_login_that_may_only_connect_reads_all,
        a_temporary_table_is_left_out,
        a_thousand_columns_are_read,
        what_hangs_up_is_told_from_a_server,
        what_is_locked_meanwhile_fails_alone,
    }
    stop { a_waiting_statement_ends }
    tls { prefer_falls_back_for_a_login_that_must_not }
}

/// All records of a part.
pub(crate) async fn read(
    reader: &mut dyn DatabaseReader,
    part: Part,
    selection: &Selection,
) -> Result<Vec<Record>, ScanError> {
    reader.read(part, selection).try_collect().await
}

/// All records of all parts of a database.
async fn read_all(source: &test_support::Source, selection: &Selection) -> Vec<Record> {
    let mut reader = scan::scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let mut records = Vec::new();
    for part in Part::CONTENT {
        records.extend(
            read(&mut *reader, part, selection)
                .await
                .expect("the part is read"),
        );
    }
    reader.close().await;
    records
}
