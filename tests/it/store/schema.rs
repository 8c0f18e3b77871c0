//! What design asks of every table, asked of the server's catalog.

use test_support::TestStore;

/// The texts that a statement finds; the list of what breaks a rule.
async fn offenders(sql: &'static str) -> Vec<String> {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    sqlx::query_scalar(sql)
        .fetch_all(&mut admin)
        .await
        .expect("the catalog can be read")
}

const NONE: Vec<String> = Vec::new();

#[tokio::test]
async fn every_table_has_a_comment() {
    let found = offenders(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager') and c.relkind in ('r', 'p', 'v', 'm')
           and c.relname <> '_sqlx_migrations' and obj_description(c.oid, 'pg_class') is null",
    )
    .await;
    assert_eq!(found, NONE);
}

#[tokio::test]
async fn every_column_has_a_comment() {
    let found = offenders(
        "select c.oid::regclass || '.' || a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         where n.nspname in ('metadata', 'manager') and c.relkind in ('r', 'p', 'v', 'm')
           and c.relname <> '_sqlx_migrations' and col_description(c.oid, a.attnum) is null",
    )
    .await;
    assert_eq!(found, NONE);
}

#[tokio::test]
async fn every_function_has_a_comment() {
    let found = offenders(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ('metadata', 'manager') and obj_description(p.oid, 'pg_proc') is null",
    )
    .await;
    assert_eq!(found, NONE);
}

/// `PostgreSQL` makes names up: `TABLE_COLUMN_check`, `TABLE_COLUMNS_key`, `TABLE_COLUMNS_fkey`.
#[tokio::test]
async fn every_constraint_is_named_by_us() {
    let found = offenders(
        "select t.relname || '.' || o.conname from pg_constraint o
         join pg_class t on t.oid = o.conrelid join pg_namespace n on n.oid = t.relnamespace
         cross join lateral (
            select string_agg(a.attname, '_' order by k.place) as joined
            from unnest(o.conkey) with ordinality k (number, place)
            join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
         ) columns
         where n.nspname in ('metadata', 'manager') and t.relname <> '_sqlx_migrations'
           and (o.conname ~ '_check[0-9]*$' or o.conname ~ '_not_null[0-9]*$'
             or o.conname in (t.relname || '_' || joined || '_key', t.relname || '_' || joined || '_fkey'))",
    )
    .await;
    assert_eq!(found, NONE);
}

#[tokio::test]
async fn unique_keys_and_foreign_keys_begin_with_the_tenant() {
    let found = offenders(
        "select i.indexrelid::regclass::text from pg_index i
         join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
         join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
         where n.nspname in ('metadata', 'manager') and i.indisunique and a.attname <> 'tenant_id'
           and t.relname not in ('_sqlx_migrations', 'schema_version')
         union all
         select o.conrelid::regclass || '.' || o.conname from pg_constraint o
         join pg_namespace n on n.oid = o.connamespace
         join pg_attribute a on a.attrelid = o.conrelid and a.attnum = o.conkey[1]
         where n.nspname in ('metadata', 'manager') and o.contype = 'f' and a.attname <> 'tenant_id'",
    )
    .await;
    assert_eq!(found, NONE);
}

#[tokio::test]
async fn every_row_says_when_it_was_made_and_changed() {
    let found = offenders(
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager') and c.relkind in ('r', 'p') and c.relrowsecurity
           and 2 <> (select count(*) from pg_attribute a where a.attrelid = c.oid
                     and a.attname in ('created_at', 'updated_at') and a.atttypid = 'timestamptz'::regtype)",
    )
    .await;
    assert_eq!(found, NONE);
}

/// No foreign key makes a delete read a whole table.
#[tokio::test]
async fn every_foreign_key_has_an_index_that_begins_with_it() {
    let found = offenders(
        "select o.conrelid::regclass || '.' || o.conname from pg_constraint o
         join pg_namespace n on n.oid = o.connamespace
         where n.nspname in ('metadata', 'manager') and o.contype = 'f'
           and not exists (
             select from pg_index i where i.indrelid = o.conrelid and i.indpred is null
               and (i.indkey::smallint[])[0 : array_length(o.conkey, 1) - 1] @> o.conkey
           )",
    )
    .await;
    assert_eq!(found, NONE);
}
