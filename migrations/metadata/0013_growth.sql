-- Growth is told where it is worth telling, apart from changes of structure.

alter table metadata.tables
    add column noted_row_count bigint,
    add column noted_size_bytes bigint;
comment on column metadata.tables.noted_row_count is
    'row_count when the table was new or last told to have grown or shrunk: what the next figures are compared with.';
comment on column metadata.tables.noted_size_bytes is 'The same of data_size_bytes.';

alter table metadata.changes
    drop constraint changes_change_type_known,
    add constraint changes_change_type_known
        check (change_type in ('baseline', 'added', 'changed', 'removed', 'renamed', 'resized'));
comment on column metadata.changes.change_type is 'baseline, added, changed, removed, renamed or resized.';

create function metadata.outgrows(figure bigint, noted bigint, percent integer, least_step bigint) returns boolean
    language sql immutable parallel safe
    return abs(figure - noted) >= least_step
        and greatest(figure, noted)::numeric * 100 > least(figure, noted)::numeric * (100 + percent);
comment on function metadata.outgrows is
    'Whether the greater of two figures is more than so many percent above the other, and a step apart that is worth telling.';
