pm.test("the data source is gone", function () {
    pm.response.to.have.status(204);
});
for (const name of [
    "source_name", "resource_id", "sync_id", "job_id", "database_id", "managed_id",
    "table_id", "table_schema", "table_name", "field_count",
]) {
    pm.collectionVariables.unset(name);
}
