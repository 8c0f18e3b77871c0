, exclusive as (
    -- What another session has locked so that nobody may even look at its definition.
    select l.relation as oid
    from pg_locks l
    where l.locktype = 'relation'
      and l.mode = 'AccessExclusiveLock'
      and l.database = (select b.oid from pg_database b where b.datname = current_database())
)
