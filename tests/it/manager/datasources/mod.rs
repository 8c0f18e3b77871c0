//! `/api/manager/datasources`

mod available_databases;
mod available_tables;
mod list;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            available_databases { show_what_level_one_found_and_what_is_managed }
            available_tables { are_live_until_the_database_is_scanned }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);
