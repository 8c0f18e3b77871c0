//! The service `manager` over HTTP, with a `meta` behind it.

mod auth;
mod datasources;
mod desk;
mod documents;
mod followed;
mod followed_databases;
mod keys;
mod limits;
mod manage;
mod managed_objects;
mod passthrough;
mod paused;
mod reconciler;
mod repeated;
mod schedules;
mod start;
mod streaming;
mod tenants;
mod wire;

use self::managed_objects::preview as previews;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            manage {
                a_whole_database_becomes_ready,
                tables_become_ready_or_say_why_not,
            }
            reconciler { what_waits_for_another_scan_goes_in_when_it_ends }
            followed {
                a_dropped_table_is_ready_again_when_it_is_back,
                a_renamed_table_stays_managed,
            }
            previews {
                whoever_may_read_sees_rows,
                a_whole_database_is_asked_for_a_table,
                rows_come_as_csv_too,
                what_was_removed_is_not_shown,
            }
            followed_databases { a_dropped_database_is_ready_again_when_it_is_back }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);
