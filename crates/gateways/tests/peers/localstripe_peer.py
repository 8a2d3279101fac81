"""A Stripe that others wrote (localstripe), telling in JSON lines where it listens and what webhooks it would send.

Usage: localstripe_peer.py SECRET
"""

import asyncio
import json
import sys

from aiohttp import web
from localstripe import resources, server, webhooks

# It keeps what it knows in one file of the machine; each of ours knows its own.
resources.Store.dump_to_disk = lambda self: None


# What it lacks of a payment intent: words for people, how much was received, and the list of one customer's.
made = resources.PaymentIntent.__init__
listed = resources.PaymentIntent._api_list_all


def describe(self, description=None, **fields):
    made(self, **fields)
    self.description = description


def list_of(url, customer=None, **fields):
    intents = listed(url, **fields)
    intents._list = [intent for intent in intents._list if intent.customer == customer]
    return intents


resources.PaymentIntent.__init__ = describe
resources.PaymentIntent.amount_received = property(lambda self: self.amount if self.status == "succeeded" else 0)
resources.PaymentIntent._api_list_all = list_of


async def tell(request):
    body = await request.read()
    signature = request.headers["Stripe-Signature"]
    print(json.dumps({"webhook": {"header": signature, "body": body.decode()}}), flush=True)
    return web.Response()


async def listening(app):
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner.addresses[0][1]


async def main():
    receiver = web.Application()
    receiver.router.add_post("/", tell)
    hook = await listening(receiver)
    webhooks.register_webhook("farline", f"http://127.0.0.1:{hook}/", sys.argv[1], None)
    print(json.dumps({"listening": await listening(server.app)}), flush=True)
    # Until the test ends, and with it this end of the pipe.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
