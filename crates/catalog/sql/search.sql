-- search: $1 levels, $2 data source or null, $3 terms, $4 the query in small letters, $5 its words, and what finds $6
-- them whole, $7 their beginnings, $8 themselves, $9 others alike; the place to go on from: $10 rank, $11 level,
-- $12 name in small letters, $13 id; $14 the least rank: 1 for what is found by its name alone, $15 at most so many,
-- $16 of which at most so many of a level are ranked.
-- The two functions look where row-level security lets no index be used, and tell ids; what these stand for is read here.
with asked as materialized (
    select row($1::text[], $2::bigint, $3::text, $4::text, $5::text, $6::text[], $7::text[], $8::text[], $9::text[]
        )::metadata.search_asked as query
), hits as materialized (
    select h.level, h.id, h.rank
    from asked a
    cross join lateral metadata.search_named(a.query, $10::integer, $11::integer, $12::text, $13::bigint, $15::integer) h
    where $14::integer = 1
    union all
    select h.level, h.id, h.rank
    from asked a
    cross join lateral metadata.search_found(
        a.query, $14::integer, $10::integer, $11::integer, $12::text, $13::bigint, $15::integer, $16::integer
    ) h
    where $14::integer > 1
)
select
    h.level as "level!", h.id as "id!", h.rank as "rank!", n.folded as "folded!",
    s.id as "datasource_id!", s.datasource_name as "datasource_name!",
    d.id as "database_id?", d.database_name as "database_name?", t.id as "table_id?",
    t.table_schema as "table_schema?", t.table_name as "table_name?", f.field_name as "field_name?",
    case h.level when 3 then t.table_comment when 4 then f.field_comment end as "comment?"
from hits h
left join metadata.fields f on f.tenant_id = metadata.current_tenant() and h.level = 4 and f.id = h.id
left join metadata.tables t
    on t.tenant_id = metadata.current_tenant() and t.id = case h.level when 3 then h.id else f.table_id end
left join metadata.databases d
    on d.tenant_id = metadata.current_tenant() and d.id = case h.level when 2 then h.id else t.database_id end
join metadata.datasources s
    on s.tenant_id = metadata.current_tenant() and s.id = case h.level when 1 then h.id else d.datasource_id end
cross join lateral (
    select metadata.search_fold(
        case h.level
            when 1 then s.datasource_name when 2 then d.database_name when 3 then t.table_name else f.field_name
        end
    ) as folded
) n
order by h.rank, h.level, n.folded collate "C", h.id
