pm.test("level 1 is in the job log", function () {
    pm.response.to.have.status(200);
    const id = pm.variables.get("job_id");
    const job = pm.response.json().items.find((it) => it.id === id);
    pm.expect(job, id).to.be.an("object");
    pm.expect(job.status).to.equal("SUCCESS");
});
