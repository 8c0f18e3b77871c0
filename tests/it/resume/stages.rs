//! Stopping a scan at a stage of one of its databases, by a lock in the store.

use sqlx::postgres::PgConnection;
use test_support::{TestStore, eventually};

/// Where a scan of a database can be stopped: in the transaction of its checkpoint, before the commit. What the
/// transaction holds is then read or merged, and lost if the worker dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// The database has been opened.
    Begin,
    /// So many parts have been read, the digests and the fresh list of names among them.
    Part(i32),
    /// So many batches have been merged.
    Batch(i32),
    /// What is gone has been marked.
    Conclude,
    /// The job ends.
    End,
}

/// Parts but the fresh list of names, which comes after the batches.
pub(super) const PARTS: i32 = 9;
/// Batches of the scans of these tests.
pub(super) const BATCHES: i32 = 5;

impl Stage {
    /// The digests of all tables, and what the catalog says of them.
    pub(super) const DIGESTS: Self = Self::Part(1);
    /// The list of tables, after their digests.
    pub(super) const TABLES: Self = Self::Part(2);
    /// The fresh list of names.
    pub(super) const NAMES: Self = Self::Part(PARTS + 1);

    /// How many checkpoints have been written before it.
    fn number(self) -> i32 {
        match self {
            Self::Begin => 0,
            Self::Part(part) if part <= PARTS => part,
            Self::Batch(batch) => PARTS + batch,
            Self::Part(part) => BATCHES + part,
            Self::Conclude => PARTS + BATCHES + 2,
            Self::End => PARTS + BATCHES + 3,
        }
    }
}

const TRAPS: &str = "
    create table public.stop_at (database_name text, stage integer);
    create function public.stop(of_database text, reached integer) returns void
        language plpgsql security definer as $$
    begin
        if exists (select from public.stop_at where database_name = of_database and stage = reached) then
            perform pg_advisory_xact_lock(7, reached);
        end if;
    end $$;
    create function public.stop_at_checkpoint() returns trigger language plpgsql as $$
    begin
        perform public.stop(new.database_name, (
            (select count(*) from jsonb_object_keys(new.state -> 'parts'))
            + (new.state ->> 'batches')::integer + (new.state ->> 'is_finished')::boolean::integer)::integer);
        return new;
    end $$;
    create function public.stop_at_end() returns trigger language plpgsql as $$
    begin
        perform public.stop('the end', 17);
        return new;
    end $$;
    create trigger stop before insert or update on metadata.scan_checkpoints
        for each row execute function public.stop_at_checkpoint();
    create trigger stop before update on metadata.sync_logs
        for each row when (new.status = 'SUCCESS') execute function public.stop_at_end();";

/// The traps of a store, and the connection that holds their locks.
pub(super) struct Stages {
    holder: PgConnection,
}

impl Stages {
    pub(super) async fn of(store: &TestStore) -> Self {
        let mut holder = store.admin().await;
        sqlx::raw_sql(TRAPS)
            .execute(&mut holder)
            .await
            .expect("the traps");
        Self { holder }
    }

    /// From now on a scan of the database stops at this stage.
    pub(super) async fn stop_at(&mut self, database: &str, stage: Stage) {
        let database = if stage == Stage::End {
            "the end"
        } else {
            database
        };
        sqlx::query("select pg_advisory_lock(7, $1)")
            .bind(stage.number())
            .execute(&mut self.holder)
            .await
            .expect("the lock");
        sqlx::query("insert into public.stop_at values ($1, $2)")
            .bind(database)
            .bind(stage.number())
            .execute(&mut self.holder)
            .await
            .expect("a row of the test's own");
    }

    /// Waits until a scan has stopped at this stage.
    pub(super) async fn stopped(&mut self, stage: Stage) {
        eventually("the scan to be at the stage", async || {
            let waiting: i64 = sqlx::query_scalar(
                "select count(*) from pg_locks
                 where locktype = 'advisory' and classid = 7 and objid = $1::integer::oid and not granted
                   and database = (select oid from pg_database where datname = current_database())",
            )
            .bind(stage.number())
            .fetch_one(&mut self.holder)
            .await
            .expect("the locks");
            (waiting == 1).then_some(())
        })
        .await;
    }

    /// Waits until a database has nothing left to do.
    pub(super) async fn finished(&mut self, database: &str) {
        eventually("the other database", async || {
            let finished: Option<bool> = sqlx::query_scalar(
                "select (state ->> 'is_finished')::boolean from metadata.scan_checkpoints where database_name = $1",
            )
            .bind(database)
            .fetch_optional(&mut self.holder)
            .await
            .expect("the checkpoints");
            (finished == Some(true)).then_some(())
        })
        .await;
    }

    /// No scan stops at this stage any more; one that has stays.
    pub(super) async fn forget(&mut self, stage: Stage) {
        sqlx::query("delete from public.stop_at where stage = $1")
            .bind(stage.number())
            .execute(&mut self.holder)
            .await
            .expect("a table of the test's own");
    }

    /// No scan stops at this stage any more, and one that has goes on.
    pub(super) async fn release(&mut self, stage: Stage) {
        self.forget(stage).await;
        sqlx::query("select pg_advisory_unlock(7, $1)")
            .bind(stage.number())
            .execute(&mut self.holder)
            .await
            .expect("the lock");
    }
}
