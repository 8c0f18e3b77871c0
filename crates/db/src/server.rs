//! What a `PostgreSQL` server must be before there is a store on it, for whoever sets one up.

use sqlx::postgres::PgConnection;

/// The login of a connection, and the server that let it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedIn {
    /// The login's name.
    pub login: String,
    /// Whether it may do everything.
    pub is_superuser: bool,
    /// The release as the server prints it.
    pub version: String,
    /// The first number of the release.
    pub major: i32,
}

/// Asks who the connection's login is, and what the server is.
///
/// # Errors
/// When the statement fails.
pub async fn logged_in(connection: &mut PgConnection) -> Result<LoggedIn, sqlx::Error> {
    let (login, is_superuser, version, number): (String, bool, String, i32) = sqlx::query_as(
        "-- superuser and release
        select rolname::text, rolsuper, current_setting('server_version'),
            current_setting('server_version_num')::int
        from pg_roles where rolname = current_user",
    )
    .fetch_one(connection)
    .await?;
    Ok(LoggedIn {
        login,
        is_superuser,
        version,
        // 150004 is 15.4 (PostgreSQL manual, "Preset Options").
        major: number / 10_000,
    })
}

/// Makes the database `plumbline` unless it is there, whatever the server's templates have been
/// changed to.
///
/// # Errors
/// When a statement fails, such as for a login that may not create databases.
pub async fn create_database(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let there: bool = sqlx::query_scalar(
        "-- database is there\nselect exists (select from pg_database where datname = 'plumbline')",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !there {
        sqlx::query("-- database\ncreate database plumbline template template0 encoding 'UTF8'")
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// The directory that the server keeps its cluster in; for a superuser.
///
/// # Errors
/// When the statement fails.
pub async fn data_directory(connection: &mut PgConnection) -> Result<String, sqlx::Error> {
    sqlx::query_scalar("-- cluster\nshow data_directory")
        .fetch_one(connection)
        .await
}
