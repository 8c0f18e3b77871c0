pm.test("the table is in the catalog", function () {
    pm.response.to.have.status(200);
    const asked = pm.variables.get("source_table");
    const found = pm.response.json().items.find(
        (it) => it.table_name === asked || it.table_schema + "." + it.table_name === asked
    );
    pm.expect(found, asked).to.be.an("object");
    pm.expect(found.field_count).to.be.above(0);
    pm.collectionVariables.set("table_id", found.id);
    pm.collectionVariables.set("table_schema", found.table_schema);
    pm.collectionVariables.set("table_name", found.table_name);
    pm.collectionVariables.set("field_count", found.field_count);
});
