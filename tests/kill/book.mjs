// What the program acknowledged, kept outside of it, and the comparison with what a killed program left behind.

/** Acknowledgements of one world. */
export class Book {
  quotes = new Set();
  /** By id: `{id, token, line, total, states, paid}`. */
  orders = new Map();
  acknowledged = 0;

  quoted(quote) {
    this.quotes.add(quote.id);
    this.acknowledged += 1;
  }

  placed(order, about) {
    const known = this.orders.get(order.id);
    this.acknowledged += 1;
    if (known) return known;
    const entry = { id: order.id, token: order.token, pay_url: order.pay_url, ...about, states: new Set([order.state]), paid: false };
    this.orders.set(order.id, entry);
    return entry;
  }

  /** The provider said "paid". */
  captured(entry) {
    entry.paid = true;
    this.acknowledged += 1;
  }

  /** The program showed the order in this shape. */
  shown(entry, shape) {
    const before = entry.states.size;
    for (const { state } of shape.history) entry.states.add(state);
    this.acknowledged += entry.states.size > before ? 1 : 0;
    entry.receipt = shape.receipt?.number ?? entry.receipt;
  }

  /** A copy as it stands now, for a comparison later. */
  copy() {
    const book = new Book();
    book.quotes = new Set(this.quotes);
    for (const [id, entry] of this.orders) book.orders.set(id, { ...entry, states: new Set(entry.states) });
    return book;
  }
}

const ONCE = ["capture", "deliver"];

/** What is lost or doubled in a look at a data folder. */
export function faults(book, seen) {
  const found = [];
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
