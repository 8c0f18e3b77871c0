pm.test("the database is there and can be read", function () {
    pm.response.to.have.status(200);
    const name = pm.variables.get("source_database");
    const found = pm.response.json().databases.find((it) => it.database_name === name);
    pm.expect(found, name).to.be.an("object");
    pm.expect(found.is_accessible).to.equal(true);
    pm.expect(found.is_managed).to.equal(false);
    pm.collectionVariables.set("database_id", found.database_id);
});
