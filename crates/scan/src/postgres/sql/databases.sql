-- plumbline databases
with login as (
    select r.rolname::text as name, r.rolsuper as is_super from pg_roles r where r.rolname = current_user
)
select d.datname::text,
       pg_encoding_to_char(d.encoding)::text,
       -- The locale of a provider other than libc, which covers both; its column has had two names since 15.
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate::text),
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datctype::text),
       pg_get_userbyid(d.datdba)::text,
       d.datallowconn,
       -- The limit does not bind a superuser; -2 marks a database whose DROP was interrupted.
       case when l.is_super and d.datconnlimit >= 0 then -1 else d.datconnlimit end,
       coalesce(has_database_privilege(d.oid, 'CONNECT'), false),
       -- Where a session can be had it asks for the size itself, so that a database that goes away fails alone.
       case when has_database_privilege(d.oid, 'CONNECT') and (not d.datallowconn or d.datconnlimit = 0)
           then pg_database_size(d.oid) end,
       format('GRANT CONNECT ON DATABASE %I TO %I', d.datname, l.name),
       d.oid::int8
from pg_database d
cross join login l
where not d.datistemplate
order by d.datname::text collate "C"
