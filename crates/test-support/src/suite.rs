//! One suite of tests on several servers.

/// Makes a module `$module` with one test for each named function, run on `$server`.
///
/// The functions are `async fn(Server)` of modules beside the call. A folder of tests wraps the call
/// in a macro of its own that lists them once, so that each server is one line:
///
/// ```ignore
/// macro_rules! suite {
///     ($module:ident, $server:ident) => {
///         test_support::suite! { $module, $server,
///             level_one { databases_are_listed, sizes_are_told }
///             level_two { every_kind_is_read }
///         }
///     };
/// }
/// suite!(postgres, Postgres);
/// suite!(mariadb, MariaDb);
/// suite!(mysql, MySql);
/// ```
///
/// Where `MySQL` could not be had, its tests say so and pass.
#[macro_export]
macro_rules! suite {
    ($module:ident, $server:ident, $($file:ident { $($test:ident),* $(,)? })*) => {
        mod $module {$(
            mod $file {$(
                #[tokio::test]
                async fn $test() {
                    if let Some(server) = $crate::Server::$server.available() {
                        Box::pin(super::super::$file::$test(server)).await;
                    }
                }
            )*}
        )*}
    };
}
