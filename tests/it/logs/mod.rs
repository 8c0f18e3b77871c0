//! What both services write to their logs, as programs of their own.

mod audit;
mod canary;
mod credentials;
mod requests;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            canary { a_password_that_is_given_is_in_no_output }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);
