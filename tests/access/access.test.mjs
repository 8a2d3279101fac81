// Nobody reads or changes another's line, order or receipt: every route × caller × foreign id.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";

import { Client, delivered, placed } from "../api/client.mjs";
import { startWorld } from "../world/world.mjs";
import { nests_of_the_program, routes_in, routes_of_the_program } from "./routes.mjs";
import { CALLERS, CONTACT_FIELD, ROWS } from "./rows.mjs";

// An order that was delivered, one that waits for its payment, and one of somebody else.
// None of the numbers that the pages give as examples.
const PAID_LINE = "+14165550105";
const OPEN_LINE = "+14165550108";
const OTHER_LINE = "+14165550104";

let world;
let foreign;
let open;
let other;
const client = () => new Client(world.base);
const order = { contact: { email: CONTACT_FIELD } };
before(async () => {
  world = await startWorld();
  foreign = { number: PAID_LINE, contact: CONTACT_FIELD, ...(await delivered(world, client(), { line: PAID_LINE, order })) };
  open = { number: OPEN_LINE, contact: CONTACT_FIELD, ...(await placed(client(), { line: OPEN_LINE, order })) };
  other = await placed(client(), { line: OTHER_LINE, order: { contact: { email: "other@example.org" } } });
});
after(() => world.stop());

/** The token that a caller shows instead of the order's own. */
const TOKENS = {
  stranger: () => undefined,
  other_order: () => other.token,
  truncated: ({ token }) => token.slice(0, -1),
  altered: ({ token }) => token.slice(0, -1) + (token.endsWith("A") ? "B" : "A"),
  forged: ({ id }) => `${id}.${"A".repeat(32)}`,
  // The other order's seal on this order's id.
  swapped: ({ id }) => `${id}.${other.token.split(".")[1]}`,
  basic: () => "basic",
  session: () => "A".repeat(43),
};

/** The request of a row by a caller. */
async function ask(route, row, caller, target) {
  const method = route.split(" ")[0] === "ANY" ? "GET" : route.split(" ")[0];
  const token = TOKENS[caller](target);
  // In the portal the token stands in the address: a caller there has a wrong one, or none.
  const in_address = caller === "other_order" ? target.id : (token ?? target.id);
  const wrong_checkout = target.checkout.slice(0, -1) + (target.checkout.endsWith("A") ? "B" : "A");
  const about = { ...target, token: encodeURIComponent(in_address), sealed: encodeURIComponent(token ?? target.quote), wrong_checkout };
  const headers = { ...(row.headers ?? {}), ...(row.key ? { "idempotency-key": randomUUID() } : {}) };
  if (caller === "basic") headers.authorization = `Basic ${Buffer.from("admin:admin").toString("base64")}`;
  else if (token) headers.authorization = `Bearer ${token}`;
  const by = client();
  const answer = await by.send(method, row.path(about), { headers, body: row.body?.(about) });
  const next = row.follows && (await by.get(answer.headers.location ?? "/", headers));
  by.close();
  return { answer, next };
}

/** What of a foreign order stands in an answer; nothing, if all is well. */
function leaks({ text, headers }, target, known) {
  const said = text + JSON.stringify(headers);
  const national = target.number.slice(2);
  const secrets = {
    "the full number": [target.number, national, `${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`, `${national.slice(0, 3)}-${national.slice(3, 6)}-${national.slice(6)}`, `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`],
    "the reference": [target.reference, target.reference.replace("-", "")],
    "the contact": [target.contact],
    "the receipt's number": target.seen ? [target.seen.receipt.number] : [],
    "the bearer": [target.token],
  };
  return Object.entries(secrets).filter(([, forms]) => forms.some((form) => said.includes(form) && !known.includes(form))).map(([what]) => what);
}

/** The order and the line as their rightful holder finds them. */
const state_of = async (target) => (await client().see(target)).json;

test("every route of the program has a row, and every row a route", () => {
  const routes = routes_of_the_program().map(({ method, pattern }) => `${method} ${pattern}`);
  assert.ok(routes.length > 40, `the parser found only ${routes.length} routes`);
  assert.deepEqual(routes.filter((route) => !ROWS[route]), [], "routes without a row in tests/access/rows.mjs");
  assert.deepEqual(Object.keys(ROWS).filter((route) => !routes.includes(route)), [], "rows without a route");
  for (const [route, row] of Object.entries(ROWS)) {
    assert.ok(row.open || CALLERS.every((caller) => row.expect[caller]), `${route} has no status for each caller`);
  }
  // Routers that come from elsewhere are known by name, so that none slips past.
  assert.deepEqual(nests_of_the_program(), ["fallback(problem::no_such_page)", "method_not_allowed_fallback(problem::method_not_allowed)", 'nest("/sandbox", house.sandbox.router())']);
});

test("the parser of routes sees what it must, and refuses what it does not understand", () => {
  assert.deepEqual(routes_in('.route("/a/{b}", get(x).post(y::z).delete(w))\n// .route("/c", get(x))\n.route(\n  "/d",\n  axum::routing::any(|| async { "get(" }),\n)'), [
    { method: "GET", pattern: "/a/{b}" },
    { method: "POST", pattern: "/a/{b}" },
    { method: "DELETE", pattern: "/a/{b}" },
    { method: "ANY", pattern: "/d" },
  ]);
  assert.throws(() => routes_in(".route(ADDRESS, get(x))"), /not written out/);
  assert.throws(() => routes_in('.route("/a", handler)'), /without a method/);
});

test("every route × caller × foreign order: the expected answer, nothing of it told, nothing changed", async (t) => {
  const faults = new Map();
  const fault = (what, caller) => faults.set(what, [...(faults.get(what) ?? []), caller]);
  let asked = 0;
  for (const target of [foreign, open]) {
    target.checkout = new URL(target.pay_url, world.base).pathname.split("/").at(-1);
    const before = await state_of(target);
    for (const [route, row] of Object.entries(ROWS)) {
      for (const caller of CALLERS) {
        const { answer, next } = await ask(route, row, caller, target);
        asked += 1;
        const where = `${route}, ${target === foreign ? "a delivered order" : "an open order"}`;
        const expected = row.expect?.[caller];
        const most = row.may_refuse ? 500 : 400;
        if (expected ? ![expected].flat().includes(answer.status) : answer.status >= most) fault(`${where}: ${answer.status} instead of ${expected ?? "a page"}`, caller);
        if (next && next.status !== row.follows) fault(`${where}: then ${next.status} instead of ${row.follows}`, caller);
        // What the caller said himself may be said back to him.
        const known = row.path({ ...target, token: "", sealed: "", wrong_checkout: "" }) + decodeURIComponent(row.body?.(target) ?? "");
        const leaked = row.shows_messages ? [] : [...leaks(answer, target, known), ...(next ? leaks(next, target, known) : [])];
        if (leaked.length > 0) fault(`${where}: tells ${leaked.join(" and ")}`, caller);
      }
      assert.deepEqual(await state_of(target), before, `${route} changed the order`);
    }
  }
  t.diagnostic(`${asked} requests over ${Object.keys(ROWS).length} routes × ${CALLERS.length} callers × 2 orders`);
  assert.deepEqual([...faults].map(([what, callers]) => `${what} (${callers.join(", ")})`), []);
});

test("the rightful holder is let in by the same routes", async () => {
  // The check of checks: if these were refused too, the table above would prove nothing.
  const own = client().with(foreign.token);
  for (const path of [`/api/v1/orders/${foreign.id}`, `/api/v1/orders/${foreign.id}/receipt.pdf`, `/api/v1/orders/${foreign.id}/proof.pdf`, `/en/orders/${foreign.token}`, `/en/orders/${foreign.token}/receipt`, `/en/orders/${foreign.token}/receipt.pdf`, `/en/orders/${foreign.token}/proof.pdf`]) {
    assert.equal((await own.get(path)).status, 200, path);
  }
  const { text } = await own.get(`/en/orders/${foreign.token}`);
  assert.deepEqual(leaks({ text, headers: {} }, foreign, "").includes("the reference"), true, "the search for leaks finds nothing where there is something");
  const cancelled = await client().with(open.token).delete(`/api/v1/orders/${open.id}`);
  assert.equal(cancelled.status, 200);
});

test("a used-up or unknown id answers as a foreign one does, octet for octet", async () => {
  const shape = ({ status, headers, text }) => [status, headers["content-type"], headers["www-authenticate"], text.replace(/req_[0-9a-f]+/, "req")];
  const unknown = foreign.id.slice(0, -4) + (foreign.id.endsWith("0000") ? "1111" : "0000");
  for (const rest of ["", "/receipt.pdf", "/proof.pdf"]) {
    const real = await client().get(`/api/v1/orders/${foreign.id}${rest}`);
    assert.deepEqual(shape(await client().get(`/api/v1/orders/${unknown}${rest}`)), shape(real), rest);
    assert.deepEqual(shape(await client().with(other.token).get(`/api/v1/orders/${foreign.id}${rest}`)), shape(real), rest);
  }
});

test("signing in answers alike for the address of an order's payer and for nobody's", async () => {
  const answers = [];
  for (const email of [CONTACT_FIELD, "nobody.at.all@example.org"]) {
    const { status, text } = await client().post("/api/v1/sign-in", { email, password: "correct horse battery staple" });
    answers.push([status, text.replace(/req_[0-9a-f]+/, "req")]);
  }
  assert.equal(answers[0][0], 401);
  assert.deepEqual(answers[0], answers[1]);
});
