-- settle identities: $1 database, $2 the server that answers, or null where it is not known.
-- Answers whether the identities that the catalog has of the tables are those of that server. If not they say
-- nothing: another server gives them to other tables.
with home as materialized (
    select d.id, d.identity_server
    from metadata.databases d
    where d.tenant_id = metadata.current_tenant() and d.id = $1
),
forgotten as (
    update metadata.tables t
    set source_identity = null
    from home h
    where t.tenant_id = metadata.current_tenant() and t.database_id = h.id and t.source_identity is not null
      and h.identity_server is distinct from $2::text and $2::text is not null
),
settled as (
    update metadata.databases d
    set identity_server = $2::text
    from home h
    where d.tenant_id = metadata.current_tenant() and d.id = h.id and h.identity_server is distinct from $2::text
)
select coalesce(h.identity_server = $2::text, false) as "are_comparable!"
from home h
