"""Where the services reach out to while they are asked at random: nowhere."""

import schemathesis

# Refused at once, on every machine; a host made up at random would be looked for in the network.
NOWHERE = {"host": "127.0.0.1", "port": 1}


@schemathesis.hook
def before_call(context, case, kwargs):
    body = case.body
    if isinstance(body, dict) and isinstance(body.get("host"), str) and body["host"]:
        case.body = body | NOWHERE
