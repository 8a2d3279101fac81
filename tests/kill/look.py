"""Looks into a stopped data folder: one path per line on standard input, one JSON document per line on standard output.

It reads the tables and the stand-in provider's journal by itself, so that a mistake of the program's own checker and a
mistake of the program do not hide each other.
"""

import json
import pathlib
import sqlite3
import sys


def orders_of(database):
    orders = {}
    for key, body in database.execute("SELECT hex(id), body FROM orders"):
        order = json.loads(body)
        orders[key] = {
            "id": order["id"],
            "state": order["state"]["state"],
            "history": [passage["state"] for passage in order["history"]],
            "total": order["price"]["total"]["amount"],
            "plan_grants": len(order["offer"]["allowances"]),
            "sets": {},
            "grants": 0,
            "receipt": None,
        }
    for key, kind, number in database.execute("SELECT hex(order_id), kind, count(*) FROM money_sets GROUP BY 1, 2"):
        orders[key]["sets"][kind] = number
    for key, number in database.execute("SELECT hex(order_id), count(*) FROM buckets WHERE order_id IS NOT NULL GROUP BY 1"):
        orders[key]["grants"] = number
    for key, number in database.execute("SELECT hex(order_id), number FROM receipts"):
        orders[key]["receipt"] = number
    return {order.pop("id"): order for order in orders.values()}


def captures_of(journal):
    """The provider's captured payments of each order; a torn last line was never acknowledged."""
    payments = {}
    for line in journal.read_bytes().split(b"\n")[:-1]:
        for change in json.loads(line)["changes"]:
            payment = change.get("payment")
            if payment and payment["status"] == "captured":
                payments[payment["id"]] = payment["reference"]
    captures = {}
    for payment, order in payments.items():
        captures.setdefault(order, []).append(payment)
    return captures


def look(folder):
    database = sqlite3.connect(f"file:{folder / 'farline.db'}?mode=ro", uri=True)
    try:
        whole = [row[0] for row in database.execute("PRAGMA quick_check")]
        quotes = [json.loads(body)["id"] for (body,) in database.execute("SELECT body FROM quotes")]
        orders = orders_of(database)
    finally:
        database.close()
    return {"whole": whole, "quotes": quotes, "orders": orders, "captures": captures_of(folder / "sandbox.jsonl")}


for request in sys.stdin:
    print(json.dumps(look(pathlib.Path(request.rstrip("\n")))), flush=True)
