#!/usr/bin/env bash
# Makes the four logins of the services and lets them work in the database, the same as `plumb up`
# does: for each service one that owns its schema and one that runs it. None is a superuser.
#
# The postgres image runs this once, when its data directory is new. The passwords come from the
# environment by \getenv, so that no command line and no log has them.
set -euo pipefail

for name in META_OWNER META MANAGER_OWNER MANAGER; do
  variable=PLUMBLINE_${name}_PASSWORD
  if [ -z "${!variable:-}" ]; then
    echo "postgres-roles.sh: $variable is not set" >&2
    exit 1
  fi
done

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
  --username="${POSTGRES_USER:?}" --dbname="${POSTGRES_DB:?}" <<'SQL'
\getenv meta_owner PLUMBLINE_META_OWNER_PASSWORD
\getenv meta PLUMBLINE_META_PASSWORD
\getenv manager_owner PLUMBLINE_MANAGER_OWNER_PASSWORD
\getenv manager PLUMBLINE_MANAGER_PASSWORD

begin;
-- A statement that fails would stand in the server's log, with its password.
set local log_min_error_statement = panic;

create role plumbline_meta_owner login nosuperuser nobypassrls password :'meta_owner';
create role plumbline_meta login nosuperuser nobypassrls password :'meta';
create role plumbline_manager_owner login nosuperuser nobypassrls password :'manager_owner';
create role plumbline_manager login nosuperuser nobypassrls password :'manager';

grant connect, temporary on database :"DBNAME"
  to plumbline_meta_owner, plumbline_meta, plumbline_manager_owner, plumbline_manager;
-- The owners create their schemas, the login that runs meta the one of the queue.
grant create on database :"DBNAME"
  to plumbline_meta_owner, plumbline_manager_owner, plumbline_meta;
commit;
SQL
