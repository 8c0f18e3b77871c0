//! What there is to look at.

use serde_json::{Value, json};

use super::{DATABASE, MANAGED, SOURCE, Shop};
use crate::data_dir::EnvFile;
use crate::up::shell::quoted;

/// For people: what there is, and commands that work in another shell as they stand. `plumb` is how
/// this program is called there, `env_path` where the token is.
pub(crate) fn as_text(shop: &Shop, env: &EnvFile, env_path: &str, plumb: &str) -> String {
    let [loaded, made] = MANAGED;
    // Read where it is used, so that it stands in no history and is there after the next start too.
    let curl = format!(
        r#"curl -sS -H "Authorization: Bearer $(sed -n 's/^PLUMB_TOKEN=//p' {})""#,
        quoted(env_path)
    );
    let manager = &env.manager_url;
    format!(
        "The sample shop is in the catalog: data source {SOURCE}, database {DATABASE}, {count} \
         tables and views.\n\
         Two tables are managed and ready: {loaded}, which a tool loads, and {made},\n\
         which is made from it.\n\n\
         Look at it, in another shell:\n  \
           # what is managed\n  \
           {curl} '{manager}/api/manager/managed-objects'\n  \
           # one table with its keys, indexes and parts\n  \
           {curl} '{manager}/api/metadata/lookup?source={SOURCE}&database={DATABASE}&schema=shop&table=orders'\n  \
           # the same by command: what is registered, and a deep reading of all of it\n  \
           {plumb} source list\n  \
           # some rows of {made}\n  \
           {plumb} object preview {made_id} --limit 5\n  \
           {plumb} deep-scan {SOURCE} {DATABASE} --follow\n\n",
        count = shop.table_count,
        made_id = shop.made_id,
    )
}

/// For programs.
pub(crate) fn as_json(shop: &Shop) -> Value {
    json!({
        "resource_id": shop.resource_id,
        "resource_name": SOURCE,
        "database": DATABASE,
        "tables": MANAGED,
    })
}
