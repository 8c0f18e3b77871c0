-- What failed is ready once a scan has read it, whoever asked for that scan.

alter table manager.managed_objects add column failed_at timestamptz;
comment on column manager.managed_objects.failed_at is
    'When its last scan ended without having read it, or could not be started; null unless it failed so. A later scan that reads it makes it ready.';
-- What failed before this release is ready after the next scan.
update manager.managed_objects set failed_at = now() where status = 'failed' and removed_at is null;
