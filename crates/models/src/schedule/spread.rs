//! Jitter: schedules of one time do not all run in one second.

use chrono::TimeDelta;

use crate::TenantId;

/// How long after its ticks a schedule runs, from nothing to `jitter_seconds`.
///
/// It follows from the schedule's ids alone, so that a schedule keeps its time while many of one time
/// spread evenly.
#[must_use]
pub fn offset(tenant: TenantId, schedule: i64, jitter_seconds: i32) -> TimeDelta {
    let steps = u64::from(jitter_seconds.max(0).unsigned_abs()) + 1;
    let mixed = mix(mix(tenant.0.cast_unsigned()).wrapping_add(schedule.cast_unsigned()));
    TimeDelta::seconds((mixed % steps).cast_signed())
}

/// One step of `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014): near numbers come out far apart.
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_of_one_time_spread() {
        let mut seconds = [0; 10];
        for schedule in 1..=1000 {
            let one = offset(TenantId(1), schedule, 299);
            assert_eq!(one, offset(TenantId(1), schedule, 299), "it keeps its time");
            let tenth = usize::try_from(one.num_seconds() / 30).expect("within the jitter");
            seconds[tenth] += 1;
        }
        assert!(
            seconds.iter().all(|count| (70..=130).contains(count)),
            "{seconds:?}"
        );
    }

    #[test]
    fn no_jitter_is_no_offset() {
        assert_eq!(offset(TenantId(7), 7, 0), TimeDelta::zero());
    }

    #[test]
    fn tenants_have_times_of_their_own() {
        let of = |tenant| offset(TenantId(tenant), 1, 86_400);
        assert_ne!(of(1), of(2));
    }
}
