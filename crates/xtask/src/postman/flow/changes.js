pm.test("what has changed in the database is listed", function () {
    pm.response.to.have.status(200);
    const database = Number(pm.variables.get("database_id"));
    // Empty until the whole database has been read once: before that there is nothing to compare with.
    for (const change of pm.response.json().items) {
        pm.expect(change.database_id).to.equal(database);
    }
});
