-- Search: names and comments of all levels.
--
-- Each of the four tables has an index of the store's full text search over the terms of its living rows. It is an
-- index of an expression, so that it is brought up to date by whatever writes a row, in the same transaction, and never
-- differs from it. The terms are made here and not by an extension: pg_trgm knows no two characters of a Chinese word,
-- and no Chinese at all where the store's locale is C; and its owner need not have the right to install anything.
--
-- crates/catalog/src/search/words.rs takes a query apart just as these functions take a name.

create function metadata.search_fold(given text) returns text
    language sql immutable parallel safe
    -- The long way is for texts that have such letters only.
    return case
        when octet_length(given) = length(given) or given collate "C" !~ '[\u00c0-\u017e\u0391-\u03ab\u0400-\u042f]'
            then lower(given collate "C")
        else translate(
            lower(given collate "C"),
            'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒ'
            'ŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕ'
            'ЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
            'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĳĵķĺļľŀłńņňŋōŏőœ'
            'ŕŗřśŝşšţťŧũūŭůűųŵŷÿźżžαβγδεζηθικλμνξοπρστυφχψωϊϋѐёђѓєѕіїјљњћќѝўџабвгде'
            'жзийклмнопрстуфхцчшщъыьэюя'
        )
    end;
comment on function metadata.search_fold(text) is
    'The text in small letters: Latin, Greek and Cyrillic ones, whatever the locale of the store.';

create function metadata.search_words(given text) returns text
    language sql immutable parallel safe
    return coalesce(' ' || nullif(btrim(metadata.search_fold(regexp_replace(
        regexp_replace(
            regexp_replace(given collate "C", '([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])', '\1\2 ', 'g'),
            '([\u2e80-\u2fff\u3005-\u3007\u3040-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]+)',
            ' \1 ',
            'g'
        ),
        '[^a-zA-Z0-9\u00c0-\u1fff\u2c00-\u2fff\u3005-\u3007\u3040-\ud7ff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a'
            '\uff41-\uff5a\uff66-\uffdc\U00010000-\U0003ffff]+',
        ' ',
        'g'
    ))), '') || ' ', '');
comment on function metadata.search_words(text) is
    'The words of a text in small letters, with a space before and after each: parts in camelCase and snake_case are '
    'words, and so are runs of ideographs, kana and hangul.';

create function metadata.search_text(given text) returns text
    language sql immutable parallel safe
    -- Most names need no more than this.
    return case
        when given is null then ''
        when given collate "C" ~ '^[a-z0-9]+(_[a-z0-9]+)*$' then ' ' || translate(given, '_', ' ') || ' '
        else metadata.search_words(given)
    end;
comment on function metadata.search_text(text) is 'As search_words, and quick where that is simple.';

create function metadata.search_terms(tenant bigint, name text, remark text) returns tsvector
    -- So dear that no plan makes them of rows which an index could find, however few rows it takes a table to have.
    language plpgsql immutable parallel safe cost 100000 as $$
declare
    word  text;
    terms text[] := array['#' || tenant];
begin
    foreach word in array
        string_to_array(btrim(metadata.search_text(name) || metadata.search_text(left(remark, 500))), ' ')
    loop
        continue when word collate "C" = '';
        if word collate "C"
            ~ '^[\u2e80-\u2fff\u3005-\u3007\u3040-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff]' then
            for i in 1 .. length(word) loop
                terms := terms || array[substr(word, i, 1), substr(word, i, 2)];
            end loop;
        else
            word := '^' || left(word, 64) || '$';
            for i in 1 .. length(word) - 2 loop
                terms := array_append(terms, substr(word, i, 3));
            end loop;
        end if;
    end loop;
    return array_to_tsvector(terms);
end
$$;
comment on function metadata.search_terms(bigint, text, text) is
    'What a name and the first 500 characters of a comment are found by: the trigrams of each word, with ^ before and $ '
    'behind it; of ideographs each one and each two; and # with the tenant, so that an index looks at nobody else''s.';

create index datasources_search on metadata.datasources
    using gin (metadata.search_terms(tenant_id, datasource_name, null));
create index databases_search on metadata.databases
    using gin (metadata.search_terms(tenant_id, database_name, null)) where removed_at is null;
create index tables_search on metadata.tables
    using gin (metadata.search_terms(tenant_id, table_name, table_comment)) where removed_at is null;
create index fields_search on metadata.fields
    using gin (metadata.search_terms(tenant_id, field_name, field_comment)) where removed_at is null;
-- Nothing is planned by how often terms occur, and to count them costs more than the rest of ANALYZE.
alter index metadata.datasources_search alter column 1 set statistics 0;
alter index metadata.databases_search alter column 1 set statistics 0;
alter index metadata.tables_search alter column 1 set statistics 0;
alter index metadata.fields_search alter column 1 set statistics 0;

-- And one of names in their order, for what is or begins as it was asked for.
create index datasources_search_name on metadata.datasources
    (tenant_id, (metadata.search_fold(datasource_name) collate "C"), id);
create index databases_search_name on metadata.databases
    (tenant_id, (metadata.search_fold(database_name) collate "C"), id) where removed_at is null;
create index tables_search_name on metadata.tables
    (tenant_id, (metadata.search_fold(table_name) collate "C"), id) where removed_at is null;
create index fields_search_name on metadata.fields
    (tenant_id, (metadata.search_fold(field_name) collate "C"), id) where removed_at is null;

-- No operator of full text search is leakproof, so that under row-level security it is never asked of an index. What
-- follows therefore runs as the owner, whom these policies let read; it looks at one tenant only, and tells ids, which
-- the caller looks up under row-level security.
create policy databases_of_owner on metadata.databases for select to current_user using (true);
create policy tables_of_owner on metadata.tables for select to current_user using (true);
create policy fields_of_owner on metadata.fields for select to current_user using (true);

create type metadata.search_asked as (
    kinds         text[],
    datasource_id bigint,
    terms         text,
    folded        text,
    words         text,
    whole         text[],
    begun         text[],
    within        text[],
    alike         text[]
);
comment on type metadata.search_asked is 'A query, taken apart.';
comment on column metadata.search_asked.kinds is 'Which levels: datasource, database, table, field.';
comment on column metadata.search_asked.datasource_id is 'Only what is in this data source; null for all.';
comment on column metadata.search_asked.terms is 'Which terms an entry must have, as a tsquery.';
comment on column metadata.search_asked.folded is 'All of it in small letters.';
comment on column metadata.search_asked.words is 'Its words, as search_words makes them.';
comment on column metadata.search_asked.whole is 'For each word what LIKE finds it by as a word.';
comment on column metadata.search_asked.begun is 'For each word what LIKE finds it by as the beginning of one.';
comment on column metadata.search_asked.within is 'For each word what LIKE finds it by.';
comment on column metadata.search_asked.alike is
    'For each word the regular expression of what it may have been meant to be; null where it is taken at its word.';

create function metadata.search_rank(asked metadata.search_asked, name text, remark text) returns integer
    language plpgsql immutable parallel safe cost 100 as $$
declare
    words constant text := metadata.search_text(name);
    -- What has the terms needs no more than its small letters to be told apart.
    along constant text := words || metadata.search_fold(left(remark, 500));
begin
    return case
        when metadata.search_fold(name) collate "C" = asked.folded then 1
        when starts_with(metadata.search_fold(name), asked.folded) then 2
        when words collate "C" = asked.words then 3
        when starts_with(words, rtrim(asked.words)) then 4
        when words collate "C" like all (asked.whole) then 5
        when words collate "C" like all (asked.begun) then 6
        when words collate "C" like all (asked.within) then 7
        when along collate "C" like all (asked.within) then 8
        when asked.alike is null then null
        when words collate "C" ~ all (asked.alike) then 9
        when along collate "C" ~ all (asked.alike) then 10
    end;
end
$$;
comment on function metadata.search_rank(metadata.search_asked, text, text) is
    'How well a name and a comment answer: 1 the name, 2 its beginning, 3 its words, 4 their beginning, 5 words of it, '
    '6 beginnings, 7 parts of them, 8 with the comment, 9 a name alike, 10 with the comment; null not at all.';

create function metadata.search_named(
    asked metadata.search_asked, after_rank integer, after_level integer, after_folded text, after_id bigint,
    at_most integer
)
    returns table (level integer, id bigint, rank integer)
    -- To compile the statement takes longer than to run it.
    language plpgsql stable security definer rows 50 set search_path = pg_catalog, pg_temp set jit = off as $$
#variable_conflict use_column
declare
    tenant constant bigint := metadata.current_tenant();
    -- Nothing that begins so comes after it.
    beyond constant text   := asked.folded || E'\U0010ffff';
begin
    return query
    select h.level, h.id, h.rank
    from (
        (select 1, s.id, metadata.search_fold(s.datasource_name),
            case when metadata.search_fold(s.datasource_name) collate "C" = asked.folded then 1 else 2 end
        from metadata.datasources s
        where 'datasource' = any (asked.kinds) and s.tenant_id = tenant
          and metadata.search_fold(s.datasource_name) collate "C" between asked.folded and beyond
          and (asked.datasource_id is null or s.id = asked.datasource_id)
          and (after_rank is null or (
            case when metadata.search_fold(s.datasource_name) collate "C" = asked.folded then 1 else 2 end,
            1, metadata.search_fold(s.datasource_name) collate "C", s.id
          ) > (after_rank, after_level, after_folded, after_id))
        order by metadata.search_fold(s.datasource_name) collate "C", s.id
        limit at_most)
        union all
        (select 2, d.id, metadata.search_fold(d.database_name),
            case when metadata.search_fold(d.database_name) collate "C" = asked.folded then 1 else 2 end
        from metadata.databases d
        where 'database' = any (asked.kinds) and d.tenant_id = tenant and d.removed_at is null
          and metadata.search_fold(d.database_name) collate "C" between asked.folded and beyond
          and (asked.datasource_id is null or d.datasource_id = asked.datasource_id)
          and (after_rank is null or (
            case when metadata.search_fold(d.database_name) collate "C" = asked.folded then 1 else 2 end,
            2, metadata.search_fold(d.database_name) collate "C", d.id
          ) > (after_rank, after_level, after_folded, after_id))
        order by metadata.search_fold(d.database_name) collate "C", d.id
        limit at_most)
        union all
        (select 3, t.id, metadata.search_fold(t.table_name),
            case when metadata.search_fold(t.table_name) collate "C" = asked.folded then 1 else 2 end
        from metadata.tables t
        cross join lateral (
            select d.datasource_id from metadata.databases d
            where d.tenant_id = tenant and d.id = t.database_id and d.removed_at is null
            limit 1
        ) d
        where 'table' = any (asked.kinds) and t.tenant_id = tenant and t.removed_at is null
          and metadata.search_fold(t.table_name) collate "C" between asked.folded and beyond
          and (asked.datasource_id is null or d.datasource_id = asked.datasource_id)
          and (after_rank is null or (
            case when metadata.search_fold(t.table_name) collate "C" = asked.folded then 1 else 2 end,
            3, metadata.search_fold(t.table_name) collate "C", t.id
          ) > (after_rank, after_level, after_folded, after_id))
        order by metadata.search_fold(t.table_name) collate "C", t.id
        limit at_most)
        union all
        (select 4, f.id, metadata.search_fold(f.field_name),
            case when metadata.search_fold(f.field_name) collate "C" = asked.folded then 1 else 2 end
        from metadata.fields f
        cross join lateral (
            select t.database_id from metadata.tables t
            where t.tenant_id = tenant and t.id = f.table_id and t.removed_at is null
            limit 1
        ) t
        cross join lateral (
            select d.datasource_id from metadata.databases d
            where d.tenant_id = tenant and d.id = t.database_id and d.removed_at is null
            limit 1
        ) d
        where 'field' = any (asked.kinds) and f.tenant_id = tenant and f.removed_at is null
          and metadata.search_fold(f.field_name) collate "C" between asked.folded and beyond
          and (asked.datasource_id is null or d.datasource_id = asked.datasource_id)
          and (after_rank is null or (
            case when metadata.search_fold(f.field_name) collate "C" = asked.folded then 1 else 2 end,
            4, metadata.search_fold(f.field_name) collate "C", f.id
          ) > (after_rank, after_level, after_folded, after_id))
        order by metadata.search_fold(f.field_name) collate "C", f.id
        limit at_most)
    ) h (level, id, folded, rank)
    order by h.rank, h.level, h.folded collate "C", h.id
    limit at_most;
end
$$;
comment on function metadata.search_named(metadata.search_asked, integer, integer, text, bigint, integer) is
    'Of the transaction''s tenant: the living entries whose names are, or begin with, what is asked for, in the order of '
    'rank, level, name and id; level 1 is a data source, 2 a database, 3 a table, 4 a field.';
revoke execute on function
    metadata.search_named(metadata.search_asked, integer, integer, text, bigint, integer) from public;

create function metadata.search_found(
    asked metadata.search_asked, from_rank integer, after_rank integer, after_level integer, after_folded text,
    after_id bigint, at_most integer, at_most_ranked integer
)
    returns table (level integer, id bigint, rank integer)
    -- To compile the statement takes longer than to run it.
    language plpgsql stable security definer rows 50 set search_path = pg_catalog, pg_temp set jit = off as $$
#variable_conflict use_column
declare
    tenant constant bigint  := metadata.current_tenant();
    wanted constant tsquery := format('''#%s''', tenant)::tsquery && asked.terms::tsquery;
begin
    return query
    -- What a tenant has is found by its term: an index of tenants alone would leave the terms to be made of every row.
    with s as materialized (
        select s.id, s.datasource_name
        from metadata.datasources s
        where 'datasource' = any (asked.kinds) and s.tenant_id + 0 = tenant
          and metadata.search_terms(s.tenant_id, s.datasource_name, null) @@ wanted
        limit at_most_ranked
    ), d as materialized (
        select d.id, d.database_name, d.datasource_id
        from metadata.databases d
        where 'database' = any (asked.kinds) and d.tenant_id + 0 = tenant and d.removed_at is null
          and metadata.search_terms(d.tenant_id, d.database_name, null) @@ wanted
        limit at_most_ranked
    ), t as materialized (
        select t.id, t.table_name, t.table_comment, t.database_id
        from metadata.tables t
        where 'table' = any (asked.kinds) and t.tenant_id + 0 = tenant and t.removed_at is null
          and metadata.search_terms(t.tenant_id, t.table_name, t.table_comment) @@ wanted
        limit at_most_ranked
    ), f as materialized (
        select f.id, f.field_name, f.field_comment, f.table_id
        from metadata.fields f
        where 'field' = any (asked.kinds) and f.tenant_id + 0 = tenant and f.removed_at is null
          and metadata.search_terms(f.tenant_id, f.field_name, f.field_comment) @@ wanted
        limit at_most_ranked
    ), found (level, id, datasource_id, name, remark) as (
        select 1, s.id, s.id, s.datasource_name, null
        from s
        union all
        select 2, d.id, d.datasource_id, d.database_name, null
        from d
        union all
        select 3, t.id, d.datasource_id, t.table_name, t.table_comment
        from t
        cross join lateral (
            select d.datasource_id from metadata.databases d
            where d.tenant_id = tenant and d.id = t.database_id and d.removed_at is null
            limit 1
        ) d
        union all
        select 4, f.id, d.datasource_id, f.field_name, f.field_comment
        from f
        cross join lateral (
            select t.database_id from metadata.tables t
            where t.tenant_id = tenant and t.id = f.table_id and t.removed_at is null
            limit 1
        ) t
        cross join lateral (
            select d.datasource_id from metadata.databases d
            where d.tenant_id = tenant and d.id = t.database_id and d.removed_at is null
            limit 1
        ) d
    )
    select h.level, h.id, h.rank
    from (
        select f.level, f.id, metadata.search_fold(f.name) as folded,
            metadata.search_rank(asked, f.name, f.remark) as rank
        from found f
        where asked.datasource_id is null or f.datasource_id = asked.datasource_id
        offset 0
    ) h
    where h.rank >= from_rank
      and (
        after_rank is null
        or (h.rank, h.level, h.folded collate "C", h.id) > (after_rank, after_level, after_folded, after_id)
      )
    order by h.rank, h.level, h.folded collate "C", h.id
    limit at_most;
end
$$;
comment on function
    metadata.search_found(metadata.search_asked, integer, integer, integer, text, bigint, integer, integer) is
    'As search_named: the living entries that have the terms asked for, by their rank. Of each level no more than '
    'at_most_ranked are ranked.';
revoke execute on function
    metadata.search_found(metadata.search_asked, integer, integer, integer, text, bigint, integer, integer) from public;
