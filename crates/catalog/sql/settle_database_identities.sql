-- settle database identities: $1 data source, $2 the server that answers, or null where it is not known.
-- As settle_identities.sql does for tables.
with home as materialized (
    select s.id, s.identity_server
    from metadata.datasources s
    where s.tenant_id = metadata.current_tenant() and s.id = $1
),
forgotten as (
    update metadata.databases d
    set source_identity = null
    from home h
    where d.tenant_id = metadata.current_tenant() and d.datasource_id = h.id and d.source_identity is not null
      and h.identity_server is distinct from $2::text and $2::text is not null
),
settled as (
    update metadata.datasources s
    set identity_server = $2::text
    from home h
    where s.tenant_id = metadata.current_tenant() and s.id = h.id and h.identity_server is distinct from $2::text
)
select coalesce(h.identity_server = $2::text, false) as "are_comparable!"
from home h
