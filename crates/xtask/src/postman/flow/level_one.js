pm.test("level 1 is under way, or has succeeded", function () {
    pm.response.to.have.status(200);
    const run = pm.response.json();
    if (["QUEUED", "RUNNING"].includes(run.status)) {
        askAgain("level 1");
        return;
    }
    endOfAsking();
    pm.expect(run.status, run.error_message).to.equal("SUCCESS");
});
