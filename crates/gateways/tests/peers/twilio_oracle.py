"""What the vendor's own library signs and posts, as an oracle.

Usage: twilio_oracle.py sign  — reads JSON lines {"token", "url", "params": [[name, value], ...]}, prints for each
                                {"signature"} after asking the library whether it accepts its own signature
       twilio_oracle.py post  — reads one JSON line {"account", "token", "fields"}, prints the request that the
                                library makes: {"method", "url", "form", "authorization"}
       twilio_oracle.py pay   — the same with "call", and with "session" for one that was begun
"""

import base64
import json
import logging
import sys

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client


class Form(dict):
    """A form in which a name may stand twice, as web frameworks hand it to the library."""

    def __init__(self, pairs):
        super().__init__(pairs)
        self.pairs = pairs

    def getall(self, name):
        return [value for found, value in self.pairs if found == name]


class Recorder(HttpClient):
    def __init__(self):
        super().__init__(logging.getLogger("oracle"), False)

    def request(self, method, url, params=None, data=None, headers=None, auth=None, **rest):
        credentials = base64.b64encode(":".join(auth).encode()).decode()
        print(json.dumps({
            "method": method, "url": url, "form": data, "authorization": f"Basic {credentials}",
        }))
        return Response(201, json.dumps({"sid": "SM1"}))


if sys.argv[1] == "sign":
    for line in sys.stdin:
        case = json.loads(line)
        validator = RequestValidator(case["token"])
        form = Form([tuple(pair) for pair in case["params"]])
        signature = validator.compute_signature(case["url"], form)
        assert validator.validate(case["url"], form, signature)
        print(json.dumps({"signature": signature}))
else:
    case = json.loads(sys.stdin.read())
    client = Client(case["account"], case["token"], http_client=Recorder())
    if sys.argv[1] == "post":
        client.messages.create(**case["fields"])
    elif "session" in case:
        client.calls(case["call"]).payments(case["session"]).update(**case["fields"])
    else:
        client.calls(case["call"]).payments.create(**case["fields"])
