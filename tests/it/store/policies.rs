//! What binds rows to tenants, as the server's own catalog has it, and all that is exempt, each with its reason.

use test_support::{StoreLogin, TestStore};

use super::tenant_tables;

/// Tables without row security: they have no tenant.
const WITHOUT_TENANT: [&str; 10] = [
    // How far the schema has been migrated, which is the same for all.
    "manager._sqlx_migrations",
    "manager.schema_version",
    "metadata._sqlx_migrations",
    "metadata.schema_version",
    // COPY does not go together with row security. Only the scan that writes them reads them, by its number; no code of
    // the API names them.
    "metadata.staging_details",
    "metadata.staging_digests",
    "metadata.staging_fields",
    "metadata.staging_identities",
    "metadata.staging_objects",
    "metadata.staging_tables",
];

/// Functions that run as their owner, with what they answer: where to look, and nothing of what is there.
const ACROSS_TENANTS: [&str; 16] = [
    // Whose objects wait for a scan, or may have gone with their source.
    "manager.scan_schedules_to_tell(integer) TABLE(tenant_id bigint, resource_id bigint)",
    "manager.sources_to_reconcile(integer) TABLE(tenant_id bigint, resource_id bigint)",
    "manager.tenants_to_check(integer) TABLE(tenant_id bigint)",
    // What the queue must hold an entry of.
    "metadata.active_jobs() TABLE(tenant_id bigint, job_id uuid, datasource_id bigint, run_after timestamp with time \
     zone)",
    // Chores of the staging tables.
    "metadata.analyze_staging() void",
    "metadata.clear_abandoned_staging() void",
    // Which schedules follow the configuration, and which old jobs have their time come.
    "metadata.default_schedules_unlike(text,text,integer,integer) TABLE(tenant_id bigint, schedule_id bigint)",
    "metadata.jobs_to_purge(timestamp with time zone,integer) TABLE(tenant_id bigint, job_id uuid)",
    // Which keys are in use, for the operator, and what a change of key has left to do.
    "metadata.passwords_by_key() TABLE(key_id text, passwords bigint)",
    "metadata.passwords_not_under(text,bigint,bigint,integer) TABLE(tenant_id bigint, datasource_id bigint)",
    // Which pipelines, old previews and schedules have their time come.
    "metadata.pipelines_due(timestamp with time zone,integer) TABLE(tenant_id bigint, pipeline_id bigint)",
    "metadata.previews_to_purge(timestamp with time zone,integer) TABLE(tenant_id bigint, preview_id bigint)",
    "metadata.schedules_due(timestamp with time zone,integer) TABLE(tenant_id bigint, schedule_id bigint)",
    // Where a search leads in the transaction's own tenant: under row security it could use no index.
    "metadata.search_found(metadata.search_asked,integer,integer,integer,text,bigint,integer,integer) TABLE(level \
     integer, id bigint, rank integer)",
    "metadata.search_named(metadata.search_asked,integer,integer,text,bigint,integer) TABLE(level integer, id bigint, \
     rank integer)",
    // Which runs from outside are not heard of any more.
    "metadata.silent_runs(timestamp with time zone,integer) TABLE(tenant_id bigint, job_id uuid)",
];

/// Tables that the functions above read as their owner; he may change nothing in them.
const READ_ACROSS_TENANTS: [&str; 12] = [
    "manager.managed_objects",
    "manager.reconcile_turns",
    "manager.scan_schedules",
    "metadata.databases",
    "metadata.datasources",
    "metadata.fields",
    "metadata.log_data_jobs",
    "metadata.pipelines",
    "metadata.previews",
    "metadata.schedules",
    "metadata.sync_logs",
    "metadata.tables",
];

/// The texts that a statement finds, sorted.
async fn texts(store: &TestStore, sql: &'static str) -> Vec<String> {
    let mut texts: Vec<String> = sqlx::query_scalar(sql)
        .fetch_all(&mut store.admin().await)
        .await
        .expect("the catalog can be read");
    texts.sort();
    texts
}

#[tokio::test]
async fn every_table_with_a_tenant_forces_row_security() {
    let store = TestStore::create().await;
    let forced = texts(
        &store,
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager') and c.relrowsecurity and c.relforcerowsecurity",
    )
    .await;
    let tables = tenant_tables(&mut store.admin().await).await;
    let mut tables: Vec<String> = tables.iter().map(super::TenantTable::qualified).collect();
    tables.sort();
    assert_eq!(forced, tables);
    let without = texts(
        &store,
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager') and c.relkind in ('r', 'p', 'm', 'v', 'f') and not c.relrowsecurity
        ",
    )
    .await;
    assert_eq!(without, WITHOUT_TENANT);
}

/// Of a policy without a check of its own, what it lets be seen is also what it lets be written.
#[tokio::test]
async fn every_policy_binds_reading_and_writing_to_the_tenant() {
    let store = TestStore::create().await;
    let policies = texts(
        &store,
        "select format('%s %s %s of %s using %s check %s', p.polrelid::regclass,
            case when p.polpermissive then 'permissive' else 'restrictive' end, p.polcmd,
            case when p.polroles = '{0}' then 'everybody'
                 when p.polroles = array[c.relowner] then 'its owner' else p.polroles::text end,
            replace(pg_get_expr(p.polqual, p.polrelid), n.nspname || '.', ''),
            coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'the same'))
         from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager')",
    )
    .await;
    let tables = tenant_tables(&mut store.admin().await).await;
    let mut expected: Vec<String> = tables
        .iter()
        .map(|table| {
            let rule = "using (tenant_id = current_tenant()) check the same";
            format!("{} permissive * of everybody {rule}", table.qualified())
        })
        .collect();
    expected.extend(
        READ_ACROSS_TENANTS
            .map(|table| format!("{table} permissive r of its owner using true check the same")),
    );
    expected.sort();
    assert_eq!(policies, expected);
}

/// Functions that work across tenants are few, for the service's own login, and answer ids only.
#[tokio::test]
async fn what_works_across_tenants_tells_where_to_look_and_no_more() {
    let store = TestStore::create().await;
    let functions = texts(
        &store,
        "select p.oid::regprocedure || ' ' || pg_get_function_result(p.oid)
         from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ('metadata', 'manager') and p.prosecdef",
    )
    .await;
    assert_eq!(functions, ACROSS_TENANTS);
    let open = texts(
        &store,
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ('metadata', 'manager') and p.prosecdef
           and has_function_privilege('public', p.oid, 'execute')",
    )
    .await;
    assert_eq!(
        open,
        Vec::<String>::new(),
        "functions that anybody may call"
    );
    let loose = texts(
        &store,
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ('metadata', 'manager') and p.prosecdef
           and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)",
    )
    .await;
    assert_eq!(
        loose,
        Vec::<String>::new(),
        "functions without a search_path of their own"
    );
}

/// A view reads as its owner unless it is told otherwise, and a materialized one always did.
#[tokio::test]
async fn views_read_as_whoever_asks() {
    let store = TestStore::create().await;
    let views = texts(
        &store,
        "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager')
           and (c.relkind = 'm' or c.relkind = 'v'
             and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}')",
    )
    .await;
    assert_eq!(views, Vec::<String>::new());
}

/// With TRIGGER one could have others run what one likes, with REFERENCES ask whether a key is there; neither is bound
/// to tenants, nor is TRUNCATE.
#[tokio::test]
async fn the_runtime_logins_read_and_write_rows_and_nothing_else() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    for login in [StoreLogin::Meta, StoreLogin::Manager] {
        let found: Vec<String> = sqlx::query_scalar(
            "select distinct g.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace
             cross join aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
             where n.nspname in ('metadata', 'manager') and c.relkind <> 'S' and r.rolname = $1 order by 1",
        )
        .bind(login.name())
        .fetch_all(&mut admin)
        .await
        .expect("the catalog can be read");
        assert_eq!(found, ["DELETE", "INSERT", "SELECT", "UPDATE"], "{login:?}");
    }
}
