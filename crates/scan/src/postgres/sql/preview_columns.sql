-- The columns of one relation that has rows, and their types: of a domain the type beneath.
with recursive step (name, oid) as (
    select a.attname::text, a.atttypid
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and a.attnum > 0 and not a.attisdropped
    union all
    select s.name, t.typbasetype
    from step s
    join pg_type t on t.oid = s.oid
    where t.typtype = 'd'
)
select s.name, n.nspname::text, t.typname::text
from step s
join pg_type t on t.oid = s.oid and t.typtype <> 'd'
join pg_namespace n on n.oid = t.typnamespace
