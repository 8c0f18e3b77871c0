//! Text that goes to the store.

use models::FieldError;
use models::Problem;
use service_kit::problem::Reply;

/// Refuses U+0000, which `PostgreSQL` cannot store or compare, and which is in no name of a server.
///
/// # Errors
/// 422 with one entry for each text that has it.
pub(crate) fn refuse_nul<'a>(
    texts: impl IntoIterator<Item = (String, &'a str)>,
) -> Result<(), Reply> {
    let errors: Vec<_> = texts
        .into_iter()
        .filter(|(_, text)| text.contains('\0'))
        .map(|(pointer, _)| FieldError::new(pointer, "must not contain the character U+0000"))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(errors).into())
    }
}
