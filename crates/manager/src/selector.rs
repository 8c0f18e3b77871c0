//! How a request names a table: `name`, which means that name in every schema, or `schema.name`.
//!
//! Names are compared byte for byte. A dot in a name is part of the name; whoever has the schema
//! `a` with the table `b.c` and the schema `a.b` with the table `c` means both by `a.b.c`.

/// The selectors that name a table: by its name alone, and with its schema where it has one.
pub(crate) fn selectors(schema: &str, name: &str) -> impl Iterator<Item = String> + use<> {
    let qualified = (!schema.is_empty()).then(|| format!("{schema}.{name}"));
    [Some(name.to_owned()), qualified].into_iter().flatten()
}

/// Whether what a scan could not read is the table, or one of the tables, of a selector.
///
/// A scan names a failed table as the request did, or as the server does, with its schema.
pub(crate) fn covers(selector: &str, failed: &str) -> bool {
    failed == selector
        || failed
            .strip_suffix(selector)
            .is_some_and(|schema| schema.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_one_selector_or_two() {
        let of = |schema, name| selectors(schema, name).collect::<Vec<_>>();
        assert_eq!(of("", "orders"), ["orders"]);
        assert_eq!(of("public", "orders"), ["orders", "public.orders"]);
    }

    #[test]
    fn a_selector_covers_its_name_in_every_schema() {
        assert!(covers("orders", "orders"));
        assert!(covers("orders", "public.orders"));
        assert!(covers("public.orders", "public.orders"));
        assert!(!covers("public.orders", "orders"));
        assert!(!covers("orders", "reorders"));
        assert!(!covers("orders", "public.reorders"));
        assert!(!covers("orders", "Orders"));
        assert!(!covers("orders", "*"));
    }
}
