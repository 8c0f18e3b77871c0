-- Who follows all jobs of a tenant hears of a new one at once, and not only when a worker begins it.

create trigger log_data_jobs_tell_of_new
    after insert on metadata.log_data_jobs
    for each row execute function metadata.log_data_jobs_tell();
comment on function metadata.log_data_jobs_tell() is
    'Tells all replicas that a job is new or has changed: the channel plumbline_jobs, with tenant and id. What it is now, '
    'they read.';
