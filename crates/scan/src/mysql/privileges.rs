//! What the grants of a login hide from a scan.

/// What `SHOW GRANTS` says a login can read, in words, with the grant that it lacks for all.
///
/// Tables and columns show to whoever has any right on them; the definitions of views need
/// SHOW VIEW, which on `MariaDB` also shows the rules of foreign keys to those with SELECT alone.
pub(super) fn assess(grants: &[String], account: &str) -> String {
    let grants: Vec<Grant<'_>> = grants
        .iter()
        .filter_map(|line| Grant::parse(line))
        .collect();
    let everywhere = |right: &str| {
        grants
            .iter()
            .any(|grant| grant.object == "*.*" && grant.has(right))
    };
    let somewhere = |right: &str| grants.iter().any(|grant| grant.has(right));
    let sees_tables = everywhere("SELECT") || everywhere("REFERENCES");
    if sees_tables && everywhere("SHOW VIEW") {
        return "may read every table and view definition".to_owned();
    }
    let seen = if sees_tables {
        "may read every table"
    } else if somewhere("SELECT") || somewhere("REFERENCES") {
        "may read the tables it was granted"
    } else {
        "was granted no table by name"
    };
    let views = if somewhere("SHOW VIEW") {
        "some view definitions stay hidden"
    } else {
        "view definitions stay hidden"
    };
    let roles = if grants.iter().any(|grant| grant.is_role) {
        " (roles not counted)"
    } else {
        ""
    };
    format!(
        "{seen}, {views}{roles}; to read everything: GRANT SELECT, SHOW VIEW ON *.* TO {}",
        quoted(account)
    )
}

/// An account as `CURRENT_USER()` prints it, as one types it.
fn quoted(account: &str) -> String {
    let quote = |name: &str| format!("'{}'", name.replace('\'', "''"));
    match account.rsplit_once('@') {
        Some((user, host)) => format!("{}@{}", quote(user), quote(host)),
        None => quote(account),
    }
}

/// One line of `SHOW GRANTS`.
struct Grant<'a> {
    rights: &'a str,
    object: &'a str,
    is_role: bool,
}

impl<'a> Grant<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let rest = line.strip_prefix("GRANT ")?;
        match rest.split_once(" ON ") {
            Some((rights, rest)) => {
                let object = rest.split_once(" TO ").map_or(rest, |(object, _)| object);
                Some(Self {
                    rights,
                    object,
                    is_role: false,
                })
            }
            None => Some(Self {
                rights: "",
                object: "",
                is_role: true,
            }),
        }
    }

    fn has(&self, right: &str) -> bool {
        self.rights
            .split(',')
            .map(str::trim)
            .any(|own| own == right || matches!(own, "ALL PRIVILEGES" | "ALL"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assess(grants: &[&str]) -> String {
        super::assess(
            &grants
                .iter()
                .map(|&grant| grant.to_owned())
                .collect::<Vec<_>>(),
            "reader@%",
        )
    }

    #[test]
    fn full_grants_say_so() {
        for grants in [
            "GRANT ALL PRIVILEGES ON *.* TO `dbs`@`%` IDENTIFIED BY PASSWORD '*EC98'",
            "GRANT SELECT, INSERT, REFERENCES, SHOW VIEW ON *.* TO `dbs`@`%` WITH GRANT OPTION",
            "GRANT REFERENCES, SHOW VIEW ON *.* TO `reader`@`%`",
        ] {
            assert_eq!(
                assess(&[grants]),
                "may read every table and view definition",
                "{grants}"
            );
        }
    }

    #[test]
    fn what_lacks_is_named_with_its_grant() {
        let fix = "to read everything: GRANT SELECT, SHOW VIEW ON *.* TO 'reader'@'%'";
        let usage = "GRANT USAGE ON *.* TO `reader`@`%`";
        for (grant, expected) in [
            (
                "GRANT SELECT ON *.* TO `reader`@`%`",
                "may read every table, view definitions stay hidden",
            ),
            (
                "GRANT SELECT ON `shop`.* TO `reader`@`%`",
                "may read the tables it was granted, view definitions stay hidden",
            ),
            (
                "GRANT SELECT, SHOW VIEW ON `shop`.* TO `reader`@`%`",
                "may read the tables it was granted, some view definitions stay hidden",
            ),
            (
                "GRANT `reading`@`%` TO `reader`@`%`",
                "was granted no table by name, view definitions stay hidden (roles not counted)",
            ),
        ] {
            assert_eq!(assess(&[usage, grant]), format!("{expected}; {fix}"));
        }
    }

    #[test]
    fn accounts_are_quoted() {
        assert_eq!(quoted("o'hara@10.0.%"), "'o''hara'@'10.0.%'");
        assert_eq!(quoted("a@b@%"), "'a@b'@'%'");
    }
}
