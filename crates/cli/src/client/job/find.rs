//! Jobs by their ids or the beginnings of these.

use meta_client::JobsQuery;
use models::page::MAX_LIMIT;
use uuid::Uuid;

use crate::client::ClientError;
use crate::client::connection::Meta;

/// How many of the jobs that are meant a message repeats.
const SHOWN: usize = 5;

/// The id that `wanted` is or begins. Only the latest jobs are looked through.
pub(super) async fn find(meta: &Meta, wanted: &str) -> Result<Uuid, ClientError> {
    if let Ok(id) = wanted.parse() {
        return Ok(id);
    }
    let query = JobsQuery {
        limit: Some(MAX_LIMIT),
        ..JobsQuery::default()
    };
    let page = meta.session.list_jobs(&query).await;
    let page = page.map_err(|error| meta.failed(error))?;
    let ids: Vec<Uuid> = page.items.iter().map(|job| job.id).collect();
    only(&ids, page.next_cursor.is_some(), wanted)
}

/// The one of the latest jobs whose id begins so. They come in the order of their ids, newest first.
fn only(ids: &[Uuid], has_older: bool, wanted: &str) -> Result<Uuid, ClientError> {
    let begins = |id: &&Uuid| id.to_string().starts_with(wanted);
    let found: Vec<&Uuid> = ids.iter().filter(begins).collect();
    match found[..] {
        // Where the oldest of these begins so, one that is older still may as well.
        [id] if has_older && ids.last() == Some(id) => {
            Err(ClientError::UncertainJob(wanted.to_owned()))
        }
        [id] => Ok(*id),
        [] => Err(ClientError::NoSuch {
            what: "job",
            name: wanted.to_owned(),
            place: None,
            advice: "plumb job list shows what there is; older ones go by their whole id"
                .to_owned(),
        }),
        _ => Err(ClientError::AmbiguousJob {
            id: wanted.to_owned(),
            found: found.iter().take(SHOWN).map(ToString::to_string).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_names_one_job_or_none() {
        let ids = [
            "019a3c5e-7d11-7c3f-a5b0-1f2e3d4c5b6a",
            "019a3c5e-7d10-7c3f-a5b0-1f2e3d4c5b6a",
        ]
        .map(|id| id.parse().unwrap());
        for has_older in [false, true] {
            let only = |wanted| only(&ids, has_older, wanted);
            assert_eq!(only("019a3c5e-7d11").unwrap(), ids[0]);
            let several = only("019a3c5e").unwrap_err().to_string();
            assert!(several.contains("019a3c5e-7d10-7c3f"), "{several}");
            let none = only("019b").unwrap_err().to_string();
            assert_eq!(none, "there is no job \"019b\"");
        }
        // The next page may begin with another of them.
        assert_eq!(only(&ids, false, "019a3c5e-7d10").unwrap(), ids[1]);
        let uncertain = only(&ids, true, "019a3c5e-7d10").unwrap_err().to_string();
        assert!(
            uncertain.contains("may begin with 019a3c5e-7d10"),
            "{uncertain}"
        );
    }
}
