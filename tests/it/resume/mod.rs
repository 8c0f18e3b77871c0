//! Deep scans that go on where another attempt ended: real processes, real signals, real servers.

mod fleet;
mod handed_back;
mod killed;
mod postponed;
mod restarted;
mod stages;
mod statements;
mod taken_over;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            killed {
                while_the_first_parts_are_read,
                while_more_parts_are_read,
                while_the_last_parts_are_read,
                while_batches_are_merged,
                while_it_ends,
                while_what_changed_is_read,
                while_rows_arrive,
            }
            handed_back { at_sigterm_and_gone_on_with }
            taken_over { a_worker_that_comes_back_leaves_no_trace }
            postponed {
                a_connection_that_is_cut_is_made_again,
                a_database_that_is_unknown_fails_at_once,
                in_the_last_attempt_it_fails_with_its_cause,
            }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

// These want servers of their own, or a right that only this one can take from a database.
test_support::suite! { with_postgres, Postgres,
    killed { and_gone_on_with_within_45_seconds }
    handed_back { what_an_ended_scan_left_is_swept }
    taken_over { a_worker_that_stands_still_in_a_transaction_is_not_waited_for }
    postponed {
        in_the_last_attempt_the_others_count,
        a_table_that_is_locked_in_the_middle_fails_alone,
    }
    restarted {
        a_store_that_crashes_while_parts_are_read,
        a_store_that_crashes_while_batches_are_merged,
        a_store_that_crashes_while_the_job_ends,
        a_source_that_crashes_is_waited_for,
    }
}
