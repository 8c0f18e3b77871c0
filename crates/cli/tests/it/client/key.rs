//! `plumb key` and `plumb sign-in-link`.

use models::Role;
use serde_json::json;

use super::{Desk, ledger};
use crate::home::run;
use crate::ran::Ran;

impl Desk {
    /// Runs a command with another credential than a token of ours.
    async fn run_with(&self, credential: &str, arguments: &[&str]) -> Ran {
        let mut command = self.home.plumb_anywhere();
        command
            .args(arguments)
            .env("PLUMB_META_URL", &self.meta.url)
            .env("PLUMB_MANAGER_URL", &self.manager.url)
            .env("PLUMB_TOKEN", credential);
        run(command, "").await
    }
}

#[tokio::test]
async fn keys_are_made_used_listed_and_revoked() {
    let desk = Desk::registered(ledger().await).await;
    let create = ["key", "create", "nightly export", "--role", "viewer"];
    let made = desk
        .run(&[&create[..], &["--days", "90"]].concat())
        .await
        .exits(0);
    let key = made.stdout.trim_end();
    assert!(key.starts_with("plk_1_"), "the key alone: {made}");
    assert!(!made.stderr.contains(key), "and nowhere else: {made}");
    assert!(made.stderr.contains("plumb key revoke 1"), "{made}");
    for command in [["source", "list"], ["object", "list"]] {
        desk.run_with(key, &command).await.exits(0);
    }
    let refused = desk.run_with(key, &create).await;
    refused.only_says(1, &["(403)"]);

    let list = desk.run(&["key", "list"]).await.exits(0);
    assert!(!list.stdout.contains(key), "{list}");
    let mut settings = desk.settings();
    settings.add_filter("plk_1_[A-Za-z0-9_-]{6}", "BEGINNING");
    settings.bind(|| insta::assert_snapshot!("keys_listed", list.stdout));

    let revoked = desk.run(&["key", "revoke", "1"]).await.exits(0);
    assert_eq!(revoked.stdout, "API key 1 has been revoked\n");
    let refused = desk.run_with(key, &["source", "list"]).await;
    refused.only_says(1, &["(401)"]);
    let none = desk.run(&["key", "list"]).await.exits(0);
    assert!(
        none.stdout.is_empty() && none.stderr.contains("plumb key create"),
        "{none}"
    );
    let all = ["key", "list", "--revoked", "--format", "json"];
    let all = desk.run(&all).await.exits(0).json();
    assert!(all["items"][0]["revoked_at"].is_string(), "{all}");
}

#[tokio::test]
async fn json_is_what_the_api_answers() {
    let desk = Desk::registered(ledger().await).await;
    let create = [
        "key", "create", "ci", "--role", "operator", "--format", "json",
    ];
    let made = desk.run(&create).await.exits(0);
    assert!(made.stderr.is_empty(), "{made}");
    let made = made.json();
    assert_eq!(
        (&made["name"], &made["role"], &made["expires_at"]),
        (&json!("ci"), &json!("operator"), &json!(null))
    );
    assert!(
        made["key"]
            .as_str()
            .is_some_and(|key| key.starts_with("plk_1_"))
    );
    let id = made["id"].to_string();
    let revoke = ["key", "revoke", &id, "--format", "json"];
    assert_eq!(desk.run(&revoke).await.exits(0).stdout, "");

    let link = ["sign-in-link", "--subject", "ada", "--format", "json"];
    let link = desk.run(&link).await.exits(0).json();
    assert_eq!(
        (&link["subject"], &link["roles"]),
        (&json!("ada"), &json!(["admin"]))
    );
}

#[tokio::test]
async fn a_link_to_the_console_signs_in() {
    let desk = Desk::registered(ledger().await).await;
    let made = ["sign-in-link", "--subject", "grace", "--role", "operator"];
    let made = desk.run(&made).await.exits(0);
    let before = format!("{}/#sign-in=", desk.manager.url);
    let code = made.stdout.trim_end().strip_prefix(&before);
    let code = code.unwrap_or_else(|| panic!("a link to manager: {made}"));
    assert!(made.stderr.contains("signs grace in, once"), "{made}");
    assert!(!made.stderr.contains(code), "{made}");
    let path = "/api/metadata/auth/sign-in";
    let signed_in = desk.manager.anonymous();
    let signed_in = signed_in.post(path, &json!({ "code": code })).await;
    let signed_in = signed_in.expect(200);
    assert_eq!(
        (&signed_in["subject"], &signed_in["roles"]),
        (&json!("grace"), &json!(["operator"]))
    );
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let desk = Desk::registered(ledger().await).await;
    desk.run(&["key", "create", "ci"]).await.exits(2);
    desk.run(&["key", "create", "ci", "--role", "owner"])
        .await
        .exits(2);
    desk.run(&["key", "create", "ci", "--role", "viewer", "--days", "0"])
        .await
        .exits(2);
    desk.run(&["key", "revoke", "424242"])
        .await
        .only_says(1, &["no API key 424242", "plumb key list"]);
    for command in [&["key", "list"][..], &["sign-in-link"]] {
        let refused = desk.run_as(Role::Operator, command).await;
        refused.only_says(1, &["(403)", "role admin"]);
    }
}
