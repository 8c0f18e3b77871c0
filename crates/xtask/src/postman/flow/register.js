pm.test("it is registered, and level 1 has been queued", function () {
    pm.response.to.have.status(201);
    const created = pm.response.json();
    pm.expect(created.datasource).not.to.have.property("password");
    pm.collectionVariables.set("source_name", created.datasource.datasource_name);
    pm.collectionVariables.set("resource_id", created.datasource.id);
    pm.collectionVariables.set("sync_id", created.sync_id);
    pm.collectionVariables.set("job_id", created.job_id);
});
