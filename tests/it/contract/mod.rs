//! What holds for every operation of both services, taken from the documents that they serve, so that a new operation
//! is covered by itself.

mod asked_at_random;
mod bad_input;
pub(crate) mod document;
mod limits;
mod place;
mod values;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            limits { passwords_of_any_characters_are_kept_whole, an_address_of_ipv6_is_reached }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);
