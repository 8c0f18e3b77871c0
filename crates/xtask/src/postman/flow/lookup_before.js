// MySQL and MariaDB have no schemas.
if (pm.variables.get("table_schema") === "") {
    pm.request.url.query.remove("schema");
}
