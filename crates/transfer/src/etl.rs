//! One statement, run where its table is.

use scan::session::{WriteError, Writing};
use scan::{ScanError, Target};

/// Why a statement did not run.
#[derive(Debug, thiserror::Error)]
pub enum EtlError {
    /// There is no session.
    #[error(transparent)]
    Source(#[from] ScanError),
    /// The server did not carry it out, or nobody knows whether it did.
    #[error(transparent)]
    Statement(#[from] WriteError),
    /// The server stopped somewhere in what may have committed a part of itself.
    #[error("{0}; what it had committed by then stays")]
    Part(#[source] WriteError),
}

impl EtlError {
    /// Whether the statement changed nothing for sure and may do so the next time. What was cut off or ran out of time
    /// may have been carried out: to run it a second time is for somebody to decide who knows what it does.
    #[must_use]
    pub fn is_safe_to_repeat(&self) -> bool {
        match self {
            Self::Source(error) => error.is_transient(),
            Self::Statement(error) => matches!(error, WriteError::Conflict { .. }),
            Self::Part(_) => false,
        }
    }
}

/// Runs one statement in a database; how many rows it changed, as the server counts. Whoever drops this has the server
/// stop the statement.
///
/// # Errors
/// When it is more than one statement, or the server does not carry it out.
pub async fn etl(target: &Target, database: &str, statement: &str) -> Result<u64, EtlError> {
    let mut writing = Writing::open_for_statement(target, database).await?;
    match writing.run(statement).await {
        Ok(affected) => {
            writing.close().await;
            Ok(affected)
        }
        Err(error @ WriteError::Conflict { .. }) if !is_whole(statement) => {
            Err(EtlError::Part(error))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a statement is carried out wholly or not at all. A procedure or a block may be carried out in part: on `MySQL`
/// each of its statements commits by itself.
fn is_whole(statement: &str) -> bool {
    const WHOLE: [&str; 8] = [
        "insert", "update", "delete", "replace", "merge", "with", "select", "truncate",
    ];
    let word = first_word(statement);
    WHOLE.iter().any(|whole| whole.eq_ignore_ascii_case(word))
}

/// The word with which a statement begins, behind comments; nothing where there is none.
fn first_word(statement: &str) -> &str {
    let mut text = statement.trim_start();
    loop {
        let end = if text.starts_with("--") || text.starts_with('#') {
            "\n"
        } else if text.starts_with("/*") {
            "*/"
        } else {
            break;
        };
        text = text
            .split_once(end)
            .map_or("", |(_, rest)| rest.trim_start());
    }
    text.split(|letter: char| !letter.is_ascii_alphabetic())
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_procedure_may_be_carried_out_in_part() {
        for statement in [
            "insert into t values (1)",
            " /* a */ -- b\n# c\n\tUPDATE t set a = 1",
            "with x as (select 1) insert into t select * from x",
        ] {
            assert!(is_whole(statement), "{statement}");
        }
        for statement in [
            "call refresh()",
            "do $$ begin commit; end $$",
            "/*! call refresh() */",
            "-- only this",
            "/* no end",
            "",
        ] {
            assert!(!is_whole(statement), "{statement}");
        }
    }

    #[test]
    fn what_may_have_been_done_is_not_done_again() {
        let conflict = || WriteError::Conflict {
            cause: "a deadlock".to_owned(),
        };
        assert!(EtlError::Statement(conflict()).is_safe_to_repeat());
        let part = EtlError::Part(conflict());
        assert!(!part.is_safe_to_repeat());
        assert_eq!(
            part.to_string(),
            "another session stood in the way: a deadlock; try again; what it had committed by then stays"
        );
        let cut = WriteError::Interrupted {
            cause: "it is gone".to_owned(),
        };
        assert!(!EtlError::Statement(cut).is_safe_to_repeat());
    }
}
