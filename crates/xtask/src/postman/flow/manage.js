pm.test("the table is managed", function () {
    pm.response.to.have.status(202);
    const managed = pm.response.json();
    pm.expect(managed.status).to.equal("accepted");
    pm.expect(managed.managed_objects).to.have.lengthOf(1);
    pm.collectionVariables.set("managed_id", managed.managed_objects[0].id);
});
