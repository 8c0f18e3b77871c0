-- $2: what tells the server from every other, since versions of rows mean nothing elsewhere; NULL for no digest.
, part as materialized (
    -- The rows of the catalog that a relation owns, and in which version they are: a change of a row is written by a
    -- transaction of its own number, and what changes in place are figures. Of pg_class only what a scan tells counts,
    -- since GRANT, TRUNCATE and VACUUM FULL write that row too. Whatever $1 leaves out may be read by a view.
    select c.oid as root, 'pg_class'::regclass::oid as classid, c.oid as objid,
           hashtextextended(row(n.nspname, c.relname, c.relkind, c.relispartition, c.relam, c.relpersistence,
               c.relrowsecurity, c.relforcerowsecurity, c.relispopulated, c.reloptions, c.reloftype, c.relpartbound,
               t.reloptions, s.spcname, f.srvname, pg_get_userbyid(c.relowner))::text, 0) as version
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_class t on t.oid = c.reltoastrelid
    left join pg_tablespace s on s.oid = c.reltablespace
    left join (pg_foreign_table ft join pg_foreign_server f on f.oid = ft.ftserver) on ft.ftrelid = c.oid
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c') and n.nspname !~ '^pg_toast'
    union all
    select d.adrelid, 'pg_attrdef'::regclass, d.oid, hashtextextended(d.xmin::text, d.oid::int8)
    from pg_attrdef d
    union all
    select c.conrelid, 'pg_constraint'::regclass, c.oid, hashtextextended(c.xmin::text, c.oid::int8)
    from pg_constraint c
    where c.conrelid <> 0
    union all
    select i.indrelid, 'pg_class'::regclass, i.indexrelid,
           hashtextextended(row(i.xmin, c.relname, c.relam, c.reloptions, s.spcname)::text, i.indexrelid::int8)
    from pg_index i
    join pg_class c on c.oid = i.indexrelid
    left join pg_tablespace s on s.oid = c.reltablespace
    union all
    select t.tgrelid, 'pg_trigger'::regclass, t.oid, hashtextextended(t.xmin::text, t.oid::int8)
    from pg_trigger t
    -- Those that carry out foreign keys come and go on both sides with these.
    where t.tgconstraint = 0 or not t.tgisinternal
    union all
    select w.ev_class, 'pg_rewrite'::regclass, w.oid, hashtextextended(w.xmin::text, w.oid::int8)
    from pg_rewrite w
)
, own as materialized (
    select x.root, sum(x.version) as version
    from (
        select p.root, p.version
        from part p
        union all
        select a.attrelid, hashtextextended(a.xmin::text, a.attnum)
        from pg_attribute a
        where a.attnum > 0 and not a.attisdropped
        union all
        select k.partrelid, hashtextextended(k.xmin::text, 1)
        from pg_partitioned_table k
        union all
        select h.inhrelid, hashtextextended(row(n.nspname, c.relname)::text, h.inhseqno)
        from pg_inherits h
        join pg_class c on c.oid = h.inhparent
        join pg_namespace n on n.oid = c.relnamespace
        union all
        select c.conrelid, hashtextextended(row(n.nspname, f.relname, array(
                   select a.attname from pg_attribute a where a.attrelid = c.confrelid and a.attnum = any (c.confkey)
                   order by a.attnum
               ))::text, c.oid::int8)
        from pg_constraint c
        join pg_class f on f.oid = c.confrelid
        join pg_namespace n on n.oid = f.relnamespace
        where c.contype = 'f'
        union all
        select p.root, hashtextextended(d.xmin::text, d.objoid::int8 + d.objsubid)
        from pg_description d
        join part p on p.classid = d.classoid and p.objid = d.objoid
    ) x
    group by x.root
)
, edge as materialized (
    select p.root, p.classid, d.refclassid, d.refobjid
    from part p
    join pg_depend d on d.classid = p.classid and d.objid = p.objid
    where d.refclassid in ('pg_type'::regclass, 'pg_proc'::regclass, 'pg_operator'::regclass, 'pg_collation'::regclass,
                           'pg_opclass'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass)
       or d.refclassid = 'pg_class'::regclass and p.classid in ('pg_rewrite'::regclass, 'pg_attrdef'::regclass)
          and d.refobjid <> p.root
)
, type_reach (root, oid) as (
    -- A domain's base, an array's elements.
    select e.refobjid, e.refobjid
    from edge e
    where e.refclassid = 'pg_type'::regclass
    union
    select x.root, b.oid
    from type_reach x
    join pg_type t on t.oid = x.oid
    join pg_type b on b.oid in (t.typbasetype, t.typelem)
)
, read_reach (root, oid) as (
    -- What a view reads, and what that reads: whether it can be updated depends on all of it.
    select e.root, e.refobjid
    from edge e
    where e.refclassid = 'pg_class'::regclass
    union
    select x.root, d.refobjid
    from read_reach x
    join pg_rewrite w on w.ev_class = x.oid
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass
)
, needed as materialized (
    select x.root as oid, 'pg_type'::regclass::oid as classid,
           sum(hashtextextended(row(t.xmin, t.typname, n.nspname)::text, t.oid::int8)::numeric
               + coalesce((
                   select sum(hashtextextended(l.xmin::text, l.oid::int8)) from pg_enum l where l.enumtypid = t.oid
               ), 0)) as version
    from type_reach x
    join pg_type t on t.oid = x.oid
    join pg_namespace n on n.oid = t.typnamespace
    group by x.root
    union all
    select x.oid, 'pg_class'::regclass, o.version
    from (select distinct r.oid from read_reach r) x
    join own o on o.root = x.oid
    union all
    select m.oid, m.classid, hashtextextended(row(n.nspname, m.name)::text, m.oid::int8)
    from (
        select p.oid, 'pg_proc'::regclass::oid as classid, p.proname as name, p.pronamespace as namespace from pg_proc p
        union all
        select o.oid, 'pg_operator'::regclass, o.oprname, o.oprnamespace from pg_operator o
        union all
        select c.oid, 'pg_collation'::regclass, c.collname, c.collnamespace from pg_collation c
        union all
        select c.oid, 'pg_opclass'::regclass, c.opcname, c.opcnamespace from pg_opclass c
        union all
        select c.oid, 'pg_ts_config'::regclass, c.cfgname, c.cfgnamespace from pg_ts_config c
        union all
        select d.oid, 'pg_ts_dict'::regclass, d.dictname, d.dictnamespace from pg_ts_dict d
    ) m
    join pg_namespace n on n.oid = m.namespace
    where exists (select from edge e where e.refclassid = m.classid and e.refobjid = m.oid)
)
, borrowed as (
    select x.root, sum(n.version) as version
    from (
        select distinct e.root, e.refclassid as classid, e.refobjid as oid
        from edge e
        where e.refclassid <> 'pg_class'::regclass
        union all
        select r.root, 'pg_class'::regclass, r.oid
        from read_reach r
    ) x
    join needed n on n.classid = x.classid and n.oid = x.oid
    group by x.root
)
select r.oid::int8,
       r.schema,
       r.name,
       (o.version + coalesce(b.version, 0) + hashtextextended($2, 0))::text,
       g.row_count,
       g.data_size,
       g.index_size,
       g.toast_size
from relation r
join own o on o.root = r.oid
left join borrowed b on b.root = r.oid
left join figure g on g.oid = r.oid
