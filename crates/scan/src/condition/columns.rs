//! Finding columns by what somebody calls them.

use super::Refusal;
use crate::preview::Column;

/// How many names a message proposes.
const PROPOSED: usize = 3;
/// More characters than any server takes in a name. Looking for what is near to a longer one would only take time.
const LONGEST: usize = 256;

/// The column of a name. In quotes it is meant exactly; else, where no column has exactly this name,
/// the only one that differs in nothing but upper and lower case does.
pub(super) fn find<'a>(
    columns: &'a [Column],
    name: &str,
    is_quoted: bool,
) -> Result<&'a Column, String> {
    if let Some(column) = columns.iter().find(|column| column.name == name) {
        return Ok(column);
    }
    if name.chars().count() > LONGEST {
        return Err(format!(
            "no column has a name of more than {LONGEST} characters"
        ));
    }
    let alike = |column: &&Column| column.name.to_lowercase() == name.to_lowercase();
    let mut similar = columns.iter().filter(alike);
    match (similar.next(), similar.next()) {
        (Some(column), None) if !is_quoted => Ok(column),
        _ => Err(unknown(columns, name)),
    }
}

fn unknown(columns: &[Column], name: &str) -> String {
    let wanted = name.to_lowercase();
    let farthest = (wanted.chars().count() / 3).max(1);
    let mut near: Vec<_> = columns
        .iter()
        .map(|column| {
            let distance = strsim::osa_distance(&wanted, &column.name.to_lowercase());
            (distance, column.name.as_str())
        })
        .filter(|(distance, _)| *distance <= farthest)
        .collect();
    near.sort_unstable();
    near.truncate(PROPOSED);
    let near: Vec<_> = near.into_iter().map(|(_, name)| name).collect();
    if near.is_empty() {
        format!("the catalog has no column {name} of this table")
    } else {
        let near = near.join(", ");
        format!("the catalog has no column {name} of this table; near to it is {near}")
    }
}

/// The columns that a list names, separated by commas, in its order. A name with a comma, a quote, or
/// blanks at its ends stands in `"`, which is doubled within.
///
/// # Errors
/// [`Refusal`] for a name that no column has or that stands there twice.
pub fn choose(list: &str, columns: &[Column]) -> Result<Vec<Column>, Refusal> {
    let mut chosen: Vec<Column> = Vec::new();
    for (at, name, is_quoted) in names(list)? {
        let column =
            find(columns, &name, is_quoted).map_err(|unknown| Refusal::new(at, unknown))?;
        if chosen.contains(column) {
            let what = format!("the column {} is named twice", column.name);
            return Err(Refusal::new(at, what));
        }
        chosen.push(column.clone());
    }
    Ok(chosen)
}

/// The names of a list, with the character at which each begins and whether it stood in quotes.
fn names(list: &str) -> Result<Vec<(usize, String, bool)>, Refusal> {
    let mut names = Vec::new();
    let mut characters = list.chars().zip(1..).peekable();
    loop {
        while characters.next_if(|(next, _)| *next == ' ').is_some() {}
        let at = characters
            .peek()
            .map_or(list.chars().count() + 1, |(_, at)| *at);
        let is_quoted = characters.next_if(|(next, _)| *next == '"').is_some();
        let mut name = String::new();
        if is_quoted {
            loop {
                match characters.next() {
                    None => return Err(Refusal::new(at, "the quote \" is not closed")),
                    Some(('"', _)) if characters.next_if(|(next, _)| *next == '"').is_none() => {
                        break;
                    }
                    Some((next, _)) => name.push(next),
                }
            }
            while characters.next_if(|(next, _)| *next == ' ').is_some() {}
        } else {
            while let Some((next, _)) = characters.next_if(|(next, _)| *next != ',') {
                name.push(next);
            }
            name.truncate(name.trim_end().len());
        }
        if name.is_empty() {
            return Err(Refusal::new(at, "a name of a column is missing"));
        }
        names.push((at, name, is_quoted));
        match characters.next() {
            None => return Ok(names),
            Some((',', _)) => {}
            Some((_, at)) => return Err(Refusal::new(at, "names are separated by commas")),
        }
    }
}
