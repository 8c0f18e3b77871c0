//! Integers of requests that have limits of their own.
//!
//! The limits are kept while the integer is read and not by garde afterwards: what is no `u16` never gets to garde, and
//! whoever sends 70000 for a port is to be told the same limits as who sends 0.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// Reads an integer from `MIN` to `MAX`, for `#[serde(deserialize_with)]`.
///
/// # Errors
/// For everything else, with both limits.
pub(crate) fn within<'de, D, T, const MIN: i64, const MAX: i64>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    Limited::<T, MIN, MAX>::deserialize(from).map(|read| read.0)
}

/// Reads an integer from `MIN` to `MAX`, or null.
///
/// # Errors
/// For everything else, with both limits.
pub(crate) fn within_if_any<'de, D, T, const MIN: i64, const MAX: i64>(
    from: D,
) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i64>,
{
    let read = Option::<Limited<T, MIN, MAX>>::deserialize(from)?;
    Ok(read.map(|read| read.0))
}

struct Limited<T, const MIN: i64, const MAX: i64>(T);

impl<'de, T: TryFrom<i64>, const MIN: i64, const MAX: i64> Deserialize<'de>
    for Limited<T, MIN, MAX>
{
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_i64(LimitedVisitor(PhantomData))
    }
}

struct LimitedVisitor<T, const MIN: i64, const MAX: i64>(PhantomData<T>);

impl<T: TryFrom<i64>, const MIN: i64, const MAX: i64> Visitor<'_> for LimitedVisitor<T, MIN, MAX> {
    type Value = Limited<T, MIN, MAX>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an integer from {MIN} to {MAX}")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        let wrong = || E::invalid_value(Unexpected::Signed(value), &self);
        if !(MIN..=MAX).contains(&value) {
            return Err(wrong());
        }
        T::try_from(value).map(Limited).map_err(|_| wrong())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Read {
        #[serde(deserialize_with = "within::<_, _, 1, 65535>")]
        port: u16,
        #[serde(default, deserialize_with = "within_if_any::<_, _, 1, { i64::MAX }>")]
        id: Option<i64>,
    }

    fn read(body: Value) -> Result<Read, String> {
        serde_json::from_value(body).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_within_the_limits_is_read() {
        for (port, id) in [(1, Some(i64::MAX)), (65535, Some(1)), (80, None)] {
            assert_eq!(
                read(json!({ "port": port, "id": id })),
                Ok(Read { port, id })
            );
        }
        let absent = Read { port: 1, id: None };
        assert_eq!(read(json!({ "port": 1 })), Ok(absent));
    }

    #[test]
    fn everything_else_is_told_both_limits() {
        for port in [
            json!(0),
            json!(-1),
            json!(65536),
            json!(u64::MAX),
            json!(1.5),
            json!("1"),
            json!(true),
            json!(null),
            json!([1]),
        ] {
            let error = read(json!({ "port": port })).expect_err("it is no port");
            assert!(
                error.ends_with(", expected an integer from 1 to 65535"),
                "{error}"
            );
        }
        for id in [json!(0), json!(u64::MAX), json!("1")] {
            let error = read(json!({ "port": 1, "id": id })).expect_err("it is no id");
            let limits = ", expected an integer from 1 to 9223372036854775807";
            assert!(error.ends_with(limits), "{error}");
        }
        let none = read(json!({})).expect_err("there is none");
        assert_eq!(none, "missing field `port`");
    }
}
