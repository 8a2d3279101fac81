// The contract of api.md, as an app relies on it: quote, order, pay, delivered, receipt; keys, limits, and what strangers learn.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { execFile } from "node:child_process";

import { Person } from "../access/accounts.mjs";
import { routes_of_the_program } from "../access/routes.mjs";
import { program, startWorld } from "../world/world.mjs";
import { Client, DECLINED, LINE, PLAN, assert_problem, delivered, placed, source } from "./client.mjs";

let world;
let client;
let folder;
before(async () => {
  world = await startWorld();
  client = new Client(world.base);
  folder = await mkdtemp(join(tmpdir(), "farline-contract-"));
});
after(async () => {
  client.close();
  await rm(folder, { recursive: true, force: true });
  await world.stop();
});

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/;
const is_money = (money) => Number.isInteger(money.amount) && /^[A-Z]{3}$/.test(money.currency);

/** Another line for each test, so that none waits for another's renewal. */
let last = 100;
const next_line = () => {
  do last += 1;
  while ([4, 7, 10, 13, 16, 19].includes((last - 99) % 20));
  return `+1416555${String(last).padStart(4, "0")}`;
};

function verify(...words) {
  return new Promise((done) => execFile(program(), ["receipt", "verify", ...words], (problem, stdout, stderr) => done({ code: problem ? problem.code : 0, stdout, stderr })));
}

test("plans: the shape, and the price of the first line in Ontario", async () => {
  const { status, json } = await client.get(`/api/v1/lines/${encodeURIComponent(LINE)}/plans`);
  assert.equal(status, 200);
  assert.deepEqual(json.line.operator, { id: "maplewave", name: "Maplewave" });
  assert.ok(!json.line.masked.replace(/\D/g, "").includes("4165550100"));
  for (const plan of json.plans) {
    assert.ok(is_money(plan.price) && is_money(plan.total), plan.id);
    assert.ok(Number.isInteger(plan.validity_days) && plan.validity_days > 0 && plan.starts !== "");
    for (const name of ["id", "name", "start_rule", "recommended", "reason"]) assert.ok(name in plan, name);
    for (const one of plan.allowances) {
      assert.deepEqual(Object.keys(one).sort(), ["amount", "kind", "unit", "window", "zone"]);
      assert.equal(one.unit, { data: "octet", voice: "second", messages: "message", credit: "minor_unit" }[one.kind]);
    }
  }
  const plan = json.plans.find(({ id }) => id === PLAN);
  assert.deepEqual([plan.price, plan.total], [{ amount: 2500, currency: "CAD" }, { amount: 2825, currency: "CAD" }]);
  for (const need of ["data", "calls", "keep"]) {
    const { json } = await client.get(`/api/v1/lines/${encodeURIComponent(LINE)}/plans?need=${need}`);
    assert.equal(json.plans.filter((plan) => plan.recommended).length, 1, need);
  }
});

test("numbers are forgiven their spaces, hyphens, brackets, 001 and full-width digits", async () => {
  for (const number of ["+1 416 555 0100", "(416) 555-0100", "001 416 555 0100", "1-416-555-0100", "＋１ ４１６ ５５５ ０１００", "4165550100", "8919980000000000015"]) {
    const { status, text } = await client.get(`/api/v1/lines/${encodeURIComponent(number)}/plans`);
    assert.ok(status === 200 || number.startsWith("89"), `${number}: ${status} ${text}`);
  }
  const { iccid } = { iccid: "8919980000000002003" };
  assert.equal((await client.get(`/api/v1/lines/${iccid}/plans`)).status, 200);
});

test("quote, order, pay on the provider's page, delivered, receipt", async () => {
  const quoted = await client.quote();
  assert.equal(quoted.status, 201, quoted.text);
  const quote = quoted.json;
  assert.deepEqual(quote.total, { amount: 2825, currency: "CAD" });
  assert.equal(quote.items.reduce((sum, item) => sum + item.amount.amount, 0), 2825);
  assert.deepEqual([quote.province, quote.starts_at, quote.new_expiry], ["ON", null, null]);
  const holds = Date.parse(quote.expires_at) - Date.now();
  assert.ok(INSTANT.test(quote.expires_at) && holds > 14 * 60_000 && holds <= 15 * 60_000, quote.expires_at);

  const ordered = await client.order(quote.id);
  assert.equal(ordered.status, 201, ordered.text);
  const order = ordered.json;
  assert.equal(order.state, "awaiting_payment");
  assert.ok(order.pay_url && order.token && order.reference);
  assert.equal(new URL(order.self, world.base).pathname, `/api/v1/orders/${order.id}`);

  const page = await client.get(new URL(order.pay_url, world.base).pathname);
  assert.equal(page.status, 200);
  for (const name of ["cc-number", "cc-exp", "cc-csc"]) assert.match(page.text, new RegExp(`<input[^>]*autocomplete="${name}"|<input[^>]*name="${name}"`));
  assert.doesNotMatch(page.text, /<script/);

  const declined = await client.pay(order.pay_url, DECLINED);
  assert.equal(declined.status, 200);
  assert.match(declined.text, /cc-number/);
  assert.equal((await client.see(order)).json.state, "awaiting_payment");
  assert.equal((await client.see(order)).json.money_moved, false);

  const paid = await client.pay(order.pay_url);
  assert.equal(paid.status, 303);
  const seen = await world.eventually("delivered order", async () => {
    const { json } = await client.see(order);
    return json.state === "delivered" && json;
  });
  assert.deepEqual(seen.history.map(({ state }) => state), ["awaiting_payment", "paid", "delivering", "delivered"]);
  assert.ok(seen.history.every(({ at }) => INSTANT.test(at)));
  assert.ok(seen.history.every(({ at }, n, all) => n === 0 || at >= all[n - 1].at));
  assert.equal(seen.money_moved, true);
  assert.ok(seen.receipt.number && seen.receipt.pdf && seen.receipt.page && seen.proof);
  for (const link of [seen.receipt.pdf, seen.receipt.page, seen.proof]) {
    assert.equal((await client.with(order.token).get(link)).status, 200, link);
    // A page's address may carry the bearer itself, as the portal's do; nothing else opens without one.
    if (!link.includes(order.token)) assert_problem(await client.get(link), 404);
  }
  assert_problem(await client.with(order.token).delete(`/api/v1/orders/${order.id}`), 409);
});

test("the receipt verifies; one altered octet, or a foreign key, does not", async () => {
  const order = await delivered(world, client, { line: next_line() });
  const pdf = await client.with(order.token).get(order.seen.receipt.pdf);
  assert.match(pdf.headers["content-type"], /^application\/pdf/);
  assert.deepEqual((await client.with(order.token).get(order.seen.receipt.pdf)).octets, pdf.octets);
  const file = join(folder, "receipt.pdf");
  writeFileSync(file, pdf.octets);
  const own = await verify(file);
  assert.equal(own.code, 0, own.stderr);
  assert.match(own.stdout, /fingerprint: \S+[^]*issuer not checked/);
  const ours = await verify(file, "--data", world.folder);
  assert.equal(ours.code, 0, ours.stderr);
  assert.match(ours.stdout, /issuer checked/);
  assert.equal((await verify(file, "--key", join(world.folder, "receipt-key.pub"))).code, 0);
  const foreign = readFileSync(join(world.folder, "receipt-key.pub"), "utf8").trim();
  const other = await startWorld();
  const strange = await verify(file, "--data", other.folder);
  await other.stop();
  assert.equal(strange.code, 1, strange.stdout);
  // The base point of the curve: a key that is well formed and not ours.
  const base_point = `58${"66".repeat(31)}`;
  assert.notEqual(foreign, base_point);
  assert.equal((await verify(file, "--key", base_point)).code, 1);
  const wrong = [];
  const step = Math.max(1, Math.floor(pdf.octets.length / 24));
  for (let at = 0; at < pdf.octets.length; at += step) {
    const altered = Buffer.from(pdf.octets);
    altered[at] ^= 1;
    const bad = join(folder, "altered.pdf");
    writeFileSync(bad, altered);
    const { code, stderr } = await verify(bad);
    if (code !== 1) wrong.push(`octet ${at} of ${pdf.octets.length}: exit ${code} ${stderr.slice(0, 300)}`);
  }
  assert.deepEqual(wrong, []);
  const longer = join(folder, "longer.pdf");
  writeFileSync(longer, Buffer.concat([pdf.octets, Buffer.from("\n")]));
  assert.equal((await verify(longer)).code, 1, "an octet was added");
});

test("an order is cancelled while nothing was sent, and only then", async () => {
  const order = await placed(client, { line: next_line() });
  const cancelled = await client.with(order.token).delete(`/api/v1/orders/${order.id}`);
  assert.equal(cancelled.status, 200, cancelled.text);
  assert.equal(cancelled.json.state, "cancelled");
  assert.deepEqual(cancelled.json.history.map(({ state }) => state), ["awaiting_payment", "cancelled"]);
  // Said twice, it is the same cancellation or a refusal, and never another passage.
  const again = await client.with(order.token).delete(`/api/v1/orders/${order.id}`);
  if (again.status === 200) assert.deepEqual(again.json, cancelled.json);
  else assert_problem(again, 409);
  assert.deepEqual((await client.see(order)).json.history, cancelled.json.history);
  assert.notEqual((await client.pay(order.pay_url)).status, 303);
});

test("the same key and body: the same answer, token included; another body 422; none 400", async () => {
  const line = next_line();
  const key = randomUUID();
  const quoted = await client.quote({ line, key });
  const again = await client.quote({ line, key });
  assert.deepEqual([again.status, again.json], [201, quoted.json]);
  assert_problem(await client.quote({ line, key, plan: "maplewave-12gb" }), 422, "idempotency_key_reused");
  const own = randomUUID();
  const first = await client.order(quoted.json.id, { key: own });
  const second = await client.order(quoted.json.id, { key: own });
  assert.equal(first.status, 201);
  assert.deepEqual([second.status, second.json], [201, first.json]);
  assert.ok(first.json.token);
  assert_problem(await client.order(quoted.json.id, { key: own, contact: { email: "other@example.org" } }), 422, "idempotency_key_reused");
  for (const [path, body] of [["/api/v1/quotes", { line, plan: PLAN }], ["/api/v1/orders", { quote: quoted.json.id, contact: {}, language: "en-CA" }]]) {
    assert_problem(await client.post(path, body, null), 400, "idempotency_key_missing");
    assert_problem(await client.post(path, body, "short"), 400);
    assert_problem(await client.post(path, body, "a".repeat(21)), 400);
  }
});

test("sixteen at once under one key make one order", async () => {
  const quoted = await client.quote({ line: next_line() });
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 16 }, () => client.order(quoted.json.id, { key })));
  assert.ok(answers.every(({ status }) => status === 201 || status === 409), String(answers.map(({ status }) => status)));
  const made = answers.filter(({ status }) => status === 201);
  assert.ok(made.length >= 1);
  const whole = await client.order(quoted.json.id, { key });
  assert.equal(whole.status, 201);
  for (const answer of made) assert.deepEqual(answer.json, whole.json);
});

test("limits answer 429 and say when to come back", async () => {
  const eager = new Client(world.base, { address: source(60_000) });
  let answer;
  for (let n = 0; n < 30; n++) {
    answer = await eager.get(`/api/v1/lines/+1418555${String(9000 + n)}/plans`);
    if (answer.status !== 404) break;
  }
  assert_problem(answer, 429);
  assert.match(answer.headers["retry-after"], /^\d+$/);
  assert.match(answer.json.retry_at, INSTANT);
  assert.equal((await client.get(`/api/v1/lines/${encodeURIComponent(LINE)}/plans`)).status, 200, "another address is not slowed down");
  await world.advance(601);
  assert_problem(await eager.get("/api/v1/lines/+14185559999/plans"), 404);
  eager.close();
});

test("problems speak the caller's language", async () => {
  const titles = [];
  for (const language of ["en-CA", "fr-CA", "zh-CN"]) {
    const caller = new Client(world.base, { language });
    const answer = await caller.get("/api/v1/lines");
    assert_problem(answer, 401, "unauthorized");
    titles.push(answer.json.title);
    caller.close();
  }
  assert.equal(new Set(titles).size, 3, titles.join(" | "));
});

/** An answer without what may differ: ids, instants, the masked number, headers that name the request. */
function alike({ status, headers, text, json }) {
  const { date, "x-request-id": _, ...kept } = headers;
  const masked = json?.line?.masked;
  const clean = (masked ? text.replaceAll(masked, "<masked>") : text)
    .replace(/\b(quo|ord|req|cs)_[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)?/g, "<$1>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<instant>")
    .replace(/"reference":"[^"]+"/, '"reference":"<reference>"');
  return JSON.stringify([status, kept, clean]);
}

test("to a stranger a used and an unused line of one operator answer the same octets", async () => {
  // In service with usage, renewed a moment ago, in grace, suspended, never activated: all of one operator and province.
  const renewed = next_line();
  await delivered(world, client, { line: renewed });
  const lines = [LINE, renewed, "+14165550103", "+14165550106", "+14165550118", "+14165550138"];
  const stranger = () => new Client(world.base);
  for (const need of ["", "?need=data", "?need=calls", "?need=keep"]) {
    const answers = [];
    for (const line of lines) answers.push(alike(await stranger().get(`/api/v1/lines/${encodeURIComponent(line)}/plans${need}`)));
    answers.forEach((answer, n) => assert.equal(answer, answers[0], `${lines[n]} ${need}`));
  }
  for (const plan of [PLAN, "maplewave-12gb"]) {
    const quotes = [];
    for (const line of lines) quotes.push(await stranger().quote({ line, plan }));
    quotes.forEach((quote, n) => assert.equal(alike(quote), alike(quotes[0]), `quote for ${lines[n]}, ${plan}`));
    const orders = [];
    for (const quote of quotes) orders.push(await stranger().order(quote.json.id));
    orders.forEach((order, n) => assert.equal(alike(order), alike(orders[0]), `order for ${lines[n]}, ${plan}`));
  }
});

test("a method is kept, a card renews itself with it after the text was agreed to, and both end", async () => {
  const person = await Person.register(world, "renewing@example.org");
  const line = next_line();
  await person.add(line, "mine");
  const by = client.with(person.bearer);
  await delivered(world, by, { line, order: { save_method: true } });
  const { methods } = (await by.get("/api/v1/methods")).json;
  assert.equal(methods.length, 1);
  const [{ id, ...method }] = methods;
  assert.deepEqual(method, { kind: "credit", label: "Visa ending in 4242", expiry: "2039-12", rests_until: null, usable: true, renews: [] });
  const path = `/api/v1/lines/${line}/auto-renew`;
  assert.deepEqual((await by.get(path)).json, { on: false, can_change: true, standing: null });
  const most = { amount: 3000, currency: "CAD" };
  const wanted = { plan: PLAN, trigger: { kind: "before_expiry", days: 3 }, pay_with: id, caps: { charge: most, day: most, month: most }, language: "fr-CA", province: "ON" };
  const { status, json: text } = await by.post(`${path}/consent`, wanted);
  assert.equal(status, 201);
  assert.ok(is_money(text.total) && INSTANT.test(text.first_charge_at) && text.language === "fr-CA");
  assert.equal(text.fingerprint, createHash("sha256").update(text.text).digest("hex"));
  assert_problem(await by.put(path, wanted), 422, "consent_missing");
  const agreed = { version: text.version, fingerprint: text.fingerprint };
  assert_problem(await by.put(path, { ...wanted, language: "en-CA", agreed }), 409, "consent_outdated");
  assert_problem(await by.put(path, { ...wanted, agreed }, null), 400, "idempotency_key_missing");
  const on = await by.put(path, { ...wanted, agreed });
  assert.equal(on.status, 200, on.text);
  const { standing } = on.json;
  assert.deepEqual([standing.plan, standing.pay_with, standing.trigger, standing.caps], [PLAN, id, wanted.trigger, wanted.caps]);
  assert.deepEqual([standing.next_charge_at, standing.next_amount], [text.first_charge_at, text.total]);
  assert.deepEqual([standing.consent.text, standing.consent.version, standing.consent.language], [text.text, text.version, "fr-CA"]);
  assert.deepEqual((await by.get(path)).json, on.json);
  assert.deepEqual((await by.get("/api/v1/methods")).json.methods[0].renews, [line]);
  const off = await by.delete(path);
  assert.deepEqual([off.status, off.json], [200, { on: false, can_change: true, standing: null }]);
  await world.eventually("letter that confirms the end", async () =>
    (await world.mailbox()).some(({ to, subject }) => to === person.email && /désactivé/.test(subject)),
  );
  assert.equal((await by.delete(`/api/v1/methods/${id}`)).status, 204);
  assert_problem(await by.delete(`/api/v1/methods/${id}`), 404, "not_found");
});

/** Schemas of an answer or a body, with those that they consist of. */
function schemas_of(document, at, seen = new Map()) {
  for (const [, name] of JSON.stringify(at ?? {}).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    if (seen.has(name)) continue;
    seen.set(name, document.components.schemas[name]);
    schemas_of(document, document.components.schemas[name], seen);
  }
  return seen;
}

test("what is asked for with a saved method or an auto-renew is told with examples", async () => {
  const { json } = await client.get("/api/openapi.json");
  for (const [path, operations] of Object.entries(json.paths)) {
    if (!/auto-renew|methods/.test(path)) continue;
    for (const [method, operation] of Object.entries(operations)) {
      for (const one of operation.parameters ?? []) assert.ok(one.name === "Idempotency-Key" || one.example, `${one.name} of ${method} ${path}`);
      for (const [name, schema] of schemas_of(json, operation)) {
        assert.match(JSON.stringify(schema), /"examples?":/, `${name} of ${method} ${path} has no example`);
      }
    }
  }
});

test("the OpenAPI document is of version 3.1 and names every route of the API", async () => {
  const { status, headers, json } = await client.get("/api/openapi.json");
  assert.equal(status, 200);
  assert.match(headers["content-type"], /^application\/json/);
  assert.match(json.openapi, /^3\.1\./);
  assert.ok(json.info.title && json.info.version);
  for (const { method, pattern } of routes_of_the_program()) {
    if (!pattern.startsWith("/api/v1/")) continue;
    const operation = json.paths[pattern]?.[method.toLowerCase()];
    assert.ok(operation, `${method} ${pattern} is not in the document`);
    assert.ok(Object.keys(operation.responses).length > 0, `${method} ${pattern}`);
    const named = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const name of named) assert.ok(operation.parameters.some((one) => one.name === name && one.in === "path"), `${name} of ${pattern}`);
  }
  for (const [, target] of JSON.stringify(json).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    assert.ok(target.split("/").reduce((at, name) => at?.[name], json), `#/${target} leads nowhere`);
  }
});

test("every code that a problem's type leads to is explained", async () => {
  const { json } = await client.get("/api/v1/lines");
  const page = await client.get(json.type);
  assert.equal(page.status, 200);
  assert.ok(page.text.includes(json.title));
});
