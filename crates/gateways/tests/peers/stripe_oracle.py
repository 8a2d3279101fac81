"""What Stripe's own library signs, accepts and asks, as an oracle.

Usage: stripe_oracle.py sign     — reads JSON lines {"secret", "body" (base64), "now"}, prints for each {"header"}
       stripe_oracle.py verify   — reads JSON lines {"secret", "header", "body", "now"}, prints for each {"accepted"}
       stripe_oracle.py request  — reads JSON lines {"call", "id", "fields", "key"}, prints for each the request that
                                   the library makes: {"method", "url", "headers", "body"}
"""

import base64
import json
import sys
import time

import stripe
from stripe import HTTPClient, StripeClient, Webhook, WebhookSignature

TOLERANCE_SECONDS = 300


def sign(case):
    body = base64.b64decode(case["body"]).decode()
    signature = WebhookSignature._compute_signature(f"{case['now']}.{body}", case["secret"])
    return {"header": f"t={case['now']},v1={signature}"}


def verify(case):
    # The library asks the machine what time it is; the test says.
    time.time = lambda: case["now"]
    try:
        body = base64.b64decode(case["body"])
        Webhook.construct_event(body, case["header"], case["secret"], TOLERANCE_SECONDS)
    # A body that is not text, or no longer JSON, is refused in the language's own words.
    except (stripe.SignatureVerificationError, ValueError):
        return {"accepted": False}
    return {"accepted": True}


class Recorder(HTTPClient):
    name = "recorder"

    def __init__(self):
        super().__init__()
        self.made = None

    def request(self, method, url, headers, post_data=None):
        names = {name.lower(): value for name, value in headers.items()}
        self.made = {"method": method.upper(), "url": url, "headers": names, "body": post_data}
        return '{"id": "x", "object": "list", "data": []}', 200, {}

    def close(self):
        pass


def request(case):
    recorder = Recorder()
    client = StripeClient("sk_test_farline", http_client=recorder, stripe_version="2026-07-29.dahlia")
    sessions, refunds = client.v1.checkout.sessions, client.v1.refunds
    intents = client.v1.payment_intents
    calls = {
        "balance": client.v1.balance.retrieve,
        "open": sessions.create,
        "read": sessions.retrieve,
        "expire": sessions.expire,
        "refunds": refunds.list,
        "refund": refunds.create,
        "read_refund": refunds.retrieve,
        "charges": intents.list,
        "charge": intents.create,
        "read_charge": intents.retrieve,
        "cancel": intents.cancel,
        "detach": client.v1.payment_methods.detach,
        "read_dispute": client.v1.disputes.retrieve,
        "read_warning": client.v1.radar.early_fraud_warnings.retrieve,
    }
    named = [case["id"]] if "id" in case else []
    options = {"idempotency_key": case["key"]} if "key" in case else {}
    calls[case["call"]](*named, case["fields"], options)
    return recorder.made


verbs = {"sign": sign, "verify": verify, "request": request}
# All is read before anything is said: who asks reads only when everything was asked.
for line in sys.stdin.readlines():
    print(json.dumps(verbs[sys.argv[1]](json.loads(line))))
