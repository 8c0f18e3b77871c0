//! Which of the names that there are somebody may have meant.

/// The name that is nearest to one that is not there; None where none is near.
pub(super) fn nearest<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    // A third of the letters may be wrong, and at least one.
    let farthest = (wanted.chars().count() / 3).max(1);
    let near = names.into_iter().map(|name| {
        let distance = strsim::osa_distance(&wanted, &name.to_lowercase());
        (distance, name)
    });
    let (_, name) = near
        .filter(|(distance, _)| *distance <= farthest)
        .min_by_key(|(distance, _)| *distance)?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_seen() {
        let names = ["shop", "shops-of-old", "warehouse", "订单"];
        for (wanted, near) in [
            ("shp", Some("shop")),
            ("SHOP", Some("shop")),
            ("hsop", Some("shop")),
            ("warehosue", Some("warehouse")),
            ("订", Some("订单")),
            ("billing", None),
            ("", None),
        ] {
            assert_eq!(nearest(wanted, names), near, "{wanted}");
        }
    }
}
