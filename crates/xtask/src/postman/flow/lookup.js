pm.test("its names lead to the table", function () {
    pm.response.to.have.status(200);
    const found = pm.response.json();
    pm.expect(found.datasource.id).to.equal(Number(pm.variables.get("resource_id")));
    pm.expect(found.database.id).to.equal(Number(pm.variables.get("database_id")));
    pm.expect(found.table.id).to.equal(Number(pm.variables.get("table_id")));
});
