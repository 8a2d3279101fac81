"""Looks at what a stopped program left: one request per line on standard input, one JSON document per line on standard output.

A request is {"folder": …} for a data folder, or {"folder": …, "psql": […]} with the command that speaks to its PostgreSQL
database. It reads the tables and the stand-in provider's journal by itself, so that a mistake of the program's own checker
and a mistake of the program do not hide each other.
"""

import csv
import io
import json
import pathlib
import sqlite3
import subprocess
import sys

csv.field_size_limit(1 << 30)


class Sqlite:
    def __init__(self, folder):
        self.database = sqlite3.connect(f"file:{folder / 'farline.db'}?mode=ro", uri=True)

    def hex(self, column):
        return f"hex({column})"

    def digits(self, text):
        return text.upper()

    def rows(self, sql):
        return self.database.execute(sql)

    def whole(self):
        return [row[0] for row in self.database.execute("PRAGMA quick_check")]

    def close(self):
        self.database.close()


class Postgres:
    def __init__(self, psql):
        self.psql = psql

    def hex(self, column):
        return f"encode({column}, 'hex')"

    def digits(self, text):
        return text.lower()

    def rows(self, sql):
        answer = subprocess.run([*self.psql, "--csv", "--command", sql], check=True, capture_output=True, text=True)
        return list(csv.reader(io.StringIO(answer.stdout)))

    def whole(self):
        return ["ok"]

    def close(self):
        pass


def orders_of(database):
    orders = {}
    order_id = database.hex("order_id")
    for key, body in database.rows(f"SELECT {database.hex('id')}, body FROM orders"):
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
    for key, kind in entry_sets_of(database):
        orders[key]["sets"][kind] = orders[key]["sets"].get(kind, 0) + 1
    for key, number in database.rows(f"SELECT {order_id}, count(*) FROM buckets WHERE order_id IS NOT NULL GROUP BY 1"):
        orders[key]["grants"] = int(number)
    for key, number in database.rows(f"SELECT {order_id}, number FROM receipts"):
        orders[key]["receipt"] = number
    return {order.pop("id"): order for order in orders.values()}


def entry_sets_of(database):
    """The order and the kind of every set of money entries, which the journal keeps as JSON."""
    for own, sets in database.rows(f"SELECT {database.hex('order_id')}, entry_sets FROM journal WHERE entry_sets IS NOT NULL"):
        for _, kind, other, _ in json.loads(sets):
            yield own if other is None else database.digits(other), kind


def captures_of(journal):
    """The provider's captured payments of each order. What is behind a hole or the last line's end was never acknowledged."""
    payments = {}
    for line in journal.read_bytes().split(b"\0")[0].split(b"\n")[:-1]:
        for change in json.loads(line)["changes"]:
            payment = change.get("payment")
            if payment and payment["status"] == "captured":
                payments[payment["id"]] = payment["reference"]
    captures = {}
    for payment, order in payments.items():
        captures.setdefault(order, []).append(payment)
    return captures


def look(request):
    folder = pathlib.Path(request["folder"])
    database = Postgres(request["psql"]) if "psql" in request else Sqlite(folder)
    seen = {"quotes": [], "orders": {}, "captures": captures_of(folder / "sandbox.jsonl")}
    try:
        seen["whole"] = database.whole()
        seen["quotes"] = [json.loads(body)["id"] for (body,) in database.rows("SELECT body FROM quotes")]
        seen["orders"] = orders_of(database)
    except sqlite3.Error as problem:
        seen["whole"] = [str(problem)]
    finally:
        database.close()
    return seen


for line in sys.stdin:
    print(json.dumps(look(json.loads(line))), flush=True)
