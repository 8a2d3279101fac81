// What the program acknowledged, kept outside of it, and the comparison with what a killed program left behind.

import { createHash } from "node:crypto";

/** Acknowledgements of one world. */
export class Book {
  quotes = new Set();
  /** By id: `{id, token, line, total, states, paid}`. */
  orders = new Map();
  /** What changed although it never may. */
  altered = [];
  #log = [];

  /** `mark` says how far something else had come when an operation was acknowledged: a recording of the disk, for example. */
  constructor(mark = () => 0) {
    this.mark = mark;
  }

  /** How many operations were acknowledged. */
  get acknowledged() {
    return this.#log.length;
  }

  #note(change) {
    this.#log.push({ mark: this.mark(), change });
    change(this);
  }

  quoted(quote) {
    this.#note((book) => book.quotes.add(quote.id));
  }

  placed(order, about) {
    this.#note((book) => {
      if (book.orders.has(order.id)) return;
      book.orders.set(order.id, { id: order.id, token: order.token, pay_url: order.pay_url, ...about, states: new Set([order.state]), paid: false });
    });
    return this.orders.get(order.id);
  }

  /** The provider said "paid". */
  captured({ id }) {
    this.#note((book) => (book.orders.get(id).paid = true));
  }

  /** The program showed the order in this shape. */
  shown({ id }, shape) {
    this.#note((book) => {
      const entry = book.orders.get(id);
      for (const { state } of shape.history) entry.states.add(state);
      entry.receipt = shape.receipt?.number ?? entry.receipt;
    });
  }

  /** The program gave the receipt as a document, which is the same for ever. */
  rendered({ id }, octets) {
    const digest = createHash("sha256").update(octets).digest("hex");
    this.#note((book) => {
      const entry = book.orders.get(id);
      if (entry.rendered && entry.rendered !== digest) book.altered.push(`altered: the receipt of ${id} is another than before`);
      entry.rendered ??= digest;
    });
  }

  /** The book as it stood when the mark was that. */
  at(mark) {
    const book = new Book();
    for (const noted of this.#log) if (noted.mark <= mark) book.#note(noted.change);
    return book;
  }

  /** A copy as it stands now, for a comparison later. */
  copy() {
    return this.at(Infinity);
  }

  /** The same without the quotes, which are forgotten a day after they ran out. */
  without_quotes() {
    return Object.assign(this.copy(), { quotes: new Set() });
  }
}

const ONCE = ["capture", "deliver"];

/** What is lost or doubled in a look at what is kept. */
export function faults(book, seen) {
  const found = [...book.altered];
  if (seen.whole.join() !== "ok") found.push(`the database is damaged: ${seen.whole.join("; ")}`);
  const quotes = new Set(seen.quotes);
  for (const id of book.quotes) if (!quotes.has(id)) found.push(`lost: quote ${id}`);
  for (const entry of book.orders.values()) {
    const kept = seen.orders[entry.id];
    if (!kept) {
      found.push(`lost: order ${entry.id}`);
      continue;
    }
    const missing = [...entry.states].filter((state) => !kept.history.includes(state));
    if (missing.length > 0) found.push(`lost: ${entry.id} was shown as ${missing}, and has only been ${kept.history}`);
    if (entry.paid && !seen.captures[entry.id]) found.push(`lost: the payment of ${entry.id}, which the provider acknowledged`);
    if (kept.total !== entry.total) found.push(`altered: ${entry.id} costs ${kept.total}, and was quoted ${entry.total}`);
    if (entry.receipt && kept.receipt !== entry.receipt) found.push(`lost: receipt ${entry.receipt} of ${entry.id}`);
  }
  const receipts = new Map();
  for (const [id, order] of Object.entries(seen.orders)) {
    for (const kind of ONCE) if ((order.sets[kind] ?? 0) > 1) found.push(`doubled: ${order.sets[kind]} × ${kind} of ${id}`);
    if (order.grants > order.plan_grants) found.push(`doubled: ${order.grants} grants of ${id}, whose plan has ${order.plan_grants}`);
    for (const state of ["paid", "delivering", "delivered"]) {
      if (order.history.filter((passed) => passed === state).length > 1) found.push(`doubled: ${id} was ${state} twice`);
    }
    const delivered = order.state === "delivered";
    if (delivered && (order.sets.deliver ?? 0) !== 1) found.push(`half: ${id} is delivered with ${order.sets.deliver ?? 0} deliveries in the journal`);
    if (delivered && !order.receipt) found.push(`half: ${id} is delivered and has no receipt`);
    if (order.history.includes("paid") && (order.sets.capture ?? 0) !== 1) found.push(`half: ${id} was paid with ${order.sets.capture ?? 0} captures in the journal`);
    if (order.receipt && receipts.has(order.receipt)) found.push(`doubled: receipt ${order.receipt} of ${id} and ${receipts.get(order.receipt)}`);
    if (order.receipt) receipts.set(order.receipt, id);
  }
  for (const [id, payments] of Object.entries(seen.captures)) {
    if (payments.length > 1) found.push(`doubled: ${payments.length} captured payments of ${id}`);
    if (!seen.orders[id]) found.push(`lost: order ${id}, which was paid`);
  }
  return found;
}

const OVER = ["delivered", "declined", "refunded", "reversed", "cancelled", "expired"];

/** What has not come to its end after everything had time to. */
export function unfinished(seen) {
  const found = [];
  for (const [id, order] of Object.entries(seen.orders)) {
    if (!OVER.includes(order.state)) found.push(`unfinished: ${id} is ${order.state} after ${order.history}`);
    if (seen.captures[id] && !order.history.includes("paid")) found.push(`forgotten: ${id} was paid, and is ${order.state}`);
  }
  return found;
}
