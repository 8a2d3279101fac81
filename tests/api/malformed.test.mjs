// Ten thousand malformed requests over every route of the API: no 5xx, no panic, and every refusal says what is wrong in the
// one form that api.md promises.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { Person } from "../access/accounts.mjs";
import { full, startWorld } from "../world/world.mjs";
import { Client, delivered, not_a_problem, placed, source } from "./client.mjs";
import { Dice, KINDS, ROUTES, malformed } from "./malformed.mjs";
import { all_answers, exchange, first_answer, octets_of } from "./raw.mjs";

const SEED = Number(process.env.FARLINE_SEED ?? 20_261_122);
const REQUESTS = full() ? 100_000 : 10_000;
const AT_ONCE = 24;
// Few enough from one address that limits seldom answer in a handler's place.
const PER_ADDRESS = 8;

let world;
let client;
before(async () => {
  world = await startWorld();
  client = new Client(world.base);
});
after(async () => {
  client.close();
  await world.stop();
});

/** Sends what `make(n)` gives, several at once; gives the faults and the numbers of each status. */
async function pour(count, first_address, make, judge) {
  const faults = new Map();
  const statuses = {};
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const n = next++;
      const one = make(n);
      const address = source(first_address + Math.floor(n / PER_ADDRESS));
      const back = await exchange({ port: world.port, address, ...one });
      const answer = first_answer(back.octets, one.method);
      const status = answer?.status ?? (back.reset ? "reset" : "closed");
      statuses[status] = (statuses[status] ?? 0) + 1;
      const fault = judge(one, answer, back);
      if (!fault) continue;
      const what = `${one.kind}: ${fault}`;
      const shown = one.octets.subarray(0, 300).toString("latin1").replaceAll("\r\n", " ⏎ ");
      const seen = faults.get(what) ?? { times: 0, n, shown, answer: answer?.text.slice(0, 200) };
      seen.times += 1;
      faults.set(what, seen);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { faults: [...faults].map(([what, seen]) => `${seen.times} × ${what}\n    e.g. no. ${seen.n}: ${seen.shown}\n    answer: ${seen.answer}`), statuses };
}

/** What is wrong with an answer to a malformed request. */
function judge({ kind, method, raw, may_reset }, answer, { late }) {
  if (late) return "no answer";
  if (!answer) return may_reset ? null : "closed without an answer";
  const { status } = answer;
  if (!(status >= 100)) return "not HTTP";
  if (status >= 500 && !(raw && !answer.headers["x-request-id"])) return `${status}`;
  // Without a request id no route has seen it: the parser of HTTP refused the octets, and its refusal is bare.
  if (raw && !answer.headers["x-request-id"]) return status < 500 || status === 505 || status === 501 ? null : `the parser says ${status}`;
  if (status < 400) return null;
  const wrong = not_a_problem(answer, { method });
  // Where the target itself was bent, it may have led out of the API, to pages.
  if (wrong && kind === "framing") return null;
  return wrong && `${status} is no problem document: ${wrong}`;
}

test(`${REQUESTS} malformed requests: no 5xx, no panic, every refusal a problem document`, async (t) => {
  t.diagnostic(`seed ${SEED} (FARLINE_SEED)`);
  const { seen, ...known } = await delivered(world, client);
  const open = await placed(client, { line: "+14165550102" });
  const holder = await Person.register(world, "holder@example.org");
  await holder.add("+14165550100", "bent");
  const ids = { order: known.id, token: known.token, quote: open.quote, bearer: holder.bearer };
  const dice = new Dice(SEED);
  const started = Date.now();
  const pairs = new Set();
  const make = (n) => {
    const one = malformed(dice, n, ids, { octets_of });
    pairs.add(`${one.kind} ${one.route}`);
    return one;
  };
  const { faults, statuses } = await pour(REQUESTS, 10_000, make, judge);
  t.diagnostic(`${REQUESTS} requests in ${Date.now() - started} ms: ${JSON.stringify(statuses)}; ${pairs.size} pairs of kind and route`);
  assert.ok(pairs.size >= Object.keys(KINDS).length * (ROUTES.length - 1), "every kind meets every route");
  assert.doesNotMatch(world.log, /panicked at/);
  // The order that everything was thrown at is as it was, and so is every balance.
  assert.deepEqual((await client.see(known)).json, seen);
  const doctor = await world.command("doctor", "--deep");
  assert.equal(doctor.code, 0, doctor.stdout);
  assert.equal(faults.length, 0, `seed ${SEED}\n${faults.join("\n")}`);
});

test("2,000 malformed requests to the webhook, the stand-in provider, the clock and the portal: no 5xx", async (t) => {
  const order = await placed(client, { line: "+14165550103" });
  const pay = new URL(order.pay_url).pathname;
  const checkout = pay.split("/").at(-1);
  const page = `/en/orders/${order.token}`;
  const routes = [
    { method: "POST", at: () => "/webhooks/sandbox", body: () => ({ id: "evt_a", type: "checkout.completed", created: 1, livemode: false, data: { object: {} } }) },
    { method: "POST", at: () => "/sandbox/clock", body: () => ({ advance_s: "0" }) },
    { method: "POST", at: () => pay, part: checkout, body: () => ({ a: 1 }) },
    { method: "GET", at: () => pay, part: checkout },
    { method: "POST", at: () => `${pay}/paypal`, part: checkout, body: () => ({ decision: "refuse" }) },
    { method: "POST", at: () => "/sandbox/v1/checkouts", body: () => ({ amount: 1, currency: "CAD" }) },
    { method: "GET", at: () => `/sandbox/v1/checkouts/${checkout}`, part: checkout },
    { method: "GET", at: () => "/problems/not-found", part: "not-found" },
    { method: "GET", at: () => "/en" , part: "en" },
    { method: "POST", at: () => "/en/renew", body: () => ({ number: "+14165550100" }) },
    { method: "GET", at: () => page, part: order.token, id: true },
    { method: "GET", at: () => `${page}/receipt.pdf`, part: order.token, id: true },
    { method: "GET", at: () => "/mailbox" },
    { method: "GET", at: () => "/readyz" },
  ];
  const ids = { order: order.id, token: order.token, quote: order.quote };
  const dice = new Dice(SEED + 1);
  const judge_loosely = (one, answer, back) => {
    if (back.late) return "no answer";
    if (!answer) return one.may_reset ? null : "closed without an answer";
    return answer.status >= 500 && answer.headers["x-request-id"] ? `${answer.status} from ${one.route}` : null;
  };
  const { faults, statuses } = await pour(2_000, 20_000, (n) => malformed(dice, n, ids, { octets_of, routes }), judge_loosely);
  t.diagnostic(`seed ${SEED + 1}: ${JSON.stringify(statuses)}`);
  assert.doesNotMatch(world.log, /panicked at/);
  assert.equal(faults.length, 0, faults.join("\n"));
});

test("a body longer than 64 KiB is refused with 413 before it is read", async () => {
  const head = (length) => octets_of({ method: "POST", target: "/api/v1/quotes", fields: [["host", "a"], ["connection", "close"], ["content-type", "application/json"], ["idempotency-key", "k".repeat(30)], ["content-length", length]] });
  const { octets } = await exchange({ port: world.port, address: source(30_001), octets: Buffer.concat([head(100_000_000), Buffer.alloc(70_000, " ")]) });
  const answer = first_answer(octets);
  assert.equal(answer?.status, 413, octets.toString("latin1").slice(0, 300));
  assert.equal(not_a_problem(answer), null);
});

test("a request hidden behind two lengths is never answered", async () => {
  const hidden = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
  const head = (...fields) => octets_of({ method: "POST", target: "/api/v1/quotes", fields: [["host", "a"], ["content-type", "application/json"], ...fields] });
  const tries = {
    "CL.TE": Buffer.concat([head(["content-length", 5 + hidden.length], ["transfer-encoding", "chunked"]), Buffer.from(`0\r\n\r\n${hidden}`)]),
    "TE.CL": Buffer.concat([head(["transfer-encoding", "chunked"], ["content-length", 4]), Buffer.from(`${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`)]),
    "CL.CL": Buffer.concat([head(["content-length", 0], ["content-length", hidden.length]), Buffer.from(hidden)]),
    "TE.TE": Buffer.concat([head(["transfer-encoding", "chunked"], ["transfer-encoding", "identity"]), Buffer.from(`0\r\n\r\n${hidden}`)]),
  };
  for (const [name, octets] of Object.entries(tries)) {
    const back = await exchange({ port: world.port, address: source(30_002), octets, half_close: true });
    const answers = all_answers(back.octets);
    assert.ok(answers.every((answer) => answer.status < 500), `${name}: ${answers.map((answer) => answer.status)}`);
    assert.ok(!answers.some((answer) => answer.text === "ok\n"), `${name}: the hidden request was answered`);
  }
});

test("a client that does not finish its head is cut off", async () => {
  const before = Date.now();
  const back = await exchange({ port: world.port, address: source(30_003), octets: Buffer.from("GET /api/v1/lines HTTP/1.1\r\nhost: a\r\nx-slow: "), patience_ms: 30_000 });
  assert.equal(back.late, false, `the connection was still open after ${Date.now() - before} ms`);
});
