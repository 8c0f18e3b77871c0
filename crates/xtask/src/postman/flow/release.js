pm.test("the table is released", function () {
    pm.response.to.have.status(204);
});
