// Renewals over HTTP by several callers at once. A caller whose answer never came asks again, under the same key, once the
// program is back: as an app does.

import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

import { APPROVED, Client, DECLINED, source } from "../api/client.mjs";

// Whoever renews compares some offers first. Under the limits of quotes and orders from one address.
const OFFERS_COMPARED = 4;
const RENEWALS_PER_ADDRESS = 25;
const CARDS = [APPROVED, APPROVED, APPROVED, APPROVED, "4000 0566 5566 5556", "4000 0090 0000 0110", "4000 0090 0000 0227", "4000 0090 0000 0334", DECLINED];

// Told to try later, a caller waits twice as long each time, at most this.
const LONGEST_WAIT_MS = 400;
// A receipt is asked for by its holder now and then; the program renders it once, for whoever is first.
const ASKS_FOR_RECEIPT = 0.2;

/** Lines in service whose deliveries come at once, each with its plan: of our own network, and of a supplier. */
function lines() {
  const open = (serial) => ![4, 7, 10, 13, 16, 19].includes(serial % 20);
  const block = (area, first, last, serial, plan) =>
    Array.from({ length: last - first + 1 }, (_, n) => ({ plan, serial: serial + n, line: `+1${area}555${String(first + n).padStart(4, "0")}` }));
  const blocks = [block(416, 100, 139, 1, "maplewave-5gb"), block(647, 100, 119, 41, "maplewave-5gb"), block(902, 100, 124, 141, "kittiwake-4gb")];
  return blocks.flat().filter(({ serial }) => open(serial));
}

export class Load {
  #running = null;
  #open = true;

  /** Callers of one world or, in turn, of several that share a database. */
  constructor({ world, worlds = [world], book, dice, workers, first_address }) {
    Object.assign(this, { book, dice });
    const all = lines();
    this.callers = Array.from({ length: workers }, (_, n) => ({
      world: worlds[n % worlds.length],
      lines: all.filter((_, at) => at % workers === n),
      renewals: 0,
      connections: 0,
      address: first_address + n * 100,
      client: null,
      step: null,
    }));
  }

  /** The callers of one world turn to another, each with what it was doing. */
  turn(from, to) {
    for (const caller of this.callers.filter(({ world }) => world === from)) {
      caller.world = to;
      this.#connect(caller);
    }
  }

  #connect(caller) {
    caller.client?.close();
    caller.client = new Client(caller.world.base, { address: source(caller.address + caller.connections++) });
  }

  start() {
    this.#open = true;
    this.#running = Promise.all(this.callers.map((caller) => this.#work(caller, () => this.#open)));
    // Told by `stop`, which awaits it, and by `going`.
    this.#running.catch((problem) => (this.problem = problem));
  }

  /** Waits until so many operations more are acknowledged. */
  async going(more, patience_ms = 60_000) {
    const wanted = this.book.acknowledged + more;
    const until = Date.now() + patience_ms;
    while (this.book.acknowledged < wanted) {
      if (this.problem) throw this.problem;
      if (Date.now() > until) throw new Error(`after ${patience_ms} ms there were still no ${more} acknowledgements more`);
      await pause(25);
    }
  }

  /** No further requests; resolves when those under way have ended, be it by a kill. */
  async stop() {
    this.#open = false;
    await this.#running;
  }

  /** Each caller finishes what it has begun. */
  async finish() {
    await Promise.all(this.callers.map((caller) => this.#work(caller, () => caller.step !== null)));
    for (const { client } of this.callers) client?.close();
  }

  async #work(caller, goes_on) {
    while (goes_on()) {
      caller.step ??= this.#renewal(caller);
      const { value } = caller.step;
      let answer;
      try {
        answer = await value.send(caller.client);
      } catch (problem) {
        if (/no answer after/.test(problem.message)) throw problem;
        return; // Killed: the same again after the next start.
      }
      // Asking again and again counts as well; a caller elsewhere is not counted with it.
      if (answer.status === 429) {
        this.#connect(caller);
        continue;
      }
      const next = value.then(answer);
      caller.waits = later(answer) ? Math.min(2 * (caller.waits || 25), LONGEST_WAIT_MS) : 0;
      if (caller.waits) await pause(caller.waits);
      caller.step = next ? { value: next } : null;
    }
  }

  #renewal(caller) {
    if (caller.renewals++ % RENEWALS_PER_ADDRESS === 0) this.#connect(caller);
    const { line, plan } = caller.lines[caller.renewals % caller.lines.length];
    return { value: this.#quote({ line, plan, key: randomUUID(), offers: OFFERS_COMPARED, cancels: this.dice.roll() < 0.1, card: this.dice.one(CARDS) }) };
  }

  #quote(about) {
    return {
      send: (client) => client.quote({ line: about.line, plan: about.plan, key: about.key }),
      then: (answer) => {
        if (later(answer)) return this.#quote(about);
        must(answer, 201, "a quote");
        this.book.quoted(answer.json);
        if (about.offers > 1) return this.#quote({ ...about, offers: about.offers - 1, key: randomUUID() });
        return this.#order({ ...about, quote: answer.json, key: randomUUID() });
      },
    };
  }

  #order(about) {
    return {
      send: (client) => client.order(about.quote.id, { key: about.key, contact: { email: `payer-${about.key}@example.org` } }),
      then: (answer) => {
        if (later(answer)) return this.#order(about);
        // Too many orders of this card were left unpaid within the hour: a guest signs in first, so another card is taken.
        if (answer.json?.code === "sign_in_first") return null;
        // The quote ran out, as happens to whoever's clock jumps; or what the supplier delivers is still under way.
        if (["quote_expired", "renewal_in_progress"].includes(answer.json?.code)) return null;
        must(answer, 201, "an order");
        const entry = this.book.placed(answer.json, { line: about.line, total: about.quote.total.amount });
        // Without a page it has ended already, as happens to whoever's clock jumps.
        if (!entry.pay_url) return this.#see(entry);
        return about.cancels ? this.#cancel(entry) : this.#pay(entry, about.card);
      },
    };
  }

  #cancel(entry) {
    return {
      send: (client) => client.with(entry.token).delete(`/api/v1/orders/${entry.id}`),
      then: (answer) => {
        if (later(answer)) return this.#cancel(entry);
        // Cancelled already, before the answer was lost.
        if (answer.status !== 409) must(answer, 200, "a cancellation");
        if (answer.status === 200) this.book.shown(entry, answer.json);
        return null;
      },
    };
  }

  #pay(entry, card) {
    return {
      send: (client) => client.pay(entry.pay_url, card),
      then: (answer) => {
        if (answer.status === 503) return this.#pay(entry, card);
        // The page has closed, as happens to whoever's clock jumps.
        if (answer.status === 410) return null;
        must(answer, card === DECLINED ? 200 : 303, `paying ${entry.id} with ${card}`);
        if (card === DECLINED) return null;
        this.book.captured(entry);
        return this.#see(entry);
      },
    };
  }

  #see(entry) {
    return {
      send: (client) => client.see(entry),
      then: (answer) => {
        if (later(answer)) return this.#see(entry);
        must(answer, 200, "an order's state");
        this.book.shown(entry, answer.json);
        return entry.receipt && this.dice.roll() < ASKS_FOR_RECEIPT ? this.#receipt(entry) : null;
      },
    };
  }

  #receipt(entry) {
    return {
      send: (client) => client.with(entry.token).get(`/api/v1/orders/${entry.id}/receipt.pdf`),
      then: (answer) => {
        if (later(answer)) return this.#receipt(entry);
        must(answer, 200, "a receipt");
        this.book.rendered(entry, answer.octets);
        return null;
      },
    };
  }

  /** Asks once more for every receipt that was seen: whether each is still the same, octet by octet. */
  async again() {
    const client = new Client(this.callers[0].world.base, { address: source(this.callers[0].address + 99) });
    for (const entry of this.book.orders.values()) {
      if (!entry.rendered) continue;
      const answer = await this.#receipt(entry).send(client);
      must(answer, 200, "a receipt");
      this.book.rendered(entry, answer.octets);
    }
    client.close();
  }
}

/** The program says that it cannot answer now, and that no money moved or that the same may be asked again. */
const later = ({ status, json }) => status === 503 || (status === 409 && json?.code === "request_running");

function must({ status, text }, wanted, what) {
  if (status !== wanted) throw new Error(`${what}: ${status} instead of ${wanted}: ${text.slice(0, 500)}`);
}
