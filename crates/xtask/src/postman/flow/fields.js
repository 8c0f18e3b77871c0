pm.test("its fields are there, in order", function () {
    pm.response.to.have.status(200);
    const fields = pm.response.json().items;
    const positions = fields.map((it) => it.field_position);
    pm.expect(positions).to.eql([...positions].sort((a, b) => a - b));
    // A page has 50 of them.
    const count = Number(pm.variables.get("field_count"));
    pm.expect(fields).to.have.lengthOf(Math.min(count, 50));
    for (const field of fields) {
        pm.expect(field.data_type).to.be.a("string").that.is.not.empty;
    }
});
