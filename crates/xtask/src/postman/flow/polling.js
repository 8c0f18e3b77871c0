// Sends this request again after a pause that grows from 50 ms to 1 s: work is watched until it has ended, which takes
// as long as it takes. Gives up after about three minutes.
function askAgain(what) {
    const asked = Number(pm.variables.get("times_asked") || 0) + 1;
    if (asked > 180) {
        endOfAsking();
        pm.expect.fail(what + " has not ended in time");
    }
    pm.collectionVariables.set("times_asked", asked);
    pm.execution.setNextRequest(pm.info.requestId);
    // The next request waits for timers that are left.
    setTimeout(function () {}, Math.min(50 * Math.pow(2, asked - 1), 1000));
}

function endOfAsking() {
    pm.collectionVariables.unset("times_asked");
}
