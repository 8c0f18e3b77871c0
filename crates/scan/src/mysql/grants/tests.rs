use serde_json::json;

use super::*;

const USAGE: &str = "GRANT USAGE ON *.* TO `reader`@`%`";

fn rights(lines: &[&str]) -> Rights {
    let lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
    Rights {
        account: "reader@%".to_owned(),
        grants: Grants::parse(&lines, false),
    }
}

fn missing(lines: &[&str], version: &str) -> Vec<String> {
    let server = Server::parse(version, json!({})).unwrap();
    rights(lines)
        .missing(&server, "my_shop")
        .into_iter()
        .map(|missing| format!("{}: {}", missing.hides, missing.grant))
        .collect()
}

#[test]
fn who_may_do_everything_misses_nothing() {
    for lines in [
        &["GRANT ALL PRIVILEGES ON *.* TO `dbs`@`%` IDENTIFIED BY PASSWORD '*EC98'"][..],
        &["GRANT SELECT, SHOW VIEW, EVENT, TRIGGER ON *.* TO `reader`@`%` WITH GRANT OPTION"],
        &[
            USAGE,
            "GRANT SELECT, SHOW VIEW, EVENT, TRIGGER, SHOW CREATE ROUTINE ON `my\\_shop`.* TO `reader`@`%`",
            "GRANT SELECT ON `mysql`.`proc` TO `reader`@`%`",
            "GRANT SHOW_ROUTINE ON *.* TO `reader`@`%`",
        ],
    ] {
        for version in ["10.11.14-MariaDB", "11.4.2-MariaDB", "9.7.4", "5.7.44"] {
            assert_eq!(
                missing(lines, version),
                Vec::<String>::new(),
                "{lines:?} {version}"
            );
        }
    }
}

#[test]
fn source_of_routines_takes_a_right_of_its_own() {
    let lines = [
        USAGE,
        "GRANT ALL PRIVILEGES ON `my\\_shop`.* TO `reader`@`%`",
    ];
    for (version, grant) in [
        ("5.7.44", "SELECT ON `mysql`.`proc`"),
        ("8.0.19", "SELECT ON *.*"),
        ("8.4.0", "SHOW_ROUTINE ON *.*"),
        ("10.11.14-MariaDB", "SELECT ON `mysql`.`proc`"),
    ] {
        assert_eq!(
            missing(&lines, version),
            [format!(
                "the source of routines: GRANT {grant} TO 'reader'@'%'"
            )]
        );
    }
    assert_eq!(missing(&lines, "11.4.2-MariaDB"), Vec::<String>::new());
}

#[test]
fn each_right_that_lacks_is_named() {
    assert_eq!(
        missing(&[USAGE], "9.7.4"),
        [
            "tables and their fields and keys, the definitions of views and what they read: \
             GRANT SELECT ON `my\\_shop`.* TO 'reader'@'%'",
            "the definitions of views and what they read: GRANT SHOW VIEW ON `my\\_shop`.* TO 'reader'@'%'",
            "triggers: GRANT TRIGGER ON `my\\_shop`.* TO 'reader'@'%'",
            "events: GRANT EVENT ON `my\\_shop`.* TO 'reader'@'%'",
            "routines: GRANT SHOW_ROUTINE ON *.* TO 'reader'@'%'",
        ]
    );
    let with_references = missing(&["GRANT REFERENCES ON *.* TO x"], "9.7.4");
    assert!(
        with_references[0].starts_with("the definitions of views and what they read: GRANT SELECT")
    );
    let with_select = missing(&["GRANT SELECT ON *.* TO x"], "10.11.14-MariaDB");
    assert!(
        with_select[0].starts_with(
            "the definitions of views and what they read, the rules of foreign keys: GRANT SHOW VIEW"
        ),
        "{with_select:?}"
    );
}

#[test]
fn in_words_for_the_whole_server() {
    for grants in [
        "GRANT ALL PRIVILEGES ON *.* TO `dbs`@`%`",
        "GRANT SELECT, INSERT, SHOW VIEW, EVENT, TRIGGER ON *.* TO `dbs`@`%` WITH GRANT OPTION",
    ] {
        assert_eq!(
            rights(&[grants]).assess(),
            "may read everything",
            "{grants}"
        );
    }
    let fix = |rights: &str| format!("to read everything: GRANT {rights} ON *.* TO 'reader'@'%'");
    for (grant, expected, lacks) in [
        (
            "GRANT SELECT ON *.* TO `reader`@`%`",
            "may read every table; hidden: view definitions, triggers, events",
            "SHOW VIEW, TRIGGER, EVENT",
        ),
        (
            "GRANT SELECT, SHOW VIEW ON `shop`.* TO `reader`@`%`",
            "may read the tables it was granted; hidden: the source of routines, \
             some view definitions, triggers, events",
            "SELECT, SHOW VIEW, TRIGGER, EVENT",
        ),
        (
            "GRANT `reading`@`%` TO `reader`@`%`",
            "was granted no table by name; hidden: the source of routines, view definitions, \
             triggers, events",
            "SELECT, SHOW VIEW, TRIGGER, EVENT",
        ),
    ] {
        assert_eq!(
            rights(&[USAGE, grant]).assess(),
            format!("{expected}; {}", fix(lacks))
        );
    }
}

fn digest(lines: &[&str], database: Option<&str>) -> String {
    digest_of(
        lines.iter().map(|&line| line.to_owned()).collect(),
        database,
    )
}

#[test]
fn passwords_and_order_are_no_rights() {
    let select = "GRANT SELECT ON `shop`.* TO `reader`@`%`";
    let rights = digest(&[USAGE, select], None);
    for usage in [
        "GRANT USAGE ON *.* TO `reader`@`%` IDENTIFIED BY PASSWORD '*EC98'",
        "GRANT USAGE ON *.* TO `reader`@`%` IDENTIFIED BY PASSWORD '*0A12' WITH GRANT OPTION",
        "GRANT USAGE ON *.* TO `reader`@`%` IDENTIFIED VIA ed25519 USING 'zI' OR unix_socket",
    ] {
        assert_eq!(digest(&[select, usage], None), rights, "{usage}");
    }
    let named = "GRANT SELECT ON ` IDENTIFIED BY PASSWORD `.* TO `reader`@`%`";
    let other = "GRANT SELECT ON ` IDENTIFIED BY PASSWORD '`.* TO `reader`@`%`";
    assert_ne!(digest(&[named], None), digest(&[other], None));
}

#[test]
fn less_than_before_is_another_digest() {
    let all = "GRANT SELECT, SHOW VIEW ON `shop`.* TO `reader`@`%`";
    let rights = digest(&[USAGE, all], None);
    for lines in [
        &[USAGE][..],
        &[USAGE, "GRANT SELECT ON `shop`.* TO `reader`@`%`"],
        &[USAGE, "GRANT SELECT (`id`) ON `shop`.`t` TO `reader`@`%`"],
        &[USAGE, all, "REVOKE SELECT ON `shop`.* FROM `reader`@`%`"],
        &[USAGE, "GRANT `r`@`%` TO `reader`@`%`"],
    ] {
        assert_ne!(digest(lines, None), rights, "{lines:?}");
        assert_ne!(
            digest(lines, Some("shop")),
            digest(&[USAGE, all], Some("shop")),
            "{lines:?}"
        );
    }
}

#[test]
fn what_speaks_of_other_databases_alone_is_left_out() {
    let shop = digest(&[USAGE], Some("my_shop"));
    for line in [
        "GRANT SELECT ON `other`.* TO `reader`@`%`",
        r"GRANT SELECT ON `my\_shop\_2`.* TO `reader`@`%`",
        "GRANT SELECT ON `my_shop_2`.`t` TO `reader`@`%`",
        "REVOKE SELECT ON `other`.* FROM `reader`@`%`",
    ] {
        assert_eq!(digest(&[USAGE, line], Some("my_shop")), shop, "{line}");
    }
    for line in [
        "GRANT SELECT ON *.* TO `reader`@`%`",
        "GRANT SELECT ON `my_shop`.* TO `reader`@`%`",
        r"GRANT SELECT ON `my\_shop`.* TO `reader`@`%`",
        "GRANT SELECT ON `MY%`.* TO `reader`@`%`",
        "GRANT SELECT ON `My_Shop`.`t` TO `reader`@`%`",
        "REVOKE SELECT ON `my_shop`.* FROM `reader`@`%`",
        "GRANT EXECUTE ON PROCEDURE `my_shop`.`p` TO `reader`@`%`",
        "GRANT `r`@`%` TO `reader`@`%`",
        "SET DEFAULT ROLE `r` FOR `reader`@`%`",
    ] {
        assert_ne!(digest(&[USAGE, line], Some("my_shop")), shop, "{line}");
    }
}
