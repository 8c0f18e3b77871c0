-- $2: oids of tables that another session has locked, so that nothing can be printed for which they are opened.
select r.schema,
       r.name,
       c.relname::text,
       am.amname::text,
       i.indisunique,
       i.indisprimary,
       i.indisvalid,
       -- Names are looked up one by one, which is cheaper than to join all of pg_attribute.
       array(
           select (select a.attname::text from pg_attribute a
                   where a.attrelid = i.indrelid and a.attnum = i.indkey[k] and i.indkey[k] <> 0)
           from generate_subscripts(i.indkey, 1) k
           order by k
       ),
       i.indnkeyatts::int4,
       i.indoption::text,
       -- Only an expression needs printing: the server prints slowly, and locks the table for it.
       case when i.indexprs is not null and r.oid::int8 <> all ($2::int8[]) then array(
           select case when i.indkey[k] = 0 then pg_get_indexdef(i.indexrelid, k + 1, true) end
           from generate_subscripts(i.indkey, 1) k
           order by k
       ) end,
       case when r.oid::int8 <> all ($2::int8[]) then pg_get_expr(i.indpred, i.indrelid) end,
       d.description
from relation r
join pg_index i on i.indrelid = r.oid
join pg_class c on c.oid = i.indexrelid
join pg_am am on am.oid = c.relam
left join pg_description d on d.objoid = i.indexrelid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
