//! Ticks on the clock of a zone that is put forward or back.

use serde_json::json;

use super::{AUTOMATIC, add, end_jobs, idle_at, planned_for, register};

#[tokio::test]
async fn a_day_whose_clock_leaves_the_time_out_has_its_run() {
    let (meta, clock) = idle_at("2026-03-28T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let more = json!({ "cron": "30 2 * * *", "time_zone": "Europe/Berlin" });
    let schedule = add(&api, source, &more).await;
    // 02:30 is left out on the 29th: 03:00, when the clock goes on, is 01:00 in UTC.
    assert_eq!(schedule["next_run_at"], "2026-03-29T01:00:00Z");
    clock.set("2026-03-29T01:00:00Z");
    let api = meta.admin();
    let run = planned_for(&api, &schedule, "2026-03-30T00:30:00Z").await;
    assert_eq!(run["last_run_at"], "2026-03-29T01:00:00Z", "{run}");
}

#[tokio::test]
async fn a_day_whose_clock_has_the_time_twice_has_one_run() {
    let (meta, clock) = idle_at("2026-10-24T12:00:00Z", &[AUTOMATIC]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let once = json!({ "cron": "30 2 * * *", "time_zone": "Europe/Berlin" });
    let once = add(&api, source, &once).await;
    let hourly = register(&api, "hr").await;
    let each = json!({ "cron": "30 * * * *", "time_zone": "Europe/Berlin" });
    let each = add(&api, hourly, &each).await;
    // 02:30 in summer time, then 02:30 in winter time.
    for (time, next) in [
        ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"),
    ] {
        clock.set(time);
        let api = meta.admin();
        let run = planned_for(&api, &each, next).await;
        assert_eq!(
            run["last_run_at"], time,
            "each hour that the clock shows: {run}"
        );
        let run = planned_for(&api, &once, "2026-10-26T01:30:00Z").await;
        assert_eq!(run["last_run_at"], "2026-10-25T00:30:00Z", "{run}");
        end_jobs(&meta).await;
    }
}
