pm.test("the server can be read", function () {
    pm.response.to.have.status(200);
    const report = pm.response.json();
    const failed = report.steps.filter((step) => step.ok === false).map((step) => step.name + ": " + step.detail);
    pm.expect(failed, "steps that failed").to.eql([]);
    pm.expect(report.steps.length).to.be.above(0);
    pm.expect(report.ok).to.equal(true);
});
