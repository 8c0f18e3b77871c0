pm.test("the table is being read, or ready", function () {
    pm.response.to.have.status(200);
    const object = pm.response.json();
    if (["pending", "scanning"].includes(object.status)) {
        askAgain("the scan");
        return;
    }
    endOfAsking();
    pm.expect(object.status, object.last_error).to.equal("ready");
    pm.expect(object.permission).to.equal("read");
});
